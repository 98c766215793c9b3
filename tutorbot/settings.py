"""The settings, read from the environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tutorbot.errors import BadSetting


def default_data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the database stands unless told otherwise: the platform's place for a user's data."""
    if "XDG_DATA_HOME" in environ:
        return Path(environ["XDG_DATA_HOME"]) / "tutorbot"
    home = Path(environ.get("HOME", "~")).expanduser()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "tutorbot"
    return home / ".local" / "share" / "tutorbot"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; secrets are kept out of the repr."""

    database_url: str
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    staff_channel: str = ""
    badge_channel: str = ""
    draw_threads: int = 4
    send_threads: int = 4
    poll_seconds: float = 5.0

    def need(self, *names: str) -> None:
        """Raise BadSetting unless each of the named settings (as in the environment) has a value."""
        missing = [name for name in names if not getattr(self, _FIELDS[name])]
        if missing:
            names_missing = " and ".join(missing)
            raise BadSetting(f"{names_missing} must be set in the environment; docs/operate.md says how.")


_FIELDS = {
    "DATABASE_URL": "database_url",
    "SLACK_BOT_TOKEN": "bot_token",
    "SLACK_APP_TOKEN": "app_token",
    "SLACK_SIGNING_SECRET": "signing_secret",
    "SLACK_API_URL": "slack_api_url",
    "TUTORBOT_STAFF_CHANNEL": "staff_channel",
    "TUTORBOT_BADGE_CHANNEL": "badge_channel",
    "TUTORBOT_DRAW_THREADS": "draw_threads",
    "TUTORBOT_SEND_THREADS": "send_threads",
    "TUTORBOT_POLL_SECONDS": "poll_seconds",
}


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raise BadSetting with the name of one that cannot be used."""
    values: dict[str, object] = {
        "database_url": f"sqlite:///{default_data_folder(environ) / 'tutorbot.db'}",
    }
    for name, attribute in _FIELDS.items():
        if text := environ.get(name, "").strip():
            values[attribute] = _parsed(name, attribute, text)
    settings = Settings(**values)  # type: ignore[arg-type]  # built from names
    _check_prefix("SLACK_BOT_TOKEN", settings.bot_token, "xoxb-")
    _check_prefix("SLACK_APP_TOKEN", settings.app_token, "xapp-")
    return settings


def _parsed(name: str, attribute: str, text: str) -> object:
    kind = type(Settings.__dataclass_fields__[attribute].default)
    if kind not in (int, float):
        return text
    try:
        number = kind(text)
    except ValueError:
        raise BadSetting(f"{name} is {text!r}; it must be a number, for example 4.") from None
    if not 0 < number < 1000:
        raise BadSetting(f"{name} is {text}; it must be above 0 and below 1000.")
    return number


def _check_prefix(name: str, value: str, prefix: str) -> None:
    if value and not value.startswith(prefix):
        raise BadSetting(f"{name} must start with {prefix}; docs/operate.md says which token it is.")
