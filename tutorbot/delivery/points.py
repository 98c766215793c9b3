"""The points between which a process may die, as they show in the log."""

import logging
from enum import StrEnum

from tutorbot.records.deliveries import Delivery

log = logging.getLogger("tutorbot.delivery")


class Point(StrEnum):
    """How far this process has come with a delivery. Each is logged, at DEBUG, as `record.point`."""

    CLAIMED = "claimed"
    ADDRESSED = "addressed"
    SENDING = "sending"
    ANSWERED = "answered"
    MARKED = "marked"
    ACTED = "acted"
    READ = "read"
    SETTLED = "settled"


def reach(point: Point, delivery: Delivery) -> None:
    """Say in the log how far a delivery has come."""
    log.debug("%s: %s", delivery.key, point.value, extra={"point": point, "key": delivery.key})
