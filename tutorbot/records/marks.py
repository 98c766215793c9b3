"""What staff gave for written answers: appended, the latest one counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Select, func, insert, select

from tutorbot.lessons.answers import Answer, answer_from_json
from tutorbot.records.people import Learner
from tutorbot.records.tables import attempts, enrollments, learners, marks


@dataclass(frozen=True, slots=True)
class Handed:
    """A written answer that was handed in: by whom, to which question of which course version (by digest)."""

    attempt_id: int
    enrollment_id: int
    learner: Learner
    name: str
    question_id: str
    digest: str
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """What staff gave for an answer: its credit (0 to 1) and, by a rubric, each criterion's points."""

    credit: Fraction
    levels: tuple[int, ...] | None
    comment: str


@dataclass(frozen=True, slots=True)
class MarkOnRecord:
    """A mark, with who gave it and when."""

    mark: Mark
    by: str
    at: datetime


def latest_mark() -> ScalarSelect[Any]:
    """Return the id of the mark that counts for an attempt, as part of a statement about attempts."""
    return (
        select(func.max(marks.c.id))
        .where(marks.c.attempt_id == attempts.c.id)
        .correlate(attempts)
        .scalar_subquery()
    )


def add_mark(conn: Connection, attempt_id: int, mark: Mark, by: str, *, now: datetime) -> int:
    """Record what an answer is worth, and return the mark's id; an earlier mark stays on record."""
    made = conn.execute(
        insert(marks)
        .values(
            attempt_id=attempt_id,
            credit=str(mark.credit),
            levels=None if mark.levels is None else list(mark.levels),
            comment=mark.comment,
            by=by,
            at=now,
        )
        .returning(marks.c.id)
    )
    return int(made.scalar_one())


def unmarked(conn: Connection, question_ids: Collection[str]) -> list[Handed]:
    """Return the answers to these questions that nobody has marked, the oldest first."""
    marked = select(marks.c.attempt_id)
    rows = conn.execute(
        _handed()
        .where(attempts.c.question_id.in_(list(question_ids)), attempts.c.id.not_in(marked))
        .order_by(attempts.c.id)
    )
    return list(map(_handed_from, rows))


def read_handed(conn: Connection, attempt_id: int) -> Handed | None:
    """Return one answer, marked or not, or None."""
    row = conn.execute(_handed().where(attempts.c.id == attempt_id)).first()
    return None if row is None else _handed_from(row)


def read_mark(conn: Connection, mark_id: int) -> tuple[int, Mark] | None:
    """Return the attempt that a mark is for, and the mark; or None."""
    row = conn.execute(select(marks).where(marks.c.id == mark_id)).first()
    return None if row is None else (row.attempt_id, _mark_from(row))


def marks_of(conn: Connection, attempt_id: int) -> list[MarkOnRecord]:
    """Return every mark that an answer was given, the one that counts last."""
    rows = conn.execute(select(marks).where(marks.c.attempt_id == attempt_id).order_by(marks.c.id))
    return [MarkOnRecord(_mark_from(row), row.by, row.at) for row in rows]


def _mark_from(row: Row[Any]) -> Mark:
    return Mark(Fraction(row.credit), None if row.levels is None else tuple(row.levels), row.comment)


def _handed() -> Select[Any]:
    return (
        select(attempts, enrollments.c.team, enrollments.c.user, learners.c.name)
        .join(enrollments, enrollments.c.id == attempts.c.enrollment_id)
        .outerjoin(
            learners, (learners.c.team == enrollments.c.team) & (learners.c.user == enrollments.c.user)
        )
    )


def _handed_from(row: Row[Any]) -> Handed:
    return Handed(
        attempt_id=row.id,
        enrollment_id=row.enrollment_id,
        learner=Learner(row.team, row.user),
        name=row.name or row.user,
        question_id=row.question_id,
        digest=row.digest,
        answer=answer_from_json(row.answer),
        at=row.at,
    )
