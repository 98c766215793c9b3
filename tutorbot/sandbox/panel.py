"""What the page shows of the bot behind it: course time and what is due next."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Panel(Protocol):
    """The bot's side of the page's clock; whoever starts both hands it in."""

    def now(self) -> datetime:
        """Return course time, aware, in UTC."""
        ...

    def zone(self) -> str:
        """Return the IANA zone in which the page shows it."""
        ...

    def next_due(self) -> tuple[datetime, str] | None:
        """Return the next delivery owed, and what it is in words."""
        ...

    def jump(self, to: datetime) -> None:
        """Pass through every due instant up to this one; return when done.

        Raises ValueError, with a sentence, when it cannot.
        """
        ...
