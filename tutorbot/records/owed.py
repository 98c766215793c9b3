"""What is owed, looked at by what it is for."""

from datetime import datetime

from sqlalchemy import Connection, exists, select, update

from tutorbot.records.deliveries import State
from tutorbot.records.tables import deliveries


def owed_since(conn: Connection, prefix: str, since: datetime) -> bool:
    """Whether a delivery whose key begins so was owed at that instant (course time, UTC) or later."""
    begins = deliveries.c.key.startswith(prefix, autoescape=True)
    return bool(conn.scalar(select(exists().where(begins, deliveries.c.created_at >= since))))


def is_owed(conn: Connection, prefix: str) -> bool:
    """Whether there is a delivery whose key begins so, whatever became of it."""
    return bool(conn.scalar(select(exists().where(deliveries.c.key.startswith(prefix, autoescape=True)))))


def drop_of_cohort(conn: Connection, cohort_id: int, *, reason: str) -> None:
    """Drop what is still due to a cohort's channel; what is being sent is let go."""
    conn.execute(
        update(deliveries)
        .where(deliveries.c.cohort_id == cohort_id, deliveries.c.state == State.DUE.value)
        .values(state=State.DROPPED.value, reason=reason)
    )
