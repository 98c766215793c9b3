"""Instants as people in a zone read them."""

from datetime import UTC, datetime

from tutorbot.lessons.timewords import wall_time


def test_an_instant_is_told_as_the_clocks_of_the_zone_show_it() -> None:
    told = wall_time(datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "Europe/Zurich")

    assert told == "Monday 23 November 2026, 09:00 (Europe/Zurich)"


def test_the_day_may_be_another_than_in_utc() -> None:
    told = wall_time(datetime(2026, 12, 31, 20, 30, tzinfo=UTC), "Pacific/Auckland")

    assert told == "Friday 1 January 2027, 09:30 (Pacific/Auckland)"
