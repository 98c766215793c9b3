"""What is personal of all that is stored, and whose it is.

A column is personal where it tells of a learner who they are, what they chose or did, and when, or what
they were told. What is not are the columns of courses and cohorts, and the numbers by which rows belong
together. A table with a personal column says in `rows_of` whose its rows are.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    and_,
    cast,
    exists,
    literal,
    or_,
    select,
    type_coerce,
)

from tutorbot.records.people import Learner
from tutorbot.records.tables import (
    attempts,
    awards,
    closings,
    deliveries,
    drawings,
    enrollments,
    learners,
    marks,
    memberships,
    openings,
    places,
    readings,
    sittings,
    uploads,
)

PERSONAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        table: frozenset(columns.split())
        for table, columns in {
            "learners": "team user name zone direct_channel last_course",
            "enrollments": "team user joined_at badge_in_channel pace_days pace_time",
            "memberships": "since until",
            "openings": "at",
            "readings": "at",
            "places": "quiz shows created_at",
            "drawings": "question_id shown_order choice hinted drawn_at",
            "attempts": "question_id n answer gesture at",
            "marks": "credit comment levels by at",
            "sittings": "questions started_at deadline",
            "closings": "at how",
            "awards": "name mark at",
            "deliveries": "key what team channel user due_at expires_at not_before state reason posted_ts "
            "claimed_until sent_at told_at created_at",
            "uploads": "digest file_id at",
        }.items()
    }
)
"""The personal columns. `marks.by` tells of the one who marked; of uploads those of badges are personal."""

IMPERSONAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        table: frozenset(columns.split())
        for table, columns in {
            "course_versions": "digest course_id title document bundled added_at",
            "current_courses": "course_id digest",
            "pictures": "digest name media_type content",
            "uploads": "team",
            "cohorts": "id team channel course_id digest days wall_time zone start skip per_delivery "
            "started_at stopped_at",
            "cohort_lessons": "cohort_id lesson_id opens_at",
            "enrollments": "id course_id digest",
            "memberships": "id enrollment_id cohort_id",
            "openings": "enrollment_id lesson_id",
            "readings": "enrollment_id lesson_id",
            "places": "id enrollment_id run delivery_id",
            "drawings": "id place_id enrollment_id run digest",
            "attempts": "id enrollment_id run drawing_id digest",
            "marks": "id attempt_id",
            "sittings": "id enrollment_id run digest",
            "closings": "sitting_id",
            "awards": "id enrollment_id run digest",
            "deliveries": "id kind cohort_id enrollment_id after_id in_thread claimed_by",
            "erasures": "id at by rows",
        }.items()
    }
)
"""All other columns. `erasures.by` tells of the operator, who is no learner for that."""


def rows_of(learner: Learner) -> Mapping[Table, ColumnElement[bool]]:
    """Return which rows are a person's, by table; those that point at others come first.

    To deliveries belong what was for the person, the badge in a channel, and the notices to staff of a
    delivery that failed; to uploads the picture of the badge.
    """
    mine = _enrollments_of(learner)
    answered = select(attempts.c.id).where(attempts.c.enrollment_id.in_(mine))
    sat = select(sittings.c.id).where(sittings.c.enrollment_id.in_(mine))
    badges = select(_text("award:", awards.c.id)).where(awards.c.enrollment_id.in_(mine))
    of_enrollment = (attempts, drawings, places, sittings, awards, readings, openings, memberships)
    return {
        uploads: and_(uploads.c.team == learner.team, uploads.c.digest.in_(badges)),
        marks: marks.c.attempt_id.in_(answered),
        closings: closings.c.sitting_id.in_(sat),
        **{table: table.c.enrollment_id.in_(mine) for table in of_enrollment},
        deliveries: or_(_told(learner, deliveries), _notice_of(learner)),
        enrollments: and_(enrollments.c.team == learner.team, enrollments.c.user == learner.user),
        learners: and_(learners.c.team == learner.team, learners.c.user == learner.user),
    }


def _enrollments_of(learner: Learner) -> Select[tuple[int]]:
    return select(enrollments.c.id).where(
        enrollments.c.team == learner.team, enrollments.c.user == learner.user
    )


def _told(learner: Learner, table: FromClause) -> ColumnElement[bool]:
    return or_(
        and_(table.c.team == learner.team, table.c.user == learner.user),
        table.c.enrollment_id.in_(_enrollments_of(learner)),
    )


def _notice_of(learner: Learner) -> ColumnElement[bool]:
    """Say whether a delivery tells staff of one to the person (see delivery/parking.py)."""
    theirs = deliveries.alias("theirs")
    notice = _text('{"delivery": ', theirs.c.id, ', "show": "parked"}')
    return exists(
        select(theirs.c.id).where(_told(learner, theirs), notice == type_coerce(deliveries.c.what, Text))
    )


def _text(before: str, number: ColumnElement[int], after: str = "") -> ColumnElement[str]:
    return literal(before, Text).concat(cast(number, Text)).concat(after)
