"""What went lately between the workspace and the app, for the panel of those who build."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from tutorbot.sandbox.faults import Fault
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.sent import Sent

KEPT = 500


@dataclass(frozen=True, slots=True)
class Call:
    """A Web API call of the app and how it was answered.

    `body` is the whole answer, also where a fault kept it from the app (`fault` says which). `at` is
    when it was answered, `seconds` how long that took; 0 for one that was held back by a fault.
    """

    method: str
    args: Json
    at: datetime
    status: int
    body: Json
    fault: Fault | None = None
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Say whether the call had its effect."""
        return bool(self.body.get("ok"))

    @property
    def error(self) -> str | None:
        """Return Slack's error code."""
        return self.body.get("error")


@dataclass(frozen=True, slots=True)
class Frame:
    """What happened to a web socket itself, or came on it without having been asked for."""

    name: str
    about: str
    at: datetime
    body: Json
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An exchange with its number; they count from 1."""

    number: int
    what: Sent | Call | Frame


class Traffic:
    """Keeps the last exchanges; used in the event loop alone."""

    def __init__(self) -> None:
        self.latest = 0
        self._kept: deque[Noted] = deque(maxlen=KEPT)
        self._waiting: set[asyncio.Event] = set()

    def note(self, what: Sent | Call | Frame) -> None:
        """Keep an exchange, and let those go on who wait for one."""
        self.latest += 1
        self._kept.append(Noted(self.latest, what))
        self.wake()

    def since(self, number: int) -> list[Noted]:
        """Return what came after this number, as far as it is still kept."""
        return [noted for noted in self._kept if noted.number > number]

    def find(self, number: int) -> Noted | None:
        """Return an exchange, unless it is gone."""
        return next((noted for noted in self._kept if noted.number == number), None)

    async def after(self, number: int, timeout: float) -> None:
        """Wait until there is something after this number, or the time is over, or `wake` was called."""
        if self.latest > number:
            return
        news = asyncio.Event()
        self._waiting.add(news)
        try:
            await asyncio.wait_for(news.wait(), timeout)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(news)

    def wake(self) -> None:
        """Let everybody go on who waits."""
        for news in self._waiting:
            news.set()
