"""After a downtime lessons come one after the other, by day, each once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from tests.store.rows import add
from tests.wire.outbox import CourseClock, Outbox
from tutorbot.delivery.catching_up import retime_late_lessons
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.timewords import WORKING_DAYS
from tutorbot.records.cohorts import start_cohort
from tutorbot.records.deliveries import Delivery, Kind, State
from tutorbot.records.people import Learner, remember
from tutorbot.records.tables import course_versions
from tutorbot.sandbox import Sandbox
from tutorbot.store import Store

MakeOutbox = Callable[..., Outbox]

ZURICH = ZoneInfo("Europe/Zurich")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time in Zurich, in November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZURICH).astimezone(UTC)


def owe_lessons(outbox: Outbox, channel: str, days: range, hour: int = 9) -> None:
    """Owe a lesson a day to a cohort in Zurich."""
    cohort = outbox.store.write(lambda conn: add_cohort(conn, channel))
    for day in days:
        outbox.owe(
            f"lesson {day}", show="lesson card", channel=channel, cohort_id=cohort, due_at=at(day, hour)
        )


def add_cohort(conn: Connection, channel: str) -> int:
    schedule = Schedule(days=WORKING_DAYS, at=time(9), zone=ZURICH, start=date(2026, 11, 2))
    course = add(conn, course_versions)
    cohort = start_cohort(conn, "T1", channel, "cqrs", str(course["digest"]), schedule, now=at(1, 9))
    assert cohort is not None
    return cohort


def run_until(outbox: Outbox, end: datetime, step: timedelta = timedelta(minutes=5)) -> dict[str, datetime]:
    """Let the bot run from now on; return when each message was posted, in Zurich's time."""
    posted: dict[str, datetime] = {}
    while outbox.course.now <= end:
        outbox.sandbox.clock.step(60)
        outbox.poll()
        for message in outbox.sandbox.person("anna").messages("cqrs-autumn"):
            posted.setdefault(message.text, outbox.course.now.astimezone(ZURICH))
        outbox.course.now += step
    return posted


def test_lessons_missed_over_days_come_ten_minutes_apart_and_not_by_night(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    owe_lessons(outbox, channel, range(2, 7))
    outbox.course.now = at(4, 22)  # the bot was down since the 1st, and is back late in the evening

    posted = run_until(outbox, at(6, 12))

    assert posted == {
        "lesson 2": at(5, 8).astimezone(ZURICH),
        "lesson 3": at(5, 8, 10).astimezone(ZURICH),
        "lesson 4": at(5, 8, 20).astimezone(ZURICH),
        "lesson 5": at(5, 9).astimezone(ZURICH),
        "lesson 6": at(6, 9).astimezone(ZURICH),
    }


def test_a_lesson_that_would_be_overtaken_keeps_its_turn(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    owe_lessons(outbox, channel, range(2, 6))
    outbox.course.now = at(5, 8, 55)

    posted = run_until(outbox, at(5, 12))

    assert list(posted) == ["lesson 2", "lesson 3", "lesson 4", "lesson 5"]
    assert posted["lesson 5"] == at(5, 9, 25)


def test_a_short_break_changes_nothing(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    owe_lessons(outbox, channel, range(2, 3), hour=22)
    outbox.course.now = at(2, 22, 9)

    outbox.poll()

    assert outbox.state("lesson 2") is State.POSTED


def test_what_is_no_lesson_is_sent_at_once_however_late(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    outbox.owe("welcome", channel=channel, due_at=at(2, 9))
    outbox.course.now = at(4, 23)

    outbox.poll()

    assert outbox.state("welcome") is State.POSTED


def test_a_learners_own_lesson_waits_for_day_in_the_learners_zone(
    make_outbox: MakeOutbox, sandbox: Sandbox
) -> None:
    acted: list[datetime] = []

    def send_lesson(_conn: Connection, _delivery: Delivery, now: datetime) -> None:
        acted.append(now)

    outbox = make_outbox(act=send_lesson)
    learner = Learner(sandbox.team, sandbox.person("anna").id)
    outbox.store.write(lambda conn: remember(conn, learner, zone="America/New_York"))
    outbox.owe("paced/1", show="paced lesson", user=learner.user, kind=Kind.ACT, due_at=at(2, 9))
    outbox.course.now = at(4, 10)  # four in the morning in New York

    while not acted and outbox.course.now < at(5, 10):
        outbox.poll()
        outbox.course.forward(minutes=5)

    assert acted == [at(4, 14)]  # eight o'clock there


def test_another_downtime_while_catching_up_is_caught_up_with_in_its_turn(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    owe_lessons(outbox, channel, range(2, 5))
    outbox.course.now = at(4, 12)
    before = run_until(outbox, at(4, 12, 5))

    outbox.course.now = at(5, 6)
    after = run_until(outbox, at(5, 10))

    assert list(before) == ["lesson 2"]
    assert {text: when for text, when in after.items() if text != "lesson 2"} == {
        "lesson 3": at(5, 8),
        "lesson 4": at(5, 8, 10),
    }


@pytest.mark.parametrize("moment", [at(4, 12), at(4, 23)])
def test_new_instants_are_given_once(store: Store, make_outbox: MakeOutbox, moment: datetime) -> None:
    outbox = make_outbox(course=CourseClock(moment))
    owe_lessons(outbox, "C1", range(2, 5))

    first = store.write(lambda conn: retime_late_lessons(conn, now=moment))
    second = store.write(lambda conn: retime_late_lessons(conn, now=moment + timedelta(minutes=1)))

    assert (first, second) == (3, 0)
