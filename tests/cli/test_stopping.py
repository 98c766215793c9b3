"""SIGTERM ends a process cleanly: what was accepted is finished, the rest stays in the ledger."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.processes import bot, free_port, status_of, terminated, wait_for_words
from tutorbot.records.deliveries import State, list_deliveries, owe
from tutorbot.sandbox import Limits, Sandbox
from tutorbot.store import Store

MANY = 40
BY_SIGTERM = 0


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a workspace that takes as much as it is sent."""
    with Sandbox(limits=Limits().times(100)) as running:
        running.be_patient()
        yield running


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
        sandbox.wait_for(lambda: posts(sandbox) >= 3, timeout=60)
        assert terminated(process) == BY_SIGTERM
    found = states(store)
    assert set(found) <= {State.POSTED, State.DUE}
    assert found[State.POSTED] == posts(sandbox) >= 3

    with bot(sandbox, database_url, "worker") as process:
        wait_for_words(process, "delivers what is due")
        sandbox.wait_for(lambda: posts(sandbox) >= MANY, timeout=60)
        assert terminated(process) == BY_SIGTERM
    assert states(store) == {State.POSTED: MANY}
    assert posts(sandbox) == MANY


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
            sandbox.connected(timeout=60)
        assert anna.command("/tutor", "join cqrs-event-sourcing").ok
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(anna.command, "/tutor", "lesson 1.1") for _ in range(MANY)]
            asked[0].result(60)
            status = terminated(process)
            answers = [each.result(60) for each in asked]
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
