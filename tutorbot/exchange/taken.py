"""What comes of reading questions in another format."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutorbot.errors import TutorError
from tutorbot.lessons.question import Question


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file, counted from 1."""

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question as far as the other format tells it; its id is unique in what is taken together."""

    question: Question
    place: Place


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing that is not taken as it was, in words that begin small and end without a full stop."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be taken, what could not, and the pictures that are shown, by their SHA-256 (hex)."""

    drafts: tuple[Drafted, ...] = ()
    missed: tuple[Missed, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


class Unreadable(TutorError):
    """The file cannot be read."""

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what
