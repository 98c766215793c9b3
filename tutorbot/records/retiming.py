"""What is late, and the new instants it gets. All instants here are course time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from tutorbot.records.deliveries import Delivery, State, delivery_from, in_state
from tutorbot.records.prepared import Prepared
from tutorbot.records.tables import cohorts, deliveries, learners

_LATE = Prepared(select(deliveries).where(in_state(State.DUE), deliveries.c.due_at < bindparam("grace_ends")))


def late_deliveries(conn: Connection, *, grace_ends: datetime) -> list[Delivery]:
    """Return what should have been sent, or done, before this instant."""
    return [delivery_from(row) for row in _LATE.rows(conn, grace_ends=grace_ends)]


def due_to(conn: Connection, places: Collection[str]) -> list[Delivery]:
    """Return all that is due to these places, now or later, the oldest first, and lock it."""
    rows = conn.execute(
        select(deliveries)
        .where(in_state(State.DUE), func.coalesce(deliveries.c.user, deliveries.c.channel).in_(list(places)))
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .with_for_update()
    )
    return [delivery_from(row) for row in rows]


def zone_of(conn: Connection, delivery: Delivery) -> str:
    """Return the name of the zone of the cohort, or of the learner, that a delivery goes to."""
    of_cohort = select(cohorts.c.zone).where(cohorts.c.id == delivery.cohort_id)
    of_learner = select(learners.c.zone).where(
        learners.c.team == delivery.team, learners.c.user == delivery.user
    )
    zone = conn.scalar(of_cohort) or conn.scalar(of_learner)
    return zone or "UTC"


def retime(conn: Connection, delivery: Delivery, due_at: datetime) -> bool:
    """Move a due delivery to another instant."""
    retimed = conn.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.state == State.DUE.value,
            deliveries.c.due_at == delivery.due_at,
        )
        .values(due_at=due_at)
    )
    return retimed.rowcount == 1
