"""What a gesture entitles the app to for a while: trigger ids and response URLs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from tutorbot.sandbox.clock import SteppableClock
from tutorbot.sandbox.refusals import RefusedError

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
REMEMBERED_SECONDS = 24 * 60 * 60.0
"""For how long it is told why a ticket is not taken any more; then nobody knows of it."""


@dataclass(slots=True)
class Trigger:
    """A trigger id: who made the gesture, in which view if in one."""

    user: str
    view: str | None
    issued: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A response URL. `source` is the `ts` of the message that was clicked; a command has none."""

    user: str
    channel: str
    source: str | None
    issued: float
    uses: int = 0


class Tickets:
    """Issues trigger ids and response URLs and takes them back as strictly as Slack does.

    `trigger_seconds` is how many seconds of the clock a trigger id is good for: three, as at Slack.
    """

    def __init__(self, clock: SteppableClock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}
        self.trigger_seconds = TRIGGER_SECONDS

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._triggers) + len(self._urls)

    def trigger(self, user: str, view: str | None = None) -> str:
        """Return a new trigger id."""
        now = self._clock.time()
        self._forget_old(self._triggers, now)
        trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user, view, now)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger id up; refuse one that is unknown, used or older than three seconds."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if trigger.used:
            raise RefusedError("exchanged_trigger_id")
        if self._clock.time() - trigger.issued > self.trigger_seconds:
            raise RefusedError("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, user: str, channel: str, source: str | None) -> str:
        """Return the last part of a new response URL."""
        now = self._clock.time()
        self._forget_old(self._urls, now)
        token = f"{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self._urls[token] = ResponseUrl(user, channel, source, now)
        return token

    def respond(self, token: str) -> ResponseUrl:
        """Use a response URL once; refuse one that is unknown, used up or older than half an hour."""
        url = self._urls.get(token)
        if url is None:
            raise RefusedError("invalid_url", status=404)
        if self._clock.time() - url.issued > RESPONSE_SECONDS:
            raise RefusedError("expired_url", status=404)
        if url.uses >= RESPONSE_USES:
            raise RefusedError("used_url", status=404)
        url.uses += 1
        return url

    def _forget_old(self, issued: dict[str, Trigger] | dict[str, ResponseUrl], now: float) -> None:
        while issued and now - issued[next(iter(issued))].issued > REMEMBERED_SECONDS:
            del issued[next(iter(issued))]
