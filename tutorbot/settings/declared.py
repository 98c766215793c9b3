"""What may be set, and how the text of a setting becomes a value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from tutorbot.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Setting:
    """What one setting is called, what it is for, and how its text becomes a value.

    `read` raises ValueError that says what the value must be, without telling the value.
    """

    name: str
    about: str
    read: Callable[[str], object] = str
    secret: bool = False


def _about(name: str, about: str, **more: Any) -> Mapping[str, Setting]:
    return MappingProxyType({"setting": Setting(name, about, **more)})


def _beginning(prefix: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text.startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        if not re.fullmatch("[!-~]+", text):
            raise ValueError("must be the token as Slack shows it, without spaces and signs such as …")
        return text

    return read


def _channel(text: str) -> str:
    if text[0] not in "CDG":
        raise ValueError("must be a channel's id, such as C0123ABCD, and not its name")
    return text


def _number(kind: type[int] | type[float], most: int = 999) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            raise ValueError("must be a number, for example 4") from None
        if not 0 < number <= most:
            raise ValueError(f"must be above 0 and at most {most}")
        return number

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        for word in words:
            if text.lower() == word.lower():
                return word
        raise ValueError(f"must be {', '.join(words[:-1])} or {words[-1]}")

    return read


PORTS = 65_535


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; secrets are kept out of the repr."""

    database_url: str = field(
        metadata=_about(
            "DATABASE_URL",
            "where the database is: sqlite:///path/to/tutorbot.db, or postgresql://user:password@host/name",
        )
    )
    bot_token: str = field(
        default="",
        repr=False,
        metadata=_about(
            "SLACK_BOT_TOKEN", "the bot token, to call Slack", read=_beginning("xoxb-"), secret=True
        ),
    )
    app_token: str = field(
        default="",
        repr=False,
        metadata=_about(
            "SLACK_APP_TOKEN", "the app-level token, for Socket Mode", read=_beginning("xapp-"), secret=True
        ),
    )
    signing_secret: str = field(
        default="",
        repr=False,
        metadata=_about(
            "SLACK_SIGNING_SECRET", "proves that a request over HTTP comes from Slack", secret=True
        ),
    )
    staff_channel: str = field(
        default="",
        metadata=_about(
            "TUTORBOT_STAFF_CHANNEL",
            "the id of a channel that is told when a delivery is parked",
            read=_channel,
        ),
    )
    badge_channel: str = field(
        default="",
        metadata=_about(
            "TUTORBOT_BADGE_CHANNEL",
            "the id of a channel for badges of learners without a cohort",
            read=_channel,
        ),
    )
    port: int = field(
        default=3000,
        metadata=_about("PORT", "where `tutorbot web` listens", read=_number(int, PORTS)),
    )
    connections: int = field(
        default=2,
        metadata=_about(
            "TUTORBOT_CONNECTIONS",
            "how many Socket Mode connections `tutorbot run` keeps; Slack allows ten in all",
            read=_number(int, 10),
        ),
    )
    poll_seconds: float = field(
        default=5.0,
        metadata=_about(
            "TUTORBOT_POLL_SECONDS", "how often the database is asked what is due", read=_number(float)
        ),
    )
    draw_threads: int = field(
        default=4,
        metadata=_about("TUTORBOT_DRAW_THREADS", "how many messages are redrawn at once", read=_number(int)),
    )
    send_threads: int = field(
        default=4,
        metadata=_about("TUTORBOT_SEND_THREADS", "how many messages are posted at once", read=_number(int)),
    )
    log: str = field(
        default="",
        metadata=_about(
            "TUTORBOT_LOG",
            "what a line of the log looks like: people or json; unless set, people on a terminal, else json",
            read=_one_of("people", "json"),
        ),
    )
    log_level: str = field(
        default="INFO",
        metadata=_about(
            "TUTORBOT_LOG_LEVEL",
            "how much is logged: DEBUG, INFO, WARNING or ERROR",
            read=_one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        ),
    )
    late_minutes: float = field(
        default=10.0,
        metadata=_about(
            "TUTORBOT_LATE_MINUTES",
            "how late a delivery may be before /readyz says that the bot is not ready",
            read=_number(float, 10_000),
        ),
    )
    health_port: int = field(
        default=0,
        metadata=_about(
            "TUTORBOT_HEALTH_PORT",
            "where /healthz, /readyz and /metrics are served; by `web` on its own port unless this is set",
            read=_number(int, PORTS),
        ),
    )
    keep_deliveries_days: int = field(
        default=365,
        metadata=_about(
            "TUTORBOT_KEEP_DELIVERIES_DAYS",
            "for how many days it is kept what was sent because somebody asked for it",
            read=_number(int, 36_500),
        ),
    )
    slack_api_url: str = field(
        default="https://slack.com/api/",
        metadata=_about("SLACK_API_URL", "where Slack's Web API is; another one only for tests"),
    )

    def need(self, *names: str) -> None:
        """Raise BadSetting unless each of the named settings (as in the environment) has a value."""
        values = {setting.name: getattr(self, attribute) for attribute, setting in SETTINGS.items()}
        missing = [name for name in names if not values[name]]
        if missing:
            raise BadSetting(
                f"{' and '.join(missing)} must be set, in the environment or in the file .env; "
                "docs/operate.md says how."
            )


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {each.name: each.metadata["setting"] for each in fields(Settings)}
)
"""Every setting by its attribute."""
