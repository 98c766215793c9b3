"""Draws how far work has come on a terminal."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Lines

from tutorbot.cli.progress import Progress


@contextmanager
def displayed(words: str) -> Iterator[Progress]:
    """Draw on the standard error until the block ends; on a terminal that cannot go back, draw nothing."""
    before, console = sys.stderr, Console(stderr=True)
    turning = SpinnerColumn("dots" if console.encoding.startswith("utf") else "line")
    said = (turning, TextColumn("{task.description}", markup=False))
    with (
        Lines(
            *said, console=console, transient=True, redirect_stdout=False, disable=console.is_dumb_terminal
        ) as lines,
        _logged_above(before),
    ):
        yield _Displayed(lines, words)


@contextmanager
def _logged_above(stderr: TextIO) -> Iterator[None]:
    """Let lines of the log stand above what is drawn; written past rich, they would run into it."""
    handlers = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and handler.stream is stderr
    ]
    for handler in handlers:
        handler.setStream(sys.stderr)  # by now it is rich's
    try:
        yield
    finally:
        for handler in handlers:
            handler.setStream(stderr)


class _Displayed(Progress):
    """A line with a spinner and words, and a bar where it is known how much there is to do."""

    def __init__(self, lines: Lines, words: str) -> None:
        self._said = lines.columns
        self._counted = (*lines.columns, BarColumn(), MofNCompleteColumn())
        self._lines = lines
        self._line = lines.add_task(words, total=None)

    def doing(self, words: str) -> None:
        self._lines.columns = self._said
        self._lines.reset(self._line, total=None, description=words)

    def count(self, done: int, total: int) -> None:
        self._lines.columns = self._counted
        self._lines.update(self._line, completed=done, total=total)
