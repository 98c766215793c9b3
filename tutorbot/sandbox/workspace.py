"""The state of the small Slack: who is there, what was said, what stands open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tutorbot.sandbox.clock import SteppableClock
from tutorbot.sandbox.places import Channel, Choices, File, Kind, Member, Notice, Post, View

COLOURS = ("#8c3b7a", "#1f6f5c", "#a2561b", "#2f5d9b", "#6b4fa0", "#9b2f3f", "#4a6a1f", "#22667a")


def machine_time() -> datetime:
    """Return the instant, aware, in UTC."""
    return datetime.now(UTC)


class Workspace:
    """People, channels, messages, files and views of one workspace, and of one app in it.

    Whoever reads or changes anything holds `lock` (`with workspace.changing():` also tells everybody
    who waits). Methods here keep the state consistent; Slack's rules stand elsewhere.
    """

    def __init__(self, clock: SteppableClock, team: str = "T0SANDBOX") -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.clock = clock
        self.team, self.domain = team, "sandbox"
        self.app_id, self.bot_id, self.bot_user_id = "A0SANDBOX", "B0TUTOR", "U0TUTOR"
        self.bot_name = "tutor"
        self.people: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.choices: dict[str, dict[str, Choices]] = {}
        self.warnings: dict[str, str] = {}
        self.notices: dict[str, list[Notice]] = {}
        self.read_up_to: dict[str, str] = {}
        self.version = 0
        self.happened = 0
        self.counter = 0
        self.course_time: Callable[[], datetime] = machine_time
        self.listeners: list[Callable[[], None]] = []
        self._last_ts = 0
        self._add_bot(self.bot_name)

    def _add_bot(self, name: str) -> None:
        bot = Member(self.bot_user_id, name, name.capitalize(), tz="UTC", colour="#333333", is_bot=True)
        self.people[bot.id] = bot

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock; afterwards everybody who waits for a change looks again."""
        with self.lock:
            try:
                yield
            finally:
                self.version += 1
                self.happen()
        for listener in list(self.listeners):
            listener()

    def happen(self) -> None:
        """Let those who wait look again, also at what no person sees; the caller holds the lock."""
        self.happened += 1
        self.changed.notify_all()

    def next_id(self, prefix: str) -> str:
        """Return an id that was never used here."""
        self.counter += 1
        return f"{prefix}0{self.counter:08d}"

    def next_ts(self) -> str:
        """Return a message's `ts`: machine time (never stepped), unique, later than the one before."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        seconds, micros = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def resume_after(self, ts: str) -> None:
        """Make every later `ts` later than this one."""
        self._last_ts = max(self._last_ts, int(ts.replace(".", "")))

    # People

    def add_person(
        self, name: str, *, real_name: str, tz: str, staff: bool = False, guest: bool = False
    ) -> Member:
        """Add a person, and the direct message they may have with the bot."""
        taken = {person.name for person in self.people.values()}
        if name in taken:
            raise ValueError(f"There is a person named {name} already.")
        plain = "".join(letter for letter in name.upper() if letter.isascii() and letter.isalnum())
        person_id = f"U0{plain}"
        while person_id in self.people:
            person_id = self.next_id("U")
        colour = COLOURS[len(self.people) % len(COLOURS)]
        person = Member(person_id, name, real_name, tz=tz, staff=staff, guest=guest, colour=colour)
        self.people[person.id] = person
        dm = Channel(f"D{person.id[1:]}", "directmessage", Kind.DM, members=[person.id, self.bot_user_id])
        self.channels[dm.id] = dm
        return person

    def person_named(self, name: str) -> Member:
        """Return the person with this name or id."""
        for person in self.people.values():
            if name in (person.name, person.id):
                return person
        raise KeyError(f"Nobody here is named {name}.")

    def dm_of(self, person_id: str) -> Channel:
        """Return the direct message between a person and the bot."""
        return self.channels[f"D{person_id[1:]}"]

    # Channels

    def add_channel(self, name: str, *, private: bool, members: list[str]) -> Channel:
        """Add a channel with these people in it."""
        if any(channel.name == name for channel in self.channels.values() if channel.kind is not Kind.DM):
            raise ValueError(f"There is a channel named {name} already.")
        kind = Kind.PRIVATE if private else Kind.PUBLIC
        channel = Channel(self.next_id("C"), name, kind, members=members)
        self.channels[channel.id] = channel
        return channel

    def channel_named(self, name: str) -> Channel:
        """Return the channel with this name or id."""
        for channel in self.channels.values():
            if name == channel.id or (name.lstrip("#") == channel.name and channel.kind is not Kind.DM):
                return channel
        raise KeyError(f"There is no channel named {name}.")

    # What a person sees

    def visible_posts(self, person_id: str, channel: Channel) -> list[Post]:
        """Return a channel's messages as this person sees them, replies too, oldest first."""
        return [post for post in channel.posts.values() if post.only_for in (None, person_id)]

    def open_view(self, person_id: str) -> View | None:
        """Return the modal on top of this person's stack."""
        stack = self.stacks.get(person_id)
        return self.views[stack[-1]] if stack else None

    def home_of(self, person_id: str) -> View | None:
        """Return what was last published as this person's Home."""
        view_id = self.homes.get(person_id)
        return self.views[view_id] if view_id else None

    def close_views(self, person_id: str, view_ids: list[str]) -> None:
        """Forget modals that this person has closed."""
        self.stacks[person_id] = [v for v in self.stacks.get(person_id, []) if v not in view_ids]
        for view_id in view_ids:
            self.views.pop(view_id, None)
            self.choices.pop(view_id, None)

    def chosen(self, person_id: str, place: str) -> Choices:
        """Return what this person has changed in a message (`channel/ts`) or a view (its id)."""
        return self.choices.setdefault(place, {}).setdefault(person_id, {})

    def notify(self, person_id: str, text: str) -> None:
        """Tell a person something that Slack itself says, and that is no message."""
        notices = self.notices.setdefault(person_id, [])
        notices.append(Notice(self.next_id("N"), text))
        del notices[:-20]
