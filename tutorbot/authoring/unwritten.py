"""Where a course's questions say that something is still to be written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tutorbot.authoring.faults import Faults, Source, Spot
from tutorbot.authoring.files import Files

FEEDBACK = "Feedback is still to be written."
EXPLANATION = "The explanation is still to be written."
MODEL = "A model answer is still to be written."
"""What stands where questions of another format say nothing: a course can be played with it."""

_SAID = re.compile("|".join(map(re.escape, (FEEDBACK, EXPLANATION, MODEL))))


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A place that is still to be written; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}"


def unwritten_in(folder: Path) -> list[Unwritten]:
    """Return every place in the questions of the course that is still to be written, by file and line."""
    files = Files(folder.resolve(), Faults())
    names = (f"{each}/{name}" for each in sorted(files.folders()) for name in files.within(each, ".yaml"))
    sources = (source for name in names if (source := files.text(name)))
    return [place for source in sources for place in _in_file(source)]


def _in_file(source: Source) -> Iterator[Unwritten]:
    for found in _SAID.finditer(source.text):
        spot = Spot(source, found.start())
        yield Unwritten(source.name, spot.line, spot.column, found[0].lower().removesuffix("."))
