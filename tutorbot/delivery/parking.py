"""What cannot be delivered waits for staff, who are told once."""

import logging
from collections.abc import Callable

from sqlalchemy import Connection

from tutorbot.clock import Clocks
from tutorbot.metrics import Metrics
from tutorbot.records.claims import note_told
from tutorbot.records.deliveries import Delivery, owe
from tutorbot.store import Store

SHOW = "parked"

# What stops everything that goes to a place, not this one message: told once a day and place.
_OF_THE_PLACE = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "restricted_action",
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
    }
)

log = logging.getLogger(__name__)

Park = Callable[[Connection, Delivery, str], bool]
"""Parks a delivery for a reason; False where something else has become of it meanwhile."""


class Parking:
    """Parks deliveries, and owes the message that tells staff, in one transaction."""

    def __init__(self, store: Store, clocks: Clocks, staff_channel: str, metrics: Metrics) -> None:
        self.metrics = metrics
        self._store = store
        self._clocks = clocks
        self._staff_channel = staff_channel

    def park(self, park: Park, delivery: Delivery, reason: str, *, code: str = "") -> None:
        """Park a delivery; `code` is Slack's, where Slack has refused it."""

        def park_and_tell(conn: Connection) -> bool:
            if not park(conn, delivery, reason):
                return False
            self._tell(conn, delivery, code)
            return True

        if self._store.write(park_and_tell):
            self.metrics.settled("parked")
            log.warning("Delivery %d (%s) is parked: %s", delivery.id, delivery.key, reason)

    def _tell(self, conn: Connection, delivery: Delivery, code: str) -> None:
        now, machine = self._clocks.course(), self._clocks.machine()
        note_told(conn, delivery.id, machine=machine)
        if not self._staff_channel or delivery.what.get("show") == SHOW:
            return  # told in the log
        owe(
            conn,
            f"parked/{delivery.channel or delivery.user}/{code}/{now:%Y-%m-%d}"
            if code in _OF_THE_PLACE
            else f"parked/{delivery.id}/{machine:%Y%m%dT%H%M%S}",
            {"show": SHOW, "delivery": delivery.id},
            team=delivery.team,
            channel=self._staff_channel,
            due_at=now,
            now=now,
        )
