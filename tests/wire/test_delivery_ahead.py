"""Calls to Slack do not wait for the disk."""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event
from typing import ParamSpec, TypeVar

import pytest
from sqlalchemy import delete

from tests.wire.outbox import Drawn, Outbox, draw_what
from tutorbot.records.deliveries import Delivery, State, counts
from tutorbot.records.tables import deliveries
from tutorbot.sandbox import Sandbox
from tutorbot.store import COMMITTED, Store

P = ParamSpec("P")
T = TypeVar("T")


class Kept(Executor):
    """Keeps what it is given, and runs it when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Keep it."""
        self.waiting.append(lambda: fn(*args, **kwargs))
        return Future()


def owe_each(outbox: Outbox, number: int) -> None:
    """Owe so many messages, each to a channel of its own."""
    for n in range(number):
        outbox.owe(f"message {n}", channel=outbox.sandbox.add_channel(f"channel-{n}"))


def test_four_are_claimed_for_each_thread_and_the_next_when_slack_has_answered(
    store: Store, sandbox: Sandbox
) -> None:
    kept = Kept()
    outbox = Outbox(store, sandbox, executor=kept, threads=2)
    owe_each(outbox, 12)

    outbox.sender.send_due()
    with store.read() as conn:
        first = counts(conn)
    kept.waiting.pop(0)()
    outbox.sender.send_due()
    with store.read() as conn:
        second = counts(conn)

    assert (first[State.CLAIMED], first[State.DUE]) == (8, 4)
    assert (second[State.POSTED], second[State.CLAIMED], second[State.DUE]) == (1, 8, 3)


def test_what_was_posted_is_marked_by_the_transaction_that_claims_the_next(
    store: Store, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    outbox = Outbox(store, sandbox, executor=kept, threads=2)
    owe_each(outbox, 12)
    outbox.sender.send_due()
    for _ in range(4):
        kept.waiting.pop(0)()

    with caplog.at_level(logging.DEBUG, "tutorbot.store"):
        outbox.sender.send_due()

    commits = [record for record in caplog.records if getattr(record, "point", "") == COMMITTED]
    with store.read() as conn:
        assert counts(conn)[State.POSTED] == 4
        assert counts(conn)[State.CLAIMED] == 8
    assert len(commits) == 1


def test_a_claim_is_looked_at_again_before_the_send_unless_it_was_just_made(
    store: Store, sandbox: Sandbox
) -> None:
    kept = Kept()
    outbox = Outbox(store, sandbox, executor=kept, threads=2)
    owe_each(outbox, 2)
    outbox.sender.send_due()
    store.write(lambda conn: conn.execute(delete(deliveries)))  # somebody is erased

    sandbox.clock.step(1.1)
    for send in kept.waiting:
        send()

    assert not [call for call in sandbox.calls if call.method == "chat.postMessage"]


def test_a_mark_does_not_wait_for_a_post_that_takes_long(store: Store, sandbox: Sandbox) -> None:
    begun, go_on = Event(), Event()

    def draw(delivery: Delivery, files: Mapping[str, str]) -> Drawn:
        if delivery.key == "message 0":
            begun.set()
            go_on.wait(30)
        return draw_what(delivery, files)

    with ThreadPoolExecutor(2) as threads:
        outbox = Outbox(store, sandbox, draw=draw, executor=threads, threads=2)
        owe_each(outbox, 2)
        outbox.sender.start()
        outbox.sender.wake()

        sandbox.wait_for(lambda: outbox.state("message 1") is State.POSTED)
        assert begun.wait(30)
        slow = outbox.state("message 0")
        go_on.set()
        outbox.sender.stop()

    assert slow is State.CLAIMED
    assert outbox.state("message 0") is State.POSTED


def test_what_a_sender_has_claimed_and_not_begun_when_it_stops_is_due_for_others_at_once(
    store: Store, sandbox: Sandbox
) -> None:
    begun, go_on = Event(), Event()

    def draw(delivery: Delivery, files: Mapping[str, str]) -> Drawn:
        begun.set()
        assert go_on.wait(30)
        return draw_what(delivery, files)

    with ThreadPoolExecutor(1) as threads, ThreadPoolExecutor(1) as stopping:
        outbox = Outbox(store, sandbox, draw=draw, executor=threads, threads=1)
        owe_each(outbox, 4)
        others = set(threading.enumerate())
        outbox.sender.start()
        (sending,) = (each for each in set(threading.enumerate()) - others if each.name == "sender")
        outbox.sender.wake()
        assert begun.wait(30)
        stopped = stopping.submit(outbox.sender.stop)
        sending.join(30)
        go_on.set()
        stopped.result(30)

    with store.read() as conn:
        assert {state: number for state, number in counts(conn).items() if number} == {
            State.POSTED: 1,
            State.DUE: 3,
        }
    Outbox(store, sandbox).settle()
    assert len([call for call in sandbox.calls if call.method == "chat.postMessage"]) == 4
