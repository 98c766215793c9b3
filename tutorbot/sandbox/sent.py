"""What went to the app, and what came back."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from tutorbot.sandbox.refusals import Json


class Sort(Enum):
    """The kinds of request, by Slack's names for them on the web socket."""

    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


@dataclass(frozen=True, slots=True)
class Reply:
    """How the app answered one request.

    `error`: `operation_timeout` after three seconds, `dispatch_failed` where nobody took it or the
    status was not 200; None when it was acknowledged. `envelope` is the id under which it went over a
    web socket and was acknowledged.
    """

    status: int | None = None
    body: str = ""
    error: str | None = None
    envelope: str = ""

    @property
    def ok(self) -> bool:
        """Say whether the request was acknowledged in time."""
        return self.error is None

    def json(self) -> Json | None:
        """Return the body as an object, if it is one."""
        try:
            value: Any = json.loads(self.body) if self.body else None
        except ValueError:
            return None
        return value if isinstance(value, dict) else None


@dataclass(frozen=True, slots=True)
class Sent:
    """A request to the app and its reply; `retry` counts from 1, with Slack's reason."""

    sort: Sort
    payload: Json
    at: datetime
    reply: Reply
    seconds: float
    retry: int = 0
    reason: str | None = None

    @property
    def name(self) -> str:
        """Return what it was: the command, `block_actions`, `view_submission`, the event's type."""
        if self.sort is Sort.COMMAND:
            return str(self.payload["command"])
        if self.sort is Sort.EVENT:
            return str(self.payload["event"]["type"])
        return str(self.payload["type"])


@dataclass(slots=True)
class Outbox:
    """What was sent, all of it or lately, and how much still waits for its answer."""

    sent: deque[Sent] = field(default_factory=deque)
    waiting: int = 0
