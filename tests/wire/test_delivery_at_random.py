"""Hundreds of faults, deaths and rivals at random: each message stands once in the end."""

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from tests.wire.outbox import Outbox, once_at
from tutorbot.delivery import Point
from tutorbot.records.deliveries import State, list_deliveries
from tutorbot.sandbox import Fault, Sandbox

MakeOutbox = Callable[..., Outbox]

FAULTS: list[tuple[Fault, dict[str, Any]]] = [
    (Fault.DROP_REPLY, {}),
    (Fault.ACCEPT_LATE, {"after": 6, "hold": 0}),
    (Fault.TIME_OUT, {"hold": 0}),
    (Fault.ERROR_500, {"effect": True}),
    (Fault.ERROR_500, {"effect": False}),
    (Fault.RATE_LIMIT, {"retry_after": 3}),
    (Fault.REFUSE, {"error": "internal_error"}),
]
LATER_THAN_ANYBODY_WAITS = (Fault.ACCEPT_LATE, {"after": 50, "hold": 0})
READING = ["conversations.history", "conversations.replies", "conversations.open", "chat.delete"]
STEPS = 60


class Death(BaseException):
    """The end of a process, as far as one thread can have it."""


class Fate:
    """What happens, chosen by a seeded chance: workers die, or they sleep and Slack is later than late.

    Not both: that something may have become double after it was settled is known to one process.
    """

    def __init__(self, chance: Random, make_outbox: MakeOutbox, sandbox: Sandbox, *, deadly: bool) -> None:
        self._chance = chance
        self._deadly = deadly
        self._faults = FAULTS if deadly else [*FAULTS, LATER_THAN_ANYBODY_WAITS]
        self._make_outbox = make_outbox
        self._sandbox = sandbox
        self._channels = [sandbox.add_channel(f"room-{number}") for number in range(2)]
        self.workers = [make_outbox()]
        self.workers.append(make_outbox(course=self.workers[0].course))
        self.owed: list[str] = []

    def step(self) -> None:
        """Let one thing happen."""
        chance = self._chance
        happen = chance.choice(
            [self._owe, self._owe, self._go_wrong, self._go_wrong, self._interrupt, self._wait]
        )
        happen()
        chance.choice(self.workers).poll()

    def _owe(self) -> None:
        key = f"{len(self.owed):03}"
        worker = self._chance.choice(self.workers)
        place: dict[str, Any] = {"channel": self._chance.choice(self._channels)}
        if self._chance.random() < 0.3:
            place = {"user": self._sandbox.person(self._chance.choice(["anna", "ben"])).id}
        first = worker.owe(key, **place)
        self.owed.append(key)
        if self._chance.random() < 0.3:
            worker.owe(f"{key} reply", after_id=first, in_thread=True, **place)
            self.owed.append(f"{key} reply")

    def _go_wrong(self) -> None:
        fault, details = self._chance.choice(self._faults)
        method = self._chance.choice(["chat.postMessage"] * 4 + READING)
        self._sandbox.misbehave(fault, method, times=self._chance.randint(1, 3), **details)

    def _wait(self) -> None:
        self._sandbox.clock.step(self._chance.choice([0.5, 3, 12, 40, 80]))

    def _interrupt(self) -> None:
        """Let a worker die at a point, and another take its place, or sleep there while the other goes on."""
        number = self._chance.randrange(2)
        worker, other = self.workers[number], self.workers[1 - number]

        def die() -> None:
            raise Death

        def sleep() -> None:
            self._sandbox.clock.step(self._chance.choice([1, 61, 90]))
            other.poll()
            self._sandbox.clock.step(20)
            other.poll()

        point = self._chance.choice([each for each in Point if each is not Point.ACTED])
        with once_at(point, die if self._deadly else sleep, must=False) as interrupted, suppress(Death):
            worker.poll()
        if self._deadly and interrupted.reached:
            self.workers[number] = self._make_outbox(course=worker.course)

    def end(self) -> None:
        """Let nothing go wrong any more, and everybody finish."""
        self._sandbox.behave()
        for _ in range(3):
            for worker in self.workers:
                worker.settle()
            self._sandbox.clock.step(200)


@pytest.mark.parametrize("deadly", [True, False], ids=["deaths", "sleep"])
@pytest.mark.parametrize("seed", range(3))
def test_each_message_stands_once(make_outbox: MakeOutbox, sandbox: Sandbox, seed: int, deadly: bool) -> None:
    fate = Fate(Random(seed), make_outbox, sandbox, deadly=deadly)

    for _ in range(STEPS):
        fate.step()
    fate.end()

    with sandbox.workspace.lock:
        posts = [post for channel in sandbox.workspace.channels.values() for post in channel.posts.values()]
    with fate.workers[0].store.read() as conn:
        ledger = {delivery.key: delivery for delivery in list_deliveries(conn, limit=1000)}
    assert sorted(post.text for post in posts) == sorted(fate.owed)
    assert {delivery.state for delivery in ledger.values()} == {State.POSTED}
    assert all(ledger[post.text].posted_ts == post.ts for post in posts)
