"""Whether Slack can be reached, by what the last calls have met."""

import threading
from datetime import datetime, timedelta

from tutorbot.clock import Now
from tutorbot.slack.failures import NoReply, NotSent, Refused, SlackError

LATELY = timedelta(minutes=2)
"""What was met longer ago says nothing of now."""

_OF_THE_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)


class Reach:
    """Remembers the last fault that any call would have met; no call is made to find out."""

    def __init__(self, machine_now: Now) -> None:
        self._now = machine_now
        self._lock = threading.Lock()
        self._last: tuple[datetime, str] | None = None

    def note(self, failure: SlackError | None) -> None:
        """Note what came of a call; a refusal of this one call shows that Slack is there."""
        told = _told(failure)
        if told is None and self._last is None:
            return
        with self._lock:
            self._last = None if told is None else (self._now(), told)

    def fault(self) -> str | None:
        """Return why Slack cannot be used, as far as was met lately, or None."""
        with self._lock:
            if self._last is None or self._now() - self._last[0] > LATELY:
                return None
            return self._last[1]


def _told(failure: SlackError | None) -> str | None:
    match failure:
        case NotSent() | NoReply():
            return f"Slack cannot be reached: {failure}"
        case Refused(code=code) if code in _OF_THE_TOKEN:
            return f"Slack refuses the bot token: {code}"
    return None
