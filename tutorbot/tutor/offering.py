"""A course is stored, and offered to new learners."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.lessons.course import Course
from tutorbot.records import courses
from tutorbot.records.cohorts import Cohort
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import cohort_here, find_course, find_enrollment, offered_courses
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture's source as it stands in the course's folder."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class About:
    """What a course is, for somebody who considers taking it; `cohort` runs where one asks."""

    course: Course
    cohort: Cohort | None
    joined: bool


def offer_course(tutor: Tutor, course: Course, digest: str, pictures: Mapping[str, PictureFile]) -> None:
    """Store a version of a course with its pictures (by digest) and let new enrollments take it."""

    def work(conn: Connection) -> None:
        for picture_digest, file in pictures.items():
            courses.keep_picture(conn, picture_digest, file.name, file.media_type, file.content)
        courses.keep_course(conn, course, digest, now=tutor.now())
        courses.make_current(conn, course.id, digest)

    tutor.store.write(work)


def is_offered(tutor: Tutor, digest: str) -> bool:
    """Whether new enrollments take this version already."""
    with tutor.store.read() as conn:
        return digest in courses.current_digests(conn).values()


def about(tutor: Tutor, learner: Learner, name: str, *, channel: str | None) -> About:
    """Return what the named course is, else the one that is meant here, else the only one offered."""
    with tutor.store.read() as conn:
        cohort = cohort_here(conn, learner, channel)
        if name:
            course = find_course(conn, tutor, name)
        elif cohort:
            course = tutor.course(conn, cohort.digest)
        else:
            course = _mine_or_only(conn, tutor, learner)
        try:
            joined = find_enrollment(conn, tutor, learner, course=course.id).active
        except Nothing:
            joined = False
        return About(course, cohort if cohort and cohort.course_id == course.id else None, joined)


def offered(tutor: Tutor) -> list[Course]:
    """Return the courses that can be joined."""
    with tutor.store.read() as conn:
        return list(offered_courses(conn, tutor).values())


def _mine_or_only(conn: Connection, tutor: Tutor, learner: Learner) -> Course:
    choices = list(offered_courses(conn, tutor).values())
    if not choices:
        raise Nothing("There is no course here yet.")
    try:
        enrollment = find_enrollment(conn, tutor, learner)
    except Nothing:
        return choices[0]
    return tutor.course(conn, enrollment.digest)
