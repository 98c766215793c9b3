"""Calls to Slack do not wait for the disk, and are no more at once than they may be."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Lock
from typing import ParamSpec, TypeVar

from tests.wire.outbox import Outbox
from tutorbot.delivery import Point
from tutorbot.records.deliveries import State, counts
from tutorbot.sandbox import Limits, Sandbox
from tutorbot.store import Store

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


class AtOnce(logging.Handler):
    """Counts how many posts are on their way to Slack at once."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._counting = Lock()
        self.now = self.most = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one more, or one less."""
        with self._counting:
            self.now += {Point.SENDING: 1, Point.ANSWERED: -1}.get(getattr(record, "point", Point.READ), 0)
            self.most = max(self.most, self.now)


def owe_each(outbox: Outbox, number: int) -> None:
    """Owe so many messages, each to a channel of its own."""
    for n in range(number):
        outbox.owe(f"message {n}", channel=outbox.sandbox.add_channel(f"channel-{n}"))


def test_two_are_claimed_for_each_call_and_the_next_when_slack_has_answered(
    store: Store, sandbox: Sandbox
) -> None:
    kept = Kept()
    outbox = Outbox(store, sandbox, executor=kept, threads=2)
    owe_each(outbox, 8)

    outbox.sender.send_due()
    with store.read() as conn:
        first = counts(conn)
    kept.waiting.pop(0)()
    outbox.sender.send_due()
    with store.read() as conn:
        second = counts(conn)

    assert (first[State.CLAIMED], first[State.DUE]) == (4, 4)
    assert (second[State.POSTED], second[State.CLAIMED], second[State.DUE]) == (1, 4, 3)


def test_however_many_threads_work_only_so_many_calls_are_made_at_once(store: Store) -> None:
    log, counting = logging.getLogger("tutorbot.delivery"), AtOnce()
    with Sandbox(limits=Limits().times(100)) as sandbox, ThreadPoolExecutor(12) as threads:
        outbox = Outbox(store, sandbox, executor=threads, threads=2)
        owe_each(outbox, 20)
        level = log.level
        log.addHandler(counting)
        log.setLevel(logging.DEBUG)

        assert outbox.sender.quiet(30)

        log.setLevel(level)
        log.removeHandler(counting)
    with store.read() as conn:
        assert counts(conn)[State.POSTED] == 20
    assert 1 <= counting.most <= 2
    assert counting.now == 0
