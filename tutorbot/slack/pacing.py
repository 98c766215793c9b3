"""How fast Slack may be called: what it allows, counted by machine time for all threads."""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from tutorbot.clock import Now

Window = tuple[int, timedelta]
"""So many calls in any span of this length."""

POST = "chat.postMessage"

# https://docs.slack.dev/apis/web-api/rate-limits: one post a second and channel, of which short
# bursts are tolerated; several hundred a minute and workspace; the tiers are "N+ a minute" per
# method and workspace. Each span is a little longer than Slack's, because calls do not all travel
# equally long.
_SPARE = timedelta(milliseconds=250)
_MINUTE = timedelta(minutes=1) + _SPARE
POSTS_IN_A_CHANNEL: Window = (5, timedelta(seconds=5) + _SPARE)
POSTS: Window = (300, _MINUTE)
_TIER_1, _TIER_2, _TIER_3, _TIER_4 = ((number, _MINUTE) for number in (1, 20, 50, 100))
_SPECIAL: Window = (300, _MINUTE)

METHODS: Mapping[str, Window] = MappingProxyType(
    {
        POST: POSTS,
        "apps.connections.open": _TIER_1,
        "auth.test": _SPECIAL,
        "chat.getPermalink": _SPECIAL,
        "chat.postEphemeral": _TIER_4,
        "conversations.list": _TIER_2,
        "conversations.members": _TIER_4,
        "files.completeUploadExternal": _TIER_4,
        "files.getUploadURLExternal": _TIER_4,
        "files.info": _TIER_4,
        "users.info": _TIER_4,
        "users.list": _TIER_2,
        "views.open": _TIER_4,
        "views.publish": _TIER_4,
        "views.push": _TIER_4,
        "views.update": _TIER_4,
    }
)
"""What is allowed per method; one that is not named is of tier 3."""

_Key = tuple[str, str]


class Pace:
    """Says when a call may be made, and books it."""

    def __init__(self, machine_now: Now) -> None:
        self._now = machine_now
        self._lock = threading.Lock()
        self._taken: defaultdict[_Key, deque[datetime]] = defaultdict(deque)
        self._paused: dict[_Key, datetime] = {}

    def take(self, method: str, channel: str = "") -> float:
        """Book a call and return 0, or return the seconds until one may be made and book nothing."""
        with self._lock:
            now = self._now()
            windows = list(_windows(method, channel))
            wait = max(self._wait(key, window, now) for key, window in windows)
            if wait > timedelta():
                return wait.total_seconds()
            for key, _ in windows:
                self._taken[key].append(now)
            return 0.0

    def pause(self, method: str, channel: str, seconds: float) -> None:
        """Make no such call for so long, because Slack said so: of posts, those to this channel.

        A longer pause stands: replies to calls that were made at once come in any order.
        """
        with self._lock:
            key, until = _paced_key(method, channel), self._now() + timedelta(seconds=seconds)
            self._paused[key] = max(until, self._paused.get(key, until))

    def room_for_posts(self) -> int:
        """Return how many posts the workspace takes at this moment, all channels together."""
        with self._lock:
            key, (number, _) = (POST, ""), POSTS
            return 0 if self._wait(key, POSTS, self._now()) else number - len(self._taken[key])

    def closed_for(self) -> float:
        """Return the seconds until the workspace takes a post again, in any channel; 0 if it does."""
        with self._lock:
            return self._wait((POST, ""), POSTS, self._now()).total_seconds()

    def closed_channels(self) -> dict[str, float]:
        """Return the channels that take no post at this moment, and the seconds until they do."""
        with self._lock:
            now = self._now()
            keys = [key for key in {*self._taken, *self._paused} if key[0] == POST and key[1]]
            waits = {key[1]: self._wait(key, POSTS_IN_A_CHANNEL, now) for key in keys}
            for key in keys:
                if not self._taken.get(key):
                    self._taken.pop(key, None)
            return {channel: wait.total_seconds() for channel, wait in waits.items() if wait}

    def _wait(self, key: _Key, window: Window, now: datetime) -> timedelta:
        number, span = window
        taken = self._taken[key]
        while taken and taken[0] <= now - span:
            taken.popleft()
        until = [taken[-number] + span] if len(taken) >= number else []
        if key in self._paused:
            until.append(self._paused[key])
            if self._paused[key] <= now:
                del self._paused[key]
        return max([timedelta(), *(instant - now for instant in until)])


def _windows(method: str, channel: str) -> Iterator[tuple[_Key, Window]]:
    yield (method, ""), METHODS.get(method, _TIER_3)
    if method == POST:
        yield (method, channel), POSTS_IN_A_CHANNEL


def _paced_key(method: str, channel: str) -> _Key:
    return (method, channel if method == POST else "")
