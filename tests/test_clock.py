"""The clocks: machine time is the machine's, course time may run ahead of it."""

from datetime import UTC, datetime, timedelta

from freezegun import freeze_time

from tutorbot.clock import Clocks, OffsetClock, machine_now

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_machine_time_is_aware_and_in_utc() -> None:
    with freeze_time("2026-11-23 13:00:00+01:00"):
        assert machine_now() == NOON
        assert machine_now().tzinfo is UTC


def test_course_time_runs_ahead_by_its_offset_and_goes_on() -> None:
    clock = OffsetClock(timedelta(days=2))

    with freeze_time(NOON) as frozen:
        before = clock()
        frozen.tick(timedelta(minutes=5))
        after = clock()

    assert before == NOON + timedelta(days=2)
    assert after - before == timedelta(minutes=5)


def test_both_clocks_are_the_machines_unless_told_otherwise() -> None:
    with freeze_time(NOON):
        assert Clocks().course() == Clocks().machine() == NOON
