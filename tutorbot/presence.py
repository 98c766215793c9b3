"""Who has a database file open: those who use it share it, who replaces it has it alone."""

import os
import sys
import weakref
from pathlib import Path

if sys.platform != "win32":
    import fcntl

SUFFIX = ".running"


class Presence:
    """A lock on the file `….running` beside the database; it ends with `leave`, or with the process.

    It is not on the database itself: closing a file ends all the locks that SQLite has on it
    (https://sqlite.org/howtocorrupt.html, section 2.2). On Windows there is none, and none is needed:
    it lets nobody rename a file that is open.
    """

    def __init__(self, database: Path, *, alone: bool = False) -> None:
        """Share the database, or wait for who replaces it; or have it `alone`, or raise BlockingIOError."""
        handle = os.open(f"{database}{SUFFIX}", os.O_RDWR | os.O_CREAT, 0o600)
        self.leave = weakref.finalize(self, os.close, handle)
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
