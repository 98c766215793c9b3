"""Whether every course can be taken."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from tutorbot import authoring
from tutorbot.doctor.findings import Finding, Part, fault, ok
from tutorbot.lessons.pinned import UnreadableCourse
from tutorbot.records import courses


def look_at_folders(folders: Iterable[Path]) -> Iterator[Finding]:
    """Yield whether the courses that come with the program are whole."""
    for folder in folders:
        number = len(authoring.check(folder).faults)
        if number:
            yield fault(
                Part.COURSES,
                f"The course in {folder} has {number} {'fault' if number == 1 else 'faults'}.",
                f"`tutorbot check {folder}` lists them; if the files are not yours, install tutorbot again.",
            )
        else:
            yield ok(Part.COURSES, f"The course {folder.name} has no faults.")


def look_at_versions(conn: Connection) -> Iterator[Finding]:
    """Yield whether each version of a course that is stored can be read."""
    digests = courses.all_digests(conn)
    broken = [digest for digest in digests if not _is_readable(conn, digest)]
    for digest in broken:
        yield fault(
            Part.COURSES,
            f"The course version {digest[:12]} is stored and cannot be read.",
            "Install the version of tutorbot that stored it, or restore a backup.",
        )
    if digests and not broken:
        yield ok(Part.COURSES, f"{_versions(len(digests))} stored and can be read.")


def _is_readable(conn: Connection, digest: str) -> bool:
    try:
        courses.read_course(conn, digest)
    except UnreadableCourse:
        return False
    return True


def _versions(number: int) -> str:
    return "1 version of a course is" if number == 1 else f"{number} versions of courses are"
