"""Measures a durable answer against a request that is acknowledged and no more."""

import argparse
import json
import os
import pickle
import random
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.clicks import Click, payload_of, requests_for, seed, stored
from benchmarks.report import Round, report
from tutorbot import app
from tutorbot.sandbox import Sandbox
from tutorbot.settings import Settings, read_settings
from tutorbot.tutor.tutor import Tutor

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")
WARM_UP = 300
CROWD = 64


@dataclass(frozen=True, slots=True)
class Bench:
    """Two servers over two databases, and the clicks that are still to be made."""

    tutor: Tutor
    secret: str
    payload: dict[str, Any]
    ports: dict[str, int]
    clicks: Iterator[Click]
    folder: Path

    def round(self, number: int, at_once: int) -> tuple[Round, Round]:
        """Let the same clicks be acknowledged by the one server, and answered by the other."""
        clicks = [next(self.clicks) for _ in range(number)]
        acknowledged = self._drive("acknowledging", clicks, at_once)
        before = stored(self.tutor)
        answered = self._drive("durable", clicks, at_once)
        missing = number - (stored(self.tutor) - before)
        if missing:
            raise SystemExit(f"{missing} of {number} acknowledged answers are not stored.")
        return acknowledged, answered

    def _drive(self, kind: str, clicks: list[Click], at_once: int) -> Round:
        port, file = self.ports[kind], self.folder / "requests"
        file.write_bytes(pickle.dumps(requests_for(clicks, self.payload, self.secret, port)))
        command = [sys.executable, "-m", "benchmarks.load", str(port), str(at_once), str(file)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        seconds, taken = json.loads(done.stdout)
        return Round(len(clicks) / seconds, sorted(taken))


@contextmanager
def opened(folder: Path, clicks: int) -> Iterator[Bench]:
    """Fill a database and start both servers."""
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox())
        environ = {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
        }
        urls = {kind: f"sqlite:///{folder / kind}.db" for kind in ("durable", "acknowledging")}
        tutor = app.open_tutor(_settings(environ, urls["durable"]))
        stack.callback(tutor.store.close)
        made = seed(tutor, sandbox.team, clicks, chance=random.Random(1))
        payload = payload_of(sandbox, tutor, made[0])
        ports = {
            kind: stack.enter_context(_server(kind, environ | {"DATABASE_URL": url}))
            for kind, url in urls.items()
        }
        yield Bench(tutor, sandbox.signing_secret, payload, ports, iter(made), folder)


def _settings(environ: dict[str, str], url: str) -> Settings:
    return read_settings(environ | {"DATABASE_URL": url})


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
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
                return
        except OSError:
            continue
    raise SystemExit("A server ended before it answered.")


def main() -> None:
    """Measure in turns, print the figures and write them down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--answers", type=int, default=2_000, help="how many in a round (2000)")
    parser.add_argument("--rounds", type=int, default=7, help="how many rounds with 16 in flight (7)")
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    given = parser.parse_args()
    crowded = max(1, given.rounds // 2)
    clicks = WARM_UP + given.answers * (given.rounds + crowded)
    with (
        tempfile.TemporaryDirectory(dir=given.folder) as folder,
        opened(Path(folder), clicks) as bench,
    ):
        bench.round(WARM_UP, 16)
        rounds = [bench.round(given.answers, 16) for _ in range(given.rounds)]
        crowd = [bench.round(given.answers, CROWD) for _ in range(crowded)]
    told = report(rounds, crowd, crowd_size=CROWD)
    print(told)
    (Path(__file__).parent / "RESULTS.md").write_text(told)


if __name__ == "__main__":
    main()
