"""An app that is killed at any moment leaves the sandbox standing, without a trace in the log."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.sandbox.conftest import client_of
from tutorbot.sandbox import Sandbox

SOCKET_APP = """
import os, sys, threading
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
url, token = sys.argv[1:]
client = SocketModeClient(token, web_client=WebClient("xoxb-sandbox-000000000000", base_url=url))
client.socket_mode_request_listeners.append(lambda *_: os.kill(os.getpid(), 9))
client.connect()
threading.Event().wait()
"""
HTTP_APP = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(10)
        os.kill(os.getpid(), 9)
server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""
CALLING_APP = """
import sys
from slack_sdk import WebClient
url, channel = sys.argv[1:]
client = WebClient("xoxb-sandbox-000000000000", base_url=url)
print("ready", flush=True)
while True:
    client.chat_postMessage(channel=channel, text="x" * 30000)
"""


@pytest.fixture(autouse=True)
def _nothing_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


def app(source: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", source, *arguments], stdout=subprocess.PIPE)


def test_killed_while_it_answers_over_a_web_socket(sandbox: Sandbox) -> None:
    with app(SOCKET_APP, sandbox.api_url, sandbox.app_token) as process:
        sandbox.connected(30)

        answer = sandbox.person("anna").command("/tutor", "help")

        assert process.wait(60) == -signal.SIGKILL
    assert answer.error == "operation_timeout"
    sandbox.wait_for(lambda: not sandbox.courier.sockets.links)
    assert sandbox.person("anna").command("/tutor", "help").error == "dispatch_failed"


def test_killed_while_it_answers_over_http(sandbox: Sandbox) -> None:
    with app(HTTP_APP) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        sandbox.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")

        answer = sandbox.person("anna").command("/tutor", "help")

        assert process.wait(60) == -signal.SIGKILL
    assert answer.error == "dispatch_failed"


def wait_for_calls(sandbox: Sandbox, *, more_than: int) -> None:
    sandbox.wait_for(lambda: len(sandbox.calls) > more_than, 30)


def test_killed_while_it_calls() -> None:
    with Sandbox(limits=False) as sandbox:
        channel = sandbox.add_channel("autumn")
        for _ in range(3):
            with app(CALLING_APP, sandbox.api_url, channel) as process:
                seen = len(sandbox.calls)
                wait_for_calls(sandbox, more_than=seen + 3)
                os.kill(process.pid, signal.SIGKILL)

        assert client_of(sandbox).auth_test()["ok"]


def test_a_request_cut_in_the_middle_has_no_effect(sandbox: Sandbox) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port)) as link:
        link.sendall(b"POST /api/auth.test HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\nhalf a wor")

    assert client_of(sandbox).auth_test()["ok"]
    assert [call.method for call in sandbox.calls if not call.ok] == []


def test_calls_from_many_threads_all_count(sandbox: Sandbox) -> None:
    threads = [threading.Thread(target=client_of(sandbox).auth_test) for _ in range(16)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sandbox.calls) == 16
