"""The half of the bot that delivers, built for tests: everything runs when a test says so."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection

from tutorbot.clock import Clocks
from tutorbot.delivery import Draw, Point, Poller, Sender
from tutorbot.records.deliveries import Delivery, Kind, State, find, list_deliveries, owe
from tutorbot.sandbox import Message, Sandbox
from tutorbot.slack import Slack
from tutorbot.store import Store

P = ParamSpec("P")
T = TypeVar("T")

START = datetime(2026, 11, 2, 8, tzinfo=UTC)  # a Monday, nine o'clock in Zurich


class AtOnce(Executor):
    """Runs what it is given at once, in the thread that gives it."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run it and return what came of it."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@dataclass(slots=True)
class CourseClock:
    """Course time that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Return the course time."""
        return self.now

    def forward(self, **length: float) -> None:
        """Move on."""
        self.now += timedelta(**length)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as a test draws it."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    needs: tuple[str, ...] = ()


def draw_what(delivery: Delivery, _files: Mapping[str, str]) -> Drawn:
    """Draw the text that the delivery is to show, by default its key."""
    return Drawn(str(delivery.what.get("text", delivery.key)))


def act_nothing(_conn: Connection, _delivery: Delivery, _now: datetime) -> None:
    """Have no effect."""


class Outbox:
    """Store, Slack, sender and poller, towards a sandbox whose clock is the machine's."""

    def __init__(
        self,
        store: Store,
        sandbox: Sandbox,
        *,
        draw: Draw = draw_what,
        act: Callable[[Connection, Delivery, datetime], None] = act_nothing,
        executor: Executor | None = None,
        threads: int = 4,
        slack: Slack | None = None,
        course: CourseClock | None = None,
        **sender: Any,
    ) -> None:
        executor = executor or AtOnce()
        self.store = store
        self.sandbox = sandbox
        self.course = course or CourseClock()
        self.clocks = Clocks(self.course, sandbox.clock.now)
        self.slack = slack or make_slack(sandbox)
        self.sender = Sender(
            store, self.slack, draw, clocks=self.clocks, executor=executor, threads=threads, **sender
        )
        self.poller = Poller(store, self.slack, self.sender, act, clocks=self.clocks, executor=executor)

    def owe(self, key: str, **given: Any) -> int:
        """Owe something, by default due now."""
        values: dict[str, Any] = {"team": self.sandbox.team, "due_at": self.course.now, "kind": Kind.POST}
        what = {"show": given.pop("show", "note"), "text": given.pop("text", key)}
        return self.store.write(lambda conn: owe(conn, key, what, now=self.course.now, **values | given))

    def poll(self) -> None:
        """Do one round."""
        self.poller.poll_once()

    def poll_after(self, seconds: float) -> None:
        """Do one round, so many seconds of machine time later."""
        self.sandbox.clock.step(seconds)
        self.poller.poll_once()

    def settle(self) -> None:
        """Do rounds, machine time passing, until nothing is on its way any more."""
        for _ in range(60):
            self.poll()
            if not self.on_the_way():
                return
            self.sandbox.clock.step(30)
        raise AssertionError(f"still on the way: {self.on_the_way()}")

    def on_the_way(self) -> list[Delivery]:
        """Return what is due by now, being sent, or unknown."""
        with self.store.read() as conn:
            found = list_deliveries(conn, states=[State.DUE, State.CLAIMED, State.UNKNOWN], limit=10_000)
        return [delivery for delivery in found if delivery.due_at <= self.course.now]

    def find(self, key: str) -> Delivery:
        """Return a delivery as it stands."""
        with self.store.read() as conn:
            delivery = find(conn, key)
        assert delivery is not None, key
        return delivery

    def state(self, key: str) -> State:
        """Return how far a delivery has come."""
        return self.find(key).state


def make_slack(sandbox: Sandbox, **given: Any) -> Slack:
    """Return a door to the sandbox, where waiting moves the sandbox's clock."""
    values: dict[str, Any] = {"machine_now": sandbox.clock.now, "sleep": sandbox.clock.step, "timeout": 5}
    return Slack(sandbox.bot_token, api_url=sandbox.api_url, **values | given)


def texts(messages: Iterable[Message]) -> list[str]:
    """Return the texts of messages."""
    return [message.text for message in messages]


class AtPoint(logging.Handler):
    """Does something the first time a delivery has come so far, in the thread that delivers it."""

    def __init__(self, point: Point, happen: Callable[[], None]) -> None:
        super().__init__(logging.DEBUG)
        self._point = point
        self._happen = happen
        self.reached = False

    def emit(self, record: logging.LogRecord) -> None:
        """Look whether this is the point."""
        if getattr(record, "point", None) == self._point and not self.reached:
            self.reached = True
            self._happen()


@contextmanager
def once_at(point: Point, happen: Callable[[], None], *, must: bool = True) -> Iterator[AtPoint]:
    """Do something at a point of the delivery that is under way meanwhile, which `must` come so far."""
    log = logging.getLogger("tutorbot.delivery")
    handler, level = AtPoint(point, happen), log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
    assert handler.reached or not must, f"nothing was {point}"
