"""`tutorbot` in a process of its own that has a terminal."""

import os
import pty
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from tutorbot.cli import main; main()")

ERASED = "\x1b[2K"
"""What takes away the line at which a terminal is."""


class Terminal:
    """A process whose standard input and error are a terminal, and whose standard output is a pipe."""

    def __init__(self, process: Popen[str], end: int) -> None:
        self._process = process
        self._end = end
        self._bytes = b""

    @property
    def shown(self) -> str:
        """All that the process has sent to its terminal so far."""
        return self._bytes.decode(errors="replace")

    def wait_for(self, words: str) -> None:
        """Wait until the terminal was sent these words."""
        while words not in self.shown:
            assert self._read(), f"{words!r} is not in {self.shown!r}"

    def interrupt(self) -> None:
        """Do what Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)

    def press_enter(self) -> None:
        """Type an end of line, if the process still reads."""
        with suppress(OSError):
            os.write(self._end, b"\n")

    def ended(self) -> tuple[int, str]:
        """Wait for the end; return the exit status and what was written to the standard output."""
        while self._read():
            pass
        assert self._process.stdout
        return self._process.wait(60), self._process.stdout.read()

    def _read(self) -> bool:
        try:
            read = os.read(self._end, 65_536)
        except OSError:  # so Linux says that the process has gone
            read = b""
        self._bytes += read
        return bool(read)


@contextmanager
def on_terminal(*words: str, **settings: str) -> Iterator[Terminal]:
    """Run `tutorbot …` with these settings on a terminal."""
    environ = {**os.environ, "TERM": "xterm", "TUTORBOT_ENV_FILE": os.devnull, **settings}
    ours, theirs = pty.openpty()
    with Popen(
        [*PROGRAM, *words], cwd=ROOT, env=environ, text=True, stdin=theirs, stdout=PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        try:
            yield Terminal(process, ours)
        finally:
            process.kill()
            os.close(ours)
