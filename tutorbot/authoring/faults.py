"""What is wrong in a course's files, with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from tutorbot.errors import TutorError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A mistake in a file of the course; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}; {self.mend}"


class CourseFaults(TutorError):
    """The course's files have faults. `tutorbot check` lists them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file; its name is relative to the course's folder, with `/`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, counted in characters from its beginning."""

    source: Source
    offset: int = 0

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.source.text.count("\n", 0, self.offset) + 1

    @property
    def column(self) -> int:
        """The column, from 1, in characters."""
        return self.offset - self.source.text.rfind("\n", 0, self.offset)


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self._found: dict[Fault, None] = {}

    def add(self, spot: Spot, what: str, mend: str) -> None:
        """Note a fault: what is wrong, then what would be right."""
        self._found[Fault(spot.source.name, spot.line, spot.column, what, mend)] = None

    def add_file(self, name: str, what: str, mend: str) -> None:
        """Note a fault of a file that has no text to point into."""
        self.add(Spot(Source(name, "")), what, mend)

    def __len__(self) -> int:
        return len(self._found)

    def in_order(self) -> list[Fault]:
        """Return them by file and place."""
        return sorted(self._found)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that was likely meant."""
    matches = get_close_matches(word, list(names), n=1, cutoff=0.6)
    return matches[0] if matches else None


def listed(names: Iterable[str]) -> str:
    """Return the names as a person would list them: "`a`, `b` or `c`"."""
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} or {last}" if first else last


def shown(text: str, most: int = 40) -> str:
    """Return the text as a message quotes it: on one line, and not long."""
    line = " ".join(_visible(text))
    return f"`{line}`" if len(line) <= most else f"`{line[: most - 1]}…`"


def _visible(text: str) -> Iterator[str]:
    for word in text.split():
        yield word if word.isprintable() else word.encode("unicode_escape").decode()
