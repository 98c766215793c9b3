"""What a question shows before it is settled does not depend on its key."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.blocks.samples import AllFiles, page, states
from tutorbot.blocks import questions
from tutorbot.blocks.answerwindow import answer_window
from tutorbot.lessons.answers import Chosen
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import CHOICES, Accepted, Kind, NumberKey, Option, Question
from tutorbot.lessons.text import prose
from tutorbot.tutor.pages import QuestionPage

BEFORE = ("fresh", "hinted", "in the exam", "chosen in the exam")


def with_another_key(question: Question) -> Question:
    """Return the question with everything the same but what is right, and what is said of it."""
    turned = question.options[1:] + question.options[:1]
    return replace(
        question,
        options=tuple(
            replace(option, right=other.right, feedback=prose("Another feedback"))
            for option, other in zip(question.options, turned, strict=True)
        ),
        number=question.number and NumberKey(Fraction(4711), Fraction(1), question.number.unit),
        accepted=(Accepted("something else"),) if question.accepted else (),
        explanation=prose("Another explanation"),
        model=prose("Another model"),
        right=prose("Yes"),
        wrong=prose("No"),
    )


def unsettled(question: Question) -> Iterator[QuestionPage]:
    """Yield the question in each state before its first answer."""
    return (shown for state, shown in states(question) if state in BEFORE)


def test_before_an_answer_nothing_tells_the_key(course: Course) -> None:
    for question in course.questions().values():
        other = with_another_key(question)
        for shown in unsettled(question):
            assert questions.question(shown, AllFiles()) == questions.question(
                replace(shown, question=other), AllFiles()
            )


def test_after_a_wrong_answer_nothing_tells_which_of_the_others_is_right(course: Course) -> None:
    for question in course.questions().values():
        if question.kind is not Kind.ONE or len(question.options) < 3:
            continue
        chosen, *others = sorted(question.options, key=lambda option: option.right)
        drawn = [
            questions.question(
                page(right_is(question, other), Chosen((chosen.id,)), exam_open=exam), AllFiles()
            )
            for other in others
            for exam in (False, True)
        ]
        assert all(each == drawn[n % 2] for n, each in enumerate(drawn))


def right_is(question: Question, right: Option) -> Question:
    """Return the question with this option right and no other."""
    options = tuple(replace(option, right=option.id == right.id) for option in question.options)
    return replace(question, options=options)


def test_the_window_for_an_answer_tells_nothing_of_it(course: Course) -> None:
    for question in course.questions().values():
        if question.kind not in CHOICES:
            one, two = (answer_window(page(each)) for each in (question, with_another_key(question)))
            assert one == two


@pytest.mark.parametrize("exam", [False, True])
def test_the_order_in_the_authors_file_is_not_told(course: Course, exam: bool) -> None:
    for question in course.questions().values():
        order = tuple(option.id for option in reversed(question.options))
        turned = replace(question, options=question.options[::-1])
        one, two = (
            questions.question(page(each, shown_order=order, exam_open=exam), AllFiles())
            for each in (question, turned)
        )
        assert one == two
