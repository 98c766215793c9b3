"""The rules of a parcel: a calculation, without a database, a clock or an effect.

Lesson "Decide, append, fold": decide may say no, evolve may not.
Lesson "Commands ask, events tell": what deciding found out (the key, the deadline) stands in the events.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce

from dovecote.events import (
    Event,
    KeyIssued,
    ParcelCollected,
    ParcelDropped,
    ParcelTakenBack,
    PickupDelegated,
    PickupExtended,
)

PROMISE = timedelta(hours=72)
MOST_EXTENSIONS = 2
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Refused(Exception):
    """What the rules say no with. It changes nothing, so it is not stored."""


@dataclass(frozen=True, slots=True)
class DropParcel:
    station: str
    carrier: str
    size: str
    compartment: int
    recipient: str


@dataclass(frozen=True, slots=True)
class DelegatePickup:
    to: str


@dataclass(frozen=True, slots=True)
class ExtendPickup:
    hours: int = 48
    by: str = "recipient"
    cause: str = "not recorded"


@dataclass(frozen=True, slots=True)
class CollectParcel:
    key: str


@dataclass(frozen=True, slots=True)
class TakeBackParcel:
    pass


Command = DropParcel | DelegatePickup | ExtendPickup | CollectParcel | TakeBackParcel


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the rules ask for, and no more: what a screen shows is a matter for a view."""

    status: str = "expected"
    holder: str = ""
    keys: int = 0
    extended: int = 0
    until: datetime = LONG_AGO


EXPECTED = Parcel()


def evolve(parcel: Parcel, event: Event) -> Parcel:
    """Take in what has happened. No rule stands here, so what an older rule allowed can still be read."""
    match event:
        case ParcelDropped(until=until):
            return replace(parcel, status="waiting", until=until)
        case KeyIssued(holder=holder):
            return replace(parcel, keys=parcel.keys + 1, holder=holder)
        case PickupExtended(hours=hours):
            until = parcel.until + timedelta(hours=hours)
            return replace(parcel, extended=parcel.extended + 1, until=until)
        case ParcelCollected():
            return replace(parcel, status="collected")
        case ParcelTakenBack():
            return replace(parcel, status="taken back")
        case PickupDelegated():
            return parcel  # no rule asks for it


def fold(events: Iterable[Event], since: Parcel = EXPECTED) -> Parcel:
    return reduce(evolve, events, since)


def decide(parcel: Parcel, command: Command, *, now: datetime) -> list[Event]:
    """Return what happens: nothing, one fact or several; raises Refused."""
    if isinstance(command, DropParcel):
        return _drop(parcel, command, now)
    if parcel.status != "waiting":
        raise Refused(f"the parcel is {parcel.status}")
    match command:
        case DelegatePickup(to):
            if to == parcel.holder:
                return []  # it is so already
            return [PickupDelegated(parcel.holder, to), KeyIssued(f"K{parcel.keys + 1}", to)]
        case ExtendPickup(hours, by, cause):
            if parcel.extended >= MOST_EXTENSIONS:
                raise Refused(f"extended {parcel.extended} times already")
            return [PickupExtended(hours, by, cause)]
        case CollectParcel(key):
            if key not in {f"K{n}" for n in range(1, parcel.keys + 1)}:
                raise Refused(f"{key} does not open this door")
            return [ParcelCollected(key)]
        case TakeBackParcel():
            if now < parcel.until:
                raise Refused(f"promised until {parcel.until:%a %H:%M}")
            return [ParcelTakenBack()]


def _drop(parcel: Parcel, command: DropParcel, now: datetime) -> list[Event]:
    if parcel.status != "expected":
        raise Refused(f"the parcel is {parcel.status}")
    dropped = ParcelDropped(
        command.station, command.carrier, command.size, command.compartment, until=now + PROMISE
    )
    return [dropped, KeyIssued("K1", command.recipient)]
