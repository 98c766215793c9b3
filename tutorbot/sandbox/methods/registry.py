"""What the sandbox must know of a Web API method before it runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.scopes import Accepted
from tutorbot.sandbox.service import Service

Run = Callable[[Service, Arguments], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what runs it, its rate limit, the scopes it accepts and which bodies it reads.

    Any one of the scopes admits a call; where they differ by the kind of conversation, the method
    looks for the right one itself. Slack's reading methods ignore a JSON body.
    """

    run: Run
    tier: Tier
    scopes: Accepted
    reads_json: bool = True
    app_level: bool = False
