"""Schedules become instants, in every zone and over every change of its clocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.lessons.pacing import Schedule, catch_up, next_slot, plan, resolve
from tutorbot.lessons.timewords import (
    EVERY_DAY,
    WEEKEND,
    WORKING_DAYS,
    Weekdays,
    describe_days,
    parse_days,
    parse_time,
    parse_zone,
)

ZURICH = ZoneInfo("Europe/Zurich")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ZONE_NAMES = sorted(available_timezones() - {"localtime", "Factory"})

# Some zones whose clocks do something out of the ordinary, and some that do nothing at all.
ODD_ZONES = st.sampled_from(
    [
        "Africa/Casablanca",
        "America/Havana",
        "America/Nuuk",
        "Antarctica/Casey",
        "Antarctica/Troll",
        "Asia/Beirut",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Europe/Zurich",
        "Pacific/Kiritimati",
        "UTC",
    ]
).map(ZoneInfo)
DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 — hypothesis wants naive bounds
SOME_DAYS = st.frozensets(st.integers(1, 7), min_size=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what a clock on the wall shows, which knows of no zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


# The clocks: every zone, every change from 2020 to 2040


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks change at this instant from one offset to another."""

    at: datetime
    old: timedelta
    new: timedelta

    def minutes_around(self) -> Iterator[datetime]:
        margin = abs(self.new - self.old) + 30 * MINUTE
        instant = self.at - margin
        while instant <= self.at + margin:
            yield instant
            instant += MINUTE


def offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


@cache
def changes(name: str) -> tuple[Change, ...]:
    """Find the changes by looking at the clocks every day at noon and then closer and closer."""
    zone = ZoneInfo(name)
    noons = [datetime(2020, 1, 1, 12, tzinfo=UTC) + n * DAY for n in range(366 * 21)]
    looked = [(noon, offset(noon, zone)) for noon in noons]
    found = []
    for (before, old), (after, new) in pairwise(looked):
        if old != new:
            while after - before > MINUTE:
                middle = before + (after - before) // MINUTE // 2 * MINUTE
                before, after = (middle, after) if offset(middle, zone) == old else (before, middle)
            found.append(Change(after, old, new))
    return tuple(found)


def scan(change: Change, zone: ZoneInfo) -> dict[datetime, datetime]:
    """Watch the clock minute by minute: the instant at which each wall time is right.

    A wall time shown twice has its first instant; one jumped over has the instant of the jump.
    """
    instants: dict[datetime, datetime] = {}
    previous: datetime | None = None
    for instant in change.minutes_around():
        shown = wall(instant, zone)
        if previous is not None:
            jumped = previous + MINUTE
            while jumped < shown:
                instants.setdefault(jumped, instant)
                jumped += MINUTE
        instants.setdefault(shown, instant)
        previous = shown
    return instants


def test_a_wall_time_is_resolved_in_every_zone_around_every_change_of_the_clocks() -> None:
    scanned: dict[Change, dict[datetime, datetime]] = {}
    total = 0
    for name in ZONE_NAMES:
        zone = ZoneInfo(name)
        for change in changes(name):
            every_minute = change not in scanned  # Paris changes as Berlin did: fewer minutes will do
            watched = scanned[change] = scanned.get(change) or scan(change, zone)
            for shown in list(watched)[:: 1 if every_minute else 15]:
                total += 1
                assert resolve(shown.date(), shown.time(), zone) == watched[shown], (name, shown)

    assert len(scanned) > 500
    assert total > 100_000


def test_the_changes_include_the_odd_ones() -> None:
    jumps = {name: {change.new - change.old for change in changes(name)} for name in ZONE_NAMES}

    assert jumps["Australia/Lord_Howe"] == {30 * MINUTE, -30 * MINUTE}
    assert jumps["Antarctica/Troll"] == {2 * HOUR, -2 * HOUR}
    assert jumps["Africa/Casablanca"] == {HOUR, -HOUR}
    assert jumps["UTC"] == set()


@pytest.mark.parametrize(
    ("name", "shown", "instant"),
    [
        ("Europe/Zurich", "2027-03-28 02:30", "2027-03-28 01:00"),  # does not exist
        ("Europe/Zurich", "2027-10-31 02:30", "2027-10-31 00:30"),  # exists twice
        ("America/Havana", "2027-03-14 00:00", "2027-03-14 05:00"),  # the day begins at one
        ("Asia/Beirut", "2027-03-28 00:30", "2027-03-27 22:00"),
        ("America/Nuuk", "2027-03-27 23:30", "2027-03-28 01:00"),  # the day ends at eleven
        ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02 15:30"),  # half an hour is missing
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03 14:45"),  # half an hour comes twice
        ("Antarctica/Troll", "2027-03-28 02:59", "2027-03-28 01:00"),  # two hours are missing
        ("Pacific/Apia", "2011-12-30 09:00", "2011-12-30 10:00"),  # the whole day is missing
        ("Africa/Monrovia", "1972-01-07 00:30:15.5", "1972-01-07 00:44:30"),  # an offset with seconds
    ],
)
def test_a_missing_time_waits_for_the_end_of_the_gap_and_a_double_one_comes_first(
    name: str, shown: str, instant: str
) -> None:
    asked = datetime.fromisoformat(shown)

    assert resolve(asked.date(), asked.time(), ZoneInfo(name)) == utc(instant)


def test_the_second_occurrence_cannot_be_asked_for() -> None:
    day, at = date(2027, 10, 31), time(2, 30)

    assert resolve(day, at.replace(fold=1), ZURICH) == resolve(day, at, ZURICH)


@given(DATES, st.times(), ODD_ZONES)
def test_an_instant_shows_its_wall_time_or_is_the_end_of_a_gap(day: date, at: time, zone: ZoneInfo) -> None:
    asked = datetime.combine(day, at)

    instant = resolve(day, at, zone)

    assert instant.tzinfo is UTC
    tick = timedelta.resolution
    assert wall(instant, zone) >= asked > wall(instant - tick, zone)


@given(ODD_ZONES, DATES, TIMES, TIMES)
def test_later_on_the_wall_is_never_earlier_in_truth(zone: ZoneInfo, day: date, one: time, two: time) -> None:
    first, second = sorted([one, two])

    assert resolve(day, first, zone) <= resolve(day, second, zone) < resolve(day + 2 * DAY, first, zone)


# Schedules


def test_a_schedule_keeps_its_wall_time_over_a_change_of_the_clocks() -> None:
    schedule = Schedule(parse_days("fri,mon"), time(9), ZURICH, start=date(2027, 3, 26))

    openings = plan(schedule, 3)

    assert openings == (utc("2027-03-26 08:00"), utc("2027-03-29 07:00"), utc("2027-04-02 07:00"))


def test_a_schedule_leaves_out_the_days_to_skip() -> None:
    christmas = frozenset(date(2026, 12, day) for day in range(24, 32))
    schedule = Schedule(WORKING_DAYS, time(9), ZURICH, start=date(2026, 12, 23), skip=christmas)

    openings = plan(schedule, 2)

    assert openings == (utc("2026-12-23 08:00"), utc("2027-01-01 08:00"))


def test_lessons_of_one_delivery_share_their_instant() -> None:
    schedule = Schedule(EVERY_DAY, time(9), ZURICH, start=date(2026, 11, 23), per_delivery=2)
    first, second = utc("2026-11-23 08:00"), utc("2026-11-24 08:00")

    assert plan(schedule, 3) == (first, first, second)
    assert plan(schedule, 0) == ()


def test_a_day_that_the_zone_went_without_has_no_lesson() -> None:
    schedule = Schedule(EVERY_DAY, time(9), ZoneInfo("Pacific/Apia"), start=date(2011, 12, 29))

    shown = [wall(opening, schedule.zone).isoformat() for opening in plan(schedule, 3)]

    assert shown == ["2011-12-29T09:00:00", "2011-12-31T09:00:00", "2012-01-01T09:00:00"]


@given(SOME_DAYS, TIMES, ODD_ZONES, DATES, st.sets(st.integers(0, 60)), st.integers(1, 3), st.integers(0, 30))
def test_a_plan_has_every_lesson_in_order_on_allowed_days_alone(
    days: Weekdays, at: time, zone: ZoneInfo, start: date, skipped: set[int], per_delivery: int, count: int
) -> None:
    skip = frozenset(start + n * DAY for n in skipped)
    schedule = Schedule(days, at, zone, start, skip, per_delivery)
    allowed = [
        day
        for day in (start + n * DAY for n in range(61 + 7 * (count + 1)))
        if day.isoweekday() in days and day not in skip
    ]

    openings = plan(schedule, count)

    assert openings == tuple(resolve(allowed[n // per_delivery], at, zone) for n in range(count))
    assert all(one <= two for one, two in pairwise(openings))
    assert len(set(openings)) == -(-count // per_delivery)


@pytest.mark.parametrize("days", [frozenset[int](), frozenset({0}), frozenset({1, 8})])
def test_a_schedule_without_a_day_of_the_week_is_refused(days: Weekdays) -> None:
    with pytest.raises(ValueError, match=r"no day of the week to have lessons on. Days look like"):
        Schedule(days, time(9), ZURICH, start=date(2026, 11, 23))
    with pytest.raises(ValueError, match="no day of the week"):
        next_slot(days, time(9), ZURICH, after=utc("2026-11-23"))


def test_a_delivery_without_a_lesson_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one lesson, not 0"):
        Schedule(EVERY_DAY, time(9), ZURICH, start=date(2026, 11, 23), per_delivery=0)


def test_a_schedule_that_skips_every_day_is_refused() -> None:
    start = date(2026, 11, 23)
    skip = frozenset(start + n * DAY for n in range(400))

    with pytest.raises(ValueError, match=r"\(Monday to Friday\) in the year from 2026-11-23 on is skipped"):
        plan(Schedule(WORKING_DAYS, time(9), ZURICH, start, skip), 1)


def test_a_plan_past_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="calendar ends"):
        plan(Schedule(EVERY_DAY, time(9), ZURICH, start=date(9999, 12, 25)), 30)


@given(SOME_DAYS, TIMES, ODD_ZONES, INSTANTS)
def test_the_next_slot_is_the_first_strictly_after(
    days: Weekdays, at: time, zone: ZoneInfo, after: datetime
) -> None:
    around = [after.date() + n * DAY for n in range(-3, 12)]
    slots = [resolve(day, at, zone) for day in around if day.isoweekday() in days]

    slot = next_slot(days, at, zone, after=after)

    assert slot == min(s for s in slots if s > after)
    assert next_slot(days, at, zone, after=slot) > slot


# Catching up (the zone is Zurich in winter: an hour ahead of UTC)


def test_missed_lessons_follow_ten_minutes_apart_from_now_on() -> None:
    due = [utc("2026-11-18 08:00"), utc("2026-11-19 08:00"), utc("2026-11-20 08:00")]

    posts = catch_up(due, now=utc("2026-11-20 12:34"), zone=ZURICH)

    assert posts == (utc("2026-11-20 12:34"), utc("2026-11-20 12:44"), utc("2026-11-20 12:54"))


def test_at_night_missed_lessons_wait_for_eight_in_the_morning() -> None:
    due = [utc("2026-11-18 08:00"), utc("2026-11-19 08:00")]
    morning = (utc("2026-11-20 07:00"), utc("2026-11-20 07:10"))

    assert catch_up(due, now=utc("2026-11-20 02:00"), zone=ZURICH) == morning
    assert catch_up(due, now=utc("2026-11-19 19:00"), zone=ZURICH) == morning


def test_what_does_not_fit_before_eight_in_the_evening_follows_the_next_morning() -> None:
    due = [utc("2026-11-18 08:00"), utc("2026-11-19 08:00")]

    posts = catch_up(due, now=utc("2026-11-20 18:55"), zone=ZURICH)

    assert posts == (utc("2026-11-20 18:55"), utc("2026-11-21 07:00"))


def test_a_lesson_that_is_not_late_keeps_its_early_hour() -> None:
    due = [utc("2026-11-20 05:00"), utc("2026-11-21 05:00")]  # at six in the morning in Zurich

    assert catch_up(due, now=utc("2026-11-20 05:03"), zone=ZURICH) == tuple(due)


def test_a_lesson_waits_for_those_that_it_follows() -> None:
    missed, early, usual = utc("2026-11-19 05:00"), utc("2026-11-20 05:00"), utc("2026-11-21 05:00")

    posts = catch_up([missed, early, usual], now=utc("2026-11-20 02:00"), zone=ZURICH)

    assert posts == (utc("2026-11-20 07:00"), utc("2026-11-20 07:10"), usual)


def test_the_hours_are_those_of_the_wall_on_the_day_of_a_change() -> None:
    due = [utc("2027-03-27 08:00")]

    posts = catch_up(due, now=utc("2027-03-28 00:30"), zone=ZURICH)

    assert posts == (utc("2027-03-28 06:00"),)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="begin before it ends"):
        catch_up([], now=utc("2026-11-20"), zone=ZURICH, day_from=time(20), day_to=time(8))


BACKLOGS = st.lists(st.integers(-100 * 24 * 60, 10 * 24 * 60), max_size=120).map(sorted)


@given(BACKLOGS, INSTANTS, ODD_ZONES)
def test_catching_up_keeps_its_promises(minutes: list[int], now: datetime, zone: ZoneInfo) -> None:
    due = [now + n * MINUTE for n in minutes]

    posts = catch_up(due, now=now, zone=zone)

    assert len(posts) == len(due)
    assert all(one <= two for one, two in pairwise(posts)), "the order is kept"
    assert all(post >= instant for post, instant in zip(posts, due, strict=True)), "never before it was due"
    moved = [post for post, instant in zip(posts, due, strict=True) if post != instant]
    assert all(time(8) <= wall(post, zone).time() < time(20) for post in moved)
    assert all(two - one >= 10 * MINUTE for one, two in pairwise(moved))
    assert all(post >= now for post in moved)
    last_moved = max(moved, default=now)
    for post, instant in zip(posts, due, strict=True):
        if instant < now - 10 * MINUTE:
            assert post != instant, "what is late is moved"
        elif instant >= last_moved:
            assert post == instant, "what is not late stays"
    assert catch_up(posts, now=now, zone=zone) == posts, "once is enough"


# What people type


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", WORKING_DAYS),
        ("mon,wed,fri", {1, 3, 5}),
        ("Mon Wed", {1, 3}),
        ("daily", EVERY_DAY),
        ("Every day", EVERY_DAY),
        ("weekdays", WORKING_DAYS),
        ("weekend", WEEKEND),
        ("sat-mon", {6, 7, 1}),
        ("fri-fri", {5}),
        ("Mondays and Thursdays", {1, 4}),
        (" tu – th ; Sunday.", {2, 3, 4, 7}),
        ("Monday to Wednesday and Friday", {1, 2, 3, 5}),
        ("weekend, wed", {3, 6, 7}),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: Weekdays) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tuseday", '"tuseday" is not a day of the week. Did you mean "tuesday"? Days look like "mon-fri"'),
        ("mno-fri", 'Did you mean "mon"?'),
        ("weekdys", 'Did you mean "weekdays"?'),
        ("", "No day of the week is named. Days look like"),
        ("t", '"t" is not a day of the week. Days look like'),
        ("1-5", '"1" is not a day of the week. Days look like'),
        ("mon-wed-fri", '"mon-wed-fri" is not a range of two days.'),
        ("mon-", '"mon-" is not a range of two days.'),
        ("daily-fri", '"daily" is not a day of the week. Days look like'),
        ("x" * 5000, "…"),
    ],
)
def test_days_that_are_none_are_answered_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)) as refusal:
        parse_days(text)

    assert len(str(refusal.value)) < 250


def test_days_in_words_are_read_back_whichever_they_are() -> None:
    every_choice = [frozenset(day for day in EVERY_DAY if bits >> day & 1) for bits in range(2, 256, 2)]

    assert len(set(every_choice)) == 127
    for days in every_choice:
        assert parse_days(describe_days(days)) == days


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (EVERY_DAY, "every day"),
        (WORKING_DAYS, "Monday to Friday"),
        (WEEKEND, "Saturday and Sunday"),
        ({1, 3, 5}, "Monday, Wednesday and Friday"),
        ({1, 2, 3, 5}, "Monday to Wednesday and Friday"),
        ({6, 7, 1}, "Saturday to Monday"),
        ({7, 1, 3}, "Monday, Wednesday and Sunday"),
        ({4}, "Thursday"),
    ],
)
def test_days_are_described_as_people_say_them(days: Weekdays, words: str) -> None:
    assert describe_days(frozenset(days)) == words


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09:00", time(9)),
        ("9:00", time(9)),
        ("9", time(9)),
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9:30 p.m.", time(21, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("17.30", time(17, 30)),
        ("1730", time(17, 30)),
        ("17h30", time(17, 30)),
        ("17h", time(17)),
        (" 00:00 ", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("noonish", '"noonish" is not a time of day. A time looks like "09:00"'),
        ("", '"" is not a time of day.'),
        ("9:5", '"9:5" is not a time of day.'),
        ("24:00", '"24:00" is not a time of day: a day goes from 00:00 to 23:59.'),
        ("9:60", "a day goes from 00:00 to 23:59."),
        ("13pm", 'With "pm" the hour is from 1 to 12, not 13.'),
        ("0am", 'With "am" the hour is from 1 to 12, not 0.'),
        ("-9", '"-9" is not a time of day.'),
    ],
)
def test_a_time_that_is_none_is_answered_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        parse_time(text)


@given(TIMES)
def test_every_time_is_read_back(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == parse_time(f"{at:%I:%M %p}") == at


@pytest.mark.parametrize("text", ["Europe/Zurich", "europe/zurich", " EUROPE/Zürich "])
def test_a_zone_is_read_without_regard_to_case_or_accents(text: str) -> None:
    assert parse_zone(text) is ZURICH


def test_every_zone_is_read_by_its_name() -> None:
    for name in ZONE_NAMES:
        assert parse_zone(name.upper().replace("_", " ")).key == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Europe/Zurch", 'Did you mean "Europe/Zurich"'),
        ("zurich", '"zurich" is not a known time zone. Did you mean "Europe/Zurich"?'),
        ("new yrok", 'Did you mean "America/New_York"?'),
        ("UTC+1", '"UTC+1" is not a known time zone. A zone is named after a place'),
        ("localtime", '"localtime" is not a known time zone. A zone is named after a place'),
        ("", "A zone is named after a place"),
        ("../../etc/passwd", "is not a known time zone."),
    ],
)
def test_a_zone_that_is_none_is_answered_with_the_nearest_names(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        parse_zone(text)
