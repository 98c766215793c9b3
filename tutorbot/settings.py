"""The settings, read from the environment and from a file named .env."""

import difflib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dotenv.parser import parse_stream

from tutorbot.errors import BadSetting

OURS = "TUTORBOT_"
NAMES_THE_FILE = "TUTORBOT_ENV_FILE"
FOR_TESTS = "TUTORBOT_TEST_"
ENVIRONMENT, DEFAULT = "environment", "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """What one setting is called, what it is for, and how its text becomes a value.

    `read` raises ValueError that says what the value must be, without telling the value.
    """

    name: str
    about: str
    read: Callable[[str], object] = str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A setting as it was found: its text, where it stands, and what is wrong with it.

    `origin` is ENVIRONMENT, DEFAULT or the path of the file, then with the line.
    """

    setting: Setting
    text: str
    origin: str
    line: int | None = None
    fault: str | None = None

    @property
    def place(self) -> str:
        """Return where it was given, for people."""
        if self.line is not None:
            return f"{self.origin}, line {self.line}"
        return "the environment" if self.origin == ENVIRONMENT else self.origin

    @property
    def masked(self) -> str:
        """Return the text as it may be shown: of a secret its kind and its last four characters."""
        return mask(self.text) if self.setting.secret else _without_password(self.text)


def _about(name: str, about: str, **more: Any) -> Mapping[str, Setting]:
    return MappingProxyType({"setting": Setting(name, about, **more)})


def _beginning(prefix: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text.startswith(prefix):
            raise ValueError(f"must start with {prefix}")
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

PLATFORMS: Mapping[str, str] = MappingProxyType(
    {
        "DYNO": "Heroku",
        "FLY_APP_NAME": "Fly.io",
        "K_SERVICE": "Cloud Run",
        "RAILWAY_ENVIRONMENT_ID": "Railway",
        "RENDER": "Render",
        "VCAP_APPLICATION": "Cloud Foundry",
        "ECS_CONTAINER_METADATA_URI_V4": "Amazon ECS",
        "KUBERNETES_SERVICE_HOST": "Kubernetes",
    }
)
"""The variables that platforms set for what they run, where only a mounted volume outlives a restart."""


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

_NAMES = [setting.name for setting in SETTINGS.values()]


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raise BadSetting with the name of one that cannot be used."""
    given = look_up(environ)
    if faults := [each.fault for each in given if each.fault]:
        raise BadSetting("\n".join(faults))
    values = {
        attribute: setting.read(each.text)
        for (attribute, setting), each in zip(SETTINGS.items(), given, strict=True)
        if each.text
    }
    return Settings(**values)  # type: ignore[arg-type]  # built from names


def look_up(environ: Mapping[str, str] = os.environ) -> list[Given]:
    """Return every setting as it is given, and what is wrong with it; the environment wins over the file.

    Raise BadSetting where the file cannot be read.
    """
    path, lines = _file(environ)
    defaults = {
        "DATABASE_URL": f"sqlite:///{default_data_folder(environ) / 'tutorbot.db'}",
        **{SETTINGS[each.name].name: str(each.default or "") for each in fields(Settings)[1:]},
    }

    def found(setting: Setting) -> Given:
        if text := environ.get(setting.name, "").strip():
            return _checked(Given(setting, text, ENVIRONMENT))
        text, line = lines.get(setting.name, ("", 0))
        if text:
            return _checked(Given(setting, text, path, line))
        return Given(setting, defaults[setting.name], DEFAULT)

    return [found(setting) for setting in SETTINGS.values()]


def unknown_names(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return a sentence for each name that looks like a setting and is none."""
    path, lines = _file(environ)
    here = {name: "the environment" for name in environ if name.startswith(OURS)}
    there = {name: f"{path}, line {line}" for name, (_, line) in lines.items()}
    known = {*_NAMES, NAMES_THE_FILE}
    told = []
    for name, place in {**there, **here}.items():
        if name in known or name.startswith(FOR_TESTS):
            continue
        if likely := _likely(name):
            told.append(f"{name}, in {place}, is no setting; {likely} is one.")
        elif name.startswith(OURS):
            told.append(f"{name}, in {place}, is no setting; `tutorbot settings` lists them.")
    return told


def _likely(name: str) -> str | None:
    """Return the setting that was probably meant, by what is not the same in all our names."""
    names = {each.removeprefix(OURS): each for each in _NAMES}
    close = difflib.get_close_matches(name.removeprefix(OURS), names, n=1, cutoff=0.75)
    return names[close[0]] if close else None


def default_data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the database stands unless told otherwise: the platform's place for a user's data."""
    if "XDG_DATA_HOME" in environ:
        return Path(environ["XDG_DATA_HOME"]) / "tutorbot"
    home = Path(environ.get("HOME", "~")).expanduser()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "tutorbot"
    return home / ".local" / "share" / "tutorbot"


def hosting_platform(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the platform that runs us on a disk of its own that does not last, or None for another."""
    return next((name for sign, name in PLATFORMS.items() if environ.get(sign)), None)


def mask(secret: str) -> str:
    """Return what may be shown of a secret: its kind, as `xoxb-`, and its last four characters."""
    kind = re.match(r"x[a-z]{3,4}-", secret)
    last = secret[-4:] if len(secret) >= 16 else ""  # four of a few would be too many
    return f"{kind[0] if kind else ''}…{last}" if secret else ""


def _without_password(text: str) -> str:
    text = re.sub(r"(://[^:@/]*:).+@", r"\1…@", text)
    return re.sub(r"((?:password|secret|token)=)[^&\s]+", r"\1…", text, flags=re.IGNORECASE)


def _checked(given: Given) -> Given:
    setting = given.setting
    try:
        setting.read(given.text)
    except ValueError as error:
        value = "" if setting.secret else f" is {given.text!r}; it"
        fault = f"{setting.name}{value} {error} (given in {given.place}). docs/operate.md explains it."
        return Given(setting, given.text, given.origin, given.line, fault)
    return given


def _file(environ: Mapping[str, str]) -> tuple[str, dict[str, tuple[str, int]]]:
    """Return the path of the file, as it is told, and its values with their lines."""
    named = environ.get(NAMES_THE_FILE, "").strip()
    path = Path(named or ".env")
    if not named and not path.is_file():
        return str(path), {}
    try:
        return str(path), {name: (value, line) for name, value, line in _lines(path)}
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadSetting(f"The file {path} cannot be read: {reason}.") from None


def _lines(path: Path) -> Iterator[tuple[str, str, int]]:
    with path.open(encoding="utf-8-sig") as stream:
        for binding in parse_stream(stream):
            text = binding.original.string  # with the empty lines before it
            line = binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
            if binding.error:  # not shown: it may hold a secret
                raise BadSetting(f"{path}, line {line}: write NAME=value.")
            if binding.key:
                yield binding.key, (binding.value or "").strip(), line
