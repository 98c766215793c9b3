"""A process manager: events make it remember, time makes it send commands.

Lesson "A rule across services": a wake-up is stored with its date, and the rules stay with the parcel.
"""

import sqlite3
from datetime import datetime

from dovecote.events import ParcelCollected, ParcelDropped, ParcelTakenBack
from dovecote.handling import handle
from dovecote.parcel import Refused, TakeBackParcel
from dovecote.projection import Projection
from dovecote.store import EventStore, Stored


class Overdue:
    """Remembers each promise, and has taken back what is still there when its time has run out."""

    def __init__(self, db: sqlite3.Connection, store: EventStore) -> None:
        self._db, self._store = db, store
        db.execute("create table if not exists promise (parcel text primary key, until text)")
        self._memory = Projection(db, store, "promise", remember, empty="delete from promise")

    def round(self, now: datetime) -> dict[str, str]:
        """Send a command for each promise that has run out; return what came of them, by parcel.

        It may be cut off and go again: the command's id is made of the parcel's, so that twice is once.
        """
        self._memory.catch_up()
        due = self._db.execute(
            "select parcel from promise where until <= ? order by parcel", (now.isoformat(),)
        )
        return {parcel: self._take_back(parcel, now) for (parcel,) in due.fetchall()}

    def _take_back(self, parcel: str, now: datetime) -> str:
        try:
            handle(self._store, parcel, TakeBackParcel(), command_id=f"take back {parcel}", now=now)
        except Refused as refusal:
            return f"left there: {refusal}"  # the parcel knows best; the next round asks again
        return "taken back"


def remember(db: sqlite3.Connection, stored: Stored) -> None:
    match stored.event:
        case ParcelDropped(until=until):
            db.execute("insert into promise values (?, ?)", (stored.stream, until.isoformat()))
        case ParcelCollected() | ParcelTakenBack():
            db.execute("delete from promise where parcel = ?", (stored.stream,))
