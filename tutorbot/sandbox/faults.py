"""How the sandbox misbehaves when a test asks it to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tutorbot.sandbox.refusals import Json


class Fault(Enum):
    """What goes wrong with one call."""

    DROP_REPLY = "the call has its effect, then the connection is closed without a reply"
    ACCEPT_LATE = "the connection is closed without a reply, the effect comes later"
    TIME_OUT = "no effect, no reply"
    ERROR_500 = "an internal server error"
    RATE_LIMIT = "429 with Retry-After, no effect"
    REFUSE = "an error code of Slack's, no effect"


@dataclass(slots=True)
class Misbehaviour:
    """A fault that waits for its calls.

    `hold`: for ACCEPT_LATE and TIME_OUT, seconds until the connection is closed.
    `after`: for ACCEPT_LATE, seconds from the call to its effect.
    Both are of the sandbox's clock. `effect`: for ERROR_500, whether the call has its effect.
    """

    fault: Fault
    method: str = "chat.postMessage"
    times: int = 1
    when: Callable[[Json], bool] | None = None
    retry_after: int = 30
    error: str = "internal_error"
    hold: float = 0.2
    after: float = 1.0
    effect: bool = False
    struck: int = 0

    def strikes(self, method: str, args: Json) -> bool:
        """Say whether this call is one of those meant, and count it."""
        if self.struck >= self.times or self.method not in (method, "*"):
            return False
        if self.when is not None and not self.when(args):
            return False
        self.struck += 1
        return True
