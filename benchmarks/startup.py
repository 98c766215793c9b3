"""Measures how long `tutorbot --help` takes, and the memory of a bot that has nothing to do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from benchmarks.report import Figure, Section
from benchmarks.turns import in_turns, middle, middle_ratio, seconds
from tutorbot.sandbox import Limits, Sandbox

MOST_MEGABYTES = 90
IDLE_SECONDS = 8
TUTORBOT = str(Path(sys.executable).with_name("tutorbot"))


def measure(folder: Path, *, rounds: int) -> Section:
    """Run `--help` in turns with a bare interpreter, then a bot that is connected and idle."""
    turns = in_turns(
        rounds, lambda: _taken(sys.executable, "-c", "import click"), lambda: _taken(TUTORBOT, "--help")
    )
    with TemporaryDirectory(dir=folder) as name, _idle_bot(Path(name)) as process_id:
        megabytes = resident_megabytes(process_id)
    return Section(
        figures=[
            Figure("`tutorbot --help`, of an interpreter that imports click", middle_ratio(turns), 2),
            Figure("memory of the idle bot", megabytes, MOST_MEGABYTES, unit=" MB", digits=0),
        ],
        how=f"Processes from start to end, in turns; medians of {rounds} rounds. The resident memory of "
        f"`tutorbot run`, connected over Socket Mode and idle for {IDLE_SECONDS} s, with the bundled course.",
        details=f"- Importing click: {middle(turns, 0) * 1e3:.0f} ms; `tutorbot --help`: "
        f"{middle(turns, 1) * 1e3:.0f} ms.",
    )


def _taken(*command: str) -> float:
    return seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))


@contextmanager
def _idle_bot(folder: Path) -> Iterator[int]:
    """Run the bot against a sandbox; give its process id once it is connected and has been idle."""
    with Sandbox(limits=Limits().times(10)) as sandbox:
        environ = {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{folder / 'tutorbot.db'}",
            "TUTORBOT_LOG_LEVEL": "ERROR",
        }
        command = [TUTORBOT, "run"]
        with subprocess.Popen(command, cwd=folder, env=os.environ | environ) as process:
            try:
                sandbox.connected(60)
                Event().wait(IDLE_SECONDS)
                yield process.pid
            finally:
                process.terminate()


def resident_megabytes(process_id: int) -> float:
    """Return the memory of a process that is in use, as Linux counts it (VmRSS)."""
    status = Path(f"/proc/{process_id}/status").read_text()
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes) / 1_000
