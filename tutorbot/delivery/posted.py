"""What Slack has taken: how the ledger comes to know, and what follows from it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from tutorbot import logs
from tutorbot.clock import Clocks
from tutorbot.delivery.points import Point, reach
from tutorbot.metrics import Metrics
from tutorbot.records.claims import Stand, mark_posted
from tutorbot.records.deliveries import Delivery, State
from tutorbot.slack import Slack

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """A delivery that stands in Slack by now, and where; the ledger may not know of it yet."""

    delivery: Delivery
    channel: str
    ts: str

    @property
    def place(self) -> str:
        """Return where it went, as Delivery.place."""
        return self.delivery.place


def mark_all(conn: Connection, posted: Sequence[Posted]) -> list[str | None]:
    """Mark all of these as posted, as claims.mark_posted."""
    return mark_posted(conn, [Stand(each.delivery.id, each.channel, each.ts) for each in posted])


class Aftermath:
    """What follows once a mark is committed, from any thread."""

    def __init__(
        self, slack: Slack, clocks: Clocks, metrics: Metrics, posted: Callable[[Delivery], None]
    ) -> None:
        self._slack = slack
        self._clocks = clocks
        self._metrics = metrics
        self._posted = posted

    def follow(self, posted: Posted, standing: str | None) -> None:
        """Tell of a post; delete it where the delivery stands elsewhere already, by the `ts` given back."""
        reach(Point.MARKED, posted.delivery)
        try:
            with logs.about(f"delivery {posted.delivery.id}"):
                self._follow(posted, standing)
        except Exception:
            log.exception("%s is posted, but what follows from it failed", posted.delivery.key)

    def _follow(self, posted: Posted, standing: str | None) -> None:
        delivery = posted.delivery
        if standing is not None and standing != posted.ts:
            log.warning("%s stands in Slack already; what was posted now is deleted", delivery.key)
            self._slack.call("chat.delete", channel=posted.channel, ts=posted.ts)
            return
        self._metrics.posted((self._clocks.course() - delivery.due_at).total_seconds())
        self._posted(replace(delivery, channel=posted.channel, posted_ts=posted.ts, state=State.POSTED))
