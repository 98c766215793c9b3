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


def offer_course(
    tutor: Tutor,
    course: Course,
    digest: str,
    pictures: Mapping[str, PictureFile],
    *,
    bundled: bool = False,
) -> bool:
    """Store a version of a course with its pictures (by digest); return whether new enrollments take it.

    They do, unless it came with the program and they take one now that did not: what somebody added by
    hand is not replaced by an upgrade.
    """

    def work(conn: Connection) -> bool:
        for picture_digest, file in pictures.items():
            courses.keep_picture(conn, picture_digest, file.name, file.media_type, file.content)
        current = courses.current_digests(conn).get(course.id)
        courses.keep_course(conn, course, digest, bundled=bundled, now=tutor.now())
        if bundled and current is not None and not courses.is_bundled(conn, current):
            return False
        courses.make_current(conn, course.id, digest)
        return True

    return tutor.store.write(work)


def has_bundled(tutor: Tutor, digest: str) -> bool:
    """Whether this version, which comes with the program, was offered at an earlier start."""
    with tutor.store.read() as conn:
        return courses.is_bundled(conn, digest)


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
