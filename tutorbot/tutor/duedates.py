"""By when a cohort's learners are to answer which questions."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tutorbot.lessons.course import Course, Part, PartKind
from tutorbot.lessons.grading import NOTHING_DUE, Due
from tutorbot.lessons.pacing import days_later
from tutorbot.records import cohorts, enrollments


def due_dates(conn: Connection, course: Course, enrollment_id: int) -> Mapping[str, Due]:
    """Return when questions are due, by their ids: counted from the lesson, or from joining if later.

    They are the cohort's that the learner belonged to last: leaving it, also to join it again, puts no
    answer off. From the moment that a cohort was stopped nothing is late any more.
    """
    parts = {part.kind: part for part in course.scheme.parts if part.due_days is not None}
    member = enrollments.last_membership(conn, enrollment_id) if parts else None
    cohort = cohorts.read_cohort(conn, member.cohort_id) if member else None
    if member is None or cohort is None:
        return NOTHING_DUE
    times = cohorts.lesson_times(conn, cohort.id)

    def due(part: Part, opened_at: datetime) -> Due:
        begun = max(opened_at, member.since)
        at = days_later(begun, timedelta(days=part.due_days or 0), cohort.schedule.zone)
        return Due(at, part.late, until=cohort.stopped_at)

    dates: dict[str, Due] = {}
    if review := parts.get(PartKind.REVIEW):
        for lesson in course.lessons():
            if opened_at := times.get(lesson.id):
                dates |= {question.id: due(review, opened_at) for question in lesson.questions}
    if (case := parts.get(PartKind.CASE)) and times:
        last = due(case, max(times.values()))
        dates |= {question.id: last for exercise in course.exercises() for question in exercise.questions}
    return dates
