"""Sees to what is due at intervals, so that nothing rests on a wake that was lost."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from tutorbot import logs
from tutorbot.clock import Clocks
from tutorbot.delivery.catching_up import retime_late_lessons
from tutorbot.delivery.points import Point, reach
from tutorbot.delivery.reconciling import Reconciler, surroundings_of
from tutorbot.delivery.sender import Sender
from tutorbot.delivery.suspicions import Surroundings
from tutorbot.records import claims, settling
from tutorbot.records.deliveries import Delivery, due_acts, run_act
from tutorbot.records.doubting import RESTORED, run_act_again
from tutorbot.slack import Slack
from tutorbot.store import AWAY, Store

log = logging.getLogger(__name__)

Act = Callable[[Connection, Delivery, datetime], None]
"""Has the effect of a delivery of kind `act`, at an instant of course time."""

BATCH = 200


class Poller:
    """Does one round after another. `round_for` bounds a round: it ends before the next begins."""

    def __init__(
        self,
        store: Store,
        slack: Slack,
        sender: Sender,
        act: Act,
        *,
        clocks: Clocks,
        executor: Executor,
        round_for: timedelta = timedelta(seconds=4),
    ) -> None:
        self._reconciler = Reconciler(store, slack, sender.parking, sender.suspicions, clocks)
        self._store = store
        self._slack = slack
        self._sender = sender
        self._act = act
        self._clocks = clocks
        self._executor = executor
        self._round_for = round_for
        self._guard = threading.Lock()
        self._being_read: set[Surroundings] = set()

    def poll_once(self) -> None:
        """Do one round. It waits for the database alone; calls to Slack are left to the executor.

        A step that fails is logged, and stops none of the others. A database that is away fails them all,
        and is logged once.
        """
        away: Exception | None = None
        for step in (self._put_in_order, self._act_on_due, self._look_for_unknown, self._sender.send_due):
            try:
                step()
            except AWAY as error:
                away = away or error
            except Exception:
                log.exception("A step of the poll failed; the next poll does it again")
        if away:
            log.error("The database failed the poll; the next poll tries again", exc_info=away)

    def _put_in_order(self) -> None:
        now = self._clocks.course()

        def put_in_order(conn: Connection) -> None:
            claims.drop_expired(conn, now=now)
            retime_late_lessons(conn, now=now)

        self._store.write(put_in_order)

    def _act_on_due(self) -> None:
        ends = self._clocks.machine() + self._round_for
        with self._store.read() as conn:
            due = due_acts(conn, now=self._clocks.course(), limit=BATCH)
        for delivery in due:
            if self._clocks.machine() >= ends:
                return
            with logs.about(f"delivery {delivery.id}"):
                self._run(delivery)

    def _run(self, delivery: Delivery) -> None:
        now = self._clocks.course()

        def run(conn: Connection) -> None:
            run = run_act_again if delivery.claimed_by == RESTORED else run_act
            if run(conn, delivery, self._act, now):
                reach(Point.ACTED, delivery)

        try:
            self._store.write(run)
        except AWAY:
            log.exception("%s failed for the database; the next poll does it again", delivery.key)
        except Exception as error:
            log.exception("%s failed", delivery.key)
            reason = f"it could not be done: {logs.described(error)}"
            self._sender.parking.park(claims.park_act, delivery, reason)

    def _look_for_unknown(self) -> None:
        machine = self._clocks.machine()
        wait = timedelta(seconds=self._slack.timeout) + self._sender.settle_after
        self._store.write(
            lambda conn: settling.note_run_out(conn, machine=machine, settle_from=machine + wait)
        )
        unknown: defaultdict[Surroundings, list[Delivery]] = defaultdict(list)
        with self._store.read() as conn:
            for delivery in settling.unknown_deliveries(conn, machine=machine, limit=BATCH):
                unknown[surroundings_of(conn, delivery)].append(delivery)
        for where, deliveries in unknown.items():
            known = deliveries[0].channel is not None
            settle = partial(self._reconciler.settle, where) if known else self._reconciler.address
            self._read(where, partial(settle, deliveries))
        for suspicion in self._sender.suspicions.take(machine=machine):
            if not self._read(suspicion.where, partial(self._reconciler.follow, suspicion)):
                self._sender.suspicions.add(suspicion)

    def _read(self, where: Surroundings, settle: Callable[[], None]) -> bool:
        """Leave a reading to the executor; False where these surroundings are being read already."""
        with self._guard:
            if where in self._being_read:
                return False
            self._being_read.add(where)

        def read() -> None:
            try:
                settle()
            except Exception:
                log.exception("%s could not be read; the next poll tries again", where.channel)
            finally:
                with self._guard:
                    self._being_read.discard(where)

        self._executor.submit(read)
        return True
