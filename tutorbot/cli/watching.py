"""Sees that somebody has saved a file."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from tutorbot import authoring

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
"""Seconds. What is seen twice alike is taken, so that no file is read while it is being written."""


class Watcher:
    """Looks at a course's folder in a thread of its own, and calls `changed` when it is not what it was."""

    def __init__(self, folder: Path, changed: Callable[[], None], *, every: float = LOOK_EVERY) -> None:
        self._folder = folder
        self._changed = changed
        self._every = every
        self._stopped = threading.Event()
        self._taken = authoring.stamps_of(folder)
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Watch for what is saved after this watcher was made."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more, and wait for what is being done."""
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        seen = self._taken
        while not self._stopped.wait(self._every):
            before, seen = seen, authoring.stamps_of(self._folder)
            if seen != self._taken and seen == before:
                self._taken = seen
                try:
                    self._changed()
                except Exception:
                    log.exception("What was saved in %s could not be taken", self._folder)
