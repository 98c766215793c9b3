"""What every part of the sandbox works with: the state, the clock, the tickets, the news."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field

from tutorbot.sandbox.clock import SteppableClock
from tutorbot.sandbox.installed import Installed
from tutorbot.sandbox.places import File
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.sent import Reply
from tutorbot.sandbox.tickets import Tickets
from tutorbot.sandbox.traffic import Traffic
from tutorbot.sandbox.workspace import Workspace

Announce = Callable[[str, Json], "asyncio.Future[Reply] | None"]


def unheard(name: str, event: Json) -> None:
    """Tell nobody: what an event meets before the app is reachable."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """When an upload is finished: after so many looks by `files.info`, or so many seconds of the clock."""

    polls: int = 2
    seconds: float = 2.0


@dataclass(slots=True)
class Service:
    """The small Slack as its methods and gestures see it.

    `app` is what the app may do. `announce(name, event)` sends an event to it if it hears of that
    name, `connect()` returns the address for a new web socket; both run in the event loop.
    """

    workspace: Workspace
    clock: SteppableClock
    tickets: Tickets
    announce: Announce = unheard
    connect: Callable[[], str] = str
    uploads: Uploads = field(default_factory=Uploads)
    app: Installed = field(default_factory=Installed)
    traffic: Traffic = field(default_factory=Traffic)
    bot_token: str = "xoxb-sandbox-000000000000"  # noqa: S105 - a fixed stand-in, no secret
    app_token: str = "xapp-sandbox-000000000000"  # noqa: S105 - a fixed stand-in, no secret
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - a fixed stand-in, no secret
    base_url: str = ""

    @property
    def scopes(self) -> set[str]:
        """Return the scopes of the bot token."""
        return self.app.scopes

    @property
    def commands(self) -> set[str]:
        """Return the slash commands that people can use."""
        return self.app.answers_to()

    def is_finished(self, file: File) -> bool:
        """Say whether an upload can be shown yet."""
        if file.data is None or file.completed_at is None:
            return False
        waited = self.clock.time() - file.completed_at
        return file.polls >= self.uploads.polls or waited >= self.uploads.seconds

    def file_is_ready(self, file_id: str) -> bool:
        """Say whether a block may show this file: it exists, is finished, and is a picture."""
        file = self.workspace.files.get(file_id)
        return file is not None and self.is_finished(file) and mimetype(file).startswith("image/")


def mimetype(file: File) -> str:
    """Return the kind of a file, by its name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"
