"""A bot that delivers, in a process of its own, until it is done or dies at a point."""

import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection

from tests.wire.outbox import START, draw_what
from tutorbot.clock import Clocks, OffsetClock
from tutorbot.delivery import Point, Poller, Sender
from tutorbot.records.deliveries import Delivery, State, counts, owe
from tutorbot.slack import Slack
from tutorbot.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Life:
    """How such a process lives: it dies when a delivery reaches the point for the n-th time.

    `ahead`: seconds by which its machine time begins ahead; it goes on by ten for each round, so
    that claims run out without anybody waiting for it.
    """

    database_url: str
    api_url: str
    token: str
    ahead: float
    point: Point | None = None
    nth: int = 1


class Doom(logging.Handler):
    """Kills this process at its point, in the middle of whatever its other threads do."""

    def __init__(self, point: Point, nth: int) -> None:
        super().__init__(logging.DEBUG)
        self._point = point
        self._left = nth
        self._counting = Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Count, and die."""
        if getattr(record, "point", None) == self._point:
            with self._counting:
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)


def owe_result(conn: Connection, delivery: Delivery, now: datetime) -> None:
    """Close an exam, for these tests: owe a message, under a key that is refused a second time."""
    before = sum(counts(conn).values())
    owe(
        conn,
        f"result of {delivery.key}",
        {"show": "note"},
        team=delivery.team,
        user=delivery.user,
        due_at=now,
        now=now,
    )
    assert sum(counts(conn).values()) == before + 1, "the act had its effect twice"


def live(life: Life) -> None:
    """Deliver all that is due, then end; or die."""
    if life.point is not None:
        log = logging.getLogger("tutorbot.delivery")
        log.setLevel(logging.DEBUG)
        log.addHandler(Doom(life.point, life.nth))
    machine = OffsetClock(timedelta(seconds=life.ahead))
    clocks = Clocks(course=lambda: START, machine=machine)
    store = open_store(life.database_url)
    slack = Slack(life.token, api_url=life.api_url, machine_now=machine, timeout=5)
    with ThreadPoolExecutor(4) as threads:
        sender = Sender(store, slack, draw_what, clocks=clocks, executor=threads)
        store.wake = sender.wake
        poller = Poller(store, slack, sender, owe_result, clocks=clocks, executor=threads)
        sender.start()
        while is_anything_on_the_way(store):
            poller.poll_once()
            sender.quiet(10)
            machine.offset += timedelta(seconds=10)
        sender.stop()
    store.close()


def is_anything_on_the_way(store: Store) -> bool:
    """Say whether anything is due, claimed or unknown."""
    with store.read() as conn:
        numbers = counts(conn)
    return any(numbers[state] for state in (State.DUE, State.CLAIMED, State.UNKNOWN))
