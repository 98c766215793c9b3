"""From the ledger of what is due to Slack."""

from tutorbot.delivery.message import Draw, Rendered
from tutorbot.delivery.pictures import draw_picture
from tutorbot.delivery.points import Point
from tutorbot.delivery.poller import Poller
from tutorbot.delivery.sender import Sender
from tutorbot.delivery.stored_uploads import StoredUploads

__all__ = ["Draw", "Point", "Poller", "Rendered", "Sender", "StoredUploads", "draw_picture"]
