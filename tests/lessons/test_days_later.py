"""So many days later it is the same hour, also when the clocks were changed in between."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.lessons.pacing import days_later

ZONES = ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "UTC"]
INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


@pytest.mark.parametrize(
    ("zone", "begins", "days", "ends"),
    [
        ("Europe/Zurich", "2026-03-25T08:00", 7, "2026-04-01T07:00"),  # 09:00 before, 09:00 after
        ("Europe/Zurich", "2026-10-21T07:00", 7, "2026-10-28T08:00"),
        ("America/New_York", "2026-10-31T12:00", 1, "2026-11-01T13:00"),
        (
            "Europe/Zurich",
            "2026-03-28T01:30",
            1,
            "2026-03-29T01:00",
        ),  # 02:30 is not there: 03:00, the first after
        ("Europe/Zurich", "2026-10-24T00:30", 1, "2026-10-25T00:30"),  # 02:30 is there twice: the first
        ("Australia/Lord_Howe", "2026-09-27T22:00", 7, "2026-10-04T21:30"),  # half an hour
        ("UTC", "2026-03-25T08:00", 7, "2026-04-01T08:00"),
    ],
)
def test_the_hour_stays_when_the_clocks_are_changed(zone: str, begins: str, days: int, ends: str) -> None:
    begun, ended = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (begins, ends))

    assert days_later(begun, timedelta(days=days), ZoneInfo(zone)) == ended


@given(INSTANTS, st.integers(1, 365), st.sampled_from(ZONES).map(ZoneInfo))
def test_it_is_that_day_and_hour_there_or_the_first_after_a_gap(
    begun: datetime, days: int, zone: ZoneInfo
) -> None:
    wanted = begun.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)

    later = days_later(begun, timedelta(days=days), zone)

    wall = later.astimezone(zone).replace(tzinfo=None)
    assert later.tzinfo is UTC
    assert wall == wanted or timedelta(0) < wall - wanted <= timedelta(days=1)
    assert abs(later - begun - timedelta(days=days)) <= timedelta(hours=26)


@given(INSTANTS, st.integers(1, 365), st.integers(1, 86_400), st.sampled_from(ZONES).map(ZoneInfo))
def test_what_begins_later_is_due_no_earlier(
    begun: datetime, days: int, seconds: int, zone: ZoneInfo
) -> None:
    days_after = timedelta(days=days)
    wall = begun.astimezone(zone).replace(tzinfo=None)
    after = begun + timedelta(seconds=seconds)

    if after.astimezone(zone).replace(tzinfo=None) > wall:  # not within an hour that is there twice
        assert days_later(after, days_after, zone) >= days_later(begun, days_after, zone)
