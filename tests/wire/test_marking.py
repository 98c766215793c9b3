"""Staff mark a written answer, and the learner is told."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.wire.classroom import Classroom, classroom, play, with_questions
from tutorbot.errors import BadInput
from tutorbot.lessons.question import Kind, Question
from tutorbot.tutor import overview, staffmarking


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Classroom]:
    with classroom(sqlite_url) as opened:
        yield opened


def hand_in_written_answer(room: Classroom) -> int:
    """Let Anna answer everything of the case study, and return the number of her written answer."""
    anna = room.pupil("anna")
    play(anna, (anna.writes("join bread"), "Welcome to"), (anna.writes("case"), "Question 1 of"))
    anna.answers_all()
    [written] = staffmarking.waiting(room.bot.tutor)
    return written.handed.attempt_id


def test_a_written_answer_waits_until_it_is_marked(room: Classroom) -> None:
    number = hand_in_written_answer(room)
    anna = room.pupil("anna")
    before = overview.standing_in(room.bot.tutor, anna.learner).grade

    staffmarking.give_mark(room.bot.tutor, number, Fraction(1, 2), "Name the flour.", "sam")

    after = overview.standing_in(room.bot.tutor, anna.learner).grade
    assert (before.pending, after.pending) == (1, 0)
    assert before.mark < after.mark < before.reachable
    assert staffmarking.waiting(room.bot.tutor) == []
    anna.sees("Your written answer is marked: 50 % of its points.", "Name the flour.")


def test_a_later_mark_replaces_an_earlier_one_in_the_grade(room: Classroom) -> None:
    number = hand_in_written_answer(room)
    anna = room.pupil("anna")

    staffmarking.give_mark(room.bot.tutor, number, Fraction(1, 4), "", "sam")
    lower = overview.standing_in(room.bot.tutor, anna.learner).grade.mark
    staffmarking.give_mark(room.bot.tutor, number, Fraction(1), "Read again: all is there.", "sam")

    assert overview.standing_in(room.bot.tutor, anna.learner).grade.mark > lower
    anna.sees("Your written answer is marked: 100 % of its points.")


def test_a_number_that_is_no_written_answer_is_refused(room: Classroom) -> None:
    number = hand_in_written_answer(room)

    with pytest.raises(BadInput, match="no written answer"):
        staffmarking.give_mark(room.bot.tutor, number - 1, Fraction(1), "", "sam")


def test_what_is_answered_otherwise_in_another_version_does_not_wait(room: Classroom) -> None:
    anna = room.pupil("anna")
    play(anna, (anna.writes("join bread"), "Welcome to"), (anna.writes("quiz 1.1"), "Question 1 of"))
    first = anna.question().question.id
    anna.answers()

    room.offer_changed(
        lambda course: with_questions(course, lambda each: written(each) if each.id == first else each)
    )

    assert staffmarking.waiting(room.bot.tutor) == []


def written(question: Question) -> Question:
    """Return the question as one that is answered in words, which staff mark."""
    return replace(question, kind=Kind.WRITTEN, options=())
