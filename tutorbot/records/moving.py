"""Everything that keeps a version of a course, moved to another one at once.

For the demo, in which an author tries what they write: where people learn, who began a course keeps the
version they began with.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from tutorbot.records.deliveries import Delivery, State, delivery_from
from tutorbot.records.tables import (
    attempts,
    awards,
    cohort_lessons,
    cohorts,
    course_versions,
    current_courses,
    deliveries,
    drawings,
    enrollments,
    places,
    sittings,
)


def move_cohort(conn: Connection, cohort_id: int, digest: str, opens_at: Mapping[str, datetime]) -> None:
    """Let a cohort take this version, with these lessons and the instants at which they open (UTC)."""
    conn.execute(update(cohorts).where(cohorts.c.id == cohort_id).values(digest=digest))
    conn.execute(delete(cohort_lessons).where(cohort_lessons.c.cohort_id == cohort_id))
    conn.execute(
        cohort_lessons.insert(),
        [{"cohort_id": cohort_id, "lesson_id": lesson, "opens_at": at} for lesson, at in opens_at.items()],
    )


def move_enrollments(conn: Connection, course_id: str, digest: str) -> list[int]:
    """Let everybody who ever joined the course take this version; return their enrollments' ids."""
    moved = update(enrollments).where(enrollments.c.course_id == course_id).values(digest=digest)
    return sorted(conn.scalars(moved.returning(enrollments.c.id)))


def withdraw_lessons(conn: Connection, cohort_id: int) -> None:
    """Take the lessons of a cohort that are still to be posted out of the ledger, to be owed anew.

    They are deleted, not dropped: a lesson that is owed anew has the same key.
    """
    withdrawn = [State.DUE.value, State.DROPPED.value]
    conn.execute(
        delete(deliveries).where(
            deliveries.c.key.startswith(f"cohort/{cohort_id}/lesson/", autoescape=True),
            deliveries.c.state.in_(withdrawn),
        )
    )


def messages_of(conn: Connection, course_id: str) -> list[Delivery]:
    """Return the messages that a course owes or has posted to cohorts and learners, the oldest first."""
    mine = select(enrollments.c.id).where(enrollments.c.course_id == course_id)
    ours = select(cohorts.c.id).where(cohorts.c.course_id == course_id, cohorts.c.stopped_at.is_(None))
    rows = conn.execute(
        select(deliveries)
        .where(deliveries.c.enrollment_id.in_(mine) | deliveries.c.cohort_id.in_(ours))
        .order_by(deliveries.c.id)
    )
    return [delivery_from(row) for row in rows]


def show_version(conn: Connection, delivery: Delivery, digest: str) -> Delivery:
    """Let a message that names a version show this one, and return it so."""
    what: dict[str, Any] = {**delivery.what, "digest": digest}
    conn.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(what=what))
    return replace(delivery, what=what)


def places_of(conn: Connection, enrollment_ids: list[int]) -> list[int]:
    """Return the ids of the places at which these learners are shown a question, the oldest first."""
    rows = conn.scalars(
        select(places.c.id)
        .where(places.c.enrollment_id.in_(enrollment_ids), places.c.shows.is_not(None))
        .order_by(places.c.id)
    )
    return list(rows)


def delete_unused_versions(conn: Connection, course_id: str, *, spare: str) -> list[str]:
    """Delete the versions of a course that nothing keeps, but one to spare; return their digests."""
    keepers = (current_courses, cohorts, enrollments, drawings, attempts, sittings, awards)
    kept = [exists().where(table.c.digest == course_versions.c.digest) for table in keepers]
    unused = delete(course_versions).where(
        course_versions.c.course_id == course_id,
        course_versions.c.digest != spare,
        *(~keeps for keeps in kept),
    )
    return list(conn.scalars(unused.returning(course_versions.c.digest)))
