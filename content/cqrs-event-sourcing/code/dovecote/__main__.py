"""The story of Mira's parcel DV-2093: python -m dovecote."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from dovecote.events import from_stored, to_stored
from dovecote.handling import handle
from dovecote.my_parcels import MyParcels
from dovecote.overdue import Overdue
from dovecote.parcel import CollectParcel, Command, DelegatePickup, DropParcel, ExtendPickup, Refused
from dovecote.published import published
from dovecote.store import EventStore


def december(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 12, day, hour, minute, tzinfo=UTC)


STORY: list[tuple[datetime, str, str, Command]] = [
    (december(5, 11, 5), "c-1", "DV-2093", DropParcel("Mill Street", "North Post", "M", 14, "Mira")),
    (december(5, 11, 6), "c-2", "DV-2094", DropParcel("Mill Street", "North Post", "M", 14, "Ada")),  # taken
    (december(5, 11, 7), "c-3", "DV-2094", DropParcel("Mill Street", "North Post", "S", 15, "Ada")),
    (december(6, 8, 20), "c-4", "DV-2093", DelegatePickup("Jonas")),
    (december(6, 8, 21), "c-4", "DV-2093", DelegatePickup("Jonas")),  # the app, once more by itself
    (december(6, 9), "c-5", "DV-2093", ExtendPickup()),
    (december(7, 9), "c-6", "DV-2093", ExtendPickup(24, by="desk", cause="door")),
    (december(8, 9), "c-7", "DV-2093", ExtendPickup()),  # once too often
]


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as log, closing(sqlite3.connect(":memory:")) as views:
        tell_all(EventStore(log), views)


def tell_all(store: EventStore, views: sqlite3.Connection) -> None:
    my_parcels, overdue = MyParcels(views, store), Overdue(views, store)

    print("Commands")
    position = 0
    for now, command_id, parcel, command in STORY:
        position = max(position, tell(store, parcel, command, command_id, now))

    print("\nMy parcels, Jonas")
    print("  the view, behind:  ", my_parcels.of("Jonas"))
    print("  his own change:    ", my_parcels.of("Jonas", at_least=position))

    my_parcels.projection.rebuild()
    print("  built anew:        ", my_parcels.of("Jonas"))

    print("\nThe round on Sunday at noon")
    for parcel, outcome in overdue.round(december(8, 12)).items():
        print(f"  {parcel}: {outcome}")

    print("\nSunday evening")
    tell(store, "DV-2093", CollectParcel("K2"), "c-8", december(8, 18, 42))

    print("\nWhat happened to DV-2093")
    for stored in store.stream("DV-2093"):
        name, version, data = to_stored(stored.event)
        print(f"  {stored.version} {stored.at:%a %H:%M} {name} {version} {data}")

    print("\nWhat other parts of Dovecote are told")
    for message in filter(None, map(published, store.log())):
        print(" ", message)

    print("\nAn event of the first year, as it is read today")
    print(" ", from_stored("PickupExtended", 1, '{"days": 2}'))


def tell(store: EventStore, parcel: str, command: Command, command_id: str, now: datetime) -> int:
    """Send a command, print what came of it and return the position."""
    before = store.end(parcel)
    try:
        position = handle(store, parcel, command, command_id=command_id, now=now)
        outcome = "done" if position > before else "done already"
    except Refused as refusal:
        position, outcome = before, f"refused: {refusal}"
    print(f"  {now:%a %H:%M} {command_id} {parcel} {type(command).__name__}: {outcome}")
    return position


if __name__ == "__main__":
    main()
