"""Which scopes Slack asks for, in its own words: https://docs.slack.dev/reference/scopes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Accepted = tuple[str, ...]
"""Any one of these will do; where it depends on the conversation, the method looks again."""

NONE: Accepted = ()
READ: Accepted = ("channels:read", "groups:read", "mpim:read", "im:read")
HISTORY: Accepted = ("channels:history", "groups:history", "mpim:history", "im:history")
OPENING: Accepted = ("channels:manage", "groups:write", "mpim:write", "im:write")
JOINING: Accepted = ("channels:join",)
POSTING: Accepted = ("chat:write",)
UPLOADING: Accepted = ("files:write",)
FILES: Accepted = ("files:read",)
PEOPLE: Accepted = ("users:read",)
TEAM: Accepted = ("team:read",)

CONNECTIONS = "connections:write"
"""The scope of the app-level token for Socket Mode."""

COMMANDS = "commands"
"""The scope without which an app has no slash commands."""

EVENTS: Mapping[str, Accepted] = MappingProxyType(
    {
        "app_home_opened": NONE,
        "message.channels": ("channels:history",),
        "message.groups": ("groups:history",),
        "message.im": ("im:history",),
    }
)
"""The events that the sandbox sends."""
