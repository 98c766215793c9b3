"""How far long work has come, told on a terminal while it lasts."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Progress:
    """Is told how far the work has come; this one keeps it to itself.

    `doing` and `count` are given to the work as what it calls: it need not know what a terminal is.
    """

    def doing(self, words: str) -> None:
        """Tell what is being done from now on; how much there is of it is not known."""

    def count(self, done: int, total: int) -> None:
        """Tell how much is done of what is being done."""

    def over(self, things: Sequence[T]) -> Iterator[T]:
        """Yield the things, and count those that are done."""
        for done, thing in enumerate(things):
            self.count(done, len(things))
            yield thing


@contextmanager
def progress(words: str) -> Iterator[Progress]:
    """Show on the standard error what is being done, until the block ends; then nothing is left of it.

    Where that is no terminal, nothing is shown. In the block nothing is printed and nobody is asked.
    """
    if not (sys.stderr and sys.stderr.isatty()):  # there is none where it was closed: `2>&-`
        yield Progress()
        return
    from tutorbot.cli.display import displayed  # rich costs memory and a tenth of a second

    with displayed(words) as shown:
        yield shown
