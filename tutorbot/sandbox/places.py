"""What the workspace holds: people, channels, messages, files and views, as records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from tutorbot.sandbox.refusals import Json

Choices = dict[str, dict[str, Json]]
"""What somebody chose: block id → action id → Slack's entry of `state.values`."""


class Kind(Enum):
    """The kinds of conversation."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DM = "im"


@dataclass(slots=True)
class Member:
    """A person, or the bot; `team` is set for those of another workspace."""

    id: str
    name: str
    real_name: str
    tz: str
    colour: str
    staff: bool = False
    guest: bool = False
    deactivated: bool = False
    is_bot: bool = False
    team: str | None = None

    @property
    def initials(self) -> str:
        """Return what stands in the person's picture."""
        words = self.real_name.split() or [self.name]
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


@dataclass(slots=True)
class Post:
    """A message. `at` is the course time it is shown at, `ts` is machine time.

    One with `only_for` is ephemeral: that person alone sees it, and no method reads it back.
    """

    ts: str
    channel: str
    user: str
    text: str
    at: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    only_for: str | None = None
    edited: Json | None = None
    metadata: Json | None = None
    attachments: list[Json] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Say whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def place(self) -> str:
        """Return the key under which choices made in it are kept."""
        return f"{self.channel}/{self.ts}"


@dataclass(slots=True)
class Channel:
    """A channel, or a direct message with the bot.

    `opened` matters for direct messages: before `conversations.open`, or a word from the person, the
    bot knows nothing of it.
    """

    id: str
    name: str
    kind: Kind
    members: list[str] = field(default_factory=list)
    archived: bool = False
    opened: bool = False
    posts: dict[str, Post] = field(default_factory=dict)

    @property
    def last_ts(self) -> str | None:
        """Return the `ts` of the latest message."""
        return next(reversed(self.posts), None)

    def replies_to(self, ts: str) -> list[Post]:
        """Return the messages of a thread, oldest first, without the first."""
        return [post for post in self.posts.values() if post.thread_ts == ts and post.ts != ts]


@dataclass(slots=True)
class File:
    """An upload. It can be shown once it is finished, some time after it was completed."""

    id: str
    name: str
    length: int
    title: str = ""
    alt_text: str = ""
    data: bytes | None = None
    completed_at: float | None = None
    polls: int = 0
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class View:
    """A modal or a Home; `fields` is what the app sent, with ids filled in."""

    id: str
    user: str
    fields: Json
    hash: str
    root: str
    previous: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Return `modal` or `home`."""
        return str(self.fields["type"])

    @property
    def blocks(self) -> list[Json]:
        """Return the blocks."""
        blocks: list[Json] = self.fields["blocks"]
        return blocks


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that Slack itself tells a person, such as that a command failed."""

    id: str
    text: str
