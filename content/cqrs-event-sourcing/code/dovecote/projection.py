"""Lesson "Where was I?": a loop that can be cut off at any line."""

import sqlite3
from collections.abc import Callable

from dovecote.store import EventStore, Stored

Project = Callable[[sqlite3.Connection, Stored], None]


class Projection:
    """Feeds a view from the log; the view and the checkpoint are in the same database."""

    def __init__(
        self, db: sqlite3.Connection, store: EventStore, name: str, project: Project, empty: str
    ) -> None:
        self._db, self._store, self._name, self._project, self._empty = db, store, name, project, empty
        with db:
            db.execute("create table if not exists checkpoint (name text primary key, position integer)")
            db.execute("insert or ignore into checkpoint values (?, 0)", (name,))

    @property
    def position(self) -> int:
        found = self._db.execute("select position from checkpoint where name = ?", (self._name,))
        return int(found.fetchone()[0])

    def catch_up(self) -> None:
        """Take in what is new: an event may be read twice, but its effect is there once."""
        reached = self.position
        for stored in self._store.log(after=reached):
            with self._db:  # the view and its checkpoint: both, or neither
                self._project(self._db, stored)
                moved = self._db.execute(
                    "update checkpoint set position = ? where name = ? and position = ?",
                    (stored.position, self._name, reached),
                )
                if moved.rowcount == 0:
                    raise RuntimeError(f"another loop feeds {self._name}")
            reached = stored.position

    def rebuild(self) -> None:
        """Forget the view and read everything again; in production, into a second table beside it."""
        with self._db:
            self._db.execute(self._empty)
            self._db.execute("update checkpoint set position = 0 where name = ?", (self._name,))
        self.catch_up()
