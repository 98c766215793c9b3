"""What is over and not needed any more is forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select

from tutorbot.records.deliveries import State
from tutorbot.records.tables import deliveries, enrollments, learners, places

_OVER = (State.POSTED, State.DROPPED, State.DONE)


def old_deliveries(
    conn: Connection, beginnings: Collection[str], *, before: datetime, limit: int
) -> list[int]:
    """Return deliveries that are over, were due before this instant (course time) and may be forgotten.

    Their keys begin in one of these ways. One that another delivery follows stays until that is forgotten,
    and one that posted a place stays with it: it says where the place is.
    """
    found = select(deliveries.c.id).where(_is_old(beginnings, before)).order_by(deliveries.c.id.desc())
    return list(conn.scalars(found.limit(limit)))


def forget_deliveries(
    conn: Connection, numbers: Sequence[int], beginnings: Collection[str], *, before: datetime
) -> int:
    """Delete those of these deliveries that may still be forgotten; return how many."""
    gone = conn.execute(delete(deliveries).where(deliveries.c.id.in_(numbers), _is_old(beginnings, before)))
    return gone.rowcount


def forget_strangers(conn: Connection) -> int:
    """Delete the name and the zone of everybody who takes no course and to whom nothing is owed."""
    joined = exists().where(enrollments.c.team == learners.c.team, enrollments.c.user == learners.c.user)
    owed = exists().where(
        deliveries.c.team == learners.c.team,
        deliveries.c.user == learners.c.user,
        deliveries.c.state.not_in([state.value for state in _OVER]),
    )
    return conn.execute(delete(learners).where(~joined, ~owed)).rowcount


def _is_old(beginnings: Collection[str], before: datetime) -> ColumnElement[bool]:
    following = deliveries.alias("following")
    return and_(
        deliveries.c.state.in_([state.value for state in _OVER]),
        deliveries.c.due_at < before,
        deliveries.c.created_at < before,
        or_(*(deliveries.c.key.startswith(each, autoescape=True) for each in beginnings)),
        ~exists().where(following.c.after_id == deliveries.c.id),
        ~exists().where(places.c.delivery_id == deliveries.c.id),
    )
