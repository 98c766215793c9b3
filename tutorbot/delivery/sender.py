"""Sends what is due, as fast as Slack takes it."""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta

from sqlalchemy import Connection

from tutorbot import logs
from tutorbot.clock import Clocks
from tutorbot.delivery.catching_up import retime_late_lessons
from tutorbot.delivery.message import Draw
from tutorbot.delivery.parking import Parking
from tutorbot.delivery.points import Point, reach
from tutorbot.delivery.posting import Posting
from tutorbot.delivery.suspicions import Suspicions
from tutorbot.metrics import Metrics
from tutorbot.records.claims import anything_to_send, claim
from tutorbot.records.deliveries import Delivery
from tutorbot.slack import Slack
from tutorbot.store import Store

log = logging.getLogger(__name__)


AHEAD = 2
"""How many are claimed for each call that may be made at once: one on its way, and the next, ready to go."""

WORKERS = 2 * AHEAD
"""How many threads of the executor serve a call: what is posted waits for its mark while the next goes."""


def _nothing(_delivery: Delivery) -> None:
    """Do nothing."""


class Sender:
    """Claims what may be sent now and hands it to the executor; one at a time for each place.

    So many calls are made at once as there are `threads`; no call waits for the disk, on which the claim
    of the next ones and the mark of the last ones are committed together. More is not claimed, and
    nothing that Slack's pace does not allow.
    `posted` is called after each post, with its channel and `ts`: the drawer may look whether the
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
            settle_after=settle_after,
            at_once=threads,
            answered=self._note_answered,
            posted=posted,
        )
        self._store = store
        self._slack = slack
        self._clocks = clocks
        self._executor = executor
        self._threads = threads
        self._claim_for = claim_for
        self._claiming = threading.Lock()
        self._changed = threading.Condition()
        self._busy: set[str] = set()
        self._sending: set[int] = set()
        self._woken = False
        self._stopped = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send whenever there is something: after a wake, a post, or a pause for the pace."""
        self._thread = threading.Thread(target=self._work, name="sender", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Claim nothing more, and wait until what is being sent is sent."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)

    def wake(self) -> None:
        """Say that something became due; returns at once."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def send_due(self) -> None:
        """Claim and hand over whatever may be sent now."""
        with self._claiming:
            while claimed := self._claim():
                for delivery in claimed:
                    self._executor.submit(self._send, delivery)

    def quiet(self, timeout: float) -> bool:
        """Send until nothing is left that is due and may be sent; False if that takes too long."""
        ends = time.monotonic() + timeout
        while (left := ends - time.monotonic()) > 0:
            self.send_due()
            with self._changed:
                if not self._changed.wait_for(lambda: not self._busy, left):
                    return False
            if not self._is_anything_to_send():
                return True
            with self._changed:
                self._changed.wait(min(self._pause() or 0.1, max(0.0, ends - time.monotonic())))
        return False

    def _claim(self) -> list[Delivery]:
        with self._changed:
            sending = len(self._sending)
            limit = 0 if self._stopped else AHEAD * self._threads - sending
            busy = set(self._busy)
        closed = self._slack.pace.closed_channels()
        limit = min(limit, self._slack.pace.room_for_posts() - sending)
        if limit <= 0 or not (busy or self._is_anything_to_send()):
            return []
        now, machine = self._clocks.course(), self._clocks.machine()
        claimer, until = uuid.uuid4().hex, machine + self._claim_for

        def retime_and_claim(conn: Connection) -> list[Delivery]:
            retime_late_lessons(conn, now=now)
            return claim(
                conn,
                claimer,
                now=now,
                machine=machine,
                until=until,
                limit=limit,
                busy=busy,
                closed=closed,
            )

        claimed = self._store.write(retime_and_claim)
        with self._changed:
            self._busy.update(delivery.place for delivery in claimed)
            self._sending.update(delivery.id for delivery in claimed)
        for delivery in claimed:
            reach(Point.CLAIMED, delivery)
        return claimed

    def _is_anything_to_send(self) -> bool:
        now, machine = self._clocks.course(), self._clocks.machine()
        with self._store.read() as conn:
            return anything_to_send(conn, now=now, machine=machine)

    def _send(self, delivery: Delivery) -> None:
        try:
            with logs.about(f"delivery {delivery.id}"):
                self._posting.post(delivery)
        except Exception:
            log.exception("%s: its claim runs out, then it is looked for", delivery.key)
        finally:
            with self._changed:
                self._busy.discard(delivery.place)
                self._sending.discard(delivery.id)
                self._woken = True
                self._changed.notify_all()

    def _note_answered(self, delivery: Delivery) -> None:
        """Let the next one be claimed: the claim then shares a commit with the mark of this one."""
        with self._changed:
            self._sending.discard(delivery.id)
            self._woken = True
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._woken or self._stopped, self._pause())
                self._woken = False
                if self._stopped:
                    return
            try:
                self.send_due()
            except Exception:
                log.exception("What is due could not be claimed; the next poll tries again")

    def _pause(self) -> float | None:
        """Return the seconds until Slack takes a post again where it takes none now, or None."""
        pace = self._slack.pace
        return pace.closed_for() or min(pace.closed_channels().values(), default=None)
