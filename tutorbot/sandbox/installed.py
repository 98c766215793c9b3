"""What the app may do in the workspace, as its manifest asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tutorbot.sandbox.scopes import COMMANDS, CONNECTIONS, EVENTS, HISTORY, READ

SCOPES = frozenset(
    {
        *(scope for scope in (*HISTORY, *READ) if not scope.startswith("mpim:")),
        *("channels:join", "im:write", "chat:write", COMMANDS, "files:read", "files:write"),
        *("team:read", "users:read", "users:read.email"),
    }
)
"""The scopes of an app that came without a manifest."""


class Feature(Enum):
    """What an app has to switch on."""

    HOME = "the Home tab"
    MESSAGES = "the Messages tab"
    INTERACTIVITY = "interactivity"


@dataclass(slots=True)
class Installed:
    """An app as it is installed: without a manifest it may do whatever the sandbox can.

    `connecting` are the scopes of its app-level token, which no manifest names. Tests change all of
    it in place.
    """

    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    events: set[str] = field(default_factory=lambda: {"message.im", "app_home_opened"})
    commands: set[str] = field(default_factory=lambda: {"/tutor", "/tutor-admin"})
    features: set[Feature] = field(default_factory=lambda: set(Feature))
    connecting: set[str] = field(default_factory=lambda: {CONNECTIONS})

    def hears(self, event: str) -> bool:
        """Say whether Slack sends the app this event: it has subscribed, and holds the scope for it."""
        return event in self.events and (not EVENTS[event] or not self.scopes.isdisjoint(EVENTS[event]))

    def answers_to(self) -> set[str]:
        """Return the slash commands that people can use: without the scope there are none."""
        return self.commands if COMMANDS in self.scopes else set()


def install(manifest: Mapping[str, Any]) -> Installed:
    """Return the app that Slack makes of a manifest, with these scopes and no others."""
    features, settings = manifest["features"], manifest["settings"]
    home = features.get("app_home", {})
    switched_on = {
        Feature.HOME: home.get("home_tab_enabled"),
        Feature.MESSAGES: home.get("messages_tab_enabled") and not home.get("messages_tab_read_only_enabled"),
        Feature.INTERACTIVITY: settings.get("interactivity", {}).get("is_enabled"),
    }
    return Installed(
        scopes=set(manifest["oauth_config"]["scopes"]["bot"]),
        events=set(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands={each["command"] for each in features.get("slash_commands", [])},
        features={feature for feature, on in switched_on.items() if on},
    )
