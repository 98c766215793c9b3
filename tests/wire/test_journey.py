"""The whole way, from joining a cohort to the badge in the channel."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from tests.wire.classroom import CHANNEL, Classroom, classroom, play

COURSE = "cqrs-event-sourcing"
LESSONS = 6


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Classroom]:
    """Give a classroom with the course that comes with the program."""
    with classroom(sqlite_url, courses=()) as opened:
        yield opened


def test_a_learner_goes_from_join_to_badge(room: Classroom) -> None:
    room.clock.now -= timedelta(days=1)
    room.start_cohort(COURSE)
    anna = room.pupil("anna")

    play(
        anna,
        (room.let_happen, ["CQRS and Event Sourcing", "A cohort of this course begins in this channel"]),
        (anna.presses("Join"), ["Welcome to CQRS and Event Sourcing", "review questions 40 %"]),
        (anna.writes("next"), "There is no unread lesson open"),
        (lambda: room.at(date(2026, 11, 2), time(9)), ["Lesson 1.1", "4 review questions"]),
        (anna.presses("Read the lesson"), "1.1"),
        (anna.presses("Answer 4 questions"), "Question 1 of 4"),
        (lambda: anna.answers(right=False), ["Not right", "1 try left"]),
        (anna.answers, "Right."),
        (anna.presses("Next question"), "Question 2 of 4"),
        (anna.answers_all, ["4 of 4 questions right", "lesson 1.2 opens on Tuesday 3 November 2026, 09:00"]),
    )
    for day in range(3, 3 + LESSONS - 1):
        room.at(date(2026, 11, day if day < 7 else day + 2), time(9))
        play(
            anna,
            (anna.presses("Answer its questions"), "Question 1 of 4"),
            (anna.answers_all, "4 of 4 questions right"),
            (anna.writes("next"), "find it in our direct message"),
        )
    play(
        anna,
        (anna.writes("case"), ["Case study, exercise 1", "Question 1 of 4"]),
        (anna.answers_all, "4 of 4 questions right"),
        (anna.writes("progress"), ["Course mark so far: 70 %", "Pass mark: 75 %"]),
        (anna.writes("exam"), ["You have one attempt", "Everything before the exam is answered"]),
        (anna.presses("Start the exam"), "Question 1 of 10"),
    )
    for number in range(1, 11):
        anna.sees(f"Question {number} of 10")
        anna.chooses_and_confirms(right=number > 2)
        if number <= 2:
            anna.sees(f"Question {number} of 10", "Not right")
            anna.press("Later")
            continue
        anna.sees(f"Question {number} of 10", "Right.")
        anna.press("Next question" if number < 10 else "To the overview")
    play(
        anna,
        (lambda: None, ["Before you hand in", "Tried, with a try left: 1 and 2"]),
        (anna.presses("Hand in"), ["Final exam: 8 of 10 right", "You have passed the course with 94 %"]),
        (room.let_happen, ["This badge is yours"]),
    )

    ben = room.pupil("ben")
    badge = ben.sees("has passed CQRS and Event Sourcing")
    assert badge in ben.person.messages(CHANNEL)
    home = anna.person.open_home()
    assert home is not None
    anna.room.sandbox.wait_for(lambda: "Badge earned" in (anna.person.home.plain if anna.person.home else ""))
