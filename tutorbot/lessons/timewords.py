"""Days of the week, hours and time zones as people type and read them.

The texts of the `ValueError`s are written for the person who typed the value.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

Weekdays = frozenset[int]
"""Days of the week by their ISO numbers: Monday is 1, Sunday 7."""

EVERY_DAY: Weekdays = frozenset(range(1, 8))
WORKING_DAYS: Weekdays = frozenset(range(1, 6))
WEEKEND: Weekdays = EVERY_DAY - WORKING_DAYS

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

DAYS_EXAMPLE = 'Days look like "mon-fri", "mon,wed,fri", "weekdays" or "daily".'
_TIME_EXAMPLE = 'A time looks like "09:00", "17:30" or "9am".'
_ZONE_EXAMPLE = 'A zone is named after a place, like "Europe/Zurich" or "America/New_York".'

_SETS_OF_DAYS: dict[str, Weekdays] = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekdays": WORKING_DAYS,
    "workdays": WORKING_DAYS,
    "weekends": WEEKEND,
}
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h]?(?P<minute>[0-9]{2})|h)? ?(?P<half>[ap]m)?")


def parse_days(text: str) -> Weekdays:
    """Return the days of the week that somebody typed.

    Understands names and their beginnings ("mo", "Tues", "fridays"), lists with commas, spaces
    or "and", ranges with a dash or "to", also over the weekend ("sat-mon"), and "daily",
    "every day", "weekdays" and "weekends".

    Raises ValueError with a sentence that says what would be right.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("every day", "daily")
    joined = re.sub(r"\s*[-‐‑‒–—]\s*|\s+(?:to|through)\s+", "-", plain)
    words = [word for word in re.split(r"[\s,;/+&.]+", joined) if word not in ("", "and")]
    if not words:
        raise ValueError(f"No day of the week is named. {DAYS_EXAMPLE}")
    return frozenset[int]().union(*map(_parse_span, words))


def _parse_span(word: str) -> Weekdays:
    if len(word) >= 3:
        for name, days in _SETS_OF_DAYS.items():
            if word in (name, name.removesuffix("s")):
                return days
    ends = word.split("-")
    if len(ends) > 2 or not all(ends):
        raise ValueError(f'"{_short(word)}" is not a range of two days. {DAYS_EXAMPLE}')
    first, last = _parse_day(ends[0]), _parse_day(ends[-1])
    return frozenset((first - 1 + n) % 7 + 1 for n in range((last - first) % 7 + 1))


def _parse_day(word: str) -> int:
    names = [f"{name}s".casefold() for name in DAY_NAMES]
    if len(word) >= 2:
        for number, name in enumerate(names, start=1):
            if name.startswith(word):
                return number
    known = {*names, *(name[:-1] for name in names), *(name[:3] for name in names), *_SETS_OF_DAYS} - {word}
    hint = _did_you_mean(get_close_matches(word[:40], sorted(known), n=1))
    raise ValueError(f'"{_short(word)}" is not a day of the week.{hint} {DAYS_EXAMPLE}')


def parse_time(text: str) -> time:
    """Return the time of day that somebody typed: "09:00", "9", "17.30", "1730", "17h30", "9:30 pm".

    Raises ValueError with a sentence that says what would be right.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    match = _TIME.fullmatch(re.sub(r"\b([ap])\.m\.?$", r"\1m", plain))
    if match is None:
        raise ValueError(f'"{_short(text)}" is not a time of day. {_TIME_EXAMPLE}')
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half and not 1 <= hour <= 12:
        raise ValueError(f'With "{half}" the hour is from 1 to 12, not {hour}. {_TIME_EXAMPLE}')
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValueError(f'"{_short(text)}" is not a time of day: a day goes from 00:00 to 23:59.')
    return time(hour, minute)


def parse_zone(text: str) -> ZoneInfo:
    """Return the IANA zone of this name, without regard to case, accents or "_" for a space.

    Raises ValueError with the nearest names.
    """
    name = _zone_key(text)
    zones = _zones()
    if name in zones:
        return ZoneInfo(zones[name])
    raise ValueError(f'"{_short(text)}" is not a known time zone.{_near_places(name)} {_ZONE_EXAMPLE}')


def _near_places(key: str) -> str:
    # An offset is no zone: nothing is near to "UTC+1", least of all "Etc/GMT+1", an hour *behind*.
    if re.search(r"[0-9]", key):
        return ""
    places = {key: name for key, name in _zones().items() if "/" in key and not key.startswith("etc/")}
    places |= {key.rpartition("/")[2]: name for key, name in places.items()}
    near = get_close_matches(key[:40], places, n=3, cutoff=0.8)
    return _did_you_mean(dict.fromkeys(places[match] for match in near))


@cache
def _zones() -> dict[str, str]:
    """Return the names of the zones by their keys; "localtime" and "Factory" are no places."""
    names = available_timezones() - {"localtime", "Factory", "posixrules"}
    return {_zone_key(name): name for name in sorted(names)}


def _zone_key(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "_".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def describe_days(days: Weekdays) -> str:
    """Return the days in words, "Monday to Friday" for one; `parse_days` reads them back."""
    if days == EVERY_DAY:
        return "every day"
    phrases: dict[int, str] = {}
    for first in (day for day in days if _day_before(day) not in days):
        run = [first]
        while run[-1] % 7 + 1 in days:
            run.append(run[-1] % 7 + 1)
        if len(run) > 2:
            phrases[first] = f"{DAY_NAMES[first - 1]} to {DAY_NAMES[run[-1] - 1]}"
        else:
            phrases |= {day: DAY_NAMES[day - 1] for day in run}
    return _listed([phrases[first] for first in sorted(phrases)], "and")


def _day_before(day: int) -> int:
    return (day - 2) % 7 + 1


def _did_you_mean(names: Iterable[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return f" Did you mean {_listed(quoted, 'or')}?" if quoted else ""


def _listed(items: Sequence[str], last: str) -> str:
    *others, final = items or [""]
    return f"{', '.join(others)} {last} {final}" if others else final


def _short(text: str, limit: int = 40) -> str:
    """Return what was typed, short enough to be repeated in a sentence."""
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1]}…"


def wall_time(instant: datetime, zone: str) -> str:
    """Return an instant as people in a zone read it: "Monday 23 November 2026, 09:00 (Europe/Zurich)"."""
    return f"{bare_wall_time(instant, zone)} ({zone})"


def bare_wall_time(instant: datetime, zone: str) -> str:
    """Return the same without the zone, for lists that name it once: "Monday 23 November 2026, 09:00"."""
    local = instant.astimezone(ZoneInfo(zone))
    day = f"{DAY_NAMES[local.weekday()]} {local.day} {MONTH_NAMES[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M}"
