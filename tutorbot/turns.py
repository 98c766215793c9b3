"""What Slack takes no more of at this moment waits here for its turn."""

from collections.abc import Callable
from threading import Lock, Timer

EVERY = 0.25
"""Seconds between two turns: shorter than any pace of Slack's."""


class Turns:
    """Numbers that wait, each once; `again` is given one after the other, the first first.

    No thread is held meanwhile but one for all. What still waits at `stop` is left out.
    """

    def __init__(self, again: Callable[[int], object], *, every: float = EVERY) -> None:
        self._again = again
        self._every = every
        self._guard = Lock()
        self._waiting: dict[int, None] = {}
        self._timer: Timer | None = None
        self._stopped = False

    def wait(self, number: int) -> None:
        """Let a number wait for its turn, behind the others."""
        with self._guard:
            self._waiting[number] = None
            self._wind()

    def leave(self, number: int) -> None:
        """Let a number wait no more."""
        with self._guard:
            self._waiting.pop(number, None)

    def stop(self) -> None:
        """Give no more turns, and wait until one that was given is over."""
        with self._guard:
            self._stopped = True
            timer = self._timer
        if timer:
            timer.cancel()
            timer.join()

    def _wind(self) -> None:
        if self._waiting and self._timer is None and not self._stopped:
            self._timer = Timer(self._every, self._give)
            self._timer.daemon = True
            self._timer.start()

    def _give(self) -> None:
        with self._guard:
            first = next(iter(self._waiting), None)
            if first is not None:
                del self._waiting[first]
        try:
            if first is not None:
                self._again(first)
        finally:
            with self._guard:
                self._timer = None
                self._wind()
