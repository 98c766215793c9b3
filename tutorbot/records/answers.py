"""Records an answer.

It is what everybody waits for, all at once: a SELECT and an INSERT, which the driver runs itself.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from tutorbot.lessons.answers import Answer, answer_from_json, answer_to_json
from tutorbot.lessons.grading import Attempt
from tutorbot.records.people import Learner
from tutorbot.records.prepared import Prepared
from tutorbot.records.tables import attempts, drawings, enrollments, learners, places, sittings

_AT_ITS_QUESTION = and_(
    attempts.c.enrollment_id == drawings.c.enrollment_id,
    attempts.c.question_id == drawings.c.question_id,
    attempts.c.run == drawings.c.run,
)
_LOCK_SHOWN = Prepared(
    select(
        drawings.c.place_id,
        drawings.c.enrollment_id,
        drawings.c.question_id,
        drawings.c.run,
        drawings.c.digest,
        drawings.c.shown_order,
        places.c.quiz,
        enrollments.c.team,
        enrollments.c.user,
        enrollments.c.course_id,
        enrollments.c.digest.label("enrolled_digest"),
        learners.c.last_course,
        attempts.c.n,
        attempts.c.answer,
    )
    .join(places, places.c.id == drawings.c.place_id)
    .join(enrollments, enrollments.c.id == drawings.c.enrollment_id)
    .outerjoin(learners, and_(learners.c.team == enrollments.c.team, learners.c.user == enrollments.c.user))
    .outerjoin(attempts, _AT_ITS_QUESTION)
    .where(drawings.c.id == bindparam("drawing"))
    .order_by(attempts.c.n)
    .with_for_update(of=enrollments, key_share=True)
)
_TRIED = Prepared(
    select(attempts.c.n, attempts.c.answer)
    .join(drawings, _AT_ITS_QUESTION)
    .where(drawings.c.id == bindparam("drawing"))
    .order_by(attempts.c.n)
)
_SAT = exists().where(sittings.c.enrollment_id == bindparam("sat_by")).label("exam_begun")
_ADD_ATTEMPT = {
    "sqlite": Prepared(sqlite.insert(attempts).on_conflict_do_nothing().returning(_SAT)),
    "postgresql": Prepared(postgresql.insert(attempts).on_conflict_do_nothing().returning(_SAT)),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawing, for one who answers: what was shown, to whom, and what they have answered to it.

    `digest` is the version of the course that was shown, `enrolled_digest` the one that they take now;
    `last_course` is the course they touched last; `tried` are the attempts at the question, by their n.
    """

    drawing_id: int
    place_id: int
    enrollment_id: int
    question_id: str
    run: int
    digest: str
    shown_order: tuple[str, ...]
    quiz: str
    learner: Learner
    course_id: str
    enrolled_digest: str
    last_course: str | None
    tried: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """That an answer was recorded; `exam_begun` says whether the exam counts already, or may soon."""

    exam_begun: bool


def lock_shown(conn: Connection, drawing_id: int) -> Shown | None:
    """Return a drawing for one who answers, or None, after locking the enrollment (see lock_enrollment).

    On PostgreSQL a statement that waits for a lock sees everything else as it was before, so the attempts
    are read anew.
    """
    rows = _LOCK_SHOWN.rows(conn, drawing=drawing_id)
    if not rows:
        return None
    row = rows[0]
    tried = _TRIED.rows(conn, drawing=drawing_id) if conn.dialect.name == "postgresql" else rows
    return Shown(
        drawing_id=drawing_id,
        place_id=row.place_id,
        enrollment_id=row.enrollment_id,
        question_id=row.question_id,
        run=row.run,
        digest=row.digest,
        shown_order=tuple(row.shown_order),
        quiz=row.quiz,
        learner=Learner(row.team, row.user),
        course_id=row.course_id,
        enrolled_digest=row.enrolled_digest,
        last_course=row.last_course,
        tried=tuple(
            Attempt(row.question_id, each.n, answer_from_json(each.answer))
            for each in tried
            if each.n is not None
        ),
    )


def add_attempt(
    conn: Connection, shown: Shown, n: int, answer: Answer, gesture: str, *, now: datetime
) -> Added | None:
    """Record the n-th answer to a question; None when that n, or that gesture, is on record already."""
    rows = _ADD_ATTEMPT[conn.dialect.name].rows(
        conn,
        enrollment_id=shown.enrollment_id,
        question_id=shown.question_id,
        run=shown.run,
        n=n,
        drawing_id=shown.drawing_id,
        digest=shown.digest,
        answer=answer_to_json(answer),
        gesture=gesture,
        at=now,
        sat_by=shown.enrollment_id,
    )
    return Added(exam_begun=bool(rows[0].exam_begun)) if rows else None


def answered_by(conn: Connection, gesture: str) -> int | None:
    """Return the id of the drawing that was answered by this very gesture, or None."""
    return conn.scalar(select(attempts.c.drawing_id).where(attempts.c.gesture == gesture))
