"""Courses as they were pinned, and their pictures."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from tutorbot.lessons.course import Course
from tutorbot.lessons.pinned import pin, unpin
from tutorbot.records.schema import insert_once
from tutorbot.records.tables import course_versions, current_courses, pictures


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a course as it is stored; `bundled` says that it came with the program."""

    digest: str
    course_id: str
    title: str
    bundled: bool
    added_at: datetime


def keep_course(
    conn: Connection, course: Course, digest: str, *, bundled: bool = False, now: datetime
) -> None:
    """Store a version of a course under its digest; one that is already there stays as it is.

    Only that it came with the program is noted whenever it does.
    """
    conn.execute(
        insert_once(conn.dialect, course_versions).values(
            digest=digest, course_id=course.id, title=course.title, document=pin(course), added_at=now
        )
    )
    if bundled:
        conn.execute(update(course_versions).where(course_versions.c.digest == digest).values(bundled=True))


def keep_picture(conn: Connection, digest: str, name: str, media_type: str, content: bytes) -> None:
    """Store a picture's source under its digest."""
    conn.execute(
        insert_once(conn.dialect, pictures).values(
            digest=digest, name=name, media_type=media_type, content=content
        )
    )


def make_current(conn: Connection, course_id: str, digest: str) -> None:
    """Let new enrollments take this version."""
    made = conn.execute(
        insert_once(conn.dialect, current_courses)
        .values(course_id=course_id, digest=digest)
        .returning(current_courses.c.course_id)
    ).first()
    if made is None:
        conn.execute(
            current_courses.update().where(current_courses.c.course_id == course_id).values(digest=digest)
        )


def current_digests(conn: Connection) -> dict[str, str]:
    """Return the digest that new enrollments take, by course id, in the order of the ids."""
    rows = conn.execute(select(current_courses).order_by(current_courses.c.course_id))
    return {row.course_id: row.digest for row in rows}


def all_versions(conn: Connection) -> list[Version]:
    """Return all versions of all courses, the oldest first."""
    columns = [course_versions.c[name] for name in Version.__dataclass_fields__]
    rows = conn.execute(select(*columns).order_by(course_versions.c.added_at, course_versions.c.digest))
    return [Version(**row) for row in rows.mappings()]


def is_bundled(conn: Connection, digest: str) -> bool:
    """Whether this version is stored, and came with the program."""
    found = conn.scalar(select(course_versions.c.bundled).where(course_versions.c.digest == digest))
    return found is True


def all_digests(conn: Connection) -> list[str]:
    """Return the digests of all versions that are stored."""
    return list(conn.scalars(select(course_versions.c.digest)))


def read_course(conn: Connection, digest: str) -> Course:
    """Return the course stored under the digest; LookupError when there is none."""
    document = conn.scalar(select(course_versions.c.document).where(course_versions.c.digest == digest))
    if document is None:
        raise LookupError(f"no course version {digest}")
    return unpin(document)


def read_picture(conn: Connection, digest: str) -> tuple[str, bytes] | None:
    """Return a picture's media type and bytes, or None."""
    row = conn.execute(
        select(pictures.c.media_type, pictures.c.content).where(pictures.c.digest == digest)
    ).first()
    return None if row is None else (row.media_type, row.content)
