"""The way of a command: load, decide, append; again, if somebody was faster."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from dovecote.events import Event, ParcelCollected, ParcelDropped, ParcelTakenBack, from_data, to_json
from dovecote.parcel import EXPECTED, Command, Parcel, Refused, decide, fold
from dovecote.store import EventStore, SomeoneWasFaster

ATTEMPTS = 3
SHAPE = 1  # raise it when Parcel, evolve or an upcaster changes
SNAPSHOT_AFTER = 4  # far too eager, so that you can see one: a parcel needs no snapshot


def handle(store: EventStore, parcel: str, command: Command, *, command_id: str, now: datetime) -> int:
    """Carry out a command; return the position at which a view shows it.

    Raises Refused, or SomeoneWasFaster if that was so time after time.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return _attempt(store, parcel, command, command_id, now)
        except SomeoneWasFaster:
            pass  # load again, decide again
    return _attempt(store, parcel, command, command_id, now)


def _attempt(store: EventStore, parcel: str, command: Command, command_id: str, now: datetime) -> int:
    """Lesson "Only if nobody was faster": the id is asked for before the rules, and after loading.

    What comes in between is then seen either by its id or by the version that it took.
    """
    state, version = load(store, parcel)
    if not store.knows(parcel, command_id):
        events = decide(state, command, now=now)
        store.append(
            parcel,
            events,
            expected=version,
            command=command_id,
            at=now,
            alongside=lambda db: keep_claims(db, parcel, events),
        )
    return store.end(parcel)


def load(store: EventStore, parcel: str) -> tuple[Parcel, int]:
    """Return the parcel's state and version. Lesson "Replay in silence": a snapshot is a cache."""
    found = store.db.execute(
        "select version, state from snapshot where stream = ? and shape = ?", (parcel, SHAPE)
    ).fetchone()
    since, state = (found[0], from_data(Parcel, json.loads(found[1]))) if found else (0, EXPECTED)
    later = store.stream(parcel, after=since)
    state = fold((stored.event for stored in later), since=state)
    if len(later) >= SNAPSHOT_AFTER:
        with store.db:
            store.db.execute(
                "replace into snapshot values (?, ?, ?, ?)",
                (parcel, SHAPE, later[-1].version, to_json(state)),
            )
    return state, since + len(later)


def keep_claims(db: sqlite3.Connection, parcel: str, events: Sequence[Event]) -> None:
    """One parcel in a compartment: a rule about a set, so no stream can check it.

    Lesson "A moment behind": a table of claims, in the transaction of the events.
    """
    for event in events:
        match event:
            case ParcelDropped(station=station, compartment=compartment):
                try:
                    db.execute("insert into claim values (?, ?)", (f"{station} {compartment}", parcel))
                except sqlite3.IntegrityError:
                    raise Refused(f"compartment {compartment} at {station} is taken") from None
            case ParcelCollected() | ParcelTakenBack():
                db.execute("delete from claim where stream = ?", (parcel,))
