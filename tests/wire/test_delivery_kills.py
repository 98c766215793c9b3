"""A process may be killed at any point of delivering: nothing is lost, and nothing stays double."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from typing import Any

import pytest

from tests.wire.mortal import Life, live
from tests.wire.outbox import Outbox, texts
from tutorbot.delivery import Point
from tutorbot.records.deliveries import Kind, State, counts
from tutorbot.sandbox import Fault, Limits, Sandbox
from tutorbot.slack.manifest import app_manifest
from tutorbot.store import Store

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.wire.mortal"])

A_LIFE = 300
"""Seconds by which each process is ahead of the one before: its claims have run out by then."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a sandbox that takes more posts at once: these tests run on the real clock."""
    with Sandbox(limits=Limits().times(50), manifest=app_manifest()) as running:
        yield running


class Lives:
    """One process after another over the same database, with the sandbox living on."""

    def __init__(self, database_url: str, sandbox: Sandbox) -> None:
        self._database_url = database_url
        self._sandbox = sandbox
        self._begun = 0
        self._process: ForkServerProcess | None = None

    def run(self, point: Point | None = None, nth: int = 1) -> bool:
        """Run a process until it is done or dies; return whether it died."""
        ahead = self._begun * A_LIFE
        self._begun += 1
        life = Life(self._database_url, self._sandbox.api_url, self._sandbox.bot_token, ahead, point, nth)
        self._process = processes.Process(target=live, args=(life,))
        self._process.start()
        self._process.join(60)
        assert self._process.exitcode in (0, -signal.SIGKILL), self._sandbox.describe()
        return self._process.exitcode != 0

    def kill(self, _args: dict[str, Any]) -> bool:
        """Kill the process that runs now, from within a request of its own."""
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        return True


@pytest.fixture
def lives(database_url: str, sandbox: Sandbox) -> Lives:
    """Give processes that may die."""
    return Lives(database_url, sandbox)


def owe_a_morning(outbox: Outbox, channel: str) -> None:
    """Owe a card with its text, messages to two people, and two exams that close."""
    card = outbox.owe("card", channel=channel)
    outbox.owe("text", channel=channel, after_id=card, in_thread=True)
    for name in ("anna", "ben"):
        user = outbox.sandbox.person(name).id
        outbox.owe(f"question for {name}", user=user)
        outbox.owe(f"exam of {name}", user=user, kind=Kind.ACT)


def assert_each_is_there_once(store: Store, sandbox: Sandbox, channel: str) -> None:
    anna, ben = sandbox.person("anna"), sandbox.person("ben")
    (card,) = anna.messages(channel)
    assert card.text == "card"
    assert texts(anna.thread(card)) == ["text"]
    for person in (anna, ben):
        expected = [f"question for {person.name}", f"result of exam of {person.name}"]
        assert sorted(texts(person.direct_messages())) == expected
    with store.read() as conn:
        numbers = counts(conn)
    assert (numbers[State.POSTED], numbers[State.DONE], sum(numbers.values())) == (6, 2, 8)


@pytest.mark.parametrize("point", Point)
def test_at_each_point_several_times(
    outbox: Outbox, lives: Lives, store: Store, sandbox: Sandbox, channel: str, point: Point
) -> None:
    owe_a_morning(outbox, channel)
    sandbox.misbehave(Fault.DROP_REPLY, times=2)
    sandbox.misbehave(Fault.TIME_OUT, times=1)

    deaths = sum(lives.run(point, nth) for nth in (1, 2, 1))
    lives.run()

    assert deaths >= 1
    assert_each_is_there_once(store, sandbox, channel)


@pytest.mark.parametrize("fault", [Fault.DROP_REPLY, Fault.TIME_OUT], ids=lambda fault: fault.name)
@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage", "conversations.history"])
def test_while_slack_has_the_request(
    outbox: Outbox, lives: Lives, store: Store, sandbox: Sandbox, channel: str, fault: Fault, method: str
) -> None:
    owe_a_morning(outbox, channel)
    sandbox.misbehave(Fault.DROP_REPLY, times=2, when=lambda args: args.get("text") == "card")
    sandbox.misbehave(fault, method=method, times=2, when=lives.kill)

    deaths = sum(lives.run() for _ in range(3))
    lives.run()

    assert deaths in (1, 2)  # two requests of one process may be under way
    assert_each_is_there_once(store, sandbox, channel)


def test_between_finding_a_message_and_writing_it_down(
    outbox: Outbox, lives: Lives, store: Store, sandbox: Sandbox, channel: str
) -> None:
    owe_a_morning(outbox, channel)
    sandbox.misbehave(Fault.DROP_REPLY, times=6)

    deaths = sum(lives.run(Point.READ, nth) for nth in (1, 1, 2, 2, 3))
    lives.run()

    assert deaths >= 3
    assert_each_is_there_once(store, sandbox, channel)
