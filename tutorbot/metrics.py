"""What is counted and timed while the bot runs, in Prometheus's words."""

from collections.abc import Iterator
from copy import copy

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    Metric,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

MEDIA_TYPE = CONTENT_TYPE_LATEST

# Slack waits three seconds for an acknowledgement.
_ACKNOWLEDGEMENT = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
_CALL = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LATENESS = (1, 5, 15, 60, 300, 900, 3_600, 6 * 3_600, 24 * 3_600)


class Metrics:
    """Counts for one bot, in a registry of its own. The names of labels are few and known."""

    def __init__(self, version: str = "") -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        Info("tutorbot_build", "Which tutorbot runs.", registry=self._registry).info({"version": version})
        self._acknowledged = self._histogram(
            "acknowledgement", "From a request of Slack's to our answer.", _ACKNOWLEDGEMENT, "kind", "status"
        )
        self._calls = self._counter(
            "slack_calls", "Calls to Slack, by what came of them.", "method", "result"
        )
        self._call_seconds = self._histogram("slack_call", "How long calls to Slack took.", _CALL, "method")
        self._waits = self._histogram(
            "slack_wait", "What calls waited for the pace that Slack allows.", _CALL, "method"
        )
        self._settled = self._counter("deliveries_settled", "What became of deliveries.", "outcome")
        self._lateness = self._histogram(
            "delivery_lateness", "From due to posted, in course time.", _LATENESS
        )
        self._redraws = self._counter("redraws", "Messages and Homes drawn again.", "by")

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """Count a request of Slack's that was answered."""
        self._acknowledged.labels(kind, str(status)).observe(seconds)

    def called(self, method: str, result: str, seconds: float) -> None:
        """Count a call to Slack."""
        self._calls.labels(method, result).inc()
        self._call_seconds.labels(method).observe(seconds)

    def waited(self, method: str, seconds: float) -> None:
        """Count a wait for the pace that Slack allows."""
        self._waits.labels(method).observe(seconds)

    def settled(self, outcome: str) -> None:
        """Count what became of a delivery that this process was about to send."""
        self._settled.labels(outcome).inc()

    def posted(self, lateness: float) -> None:
        """Count a delivery that was posted, so many seconds after it was due."""
        self.settled("posted")
        self._lateness.observe(max(0.0, lateness))

    def redrawn(self, by: str) -> None:
        """Count a message that was drawn again."""
        self._redraws.labels(by).inc()

    def read_also(self, collector: Collector) -> None:
        """Ask this one too whenever the metrics are read."""
        self._registry.register(collector)

    def text(self) -> bytes:
        """Return all metrics in Prometheus's text format."""
        return generate_latest(_WithoutBeginnings(self._registry))

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"tutorbot_{name}", about, labels, registry=self._registry)

    def _histogram(self, name: str, about: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"tutorbot_{name}_seconds", about, labels, buckets=buckets, registry=self._registry)


class _WithoutBeginnings(Collector):
    """Gives what is in a registry, but not since when it is counted.

    In Prometheus's text format each of those instants is a series of its own, twice as many for counters.
    The library's own switch for it is one for the whole process, whoever else has a registry in it.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics."""
        for metric in self._registry.collect():
            shorter = copy(metric)
            shorter.samples = [each for each in metric.samples if each.name != f"{metric.name}_created"]
            yield shorter
