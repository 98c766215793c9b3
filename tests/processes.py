"""The bot in processes of its own, as an operator starts it, for the tests that stop or kill them."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from random import randrange

from tutorbot.sandbox import Sandbox

ROOT = Path(__file__).parents[1]

Bot = subprocess.Popen[str]


def started(sandbox: Sandbox, database_url: str, command: str, **more: str) -> Bot:
    """Start one of the commands; it says that it is ready on its standard error."""
    environ = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_API_URL": sandbox.api_url,
        "TUTORBOT_ENV_FILE": os.devnull,
        "PYTHONFAULTHANDLER": "1",
        **more,
    }
    program = [sys.executable, "-c", "from tutorbot.cli import main; main()", command]
    return subprocess.Popen(program, cwd=ROOT, env=environ, text=True, stderr=subprocess.PIPE)


@contextmanager
def bot(sandbox: Sandbox, database_url: str, command: str, **more: str) -> Iterator[Bot]:
    """Run one of the commands while the block runs."""
    with started(sandbox, database_url, command, **more) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_words(process: Bot, words: str) -> None:
    """Wait until the process says this."""
    assert process.stderr
    told = []
    for line in process.stderr:
        told.append(line)
        if words in line:
            return
    raise AssertionError("".join(told))


def terminated(process: Bot) -> int:
    """Ask the process to end, and return its exit status."""
    process.send_signal(signal.SIGTERM)
    try:
        said = process.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # it then says where each of its threads is
        raise AssertionError(process.communicate()[1]) from None
    assert "Traceback" not in said, said
    return process.returncode


def killed(process: Bot) -> int:
    """End the process at once, and whatever it has started; return its exit status."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    pids = [int(pid) for pid in children.read_text().split()] if children.exists() else []
    for pid in [process.pid, *pids]:
        os.kill(pid, signal.SIGKILL)
    process.communicate()
    return process.returncode


def status_of(port: int, path: str) -> int:
    """Return the status with which a page is answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def free_port() -> int:
    """Return a port on which nobody listens, and which no other test is given before it is used.

    It is one of those that no system hands out by itself, as to a server on port 0.
    """
    while True:
        with suppress(OSError), socket.create_server(("127.0.0.1", port := randrange(20_000, 32_000))):
            return port
