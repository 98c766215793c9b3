"""Other processes that use the same database: they say lines, and wait until they are told to go on."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def processes(number: int, module: str, *arguments: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Give processes that run this module and have said that they are ready; none outlives the test."""
    command = [sys.executable, "-m", module, *arguments]
    with ExitStack() as stack:
        started = []
        for _ in range(number):
            process = subprocess.Popen(
                command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            started.append(process)
        yield started


def line(process: subprocess.Popen[str]) -> str:
    """Return the next line that the process says."""
    assert process.stdout
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str]) -> None:
    """Tell a process that waits to go on."""
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def say(what: object) -> None:
    """Say a line to the parent (in the other process)."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def wait_until_told() -> None:
    """Say that this process is ready, and wait for the parent (in the other process)."""
    say("ready")
    sys.stdin.readline()
