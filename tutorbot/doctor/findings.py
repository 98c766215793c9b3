"""What was looked at, and what was found."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of the installation, in the order in which an operator puts them right."""

    SETTINGS = "settings"
    DATABASE = "database"
    DISK = "disk"
    COURSES = "courses"
    TOKENS = "tokens"
    SCOPES = "scopes"
    CLOCK = "clock"
    CHANNELS = "channels"
    DELIVERIES = "deliveries"


class Level(StrEnum):
    """How it stands: a fault keeps something from working, a warning may soon."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands, and what to do about it where it is not well."""

    part: Part
    level: Level
    says: str
    do: str = ""


def ok(part: Part, says: str) -> Finding:
    """Return that this is well."""
    return Finding(part, Level.OK, says)


def warning(part: Part, says: str, do: str) -> Finding:
    """Return that this works, and may not for long or not for everybody."""
    return Finding(part, Level.WARNING, says, do)


def fault(part: Part, says: str, do: str) -> Finding:
    """Return that this keeps something from working."""
    return Finding(part, Level.FAULT, says, do)
