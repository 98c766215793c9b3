"""Records an answer.

It is what everybody waits for, all at once: each statement is made once, since making one costs more
than running it (measured: 55 of 80 µs).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from tutorbot.lessons.grading import Attempt
from tutorbot.lessons.marking import Answer, answer_from_json, answer_to_json
from tutorbot.records.attempts import Drawing, drawing_from
from tutorbot.records.people import Learner
from tutorbot.records.tables import attempts, drawings, enrollments, learners, places

_LOCK_SHOWN: Select[Any] = (
    select(
        *(column for column in drawings.c if column is not drawings.c.drawn_at),
        places.c.quiz,
        enrollments.c.team,
        enrollments.c.user,
        enrollments.c.course_id,
        enrollments.c.digest.label("enrolled_digest"),
        learners.c.last_course,
    )
    .join(places, places.c.id == drawings.c.place_id)
    .join(enrollments, enrollments.c.id == drawings.c.enrollment_id)
    .outerjoin(learners, and_(learners.c.team == enrollments.c.team, learners.c.user == enrollments.c.user))
    .where(drawings.c.id == bindparam("drawing"))
    .with_for_update(of=enrollments, key_share=True)
)
_TRIED = (
    select(attempts.c.n, attempts.c.answer)
    .where(
        attempts.c.enrollment_id == bindparam("enrollment"),
        attempts.c.question_id == bindparam("question"),
        attempts.c.run == bindparam("run"),
    )
    .order_by(attempts.c.n)
)
_ADD_ATTEMPT = {
    "sqlite": sqlite.insert(attempts).on_conflict_do_nothing().returning(attempts.c.id),
    "postgresql": postgresql.insert(attempts).on_conflict_do_nothing().returning(attempts.c.id),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawing, the quiz it belongs to, and who takes it in which course.

    `digest` is the version they are enrolled in, which may be a later one than the drawing's;
    `last_course` is the course they touched last.
    """

    drawing: Drawing
    quiz: str
    learner: Learner
    course_id: str
    digest: str
    last_course: str | None


def lock_shown(conn: Connection, drawing_id: int) -> Shown | None:
    """Return a drawing and whose it is, or None, after locking the enrollment's row (see lock_enrollment).

    What may have changed while this waited for the lock (the choice, the hint, the last course) is as it
    was before.
    """
    row = conn.execute(_LOCK_SHOWN, {"drawing": drawing_id}).first()
    if row is None:
        return None
    return Shown(
        drawing=drawing_from(row),
        quiz=row.quiz,
        learner=Learner(row.team, row.user),
        course_id=row.course_id,
        digest=row.enrolled_digest,
        last_course=row.last_course,
    )


def tried(conn: Connection, drawing: Drawing) -> list[Attempt]:
    """Return the attempts at the drawing's question, in the order of their n."""
    rows = conn.execute(
        _TRIED,
        {"enrollment": drawing.enrollment_id, "question": drawing.question_id, "run": drawing.run},
    )
    return [Attempt(drawing.question_id, row.n, answer_from_json(row.answer)) for row in rows]


def add_attempt(
    conn: Connection, drawing: Drawing, n: int, answer: Answer, gesture: str, *, now: datetime
) -> bool:
    """Record the n-th answer to a question; False when that n, or that gesture, is on record already."""
    made = conn.scalar(
        _ADD_ATTEMPT[conn.dialect.name],
        {
            "enrollment_id": drawing.enrollment_id,
            "question_id": drawing.question_id,
            "run": drawing.run,
            "n": n,
            "drawing_id": drawing.id,
            "digest": drawing.digest,
            "answer": answer_to_json(answer),
            "gesture": gesture,
            "at": now,
        },
    )
    return made is not None


def answered_by(conn: Connection, gesture: str) -> int | None:
    """Return the id of the drawing that was answered by this very gesture, or None."""
    return conn.scalar(select(attempts.c.drawing_id).where(attempts.c.gesture == gesture))
