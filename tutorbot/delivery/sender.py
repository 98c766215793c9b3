"""Sends what is due, as fast as Slack takes it."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from datetime import timedelta

from sqlalchemy import Connection

from tutorbot import logs
from tutorbot.clock import Clocks
from tutorbot.delivery.catching_up import retime_late_lessons
from tutorbot.delivery.message import Draw
from tutorbot.delivery.parking import Parking
from tutorbot.delivery.points import Point, reach
from tutorbot.delivery.posted import Aftermath, Posted, mark_all
from tutorbot.delivery.posting import Posting
from tutorbot.delivery.suspicions import Suspicions
from tutorbot.metrics import Metrics
from tutorbot.records.claims import anything_to_send, claim
from tutorbot.records.deliveries import Delivery
from tutorbot.slack import Slack
from tutorbot.store import Store

log = logging.getLogger(__name__)


AHEAD = 4
"""How many are claimed for each thread: while half of them wait for their marks, the others are sent."""

LINGER = 0.02
"""Seconds for which the mark of a post waits for others, with which it is then committed."""


def _nothing(_delivery: Delivery) -> None:
    """Do nothing."""


class Sender:
    """Claims what may be sent now and hands it to the executor; one at a time for each place.

    The executor has so many `threads`, and none of them waits for the disk: what they have posted is
    marked by the transaction that claims the next ones, several at once. More is not claimed, and
    nothing that Slack's pace does not allow.
    `posted` is called after each mark, with its channel and `ts`: the drawer may look whether the
    store has changed since it was drawn. A claim lasts `claim_for`; what nobody knows of is looked
    for when the HTTP timeout and `settle_after` have passed.
    """

    def __init__(
        self,
        store: Store,
        slack: Slack,
        draw: Draw,
        *,
        clocks: Clocks,
        executor: Executor,
        threads: int = 4,
        staff_channel: str = "",
        posted: Callable[[Delivery], None] = _nothing,
        claim_for: timedelta = timedelta(seconds=60),
        settle_after: timedelta = timedelta(seconds=10),
        metrics: Metrics | None = None,
    ) -> None:
        self.parking = Parking(store, clocks, staff_channel, metrics or Metrics())
        self.suspicions = Suspicions()
        self.settle_after = settle_after
        self._posting = Posting(
            store,
            slack,
            draw,
            self.parking,
            self.suspicions,
            clocks=clocks,
            claim_for=claim_for,
            settle_after=settle_after,
        )
        self._store = store
        self._slack = slack
        self._clocks = clocks
        self._executor = executor
        self._most = AHEAD * threads
        self._aftermath = Aftermath(slack, clocks, self.parking.metrics, posted)
        self._claim_for = claim_for
        self._claiming = threading.Lock()
        self._changed = threading.Condition()
        self._busy: set[str] = set()
        self._sending: set[int] = set()
        self._unmarked: list[Posted] = []
        self._following = 0
        self._woken = False
        self._stopped = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send whenever there is something: after a wake, a post, or a pause for the pace."""
        self._thread = threading.Thread(target=self._work, name="sender", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Claim nothing more, give back what was not begun, and wait until the rest is sent and marked."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        while self._wait_for_posts(None):
            self._try_to_send()

    def wake(self) -> None:
        """Say that something became due; returns at once."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def send_due(self) -> None:
        """Mark what was posted, then claim and hand over whatever may be sent now."""
        with self._claiming:
            while self._mark_and_claim() and self._is_batch():
                continue  # the executor is that fast

    def quiet(self, timeout: float) -> bool:
        """Send until nothing is left that is due and may be sent; False if that takes too long."""
        ends = time.monotonic() + timeout
        while (left := ends - time.monotonic()) > 0:
            self.send_due()
            if self._wait_for_posts(left):
                continue
            if not self._is_quiet():
                return False
            if not self._is_anything_to_send():
                return True
            with self._changed:
                self._changed.wait(min(self._pause() or 0.1, max(0.0, ends - time.monotonic())))
        return False

    def _wait_for_posts(self, timeout: float | None) -> bool:
        """Wait until something is posted, or nothing is on its way any more; say whether marks are due."""
        with self._changed:
            self._changed.wait_for(lambda: self._unmarked or self._is_quiet(), timeout)
            return bool(self._unmarked)

    def _is_quiet(self) -> bool:
        return not (self._busy or self._following)

    def _is_batch(self) -> bool:
        """Say whether enough is posted to be marked at once, or no more can come."""
        return len(self._unmarked) * 2 >= self._most or not self._sending

    def _mark_and_claim(self) -> bool:
        """Commit marks of what was posted, with claims in the room there is; say whether any were made."""
        with self._changed:
            unmarked, self._unmarked = self._unmarked, []
            marked = {posted.place for posted in unmarked}
            busy = self._busy - marked
        try:
            standing, claimed = self._commit(unmarked, busy)
        except Exception:
            for posted in unmarked:
                log.warning("%s: its claim runs out, then it is looked for", posted.delivery.key)
            with self._changed:
                self._busy -= marked
                self._changed.notify_all()
            raise
        with self._changed:
            self._busy -= marked
            self._busy.update(delivery.place for delivery in claimed)
            self._sending.update(delivery.id for delivery in claimed)
            self._following += len(unmarked)
        for delivery in claimed:
            reach(Point.CLAIMED, delivery)
            self._executor.submit(self._send, delivery)
        for posted, ts in zip(unmarked, standing, strict=True):
            self._executor.submit(self._follow, posted, ts)
        return bool(unmarked or claimed)

    def _commit(
        self, unmarked: Sequence[Posted], busy: Collection[str]
    ) -> tuple[list[str | None], list[Delivery]]:
        """Return what stands for each post, as claims.mark_posted, and what is claimed now."""
        room, closed = self._room(), self._slack.pace.closed_channels()
        if not unmarked and (room <= 0 or not self._is_anything_to_send(busy, closed)):
            return [], []
        now, machine = self._clocks.course(), self._clocks.machine()
        claimer, until = uuid.uuid4().hex, machine + self._claim_for

        def mark_and_claim(conn: Connection) -> tuple[list[str | None], list[Delivery]]:
            standing = mark_all(conn, unmarked)
            if room <= 0:
                return standing, []
            retime_late_lessons(conn, now=now)
            return standing, claim(
                conn,
                claimer,
                now=now,
                machine=machine,
                until=until,
                limit=room,
                busy=busy,
                closed=closed,
            )

        return self._store.write(mark_and_claim)

    def _room(self) -> int:
        """Return how many more may be claimed now; none, or less, where there is no room."""
        with self._changed:
            sending = len(self._sending)
            most = 0 if self._stopped else self._most
        return min(most, self._slack.pace.room_for_posts()) - sending

    def _is_anything_to_send(self, busy: Collection[str] = (), closed: Collection[str] = ()) -> bool:
        now, machine = self._clocks.course(), self._clocks.machine()
        with self._store.read() as conn:
            return anything_to_send(conn, now=now, machine=machine, busy=busy, closed=closed)

    def _send(self, delivery: Delivery) -> None:
        posted = None
        try:
            with logs.about(f"delivery {delivery.id}"):
                if self._stopped:
                    self._posting.give_back(delivery)
                else:
                    posted = self._posting.post(delivery)
        except Exception:
            log.exception("%s: its claim runs out, then it is looked for", delivery.key)
        with self._changed:
            self._sending.discard(delivery.id)
            if posted:
                self._unmarked.append(posted)
            else:
                self._busy.discard(delivery.place)
                self._woken = True
            self._changed.notify_all()

    def _follow(self, posted: Posted, ts: str | None) -> None:
        self._aftermath.follow(posted, ts)
        with self._changed:
            self._following -= 1
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._woken or self._stopped or self._unmarked, self._pause())
                self._changed.wait_for(lambda: self._woken or self._stopped or self._is_batch(), LINGER)
                self._woken = False
                if self._stopped:
                    return
            self._try_to_send()

    def _try_to_send(self) -> None:
        try:
            self.send_due()
        except Exception:
            log.exception("What is due could not be claimed; the next poll tries again")

    def _pause(self) -> float | None:
        """Return the seconds until Slack takes a post again where it takes none now, or None."""
        pace = self._slack.pace
        return pace.closed_for() or min(pace.closed_channels().values(), default=None)
