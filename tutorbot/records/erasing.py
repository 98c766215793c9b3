"""A person's rows are counted, and erased."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from tutorbot.records.people import Learner
from tutorbot.records.personal import rows_of
from tutorbot.records.tables import deliveries, enrollments, erasures, marks


def count_rows(conn: Connection, learner: Learner) -> dict[str, int]:
    """Return how many rows there are of a person, by table; tables without one are left out."""
    found = {
        table.name: conn.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
        for table, condition in rows_of(learner).items()
    }
    return {name: number for name, number in found.items() if number}


def erase_rows(conn: Connection, learner: Learner) -> dict[str, int]:
    """Delete all rows of a person, and return how many, by table.

    Where the person has marked the answers of others, the marks stay, without them. The enrollments
    are locked first, as by everybody who writes for a learner (see lock_enrollment).
    """
    rows = rows_of(learner)
    conn.execute(select(enrollments.c.id).where(rows[enrollments]).with_for_update()).all()
    counted = count_rows(conn, learner)
    conn.execute(update(marks).where(marks.c.by == learner.user).values(by=""))
    gone = select(deliveries.c.id).where(rows[deliveries])
    conn.execute(update(deliveries).where(deliveries.c.after_id.in_(gone)).values(after_id=None))
    for table, condition in rows.items():
        conn.execute(delete(table).where(condition))
    return counted


def note_erasure(conn: Connection, rows: Mapping[str, int], *, by: str, now: datetime) -> None:
    """Record that somebody was erased: when, by whom, and how many rows; not who it was."""
    conn.execute(insert(erasures).values(at=now, by=by, rows=dict(rows)))
