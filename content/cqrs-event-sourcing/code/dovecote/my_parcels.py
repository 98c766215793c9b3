"""The view behind *My parcels*: lesson "One model, two jobs"."""

import sqlite3
from datetime import datetime, timedelta

from dovecote.events import KeyIssued, ParcelCollected, ParcelDropped, ParcelTakenBack, PickupExtended
from dovecote.projection import Projection
from dovecote.store import EventStore, Stored


class StillBehind(Exception):
    """The view has not come as far as the page asks for."""


class MyParcels:
    """Who can collect what, where, until when: it answers, and decides nothing."""

    def __init__(self, db: sqlite3.Connection, store: EventStore) -> None:
        self._db = db
        db.execute(
            "create table if not exists my_parcels"
            " (parcel text primary key, holder text, station text, compartment integer, until text)"
        )
        self.projection = Projection(db, store, "my_parcels", project, empty="delete from my_parcels")

    def of(self, person: str, at_least: int = 0) -> list[str]:
        """Return a line for each parcel, from a view that has come at least to this position.

        Lesson "A moment behind": who has just changed something is owed her own change.
        """
        if self.projection.position < at_least:
            self.projection.catch_up()  # the real one waits for the loop, a second at most
        if self.projection.position < at_least:
            raise StillBehind
        found = self._db.execute(
            "select parcel, station, compartment, until from my_parcels where holder = ? order by until",
            (person,),
        )
        return [
            f"{parcel}: {station}, compartment {compartment}, until {datetime.fromisoformat(until):%a %H:%M}"
            for parcel, station, compartment, until in found
        ]


def project(db: sqlite3.Connection, stored: Stored) -> None:
    """Ask nothing but the event and the view itself: no clock, no other service."""
    parcel = stored.stream
    match stored.event:
        case ParcelDropped(station=station, compartment=compartment, until=until):
            row = (parcel, station, compartment, until.isoformat())
            db.execute("insert into my_parcels values (?, '', ?, ?, ?)", row)
        case KeyIssued(holder=holder):
            db.execute("update my_parcels set holder = ? where parcel = ?", (holder, parcel))
        case PickupExtended(hours=hours):  # adding is not idempotent: the checkpoint guards it
            (until,) = db.execute("select until from my_parcels where parcel = ?", (parcel,)).fetchone()
            later = datetime.fromisoformat(until) + timedelta(hours=hours)
            db.execute("update my_parcels set until = ? where parcel = ?", (later.isoformat(), parcel))
        case ParcelCollected() | ParcelTakenBack():
            db.execute("delete from my_parcels where parcel = ?", (parcel,))
