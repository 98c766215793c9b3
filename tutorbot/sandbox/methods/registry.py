"""What the sandbox must know of a Web API method before it runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.service import Service

Run = Callable[[Service, Arguments], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what runs it, its scope, its rate limit and which bodies it reads.

    Slack's reading methods ignore a JSON body. A method without a scope here checks it itself,
    because it depends on the conversation.
    """

    run: Run
    tier: Tier
    scope: str | None = None
    reads_json: bool = True
    app_level: bool = False
