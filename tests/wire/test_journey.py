"""The whole way through the course that comes with the program, from joining a cohort to the badge."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil, classroom, play
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Kind
from tutorbot.lessons.timewords import wall_time
from tutorbot.records import cohorts, courses

COURSE = "cqrs-event-sourcing"


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Classroom]:
    """Give a classroom with the course that comes with the program."""
    with classroom(sqlite_url, courses=()) as opened:
        yield opened


def read_course(room: Classroom) -> Course:
    with room.bot.store.read() as conn:
        return room.bot.tutor.course(conn, courses.current_digests(conn)[COURSE])


def test_a_learner_goes_from_join_to_badge(room: Classroom) -> None:
    course = read_course(room)
    first, second = list(course.lessons())[:2]
    room.clock.now -= timedelta(days=1)
    cohort = room.start_cohort(COURSE)
    with room.bot.store.read() as conn:
        opens = cohorts.lesson_times(conn, cohort)
    anna = room.pupil("anna")
    questions, graded = len(first.questions), sum(each.is_graded for each in first.questions)
    opinions = f", give {questions - graded} opinion" if questions > graded else ""

    def first_lesson_comes() -> None:
        room.clock.now = opens[first.id]
        room.let_happen()

    play(
        anna,
        (room.let_happen, ["CQRS and Event Sourcing", "A cohort of this course begins in this channel"]),
        (anna.presses("Join"), ["Welcome to CQRS and Event Sourcing", "review questions 40 %"]),
        (anna.writes("next"), "There is no unread lesson open"),
        (first_lesson_comes, ["Lesson 1.1", f"{graded} review questions"]),
        (anna.presses("Read the lesson"), "1.1"),
        (anna.presses(f"Answer {graded} questions{opinions}"), f"Question 1 of {questions}"),
        (lambda: anna.answers(right=False), ["Not right", "1 try left"]),
        (anna.answers, "Right."),
        (anna.presses("Next question"), f"Question 2 of {questions}"),
        (
            anna.answers_all,
            [
                f"{graded} of {graded} questions right",
                f"lesson 1.2 opens on {wall_time(opens[second.id], 'Europe/Zurich')}",
            ],
        ),
    )
    takes_the_other_lessons(room, anna, course)
    works_on_the_case_study(anna, course)
    sits_the_exam(anna, course, wrong={1, 2})
    play(
        anna,
        (anna.presses("Hand in"), ["Final exam: ", "You have passed the course with"]),
        (room.let_happen, ["This badge is yours"]),
    )

    ben = room.pupil("ben")
    badge = ben.sees("has passed CQRS and Event Sourcing")
    assert badge in ben.person.messages(CHANNEL)
    anna.person.open_home()
    room.sandbox.wait_for(lambda: "Badge earned" in (anna.person.home.plain if anna.person.home else ""))


def takes_the_other_lessons(room: Classroom, anna: Pupil, course: Course) -> None:
    """Let each lesson come at its instant, answer its questions, and read it."""
    for lesson in list(course.lessons())[1:]:
        count, graded = len(lesson.questions), sum(each.is_graded for each in lesson.questions)
        with room.bot.store.read() as conn:
            room.clock.now = cohorts.lesson_times(conn, 1)[lesson.id]
        room.let_happen()
        play(
            anna,
            (anna.presses("Answer its questions"), [lesson.title, f"Question 1 of {count}"]),
            (anna.answers_all, [lesson.title, f"{graded} of {graded} questions right"]),
            (anna.writes("next"), [lesson.title, "to read"]),
        )


def works_on_the_case_study(anna: Pupil, course: Course) -> None:
    """Take one exercise after another, the written answers too."""
    for exercise in course.exercises():
        count = len(exercise.questions)
        written = sum(question.kind is Kind.WRITTEN for question in exercise.questions)
        play(
            anna,
            (anna.writes("case"), [exercise.title, f"Question 1 of {count}"]),
            (anna.answers_all, [exercise.title, f"{count - written} of {count} questions right"]),
        )


def sits_the_exam(anna: Pupil, course: Course, *, wrong: set[int]) -> None:
    """Choose and confirm, right but for these questions, until the page before handing in."""
    assert course.exam is not None
    total = sum(draw.count for draw in course.exam.draws)
    play(
        anna,
        (anna.writes("progress"), ["Course mark so far", "Pass mark: 75 %"]),
        (anna.writes("exam"), ["You have one attempt", "Everything before the exam is answered"]),
        (anna.presses("Start the exam"), f"Question 1 of {total}"),
    )
    for number in range(1, total + 1):
        anna.sees(f"Question {number} of {total}")
        anna.chooses_and_confirms(right=number not in wrong)
        last = number == total
        if number in wrong:
            anna.sees(f"Question {number} of {total}", "Not right")
            anna.press("Later")
        else:
            anna.sees(f"Question {number} of {total}", "Right.")
            anna.press("To the overview" if last else "Next question")
    anna.sees("Before you hand in", "Tried, with a try left: 1 and 2")
