"""Measures a durable answer against a request that is acknowledged and no more."""

import json
import math
import os
import pickle
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.clicks import Click, payload_of, requests_for, seed, stored
from benchmarks.report import Figure, Section
from tests.postgres import PostgresMissingError, fresh_database, server
from tutorbot import app
from tutorbot.sandbox import Sandbox
from tutorbot.settings import read_settings
from tutorbot.tutor.tutor import Tutor

ROOT = Path(__file__).parents[1]
KINDS = ("durable", "acknowledging")
ANSWERS = 1_000
WARM_UP = 300
IN_FLIGHT, CROWD = 16, 64
PATIENCE = 60
"""Seconds in which a server must have started."""
HEAD = (
    "| database | in flight | acknowledged only, a second | durable, a second | ratio | p50, ms | p99, ms |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


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


@dataclass(frozen=True, slots=True)
class Bench:
    """Two servers over two databases, and the clicks that are still to be made."""

    tutor: Tutor
    secret: str
    payload: dict[str, Any]
    ports: dict[str, int]
    clicks: Iterator[Click]
    folder: Path

    def round(self, number: int, at_once: int) -> Pair:
        """Let the same clicks be acknowledged by the one server, and answered by the other."""
        clicks = [next(self.clicks) for _ in range(number)]
        acknowledged = self._drive("acknowledging", clicks, at_once)
        before = stored(self.tutor)
        answered = self._drive("durable", clicks, at_once)
        missing = number - (stored(self.tutor) - before)
        assert not missing, f"{missing} of {number} acknowledged answers are not stored"
        return acknowledged, answered

    def _drive(self, kind: str, clicks: list[Click], at_once: int) -> Round:
        port, file = self.ports[kind], self.folder / "requests"
        file.write_bytes(pickle.dumps(requests_for(clicks, self.payload, self.secret, port)))
        command = [sys.executable, "-m", "benchmarks.load", str(port), str(at_once), str(file)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        seconds, taken = json.loads(done.stdout)
        return Round(len(clicks) / seconds, sorted(taken))


def measure(folder: Path, *, rounds: int) -> Section:
    """Measure on SQLite, and on PostgreSQL where it is installed or named."""
    with TemporaryDirectory(dir=folder) as name:
        urls = {kind: f"sqlite:///{Path(name) / kind}.db" for kind in KINDS}
        measured = {"SQLite": _measured(Path(name), urls, rounds)}
        missing = ""
        try:
            with server(durable=True) as postgres, ExitStack() as stack:
                urls = {kind: stack.enter_context(fresh_database(postgres)) for kind in KINDS}
                measured["PostgreSQL"] = _measured(Path(name), urls, rounds)
        except PostgresMissingError as why:
            missing = f"\n\nPostgreSQL was not measured: {why}."
    return Section(
        figures=[figure for database, found in measured.items() for figure in _figures(database, *found)],
        how="A durable answer (signed request in, committed and on the disk, acknowledged; drawing off) "
        "against a handler that only acknowledges, on the same kind of server, in turns; "
        f"{ANSWERS:,} answers a round. "
        "The ratio is of answers a second; both figures are medians over rounds.",
        details="\n".join(
            [
                HEAD,
                *(
                    _row(database, in_flight, pair)
                    for database, found in measured.items()
                    for in_flight, pairs in zip((IN_FLIGHT, CROWD), found, strict=True)
                    for pair in pairs
                ),
            ]
        )
        + missing,
    )


def _measured(folder: Path, urls: Mapping[str, str], rounds: int) -> tuple[list[Pair], list[Pair]]:
    """Return rounds with few in flight, and rounds with a crowd."""
    with opened(folder, urls, WARM_UP + ANSWERS * 2 * rounds) as bench:
        bench.round(WARM_UP, IN_FLIGHT)
        few = [bench.round(ANSWERS, IN_FLIGHT) for _ in range(rounds)]
        return few, [bench.round(ANSWERS, CROWD) for _ in range(rounds)]


def _figures(database: str, rounds: list[Pair], crowd: list[Pair]) -> list[Figure]:
    ratio = statistics.median(answered.per_second / bare.per_second for bare, answered in rounds)
    late = statistics.median(answered.percentile(99) for _, answered in crowd) * 1_000
    return [
        Figure(f"{database}, {IN_FLIGHT} in flight: of those acknowledged only", ratio, 0.55, at_least=True),
        Figure(f"{database}, {CROWD} in flight: 99 of 100 within", late, 100, unit=" ms", digits=0),
    ]


def _row(database: str, in_flight: int, pair: Pair) -> str:
    bare, answered = pair
    return (
        f"| {database} | {in_flight} | {bare.per_second:,.0f} | {answered.per_second:,.0f} "
        f"| {answered.per_second / bare.per_second:.2f} | {answered.percentile(50) * 1e3:.1f} "
        f"| {answered.percentile(99) * 1e3:.1f} |"
    )


@contextmanager
def opened(folder: Path, urls: Mapping[str, str], clicks: int) -> Iterator[Bench]:
    """Fill a database and start both servers."""
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox())
        environ = {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
        }
        tutor = app.open_tutor(read_settings(environ | {"DATABASE_URL": urls["durable"]}))
        stack.callback(tutor.store.close)
        made = seed(tutor, sandbox.team, clicks, chance=random.Random(1))
        payload = payload_of(sandbox, tutor, made[0])
        ports = {
            kind: stack.enter_context(_server(kind, environ | {"DATABASE_URL": url}))
            for kind, url in urls.items()
        }
        yield Bench(tutor, sandbox.signing_secret, payload, ports, iter(made), folder)


@contextmanager
def _server(kind: str, environ: dict[str, str]) -> Iterator[int]:
    """Run a server in a process of its own, and give its port once it answers."""
    port = _free_port()
    command = [sys.executable, "-m", "benchmarks.serving", kind, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as there:
        return int(there.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until it answers, whatever; raise RuntimeError where it does not."""
    ends = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < ends:
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            line.request("GET", "/")
            line.getresponse()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            line.close()
    raise RuntimeError("a server did not answer")
