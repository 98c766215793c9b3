"""An event store: one table, in which events are added and nothing is changed.

Lesson "Two ideas, one loop": it can read one stream, and append only if nobody was faster.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dovecote.events import Event, from_stored, to_stored

# `position` numbers the whole log; SQLite has one writer at a time, so numbers cannot overtake each other
# (lesson "Where was I?"). The unique key refuses the second of two who decided at once.
_TABLES = """
    create table if not exists event (
        position integer primary key autoincrement,
        stream text not null, version integer not null,
        name text not null, name_version integer not null, data text not null,
        command text not null, at text not null,
        unique (stream, version)
    );
    create table if not exists claim (what text primary key, stream text not null);
    create table if not exists snapshot (
        stream text primary key, shape integer not null, version integer not null, state text not null
    );
"""
_SELECT = "select position, stream, version, name, name_version, data, at from event"


class SomeoneWasFaster(Exception):
    """The stream is longer than expected: load again, decide again."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event with its place in the log and in its stream."""

    position: int
    stream: str
    version: int
    event: Event
    at: datetime


class EventStore:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        db.executescript(_TABLES)

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        *,
        expected: int,
        command: str,
        at: datetime,
        alongside: Callable[[sqlite3.Connection], None] = lambda _: None,
    ) -> None:
        """Add all of the events, or none, with the id of the command that they came from.

        Lesson "Only if nobody was faster". `alongside` runs in the same transaction.
        """
        rows = [
            (stream, version, *to_stored(event), command, at.isoformat())
            for version, event in enumerate(events, start=expected + 1)
        ]
        with self.db:
            try:
                self.db.executemany(
                    "insert into event (stream, version, name, name_version, data, command, at)"
                    " values (?, ?, ?, ?, ?, ?, ?)",
                    rows,
                )
            except sqlite3.IntegrityError:
                raise SomeoneWasFaster(stream) from None
            alongside(self.db)

    def stream(self, stream: str, after: int = 0) -> list[Stored]:
        """Return the events of one thing, after a version."""
        where = " where stream = ? and version > ? order by version"
        return list(_read(self.db.execute(_SELECT + where, (stream, after))))

    def log(self, after: int = 0) -> list[Stored]:
        """Return the events of all things, after a position."""
        return list(_read(self.db.execute(_SELECT + " where position > ? order by position", (after,))))

    def knows(self, stream: str, command: str) -> bool:
        """Whether the stream holds what came of this command."""
        found = self.db.execute("select 1 from event where stream = ? and command = ?", (stream, command))
        return found.fetchone() is not None

    def end(self, stream: str) -> int:
        """Return the position of the stream's last event, 0 if it has none."""
        found = self.db.execute("select max(position) from event where stream = ?", (stream,))
        return found.fetchone()[0] or 0


def _read(rows: Iterable[tuple[int, str, int, str, int, str, str]]) -> Iterator[Stored]:
    for position, stream, version, name, name_version, data, at in rows:
        event = from_stored(name, name_version, data)
        yield Stored(position, stream, version, event, datetime.fromisoformat(at))
