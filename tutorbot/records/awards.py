"""Who has passed."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import ColumnElement, Connection, select

from tutorbot.records.schema import insert_once
from tutorbot.records.tables import awards


@dataclass(frozen=True, slots=True)
class Award:
    """That a learner passed: under which name, with which exact course mark (percent), and when (UTC)."""

    id: int
    enrollment_id: int
    digest: str
    name: str
    mark: Fraction
    at: datetime


def add_award(
    conn: Connection, enrollment_id: int, run: int, digest: str, name: str, mark: Fraction, *, now: datetime
) -> int | None:
    """Record an award, once a run, and return its id; None when it is on record already."""
    made: int | None = conn.scalar(
        insert_once(conn.dialect, awards)
        .values(enrollment_id=enrollment_id, run=run, digest=digest, name=name, mark=str(mark), at=now)
        .returning(awards.c.id)
    )
    return made


def read_award(conn: Connection, award_id: int) -> Award | None:
    """Return one award, or None."""
    return _award(conn, awards.c.id == award_id)


def award_of(conn: Connection, enrollment_id: int) -> Award | None:
    """Return the learner's award in a course, or None."""
    return _award(conn, awards.c.enrollment_id == enrollment_id)


def _award(conn: Connection, which: ColumnElement[bool]) -> Award | None:
    row = conn.execute(select(awards).where(which).order_by(awards.c.id).limit(1)).first()
    if row is None:
        return None
    return Award(row.id, row.enrollment_id, row.digest, row.name, Fraction(row.mark), row.at)
