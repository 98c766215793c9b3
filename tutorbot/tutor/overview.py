"""Where a learner stands, in one course and in all."""

from dataclasses import dataclass

from tutorbot.lessons.course import Course
from tutorbot.records import enrollments
from tutorbot.records.cohorts import Cohort
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import cohort_here, find_enrollment, offered_courses, own_enrollment
from tutorbot.tutor.standing import CourseStanding, course_standing
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is a learner's: the courses taken, those that are offered beside them, the cohort here."""

    standings: tuple[CourseStanding, ...]
    offered: tuple[Course, ...]
    cohort: Cohort | None


def overview(tutor: Tutor, learner: Learner, *, channel: str | None = None) -> Overview:
    """Return where the learner stands in each course, those taken now first."""
    with tutor.store.read() as conn:
        mine = enrollments.enrollments_of(conn, learner)
        mine.sort(key=lambda enrollment: not enrollment.active)
        taken = {enrollment.course_id for enrollment in mine}
        return Overview(
            standings=tuple(course_standing(conn, tutor, enrollment) for enrollment in mine),
            offered=tuple(
                course for course in offered_courses(conn, tutor).values() if course.id not in taken
            ),
            cohort=cohort_here(conn, learner, channel),
        )


def standing_in(
    tutor: Tutor,
    learner: Learner,
    *,
    course: str = "",
    channel: str | None = None,
    enrollment_id: int | None = None,
) -> CourseStanding:
    """Return where the learner stands in the course that is meant."""
    with tutor.store.read() as conn:
        enrollment = (
            own_enrollment(conn, learner, enrollment_id)
            if enrollment_id is not None
            else find_enrollment(conn, tutor, learner, course=course, channel=channel)
        )
        return course_standing(conn, tutor, enrollment)
