"""What other parts are told: few messages, stable. Keys and names never leave.

Lesson "Here, and not everywhere"; on what is inside and outside, lesson "The facts of others".
"""

from dovecote.events import ParcelCollected, ParcelDropped, ParcelTakenBack, PickupExtended
from dovecote.store import Stored

Message = dict[str, str | float]


def published(stored: Stored) -> Message | None:
    """Return the message that an event becomes, if it is anybody's business."""
    about: Message = {"parcel": stored.stream, "at": f"{stored.at:%Y-%m-%d %H:%M}"}
    match stored.event:
        case ParcelDropped(station=station, carrier=carrier):
            return {"message": "custody-began"} | about | {"station": station, "carrier": carrier}
        case PickupExtended(by="desk", hours=hours):  # hours inside; outside it is days, as was agreed
            return {"message": "days-waived"} | about | {"days": hours / 24}
        case ParcelCollected() | ParcelTakenBack():
            return {"message": "custody-ended"} | about
    return None
