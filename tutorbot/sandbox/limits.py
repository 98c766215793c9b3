"""How often the app may call, as Slack allows it."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tutorbot.sandbox.refusals import RefusedError


class Tier(Enum):
    """Slack's rate limit tiers, per method and workspace, and its special cases."""

    ONE = "tier 1"
    TWO = "tier 2"
    THREE = "tier 3"
    FOUR = "tier 4"
    POSTING = "one post a second and channel"
    CONNECTING = "apps.connections.open"
    GENEROUS = "several hundred a minute"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed; the defaults are what Slack documents (docs.slack.dev, "Rate limits").

    Slack promises about one post a second and channel and tolerates "short bursts" without a number:
    `post_burst` posts are taken in any `post_burst / posts_a_second` seconds. Tiers are "N+ a minute":
    here exactly N in any sixty seconds. `apps.connections.open` is tier 1, but tests that restart the
    bot need more than one a minute.

    Fast tests keep the rules and raise the numbers (`Limits(post_burst=200)`, `Limits().times(50)`)
    instead of switching them off, so that a flood is still refused.
    """

    posts_a_second: float = 1.0
    post_burst: int = 5
    posts_a_minute: int = 300
    tier_1: int = 1
    tier_2: int = 20
    tier_3: int = 50
    tier_4: int = 100
    connections_a_minute: int = 30
    generous: int = 600

    def times(self, factor: int) -> Limits:
        """Return limits so many times as high, bursts too."""
        return Limits(
            posts_a_second=self.posts_a_second * factor,
            post_burst=self.post_burst * factor,
            posts_a_minute=self.posts_a_minute * factor,
            tier_1=self.tier_1 * factor,
            tier_2=self.tier_2 * factor,
            tier_3=self.tier_3 * factor,
            tier_4=self.tier_4 * factor,
            connections_a_minute=self.connections_a_minute * factor,
            generous=self.generous * factor,
        )

    def a_minute(self, tier: Tier) -> int:
        """Return how many calls a minute a tier allows."""
        return {
            Tier.ONE: self.tier_1,
            Tier.TWO: self.tier_2,
            Tier.THREE: self.tier_3,
            Tier.FOUR: self.tier_4,
            Tier.POSTING: self.posts_a_minute,
            Tier.CONNECTING: self.connections_a_minute,
            Tier.GENEROUS: self.generous,
        }[tier]


class Limiter:
    """Counts calls in sliding windows and refuses what is too many."""

    def __init__(self, limits: Limits | None, time: Callable[[], float]) -> None:
        self.limits = limits
        self._time = time
        self._taken: defaultdict[tuple[str, ...], deque[float]] = defaultdict(deque)

    def take(self, method: str, tier: Tier, channel: str | None = None) -> None:
        """Count a call, or refuse it with 429, `ratelimited` and the seconds to wait.

        A call that is refused counts nothing.
        """
        if self.limits is None:
            return
        windows: list[tuple[tuple[str, ...], int, float]] = [((method,), self.limits.a_minute(tier), 60.0)]
        if tier is Tier.POSTING and channel:
            burst = self.limits.post_burst
            windows.append(((method, channel), burst, burst / self.limits.posts_a_second))
        waits = [self._wait(key, limit, seconds) for key, limit, seconds in windows]
        if max(waits) > 0:
            raise rate_limited(max(waits))
        for key, _, _ in windows:
            self._taken[key].append(self._time())

    def _wait(self, key: tuple[str, ...], limit: int, seconds: float) -> float:
        taken, now = self._taken[key], self._time()
        while taken and taken[0] <= now - seconds:
            taken.popleft()
        return 0.0 if len(taken) < limit else taken[0] + seconds - now


def rate_limited(seconds: float) -> RefusedError:
    """Return Slack's 429, with whole seconds in `Retry-After`."""
    return RefusedError("ratelimited", status=429, headers={"Retry-After": str(max(1, math.ceil(seconds)))})
