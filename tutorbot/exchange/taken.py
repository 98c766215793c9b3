"""What comes of reading questions in another format."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tutorbot.errors import TutorError
from tutorbot.lessons.question import Question

MOST_PLACES = 12
"""How many places of one thing are listed for people."""


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


def gathered(missed: Iterable[Missed]) -> Iterator[str]:
    """Give what was missed, for people: what is the same in several places once, with the first of them."""
    places: dict[str, dict[Place, None]] = {}
    for miss in missed:
        places.setdefault(miss.what, {})[miss.place] = None
    for what, there in places.items():
        yield f"{_listed(list(there))}: {what}"


def _listed(places: Sequence[Place]) -> str:
    """Return the first places: a file with its lines, as in `quiz.gift:3, 9, 14 and 30 more`."""
    first, more = places[:MOST_PLACES], len(places) - MOST_PLACES
    before = (None, *first)
    told = [
        str(place.line) if earlier and earlier.file == place.file else str(place)
        for earlier, place in zip(before, first, strict=False)
    ]
    return ", ".join(told) + (f" and {more:,} more" if more > 0 else "")


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
