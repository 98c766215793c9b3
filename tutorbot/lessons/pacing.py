"""When lessons are due: days of the week, a wall time and a zone become instants.

Instants are aware and UTC. A wall time is kept with its IANA zone and becomes an instant in
`resolve` alone. The texts of the `ValueError`s are written for the person who typed the value.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

Weekdays = frozenset[int]
"""Days of the week by their ISO numbers: Monday is 1, Sunday 7."""

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
EVERY_DAY: Weekdays = frozenset(range(1, 8))
WORKING_DAYS: Weekdays = frozenset(range(1, 6))
WEEKEND: Weekdays = EVERY_DAY - WORKING_DAYS

LONGEST_BREAK = timedelta(days=366)
"""Longer without a lesson is a mistake in the schedule, not a holiday."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


# Wall times and instants


def resolve(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which the clocks of the zone show this wall time.

    A time that does not exist, because the clocks go forward over it, becomes the first valid
    instant after the gap; one that exists twice is its first occurrence. In other words: the
    first instant at which the clocks there show this time or a later one.

    Raises OverflowError where UTC has no such year (before 1 or after 9999).
    """
    wall = datetime.combine(day, at.replace(fold=0), tzinfo=zone)
    first = wall.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return first
    # In a gap fold=0 reckons with the offset before the change and so lands after it, fold=1
    # the other way round (PEP 495): the change is between the two, on a whole second.
    before = wall.replace(fold=1, microsecond=0).astimezone(UTC)
    old = before.astimezone(zone).utcoffset()
    seconds = range((first - before) // _SECOND)
    return before + _SECOND * bisect_left(
        seconds, True, key=lambda s: (before + _SECOND * s).astimezone(zone).utcoffset() != old
    )


def _calendar(first: date, zone: ZoneInfo) -> Iterator[date]:
    """Yield the days from the first on that the zone has: Samoa went without 30 December 2011."""
    day = first
    while True:
        if resolve(day, time.min, zone).astimezone(zone).date() == day:
            yield day
        day += _DAY


# Schedules


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a cohort's lessons open: the dates are days in the zone.

    Raises ValueError if there is no day in the week, or less than one lesson a delivery.
    """

    days: Weekdays
    at: time
    zone: ZoneInfo
    start: date
    skip: frozenset[date] = frozenset()
    per_delivery: int = 1

    def __post_init__(self) -> None:
        _check_days(self.days)
        if self.per_delivery < 1:
            raise ValueError(f"A delivery has at least one lesson, not {self.per_delivery}.")


def plan(schedule: Schedule, count: int) -> tuple[datetime, ...]:
    """Return the opening instant of each of so many lessons, in order.

    Lessons of one delivery share their instant.

    Raises ValueError if more than a year would pass without a lesson because every day is
    skipped, or if the calendar ends before the lessons do.
    """
    deliveries = -(-count // schedule.per_delivery)
    try:
        openings = [
            resolve(day, schedule.at, schedule.zone) for day in islice(_lesson_days(schedule), deliveries)
        ]
    except OverflowError:
        raise ValueError("The calendar ends before the lessons do; start earlier.") from None
    return tuple(opening for opening in openings for _ in range(schedule.per_delivery))[:count]


def _lesson_days(schedule: Schedule) -> Iterator[date]:
    latest = schedule.start
    for day in _calendar(schedule.start, schedule.zone):
        if day - latest > LONGEST_BREAK:
            raise ValueError(
                f"Every lesson day ({describe_days(schedule.days)}) in the year from "
                f"{latest.isoformat()} on is skipped; skip fewer dates or add days of the week."
            )
        if day.isoweekday() in schedule.days and day not in schedule.skip:
            latest = day
            yield day


def next_slot(days: Weekdays, at: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """Return the first instant strictly after this one at which a learner's own pace has a lesson.

    Raises ValueError if there is no day in the week.
    """
    _check_days(days)
    lesson_days = (day for day in _calendar(after.astimezone(zone).date(), zone) if day.isoweekday() in days)
    return next(slot for day in lesson_days if (slot := resolve(day, at, zone)) > after)


def days_later(instant: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) so many days later, when clocks in the zone show the same hour."""
    local = instant.astimezone(zone)
    return resolve(local.date() + days, local.time(), zone)


def opened(openings: Sequence[datetime], *, now: datetime) -> int:
    """Return how many lessons of a plan are open: who joins late finds these at once."""
    return bisect_right(openings, now)


def _check_days(days: Weekdays) -> None:
    if not days or not days <= EVERY_DAY:
        raise ValueError(f"There is no day of the week to have lessons on. {_DAYS_EXAMPLE}")


# Catching up


def catch_up(
    due: Sequence[datetime],
    *,
    now: datetime,
    zone: ZoneInfo,
    gap: timedelta = timedelta(minutes=10),
    grace: timedelta = timedelta(minutes=10),
    day_from: time = time(8),
    day_to: time = time(20),
) -> tuple[datetime, ...]:
    """Return when the lessons of one place are to be posted after a downtime, in their order.

    Late is what was due more than the grace ago. It is posted from now on, at least the gap
    after the lesson before it, from `day_from` until just before `day_to` in the zone. What is
    not late keeps its instant, at whatever hour that is: a lesson at six in the morning was
    meant so. Only where that would put it before a lesson that it follows it waits its turn,
    and is then treated like a late one. Nothing is posted before it was due.

    Raises ValueError if the day does not begin before it ends.
    """
    if day_from >= day_to:
        raise ValueError(f"The day must begin before it ends, not at {day_from:%H:%M} and {day_to:%H:%M}.")
    posts: list[datetime] = []
    for instant in due:
        late = instant < now - grace
        if not late and (not posts or instant >= posts[-1]):
            posts.append(instant.astimezone(UTC))
            continue
        earliest = max(now, posts[-1] + gap) if posts else now
        posts.append(_by_day(earliest.astimezone(UTC), zone, day_from, day_to))
    return tuple(posts)


def _by_day(instant: datetime, zone: ZoneInfo, day_from: time, day_to: time) -> datetime:
    today = instant.astimezone(zone).date()
    day = next(day for day in _calendar(today, zone) if instant < resolve(day, day_to, zone))
    return max(instant, resolve(day, day_from, zone))


# What people type, and what they read

_DAYS_EXAMPLE = 'Days look like "mon-fri", "mon,wed,fri", "weekdays" or "daily".'
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
        raise ValueError(f"No day of the week is named. {_DAYS_EXAMPLE}")
    return frozenset[int]().union(*map(_parse_span, words))


def _parse_span(word: str) -> Weekdays:
    if len(word) >= 3:
        for name, days in _SETS_OF_DAYS.items():
            if word in (name, name.removesuffix("s")):
                return days
    ends = word.split("-")
    if len(ends) > 2 or not all(ends):
        raise ValueError(f'"{_short(word)}" is not a range of two days. {_DAYS_EXAMPLE}')
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
    raise ValueError(f'"{_short(word)}" is not a day of the week.{hint} {_DAYS_EXAMPLE}')


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
    local = instant.astimezone(ZoneInfo(zone))
    day = f"{DAY_NAMES[local.weekday()]} {local.day} {MONTH_NAMES[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M} ({zone})"
