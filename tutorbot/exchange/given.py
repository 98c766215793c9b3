"""What comes of writing questions in another format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Tell = Callable[[str], None]
"""Takes what the other format cannot hold of a question, in words that begin small."""


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that the other format cannot hold: of which question (or course), and what became of it."""

    of: str
    what: str

    def __str__(self) -> str:
        return f"{self.of}: {self.what}"


@dataclass(frozen=True, slots=True)
class Given:
    """The files by their paths, with `/`; how many questions are in them, and what is not."""

    files: Mapping[str, bytes]
    questions: int
    left: tuple[Left, ...] = field(default=())
