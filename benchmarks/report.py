"""What came out, on which machine, and the page on which it is kept."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tutorbot.store import sqlite_driver

TITLE = """# Results

Made by `make bench`, which writes this page. A figure without a unit is a ratio."""
HEAD = "| subject | what | measured | wanted | reached |\n| --- | --- | --- | --- | --- |"


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured: a ratio unless it has a unit; `wanted` is the least, or the most."""

    what: str
    value: float
    wanted: float
    at_least: bool = False
    unit: str = ""
    digits: int = 2

    @property
    def reached(self) -> bool:
        """Whether it is as wanted, before it is rounded."""
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted

    def row(self, subject: str) -> str:
        """Return the row of the table at the top of the page."""
        bound = "at least" if self.at_least else "at most"
        measured = f"{self.value:.{self.digits}f}{self.unit}"
        reached = "yes" if self.reached else "**no**"
        return f"| {subject} | {self.what} | {measured} | {bound} {self.wanted:g}{self.unit} | {reached} |"


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one subject: the figures, how they were measured, and more in tables or lists."""

    figures: Sequence[Figure]
    how: str
    details: str = ""


def written(page: str, sections: Mapping[str, Section], subjects: Sequence[str], *, on: date) -> str:
    """Return the page with these sections in place of those that it had; the others stay as they are."""
    rows, texts = _rows_of(page), _texts_of(page)
    for subject, section in sections.items():
        rows[subject] = [figure.row(subject) for figure in section.figures]
        measured = f"Measured on {on.isoformat()} with {machine()}."
        texts[subject] = "\n\n".join(filter(None, [measured, section.how, section.details]))
    told = [subject for subject in subjects if subject in rows]
    table = "\n".join([HEAD, *(row for subject in told for row in rows[subject])])
    return "\n\n".join([TITLE, table, *(f"## {subject}\n\n{texts[subject]}" for subject in told)]) + "\n"


def _rows_of(page: str) -> dict[str, list[str]]:
    table = page.partition("\n## ")[0]
    rows: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line.startswith("| ") and line not in HEAD:
            rows.setdefault(line.split(" | ")[0].removeprefix("| "), []).append(line)
    return rows


def _texts_of(page: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)[1:]
    return {subject: text.strip() for subject, text in zip(parts[::2], parts[1::2], strict=True)}


def machine() -> str:
    """Return what it was measured on."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}, SQLite {sqlite_driver().sqlite_version}"
    )
