"""What came out, and on which machine."""

import math
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.store import sqlite_driver


@dataclass(frozen=True, slots=True)
class Round:
    """How fast a server was; `taken` are the seconds of each request, the shortest first."""

    per_second: float
    taken: list[float]

    def percentile(self, percent: int) -> float:
        """Return the seconds within which so many percent of the requests were answered."""
        return self.taken[math.ceil(len(self.taken) * percent / 100) - 1]


Pair = tuple[Round, Round]
"""A round of the handler that only acknowledges, and one of durable answers right after it."""


def report(rounds: Sequence[Pair], crowd: Sequence[Pair], *, crowd_size: int) -> str:
    """Return the figures as the page that is kept."""
    ratio = statistics.median(answered.per_second / bare.per_second for bare, answered in rounds)
    late = statistics.median(answered.percentile(99) for _, answered in crowd) * 1_000
    rows = "\n".join([*(_row(16, pair) for pair in rounds), *(_row(crowd_size, pair) for pair in crowd)])
    return f"""# Results

Measured on {_machine()}. Made by `make bench`, which writes this page.

A durable answer (signed request in, committed with `synchronous=FULL`, acknowledged; drawing off)
against a handler that only acknowledges, on the same kind of server, in turns.

- With 16 in flight: {ratio:.2f} of the acknowledging handler's answers a second
  (median of {len(rounds)} rounds; at least 0.55 is wanted, 0.65 the aim).
- With {crowd_size} in flight: 99 of 100 answers within {late:.0f} ms
  (median of {len(crowd)} rounds; below 100 ms is wanted).

| in flight | acknowledged only, a second | durable, a second | ratio | p50, ms | p99, ms |
| --- | --- | --- | --- | --- | --- |
{rows}
"""


def _row(in_flight: int, pair: Pair) -> str:
    bare, answered = pair
    return (
        f"| {in_flight} | {bare.per_second:,.0f} | {answered.per_second:,.0f} "
        f"| {answered.per_second / bare.per_second:.2f} | {answered.percentile(50) * 1e3:.1f} "
        f"| {answered.percentile(99) * 1e3:.1f} |"
    )


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}, SQLite {sqlite_driver().sqlite_version}"
    )
