"""SIGTERM ends a process cleanly: what was accepted is finished, the rest stays in the ledger."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tutorbot.records.deliveries import State, list_deliveries, owe
from tutorbot.sandbox import Limits, Sandbox
from tutorbot.store import Store

ROOT = Path(__file__).parents[2]
MANY = 40
BY_SIGTERM = 0


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a workspace that takes as much as it is sent."""
    with Sandbox(limits=Limits().times(100)) as running:
        yield running


@contextmanager
def bot(sandbox: Sandbox, database_url: str, command: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run one of the commands in a process of its own; it says that it is ready on its standard error."""
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
    with subprocess.Popen(program, cwd=ROOT, env=environ, text=True, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_words(process: subprocess.Popen[str], words: str) -> None:
    """Wait until the process says this."""
    assert process.stderr
    told = []
    for line in process.stderr:
        told.append(line)
        if words in line:
            return
    raise AssertionError("".join(told))


def terminated(process: subprocess.Popen[str]) -> int:
    """Ask the process to end, and return its exit status."""
    process.send_signal(signal.SIGTERM)
    try:
        said = process.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # it then says where each of its threads is
        raise AssertionError(process.communicate()[1]) from None
    assert "Traceback" not in said, said
    return process.returncode


def status_of(port: int, path: str) -> int:
    """Return the status with which a page is answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def owe_many(store: Store, sandbox: Sandbox, channels: list[str]) -> None:
    """Owe a note in each of many channels, due now."""
    now = datetime.now(UTC)
    store.write(
        lambda conn: [
            owe(conn, f"note/{channel}", NOTE, team=sandbox.team, channel=channel, due_at=now, now=now)
            for channel in channels
        ]
    )


NOTE = {"show": "note", "text": "A note."}


def states(store: Store) -> dict[State, int]:
    with store.read() as conn:
        found = [delivery.state for delivery in list_deliveries(conn, limit=10_000)]
    return {state: found.count(state) for state in set(found)}


def posts(sandbox: Sandbox) -> int:
    return sum(call.method == "chat.postMessage" for call in sandbox.calls)


@pytest.mark.parametrize("command", ["worker", "run"])
def test_what_is_being_posted_is_posted_and_the_rest_stays_due(
    sandbox: Sandbox, store: Store, database_url: str, command: str
) -> None:
    channels = [sandbox.add_channel(f"room-{number}") for number in range(MANY)]
    owe_many(store, sandbox, channels)

    with bot(sandbox, database_url, command, TUTORBOT_SEND_THREADS="2") as process:
        sandbox.wait_for(lambda: posts(sandbox) >= 3, timeout=30)
        assert terminated(process) == BY_SIGTERM
    found = states(store)
    assert set(found) <= {State.POSTED, State.DUE}
    assert found[State.POSTED] == posts(sandbox) >= 3

    with bot(sandbox, database_url, "worker") as process:
        wait_for_words(process, "delivers what is due")
        sandbox.wait_for(lambda: posts(sandbox) >= MANY, timeout=30)
        assert terminated(process) == BY_SIGTERM
    assert states(store) == {State.POSTED: MANY}
    assert posts(sandbox) == MANY


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        return int(reserved.getsockname()[1])


@pytest.mark.parametrize("command", ["web", "run"])
def test_what_slack_was_told_is_taken_is_stored(
    sandbox: Sandbox, store: Store, database_url: str, command: str
) -> None:
    anna, port = sandbox.person("anna"), free_port()

    with bot(sandbox, database_url, command, PORT=str(port)) as process:
        if command == "web":
            wait_for_words(process, "Listening at")
            assert status_of(port, "/healthz") == 200  # from here on it serves
            sandbox.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
        else:
            sandbox.connected(timeout=30)
        assert anna.command("/tutor", "join cqrs-event-sourcing").ok
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(anna.command, "/tutor", "lesson 1.1") for _ in range(MANY)]
            asked[0].result(30)
            status = terminated(process)
            answers = [each.result(30) for each in asked]
        sandbox.deliver_over_http(None)

    assert status == BY_SIGTERM
    with store.read() as conn:
        owed = [each for each in list_deliveries(conn, limit=10_000) if each.key.startswith("ask/")]
    assert owed
    assert any(answer.ok for answer in answers)
    assert {each.state for each in owed} <= {State.POSTED, State.DUE, State.DROPPED}


def test_health_is_told_until_the_end(sandbox: Sandbox, sqlite_url: str) -> None:
    port = free_port()

    with bot(sandbox, sqlite_url, "worker", TUTORBOT_HEALTH_PORT=str(port)) as process:
        wait_for_words(process, "delivers what is due")
        assert status_of(port, "/readyz") == 200
        assert terminated(process) == BY_SIGTERM
