"""When the exercises of a case study open, and where it is said."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tutorbot.lessons.course import Course

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
NINE = time(9)


def two_exercises(course: Course) -> Course:
    """Return the course with exercises that open with the second and the third of its lessons."""
    case = course.case_study
    assert case is not None
    first = replace(case.exercises[0], after="a-cup-is-no-measure")
    asked = tuple(replace(question, id=f"{question.id}-again") for question in first.questions)
    second = replace(first, id="the-next", title="The next", after="the-dough-that-waited", questions=asked)
    return replace(course, case_study=replace(case, exercises=(first, second)))


@pytest.fixture
def school(room: Classroom) -> Classroom:
    """Give a room that offers the course of two exercises, and a cohort of it: a lesson a day from Monday."""
    room.offer_changed(two_exercises)
    room.start_cohort("bread")
    return room


@pytest.fixture
def ben(school: Classroom, ben: Pupil) -> Pupil:
    """Give somebody who takes part in the cohort."""
    ben.command("join", channel=CHANNEL)
    return ben


@pytest.fixture
def anna(school: Classroom, anna: Pupil) -> Pupil:
    """Give somebody who goes at their own pace."""
    anna.takes("bread")
    return anna


def answer_lesson(pupil: Pupil, name: str) -> None:
    """Read a lesson and answer all of its questions."""
    pupil.command(f"lesson {name}")
    pupil.command(f"quiz {name}")
    pupil.answers_all()


def test_an_exercise_is_not_offered_before_the_lesson_that_it_opens_with(
    school: Classroom, ben: Pupil
) -> None:
    school.at(MONDAY, NINE)
    answer_lesson(ben, "1.1")

    end = ben.sees("Next: lesson 1.2 opens on Tuesday 3 November 2026, 09:00 (Europe/Zurich).")

    assert [button.text for button in end.buttons] == ["Look at the questions again"]
    assert "Nothing open is unanswered." in ben.reply("progress")


def test_an_exercise_comes_right_after_the_lesson_that_it_opens_with(school: Classroom, ben: Pupil) -> None:
    school.at(MONDAY, NINE)
    answer_lesson(ben, "1.1")
    school.at(TUESDAY, NINE)
    answer_lesson(ben, "1.2")

    end = ben.sees("Next: exercise 1 of the case study, The first morning.")

    assert "Read the next lesson" not in [button.text for button in end.buttons]
    ben.press("Begin the case study")
    ben.sees("Case study, exercise 1: The first morning", "Forty loaves")


def test_what_is_not_open_yet_says_with_which_lesson_it_opens(school: Classroom, ben: Pupil) -> None:
    school.at(MONDAY, NINE)
    opens = "opens with lesson 1.2, on Tuesday 3 November 2026, 09:00 (Europe/Zurich)."

    assert f"Exercise 1 of the case study {opens}" in ben.reply("case")
    assert f"Exercise 1 of the case study {opens}" in ben.reply("case 1")
    assert "Exercise 2 of the case study opens with lesson 2.1, on Wednesday" in ben.reply("case 2")
    assert not [post for post in ben.posts() if "Case study" in post.plain]


def test_the_syllabus_lists_the_exercises_and_what_they_open_with(school: Classroom, ben: Pupil) -> None:
    school.at(TUESDAY, NINE)

    syllabus = ben.reply("syllabus")

    assert "Times are those of Europe/Zurich." in syllabus
    assert "2.1 The dough that waited (opens on Wednesday 4 November 2026, 09:00)" in syllabus
    assert "Case study: The village bakery" in syllabus
    assert "1 The first morning (open, 0 of 2 questions settled)" in syllabus
    assert "2 The next (opens with lesson 2.1)" in syllabus


def test_who_learns_alone_may_work_on_every_exercise_and_is_offered_it_in_its_place(
    anna: Pupil,
) -> None:
    answer_lesson(anna, "1.1")
    anna.sees("Next: lesson 1.2, A cup is no measure")
    answer_lesson(anna, "1.2")

    end = anna.sees("Next: exercise 1 of the case study, The first morning.")

    assert [button.text for button in end.buttons][:2] == ["Begin the case study", "Read the next lesson"]
    assert "2 The next (open, 0 of 2 questions settled)" in anna.reply("syllabus")
    anna.command("case 2")
    anna.sees("Case study, exercise 2: The next")


def test_an_exercise_that_was_begun_stays_open_whatever_becomes_of_the_lessons(
    school: Classroom, anna: Pupil
) -> None:
    anna.command("case 1")
    anna.sees("Question 1 of 2")
    anna.answers(right=False)
    anna.sees("Not right.")

    anna.command("join", channel=CHANNEL)  # of its lessons none is open

    assert "1 The first morning (open, 0 of 2 questions settled)" in anna.reply("syllabus")
    assert "2 The next (opens with lesson 2.1)" in anna.reply("syllabus")
    school.later(seconds=11)
    anna.command("case")
    assert "Case study, exercise 1: The first morning" in anna.posts()[-1].plain
