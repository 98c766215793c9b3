"""What was asked, as it was shown, and what was answered (answers are recorded in answers.py)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from tutorbot.lessons.answers import Answer, answer_from_json, answer_to_json
from tutorbot.lessons.grading import Attempt
from tutorbot.records.marks import latest_mark
from tutorbot.records.tables import attempts, deliveries, drawings, enrollments, marks, places


@dataclass(frozen=True, slots=True)
class Place:
    """A message of a quiz in a learner's direct message, and the drawing it shows now (None: a page between).

    `channel` and `ts` are empty until it is posted. `quiz` is `lesson:<id>`, `exercise:<id>` or `exam`.
    """

    id: int
    enrollment_id: int
    quiz: str
    run: int
    shows: int | None
    team: str
    user: str
    channel: str | None
    ts: str | None
    delivery_id: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """One question as it was shown to one learner; `choice` is what was chosen but not yet confirmed."""

    id: int
    place_id: int
    enrollment_id: int
    question_id: str
    run: int
    digest: str
    shown_order: tuple[str, ...]
    choice: Answer | None
    hinted: bool


def add_place(
    conn: Connection,
    enrollment_id: int,
    quiz: str,
    run: int,
    *,
    delivery_id: int | None = None,
    now: datetime,
) -> int:
    """Add a place where a quiz is shown and return its id."""
    made = conn.execute(
        insert(places)
        .values(enrollment_id=enrollment_id, quiz=quiz, run=run, delivery_id=delivery_id, created_at=now)
        .returning(places.c.id)
    )
    return int(made.scalar_one())


def post_place_by(conn: Connection, place_id: int, delivery_id: int) -> None:
    """Say which delivery posts the place."""
    conn.execute(update(places).where(places.c.id == place_id).values(delivery_id=delivery_id))


def read_place(conn: Connection, place_id: int) -> Place | None:
    """Return a place with where it was posted, or None."""
    row = conn.execute(
        select(places, deliveries.c.team, deliveries.c.user, deliveries.c.channel, deliveries.c.posted_ts)
        .join(deliveries, deliveries.c.id == places.c.delivery_id)
        .where(places.c.id == place_id)
    ).first()
    if row is None:
        return None
    return Place(
        id=row.id,
        enrollment_id=row.enrollment_id,
        quiz=row.quiz,
        run=row.run,
        shows=row.shows,
        team=row.team,
        user=row.user,
        channel=row.channel,
        ts=row.posted_ts,
        delivery_id=row.delivery_id,
    )


def read_shown(conn: Connection, place_id: int) -> int | None:
    """Return the id of the drawing that the place shows now."""
    return conn.scalar(select(places.c.shows).where(places.c.id == place_id))


def left_for_newer(conn: Connection, place: Place) -> str | None:
    """Return the question that a place showed last, if the same quiz was taken to a newer place since."""
    newer = select(places.c.id).where(
        places.c.enrollment_id == place.enrollment_id,
        places.c.quiz == place.quiz,
        places.c.run == place.run,
        places.c.id > place.id,
    )
    return conn.scalar(
        select(drawings.c.question_id)
        .where(drawings.c.place_id == place.id, newer.exists())
        .order_by(drawings.c.id.desc())
        .limit(1)
    )


def turn_page(conn: Connection, place_id: int, *, shown: int | None, to: int | None) -> bool:
    """Let the place show another drawing (None: the page between); False when it has moved on meanwhile."""
    turned = conn.execute(
        update(places)
        .where(places.c.id == place_id, places.c.shows.is_not_distinct_from(shown))
        .values(shows=to)
    )
    return turned.rowcount == 1


def close_places(conn: Connection, of: Place) -> None:
    """Let all places of this one's quiz show the page after its questions."""
    alike = (places.c.enrollment_id == of.enrollment_id, places.c.quiz == of.quiz, places.c.run == of.run)
    conn.execute(update(places).where(*alike).values(shows=None))


def add_drawing(
    conn: Connection,
    place_id: int,
    enrollment_id: int,
    question_id: str,
    run: int,
    digest: str,
    shown_order: Sequence[str],
    *,
    now: datetime,
) -> int:
    """Add a drawing of a question and return its id."""
    made = conn.execute(
        insert(drawings)
        .values(
            place_id=place_id,
            enrollment_id=enrollment_id,
            question_id=question_id,
            run=run,
            digest=digest,
            shown_order=list(shown_order),
            drawn_at=now,
        )
        .returning(drawings.c.id)
    )
    return int(made.scalar_one())


def _drawing_from(row: Row[Any]) -> Drawing:
    return Drawing(
        id=row.id,
        place_id=row.place_id,
        enrollment_id=row.enrollment_id,
        question_id=row.question_id,
        run=row.run,
        digest=row.digest,
        shown_order=tuple(row.shown_order),
        choice=None if row.choice is None else answer_from_json(row.choice),
        hinted=row.hinted,
    )


def read_drawing(conn: Connection, drawing_id: int) -> Drawing | None:
    """Return a drawing, or None."""
    row = conn.execute(select(drawings).where(drawings.c.id == drawing_id)).first()
    return None if row is None else _drawing_from(row)


def read_choice(conn: Connection, drawing_id: int) -> Answer | None:
    """Return what was chosen and is not yet confirmed."""
    choice = conn.scalar(select(drawings.c.choice).where(drawings.c.id == drawing_id))
    return None if choice is None else answer_from_json(choice)


def latest_drawing(conn: Connection, enrollment_id: int, question_id: str, run: int) -> Drawing | None:
    """Return how a question was last shown to the learner, or None."""
    row = conn.execute(
        select(drawings)
        .where(
            drawings.c.enrollment_id == enrollment_id,
            drawings.c.question_id == question_id,
            drawings.c.run == run,
        )
        .order_by(drawings.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _drawing_from(row)


SHOWN_LAST = (  # made once, by places of one's own: whatever somebody types reads it
    select(drawings)
    .join(places, places.c.shows == drawings.c.id)
    .where(places.c.enrollment_id.in_(bindparam("mine", expanding=True)))
    .order_by(drawings.c.id.desc())
    .limit(1)
)


def shown_last(conn: Connection, enrollment_ids: Iterable[int]) -> Drawing | None:
    """Return the drawing that a place of these enrollments shows and that was drawn last, or None."""
    row = conn.execute(SHOWN_LAST, {"mine": list(enrollment_ids)}).first()
    return None if row is None else _drawing_from(row)


def keep_choice(conn: Connection, drawing_id: int, choice: Answer | None) -> None:
    """Keep what the learner chose and has not confirmed; it may change and never counts."""
    value = None if choice is None else answer_to_json(choice)
    conn.execute(update(drawings).where(drawings.c.id == drawing_id).values(choice=value))


def show_hint(conn: Connection, drawing_id: int) -> None:
    """Let the drawing show its hint."""
    conn.execute(update(drawings).where(drawings.c.id == drawing_id).values(hinted=True))


def attempts_of(conn: Connection, enrollment_id: int, run: int) -> list[Attempt]:
    """Return all attempts of a run, in the order of their n."""
    rows = conn.execute(
        select(attempts.c.question_id, attempts.c.n, attempts.c.answer, attempts.c.at, marks.c.credit)
        .outerjoin(marks, marks.c.id == latest_mark())
        .where(attempts.c.enrollment_id == enrollment_id, attempts.c.run == run)
        .order_by(attempts.c.n)
    )
    return [
        Attempt(
            row.question_id, row.n, answer_from_json(row.answer), row.credit and Fraction(row.credit), row.at
        )
        for row in rows
    ]


def answers_to(conn: Connection, course_id: str, question_ids: Iterable[str]) -> dict[str, list[Answer]]:
    """Return what was answered in a course to these questions, by their ids, the oldest first."""
    rows = conn.execute(
        select(attempts.c.question_id, attempts.c.answer)
        .join(enrollments, enrollments.c.id == attempts.c.enrollment_id)
        .where(enrollments.c.course_id == course_id, attempts.c.question_id.in_(list(question_ids)))
        .order_by(attempts.c.id)
    )
    found: dict[str, list[Answer]] = {}
    for row in rows:
        found.setdefault(row.question_id, []).append(answer_from_json(row.answer))
    return found
