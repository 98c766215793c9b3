"""Which course is meant."""

from difflib import get_close_matches

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound

from tutorbot.errors import BadInput, NotForYou, Nothing
from tutorbot.lessons.course import Course
from tutorbot.records import cohorts, courses, enrollments, people
from tutorbot.records.cohorts import Cohort
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.tutor import Tutor


class NotEnrolled(Nothing):
    """You take no course yet. Write `/tutor join` to begin one."""


def offered_courses(conn: Connection, tutor: Tutor) -> dict[str, Course]:
    """Return the courses that can be joined, by id."""
    return {
        course_id: tutor.course(conn, digest) for course_id, digest in courses.current_digests(conn).items()
    }


def find_course(conn: Connection, tutor: Tutor, name: str) -> Course:
    """Return the offered course with this id or title; BadInput names the likely one."""
    offered = offered_courses(conn, tutor)
    wanted = name.strip().lower()
    by_name = {course.title.lower(): course for course in offered.values()} | offered
    if wanted in by_name:
        return by_name[wanted]
    begins = [course for known, course in by_name.items() if known.startswith(wanted)]
    if wanted and len({course.id for course in begins}) == 1:
        return begins[0]
    likely = get_close_matches(wanted, offered, n=1) or list(offered)[:1]
    mend = f" Did you mean `{likely[0]}`?" if likely else ""
    raise BadInput(f"There is no course “{name}”.{mend}")


def cohort_here(conn: Connection, learner: Learner, channel: str | None) -> Cohort | None:
    """Return the cohort that runs in the channel where the learner is."""
    return cohorts.running_cohort(conn, learner.team, channel) if channel else None


def find_enrollment(
    conn: Connection, tutor: Tutor, learner: Learner, *, course: str = "", channel: str | None = None
) -> Enrollment:
    """Return the enrollment that is meant: in the named course, else this channel's, else the last touched.

    Raises NotEnrolled with what to press when there is none.
    """
    mine = {enrollment.course_id: enrollment for enrollment in enrollments.enrollments_of(conn, learner)}
    if course:
        wanted = course.strip().lower()
        course_id = wanted if wanted in mine else find_course(conn, tutor, course).id
        if course_id not in mine:
            raise NotEnrolled(f"You have not joined that course yet. Write `/tutor join {course_id}`.")
        return mine[course_id]
    here = cohort_here(conn, learner, channel)
    if here and here.course_id in mine:
        return mine[here.course_id]
    if here:
        raise NotEnrolled("You have not joined this channel's cohort yet. Write `/tutor join` here.")
    if not mine:
        raise NotEnrolled
    last = people.read_profile(conn, learner).last_course
    active = [enrollment for enrollment in mine.values() if enrollment.active]
    return mine.get(last or "", (active or list(mine.values()))[-1])


def own_enrollment(conn: Connection, learner: Learner, enrollment_id: int) -> Enrollment:
    """Return the enrollment that a button names, if it is the learner's own; NotForYou otherwise."""
    try:
        enrollment = enrollments.read_enrollment(conn, enrollment_id)
    except NoResultFound:
        raise Nothing("That course is gone. Write `/tutor` to see what is yours.") from None
    if enrollment.learner != learner:
        raise NotForYou
    return enrollment
