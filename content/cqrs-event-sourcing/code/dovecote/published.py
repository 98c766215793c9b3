"""What other parts are told: few messages, stable. Keys and names never leave.

Lesson "Here, and not everywhere"; on what is inside and outside, lesson "The facts of others".
"""

from dovecote.events import ParcelCollected, ParcelDropped, ParcelTakenBack
from dovecote.store import Stored


def published(stored: Stored) -> dict[str, str] | None:
    """Return the message that an event becomes, if it is anybody's business."""
    match stored.event:
        case ParcelDropped(station=station):
            return {"message": "custody-began", "parcel": stored.stream, "station": station}
        case ParcelCollected() | ParcelTakenBack():
            return {"message": "custody-ended", "parcel": stored.stream}
    return None
