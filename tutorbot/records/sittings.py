"""Sittings of the final exam, and how they were closed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select

from tutorbot.lessons.sitting import Sitting
from tutorbot.records.schema import insert_once
from tutorbot.records.tables import closings, sittings


class Closed(StrEnum):
    """What closed a sitting."""

    HANDED_IN = "handed in"
    DEADLINE = "deadline"


_READ_SITTING = (  # made once: an answer reads it (see answers.py)
    select(sittings, closings.c.at.label("closed_at"))
    .outerjoin(closings, closings.c.sitting_id == sittings.c.id)
    .where(sittings.c.enrollment_id == bindparam("enrollment"), sittings.c.run == bindparam("run"))
)


def begin_sitting(
    conn: Connection,
    enrollment_id: int,
    run: int,
    digest: str,
    questions: tuple[str, ...],
    *,
    now: datetime,
    deadline: datetime | None,
) -> int | None:
    """Begin the sitting of a run and return its id; None when it began before."""
    made: int | None = conn.scalar(
        insert_once(conn.dialect, sittings)
        .values(
            enrollment_id=enrollment_id,
            run=run,
            digest=digest,
            questions=list(questions),
            started_at=now,
            deadline=deadline,
        )
        .returning(sittings.c.id)
    )
    return made


def read_sitting(conn: Connection, enrollment_id: int, run: int) -> Sitting | None:
    """Return the sitting of a run, or None before it begins."""
    row = conn.execute(_READ_SITTING, {"enrollment": enrollment_id, "run": run}).first()
    if row is None:
        return None
    return Sitting(
        id=row.id,
        run=row.run,
        digest=row.digest,
        questions=tuple(row.questions),
        started_at=row.started_at,
        deadline=row.deadline,
        closed_at=row.closed_at,
    )


def close_sitting(conn: Connection, sitting_id: int, how: Closed, *, at: datetime) -> bool:
    """Close a sitting, once; False when it was closed before."""
    made = conn.scalar(
        insert_once(conn.dialect, closings)
        .values(sitting_id=sitting_id, at=at, how=how.value)
        .returning(closings.c.sitting_id)
    )
    return made is not None


def how_closed(conn: Connection, sitting_id: int) -> Closed | None:
    """Return what closed a sitting, or None while it is open."""
    how = conn.scalar(select(closings.c.how).where(closings.c.sitting_id == sitting_id))
    return None if how is None else Closed(how)
