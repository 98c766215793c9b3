"""The versions of the courses: who takes which, and what changed from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection

from tutorbot.errors import BadInput
from tutorbot.lessons.changes import changes
from tutorbot.lessons.course import Course
from tutorbot.records import cohorts, courses, enrollments
from tutorbot.records.cohorts import Cohort
from tutorbot.records.courses import Version
from tutorbot.tutor.choosing import find_course
from tutorbot.tutor.tutor import Tutor

SHORT = 12
"""How much of a digest is enough for people to tell versions apart."""


@dataclass(frozen=True, slots=True)
class TakenVersion:
    """A version, how many learners ever joined it, and the cohorts that run with it.

    `current` is the one that new enrollments take, unless they join a cohort.
    """

    version: Version
    current: bool
    people: int
    cohorts: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class CourseVersions:
    """A course by its versions, the oldest first; one of them is current."""

    versions: tuple[TakenVersion, ...]

    @property
    def current(self) -> TakenVersion:
        """The version that new enrollments take."""
        return next(taken for taken in self.versions if taken.current)

    @property
    def others(self) -> tuple[TakenVersion, ...]:
        """The versions that only those have who joined them."""
        return tuple(taken for taken in self.versions if not taken.current)


@dataclass(frozen=True, slots=True)
class Offer:
    """What it means to offer a version: which one it replaces, and what changes; `known` was stored before.

    `before` is None for a course that is new here.
    """

    course: Course
    digest: str
    before: CourseVersions | None
    known: bool
    changes: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether new enrollments take this very version already."""
        return self.before is not None and self.before.current.version.digest == self.digest


@dataclass(frozen=True, slots=True)
class History:
    """A version of a course, looked at, and all versions, the oldest first.

    `changes` are by digest, against the version before it; the oldest has none.
    """

    course: Course
    digest: str
    versions: CourseVersions
    changes: dict[str, tuple[str, ...]]


def list_courses(tutor: Tutor) -> Sequence[CourseVersions]:
    """Return all courses, in the order of their ids."""
    with tutor.store.read() as conn:
        return list(_by_course(conn).values())


def plan_offer(tutor: Tutor, course: Course, digest: str) -> Offer:
    """Return what it would mean to offer this version; nothing is stored."""
    with tutor.store.read() as conn:
        before = _by_course(conn).get(course.id)
        known = before is not None and digest in {taken.version.digest for taken in before.versions}
        told = changes(tutor.course(conn, before.current.version.digest), course) if before else ()
        return Offer(course, digest, before, known, told)


def history(tutor: Tutor, name: str, digest: str = "") -> History:
    """Return a course's versions, and what it is in one of them: the current one unless another is named.

    A digest may be cut short. Raises BadInput for a course or a version that is not there.
    """
    with tutor.store.read() as conn:
        versions = _by_course(conn)[find_course(conn, tutor, name).id]
        digests = [taken.version.digest for taken in versions.versions]
        wanted = _the_one(digests, digest) if digest else versions.current.version.digest
        told = {
            after: changes(tutor.course(conn, before), tutor.course(conn, after))
            for before, after in pairwise(digests)
        }
        return History(tutor.course(conn, wanted), wanted, versions, told)


def _by_course(conn: Connection) -> dict[str, CourseVersions]:
    """Return the versions of each course that is offered."""
    people, current = enrollments.count_by_version(conn), courses.current_digests(conn)
    running = [cohort for cohort in cohorts.all_cohorts(conn) if cohort.stopped_at is None]
    taken = [
        TakenVersion(
            version,
            current=current.get(version.course_id) == version.digest,
            people=people.get(version.digest, 0),
            cohorts=tuple(cohort for cohort in running if cohort.digest == version.digest),
        )
        for version in courses.all_versions(conn)
    ]
    return {
        course_id: CourseVersions(tuple(each for each in taken if each.version.course_id == course_id))
        for course_id in current
    }


def _the_one(digests: Sequence[str], begins: str) -> str:
    found = [digest for digest in digests if digest.startswith(begins.strip().lower())]
    if len(found) == 1:
        return found[0]
    there = ", ".join(digest[:SHORT] for digest in digests)
    what = "More than one version begins" if found else "There is no version that begins"
    raise BadInput(f"{what} with “{begins}”. There are: {there}.")
