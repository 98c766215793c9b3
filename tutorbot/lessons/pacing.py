"""When lessons are due: days of the week, a wall time and a zone become instants.

Instants are aware and UTC. A wall time is kept with its IANA zone and becomes an instant in
`resolve` alone. The texts of the `ValueError`s are written for people.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from tutorbot.lessons.timewords import DAYS_EXAMPLE, EVERY_DAY, Weekdays, describe_days

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


def _check_days(days: Weekdays) -> None:
    if not days or not days <= EVERY_DAY:
        raise ValueError(f"There is no day of the week to have lessons on. {DAYS_EXAMPLE}")


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
