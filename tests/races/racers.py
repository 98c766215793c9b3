"""Bots in processes of their own that take requests at the same moment."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from threading import Barrier as LocalBarrier

from tests.races.school import Request
from tutorbot import app
from tutorbot.settings import Settings
from tutorbot.web import EVENTS, Application

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.races.racers"])

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Racers:
    """Several processes, each with a bot of its own on one database."""

    lines: Sequence[Connection]

    def race(self, *shares: Sequence[Request]) -> list[int]:
        """Let each process take its share of requests, all at once; return the status of each answer."""
        assert len(shares) == len(self.lines)
        for line, share in zip(self.lines, shares, strict=True):
            line.send(list(share))
        return [status for line in self.lines for status in self._heard(line)]

    @staticmethod
    def _heard(line: Connection) -> list[int]:
        assert line.poll(PATIENCE), "a process did not answer in time"
        statuses: list[int] = line.recv()
        return statuses


@contextmanager
def racing(settings: Settings, number: int) -> Iterator[Racers]:
    """Run so many processes; they end with the block."""
    start = processes.Barrier(number)
    lines, started = [], []
    for _ in range(number):
        ours, theirs = processes.Pipe()
        process = processes.Process(target=run, args=(settings, theirs, start))
        process.start()
        theirs.close()
        lines.append(ours)
        started.append(process)
    try:
        yield Racers(lines)
    finally:
        for line in lines:
            line.send(None)
        for process in started:
            process.join(PATIENCE)


def run(settings: Settings, line: Connection, start: Barrier) -> None:
    """Take shares of requests until there are no more (in the other process)."""
    bot = app.build(settings)
    application = bot.web()
    while (share := line.recv()) is not None:
        line.send(take_at_once(application, share, start))
    bot.stop()


def take_at_once(application: Application, share: Sequence[Request], start: Barrier) -> list[int]:
    """Take each request in a thread of its own, when all are ready in all processes."""
    ready = LocalBarrier(len(share) + 1)

    def take(request: Request) -> int:
        ready.wait(PATIENCE)
        return status_of(application, request)

    with ThreadPoolExecutor(max(1, len(share))) as threads:
        taken = [threads.submit(take, request) for request in share]
        start.wait(PATIENCE)
        ready.wait(PATIENCE)
        return [each.result() for each in taken]


def status_of(application: Application, request: Request) -> int:
    """Return the status with which the application answers a request."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    environ = {
        **headers,
        "REQUEST_METHOD": "POST",
        "PATH_INFO": EVENTS,
        "CONTENT_TYPE": request.headers["Content-Type"],
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": BytesIO(request.body),
    }
    told: list[str] = []

    def start_response(status: str, _headers: list[tuple[str, str]]) -> None:
        told.append(status)

    list(application(environ, start_response))
    return int(told[0].split()[0])
