"""What can happen to a parcel, and how it is written down.

Lesson "The row that forgot": facts in the past tense, in the words of the trade.
Lesson "Events live for years": take what you know, pass over what you do not.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

from dovecote.upcasting import upcast


@dataclass(frozen=True, slots=True)
class ParcelDropped:
    station: str
    carrier: str
    size: str
    compartment: int
    until: datetime  # what the recipient was promised: lesson "Yesterday's question"


@dataclass(frozen=True, slots=True)
class KeyIssued:
    key: str
    holder: str


@dataclass(frozen=True, slots=True)
class PickupDelegated:
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class PickupExtended:
    hours: int
    by: str
    cause: str


@dataclass(frozen=True, slots=True)
class ParcelCollected:
    key: str


@dataclass(frozen=True, slots=True)
class ParcelTakenBack:
    pass


Event = ParcelDropped | KeyIssued | PickupDelegated | PickupExtended | ParcelCollected | ParcelTakenBack

# The names that are stored were chosen, each with its newest version; a class may be renamed or moved.
STORED_AS: dict[str, tuple[type[Event], int]] = {
    "ParcelDropped": (ParcelDropped, 2),
    "KeyIssued": (KeyIssued, 1),
    "PickupDelegated": (PickupDelegated, 1),
    "PickupExtended": (PickupExtended, 3),
    "ParcelCollected": (ParcelCollected, 1),
    "ParcelTakenBack": (ParcelTakenBack, 1),
}
_NAMES = {kind: (name, version) for name, (kind, version) in STORED_AS.items()}

T = TypeVar("T")


def to_stored(event: Event) -> tuple[str, int, str]:
    """Return the name, the version and the data (JSON) of an event."""
    return *_NAMES[type(event)], to_json(event)


def from_stored(name: str, version: int, data: str) -> Event:
    """Return an event, of whatever age, as the newest version of its kind."""
    kind, newest = STORED_AS[name]
    reached, upcasted = upcast(name, version, json.loads(data))
    if reached != newest:
        raise ValueError(f"{name} {version} is not known here: release readers before writers")
    return from_data(kind, upcasted)


def to_json(fact: Any) -> str:
    return json.dumps(asdict(fact), default=datetime.isoformat)


def from_data(kind: type[T], data: dict[str, Any]) -> T:
    """Read by a weak schema: what is not known is passed over, what is missing needs a default."""
    known = get_type_hints(kind)
    times = {name for name in data if known.get(name) is datetime}
    taken = {name: data[name] for name in data if name in known}
    return kind(**taken | {name: datetime.fromisoformat(data[name]) for name in times})
