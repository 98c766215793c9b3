"""Whether the bot does its work, for whoever watches it: /healthz, /readyz and /metrics."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tutorbot.clock import Clocks
from tutorbot.metrics import MEDIA_TYPE, Metrics
from tutorbot.records.lateness import Owed, count_answers, count_owed
from tutorbot.slack import Slack
from tutorbot.store import Store

log = logging.getLogger(__name__)

Answer = tuple[HTTPStatus, str, bytes]
Page = Callable[[], Answer]
"""Answers a GET: status, media type and body."""

PROVED_FOR = 2.0
"""Seconds for which it is believed that the database can be written, however often one asks."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the bot is not ready: which part, and what is wrong with it."""

    part: str
    reason: str


class Health:
    """Looks at the ledger, at the database, and at what the process has met in Slack."""

    def __init__(
        self, store: Store, slack: Slack, metrics: Metrics, *, clocks: Clocks, late_after: timedelta
    ) -> None:
        self._store = store
        self._slack = slack
        self._metrics = metrics
        self._clocks = clocks
        self._late_after = late_after
        self._proving = threading.Lock()
        self._proved_at = -PROVED_FOR
        self._unwritable: str | None = None
        self.connected: Callable[[], bool] = lambda: True  # by HTTP there is no connection to lose
        metrics.read_also(_Ledger(self._owed, self._answers))

    def pages(self) -> Mapping[str, Page]:
        """Return what is answered, by path."""
        return {"/healthz": _alive, "/readyz": self._ready, "/metrics": self._told}

    def faults(self) -> Iterator[Fault]:
        """Yield every reason why the bot is not ready."""
        yield from self._of_the_deliveries()
        if reason := self._cannot_write():
            yield Fault("database", reason)
        if reason := self._slack.reach.fault():
            yield Fault("slack", reason)
        if not self.connected():
            yield Fault("slack", "the Socket Mode connection is down")

    def _ready(self) -> Answer:
        faults = list(self.faults())
        told = {
            "ready": not faults,
            "faults": [{"part": each.part, "reason": each.reason} for each in faults],
        }
        status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
        return status, "application/json", json.dumps(told).encode() + b"\n"

    def _told(self) -> Answer:
        return HTTPStatus.OK, MEDIA_TYPE, self._metrics.text()

    def _of_the_deliveries(self) -> Iterator[Fault]:
        try:
            owed = self._owed()
        except Exception as error:
            yield Fault("database", f"it cannot be read: {type(error).__name__}")
            return
        if owed.late > self._late_after:
            minutes = owed.late // timedelta(minutes=1)
            yield Fault("deliveries", f"{owed.overdue} overdue, the first for {minutes} minutes")

    def _cannot_write(self) -> str | None:
        """Return why the database cannot be written, or None; proved by one probe at a time."""
        if self._proving.acquire(blocking=False):
            try:
                if time.monotonic() - self._proved_at >= PROVED_FOR:
                    self._unwritable = self._prove()
                    self._proved_at = time.monotonic()
            finally:
                self._proving.release()
        return self._unwritable

    def _prove(self) -> str | None:
        try:
            self._store.prove_writable()
        except Exception as error:
            log.warning("The database cannot be written: %s", error)
            return f"it cannot be written: {type(error).__name__}"
        return None

    def _owed(self) -> Owed:
        with self._store.read() as conn:
            return count_owed(conn, now=self._clocks.course())

    def _answers(self) -> int:
        with self._store.read() as conn:
            return count_answers(conn)


class _Ledger(Collector):
    """Reads from the store, whenever the metrics are read, what is counted there."""

    def __init__(self, owed: Callable[[], Owed], answers: Callable[[], int]) -> None:
        self._owed = owed
        self._answers = answers

    def describe(self) -> list[Metric]:
        """Return nothing: what is registered must not read the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield what is owed and answered, as far as it can be read."""
        try:
            owed, answers = self._owed(), self._answers()
        except Exception:
            log.exception("The metrics of the ledger could not be read")
            yield GaugeMetricFamily(
                "tutorbot_database_readable", "Whether the database can be read.", value=0
            )
            return
        yield GaugeMetricFamily("tutorbot_database_readable", "Whether the database can be read.", value=1)
        yield CounterMetricFamily("tutorbot_answers", "Answers on record.", value=answers)
        states = GaugeMetricFamily("tutorbot_deliveries", "What is not over yet, by state.", labels=["state"])
        for state, number in owed.states.items():
            states.add_metric([state.value], number)
        yield states
        yield GaugeMetricFamily(
            "tutorbot_deliveries_overdue", "What is due and not posted.", value=owed.overdue
        )
        late = owed.late.total_seconds()
        yield GaugeMetricFamily(
            "tutorbot_deliveries_overdue_seconds", "How late the first of it is.", value=late
        )


def _alive() -> Answer:
    return HTTPStatus.OK, "text/plain; charset=utf-8", b"ok\n"
