"""The app manifest: what Slack is told of the app when it is made."""

from typing import Any

from tutorbot.slack.scopes import COMMANDS, EVENTS, bot_scopes

LONGEST_NAME = 35
"""The most characters that Slack takes for the name of an app."""

DESCRIPTION = "Lessons, review questions, an exam and a badge"

_HINTS = {
    "/tutor": (
        "Your courses, lessons, questions and progress",
        "join, next, quiz, answer, case, exam, progress, help",
    )
}


def app_manifest(name: str = "tutorbot", *, request_url: str = "") -> dict[str, Any]:
    """Return the manifest of an app that runs over Socket Mode, or over HTTP at the request URL.

    https://docs.slack.dev/reference/app-manifest
    """
    address = {"request_url": request_url} if request_url else {}
    return {
        "display_information": {"name": name, "description": DESCRIPTION},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "slash_commands": [_command(command, request_url) for command in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": list(bot_scopes())}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not request_url,
            "token_rotation_enabled": False,
        },
    }


def _command(command: str, request_url: str) -> dict[str, Any]:
    description, hint = _HINTS[command]
    return {
        "command": command,
        **({"url": request_url} if request_url else {}),
        "description": description,
        "usage_hint": hint,
        "should_escape": False,
    }
