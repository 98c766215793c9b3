"""Who takes which course, alone or with a cohort, and what is open to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from tutorbot.records.people import Learner
from tutorbot.records.schema import days_from_text, days_to_text, insert_once
from tutorbot.records.tables import cohort_lessons, enrollments, memberships, openings, readings


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A learner in a course.

    `active` says whether the learner takes part now, `cohort_id` with which cohort, if with one.
    `badge_in_channel` is None until the learner was asked; the pace is a self-paced learner's.
    """

    id: int
    learner: Learner
    course_id: str
    digest: str
    joined_at: datetime
    badge_in_channel: bool | None
    pace_days: frozenset[int] | None
    pace_time: time | None
    active: bool
    cohort_id: int | None


def _enrollments() -> Select[Any]:
    return select(enrollments, memberships.c.id.label("membership_id"), memberships.c.cohort_id).select_from(
        enrollments.outerjoin(
            memberships,
            (memberships.c.enrollment_id == enrollments.c.id) & memberships.c.until.is_(None),
        )
    )


def _enrollment_from(row: Row[Any]) -> Enrollment:
    return Enrollment(
        id=row.id,
        learner=Learner(row.team, row.user),
        course_id=row.course_id,
        digest=row.digest,
        joined_at=row.joined_at,
        badge_in_channel=row.badge_in_channel,
        pace_days=days_from_text(row.pace_days) if row.pace_days else None,
        pace_time=row.pace_time,
        active=row.membership_id is not None,
        cohort_id=row.cohort_id,
    )


def enrollments_of(conn: Connection, learner: Learner) -> list[Enrollment]:
    """Return all courses the learner ever joined, the oldest first."""
    rows = conn.execute(
        _enrollments()
        .where(enrollments.c.team == learner.team, enrollments.c.user == learner.user)
        .order_by(enrollments.c.id)
    )
    return [_enrollment_from(row) for row in rows]


def read_enrollment(conn: Connection, enrollment_id: int) -> Enrollment:
    """Return one enrollment; NoResultFound when there is none."""
    return _enrollment_from(conn.execute(_enrollments().where(enrollments.c.id == enrollment_id)).one())


def count_by_version(conn: Connection) -> dict[str, int]:
    """Return how many learners ever joined each version of a course, by its digest."""
    counted = select(enrollments.c.digest, func.count().label("people")).group_by(enrollments.c.digest)
    return {row.digest: row.people for row in conn.execute(counted)}


def lock_enrollment(conn: Connection, enrollment_id: int) -> Enrollment:
    """Return the enrollment after locking its row.

    Every transaction that may settle a grade begins with this: on PostgreSQL two last answers
    at once would otherwise each miss the other's (SQLite has one writer, and no FOR UPDATE).
    FOR NO KEY UPDATE is enough, and lets others insert rows that point at this one. The row is read
    by a statement of its own: one that waits for a lock sees what else there is as it was before.
    """
    lock = select(enrollments.c.id).where(enrollments.c.id == enrollment_id).with_for_update(key_share=True)
    conn.execute(lock).one()
    return read_enrollment(conn, enrollment_id)


def enroll(
    conn: Connection, learner: Learner, course_id: str, digest: str, *, now: datetime
) -> tuple[int, bool]:
    """Enroll the learner, once; return the enrollment's id and whether it is new."""
    made = conn.scalar(
        insert_once(conn.dialect, enrollments)
        .values(team=learner.team, user=learner.user, course_id=course_id, digest=digest, joined_at=now)
        .returning(enrollments.c.id)
    )
    if made is not None:
        return made, True
    found = conn.scalar(
        select(enrollments.c.id).where(
            enrollments.c.team == learner.team,
            enrollments.c.user == learner.user,
            enrollments.c.course_id == course_id,
        )
    )
    assert found is not None
    return found, False


def begin_membership(conn: Connection, enrollment_id: int, cohort_id: int | None, *, now: datetime) -> bool:
    """Let the learner take part from now on; False when an open membership is there already."""
    made = conn.scalar(
        insert_once(conn.dialect, memberships)
        .values(enrollment_id=enrollment_id, cohort_id=cohort_id, since=now)
        .returning(memberships.c.id)
    )
    return made is not None


@dataclass(frozen=True, slots=True)
class Membership:
    """That a learner belongs, or belonged, to a cohort; `since` is when they first joined it (UTC)."""

    cohort_id: int
    since: datetime


LAST_MEMBERSHIP = (  # made once: what a learner is shown reads it
    select(memberships.c.cohort_id, func.min(memberships.c.since).label("since"))
    .where(memberships.c.enrollment_id == bindparam("enrollment"), memberships.c.cohort_id.is_not(None))
    .group_by(memberships.c.cohort_id)
    .order_by(func.max(memberships.c.id).desc())
    .limit(1)
)


def last_membership(conn: Connection, enrollment_id: int) -> Membership | None:
    """Return the cohort that the learner belongs to or belonged to last, or None."""
    row = conn.execute(LAST_MEMBERSHIP, {"enrollment": enrollment_id}).first()
    return None if row is None else Membership(row.cohort_id, row.since)


def end_membership(conn: Connection, enrollment_id: int, *, now: datetime) -> bool:
    """End the open membership; False when there is none."""
    ended = conn.execute(
        update(memberships)
        .where(memberships.c.enrollment_id == enrollment_id, memberships.c.until.is_(None))
        .values(until=now)
    )
    return ended.rowcount == 1


def set_badge_place(conn: Connection, enrollment_id: int, *, in_channel: bool) -> None:
    """Keep whether the badge goes to the channel, or to the direct message alone."""
    conn.execute(
        update(enrollments).where(enrollments.c.id == enrollment_id).values(badge_in_channel=in_channel)
    )


def set_pace(conn: Connection, enrollment_id: int, days: frozenset[int] | None, at: time | None) -> None:
    """Keep a self-paced learner's days and wall time; None for both ends the schedule."""
    conn.execute(
        update(enrollments)
        .where(enrollments.c.id == enrollment_id)
        .values(pace_days=days_to_text(days) if days else None, pace_time=at)
    )


def open_lessons(conn: Connection, enrollment_id: int, lesson_ids: Iterable[str], *, now: datetime) -> None:
    """Record that these lessons are open to the learner; what is open stays open."""
    for lesson_id in lesson_ids:
        conn.execute(
            insert_once(conn.dialect, openings).values(
                enrollment_id=enrollment_id, lesson_id=lesson_id, at=now
            )
        )


def opened_lessons(conn: Connection, enrollment: Enrollment, *, now: datetime) -> set[str]:
    """Return the ids of the lessons that are open, by the learner's asking or the cohort's schedule."""
    own = conn.scalars(select(openings.c.lesson_id).where(openings.c.enrollment_id == enrollment.id))
    if enrollment.cohort_id is None:
        return set(own)
    cohort = conn.scalars(
        select(cohort_lessons.c.lesson_id).where(
            cohort_lessons.c.cohort_id == enrollment.cohort_id, cohort_lessons.c.opens_at <= now
        )
    )
    return {*own, *cohort}


def mark_read(conn: Connection, enrollment_id: int, lesson_id: str, *, now: datetime) -> None:
    """Record that the learner opened the lesson by a button or a command."""
    conn.execute(
        insert_once(conn.dialect, readings).values(enrollment_id=enrollment_id, lesson_id=lesson_id, at=now)
    )


def read_lessons(conn: Connection, enrollment_id: int) -> dict[str, datetime]:
    """Return when each lesson was first opened by the learner, by lesson id."""
    rows = conn.execute(
        select(readings.c.lesson_id, readings.c.at).where(readings.c.enrollment_id == enrollment_id)
    )
    return {row.lesson_id: row.at for row in rows}


def members_of(conn: Connection, cohort_id: int) -> int:
    """Return how many learners take part in the cohort now."""
    return len(
        conn.execute(
            select(memberships.c.id).where(
                memberships.c.cohort_id == cohort_id, memberships.c.until.is_(None)
            )
        ).all()
    )


def lock_members(conn: Connection, cohort_id: int) -> list[Enrollment]:
    """Return the enrollments of those who take part in the cohort, after locking their rows.

    They are read by a statement of its own, as in lock_enrollment: who leaves, or goes to another cohort,
    while this waits for their lock is no member any more.
    """
    members = (memberships.c.cohort_id == cohort_id, memberships.c.until.is_(None))
    lock = (
        select(enrollments.c.id)
        .join(memberships, memberships.c.enrollment_id == enrollments.c.id)
        .where(*members)
        .order_by(enrollments.c.id)
        .with_for_update(of=enrollments, key_share=True)
    )
    conn.execute(lock).all()
    return [
        _enrollment_from(row)
        for row in conn.execute(_enrollments().where(*members).order_by(enrollments.c.id))
    ]
