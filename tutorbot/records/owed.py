"""What is owed, looked at by what it is for."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Text, bindparam, exists, func, or_, select, update

from tutorbot.records.deliveries import State
from tutorbot.records.tables import deliveries


def _begins_with(name: str) -> ColumnElement[bool]:
    beginning = bindparam(name, type_=Text)
    return func.substr(deliveries.c.key, 1, func.length(beginning)) == beginning


WAS_ASKED = select(
    exists().where(
        deliveries.c.enrollment_id == bindparam("enrollment"),
        _begins_with("purpose"),
        or_(deliveries.c.created_at.between(bindparam("since"), bindparam("until")), _begins_with("ask")),
    )
)
"""Among what a learner is owed: to find a key by its beginning, all keys there are would be read."""


def was_asked(
    conn: Connection, enrollment_id: int, purpose: str, gesture: str, *, since: datetime, until: datetime
) -> bool:
    """Whether a learner was owed something for this purpose between these instants, or for this very gesture.

    Its key begins with the purpose and the gesture, whatever became of it. The instants are course time.
    """
    given = {"enrollment": enrollment_id, "purpose": purpose, "ask": f"{purpose}{gesture}"}
    given |= {"since": since, "until": until}
    return bool(conn.scalar(WAS_ASKED, given))


def drop_of_cohort(conn: Connection, cohort_id: int, *, reason: str) -> None:
    """Drop what is still due to a cohort's channel; what is being sent is let go."""
    conn.execute(
        update(deliveries)
        .where(deliveries.c.cohort_id == cohort_id, deliveries.c.state == State.DUE.value)
        .values(state=State.DROPPED.value, reason=reason)
    )
