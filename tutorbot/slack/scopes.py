"""Which scopes the bot needs, by what it does."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

Needs = Mapping[str, tuple[str, ...]]

# https://docs.slack.dev/reference/scopes says what each scope lets an app do. A cohort may live in a
# public or in a private channel, and what is anybody's own goes to their direct message; there are
# no group messages, so no `mpim` scope. Slack names more scopes for some methods: these are the ones
# that our calls need, and what is not called needs nothing.
METHODS: Needs = MappingProxyType(
    {
        "apps.connections.open": (),  # the app-level token's own scope, see APP_LEVEL
        "auth.test": (),
        "bots.info": ("users:read",),
        "chat.delete": ("chat:write",),
        "chat.postMessage": ("chat:write",),
        "chat.update": ("chat:write",),
        "conversations.history": ("channels:history", "groups:history", "im:history"),
        "conversations.info": ("channels:read", "groups:read"),
        "conversations.list": ("channels:read", "groups:read"),
        "conversations.open": ("im:write",),
        "conversations.replies": ("channels:history", "groups:history", "im:history"),
        "files.completeUploadExternal": ("files:write",),
        "files.getUploadURLExternal": ("files:write",),
        "files.info": ("files:read",),
        "users.info": ("users:read",),
        "views.open": (),
        "views.publish": (),
        "views.push": (),
        "views.update": (),
    }
)
"""What the bot calls, and the scopes of the bot token that it takes."""

EVENTS: Needs = MappingProxyType({"app_home_opened": (), "message.im": ("im:history",)})
"""What the bot listens for, and the scopes without which Slack does not send it."""

COMMANDS: Needs = MappingProxyType({"/tutor": ("commands",)})
"""What people write to the bot in any channel."""

APP_LEVEL = "connections:write"
"""The scope of the app-level token, with which Socket Mode connects."""


def bot_scopes() -> tuple[str, ...]:
    """Return the least scopes of the bot token that work, in the order of the alphabet."""
    needs = chain(METHODS.values(), EVENTS.values(), COMMANDS.values())
    return tuple(sorted(set(chain.from_iterable(needs))))
