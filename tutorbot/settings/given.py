"""What is set: in the environment, in a file named .env, or nowhere."""

import difflib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from dotenv.parser import parse_stream

from tutorbot.errors import BadSetting
from tutorbot.settings.declared import SETTINGS, Setting, Settings
from tutorbot.settings.masking import mask, without_password

OURS = "TUTORBOT_"
NAMES_THE_FILE = "TUTORBOT_ENV_FILE"
FOR_TESTS = "TUTORBOT_TEST_"
ENVIRONMENT, DEFAULT = "environment", "default"

_NAMES = [setting.name for setting in SETTINGS.values()]

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
        return mask(self.text) if self.setting.secret else without_password(self.text)


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
    if named := environ.get("XDG_DATA_HOME"):  # an empty one counts as none, says its specification
        return Path(named) / "tutorbot"
    home = Path(environ.get("HOME", "~")).expanduser()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "tutorbot"
    return home / ".local" / "share" / "tutorbot"


def hosting_platform(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the platform that runs us on a disk of its own that does not last, or None for another."""
    return next((name for sign, name in PLATFORMS.items() if environ.get(sign)), None)


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
