"""A course to begin with."""

import re
import shutil
from pathlib import Path

from tutorbot.authoring.yaml.values import MOST_ID
from tutorbot.errors import TutorError

STARTER = Path(__file__).with_name("starter")
"""A course without faults, with one of each thing that a course can have."""

_ID, _TITLE = "my-course", "My course"
"""How the starter names itself."""


class NoRoomForCourse(TutorError):
    """A course cannot begin in this folder."""


def start_course(folder: Path) -> str:
    """Write a course that can be played at once into the folder; return its id, made of the folder's name.

    Raises NoRoomForCourse where something stands in the folder already, or it cannot be written.
    """
    course_id = _id_from(folder.resolve().name)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise NoRoomForCourse(
                f"{folder} is not empty. Name an empty folder, or one that is not there yet."
            )
        shutil.copytree(STARTER, folder, dirs_exist_ok=True)
        for name in ("course.yaml", "README.md"):
            _rename(folder / name, course_id)
    except OSError as error:
        raise NoRoomForCourse(f"{error.filename or folder} cannot be written ({error.strerror}).") from error
    return course_id


def _id_from(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join(words)[:MOST_ID].strip("-") or _ID


def _rename(file: Path, course_id: str) -> None:
    title = course_id.replace("-", " ").capitalize()
    text = file.read_text(encoding="utf-8").replace(_TITLE, title).replace(_ID, course_id)
    file.write_text(text, encoding="utf-8")
