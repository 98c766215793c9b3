"""What the page shows of the bot behind it: course time, the ledger of what is owed, the course's files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault in the course's files: its place as `file:line:column`, what is wrong, what would be right."""

    place: str
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of the files of the course when they were last saved.

    `number` is another one for each time. `said` is a sentence or two; `shows` names what has changed
    and can be shown (see Panel.show), if anything.
    """

    number: int
    said: str
    mistakes: tuple[Mistake, ...] = ()
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A line of the bot's ledger: one thing owed at one instant.

    `place` is the id of a channel or of a person, `state` the ledger's own word, `reason` why it stands so.
    """

    number: int
    key: str
    what: str
    place: str
    due: datetime
    state: str
    reason: str = ""


class Panel(Protocol):
    """The bot's side of the page; whoever starts both hands it in."""

    def now(self) -> datetime:
        """Return course time, aware, in UTC."""
        ...

    def zone(self) -> str:
        """Return the IANA zone in which the page shows it."""
        ...

    def next_due(self) -> tuple[datetime, str] | None:
        """Return the next delivery owed, and what it is in words."""
        ...

    def ledger(self) -> Sequence[Owed]:
        """Return what is owed and what became of it, the latest first; a few hundred lines are enough."""
        ...

    def jump(self, to: datetime) -> None:
        """Pass through every due instant up to this one; return when done.

        Raises ValueError, with a sentence, when it cannot.
        """
        ...

    def saved(self) -> Saved | None:
        """Return what came of the course's files; None while there is nothing to tell."""
        ...

    def show(self, user: str) -> None:
        """Show this person, in the direct message, what has changed in the course's files.

        Raises ValueError, with a sentence, when it cannot.
        """
        ...
