"""What messages say where it depends on a count, or on how a text ends."""

from dataclasses import replace

import pytest

from tests.blocks.conftest import load
from tests.blocks.samples import page, somewhere
from tests.blocks.test_every_message import walk
from tutorbot.blocks import exam, kit, lessons, replies
from tutorbot.blocks.kit import Block
from tutorbot.lessons.answers import Typed
from tutorbot.lessons.question import Kind, Question
from tutorbot.tutor.pages import ExamOverview, ExamStart
from tutorbot.tutor.reading import lesson_part


def words(blocks: list[Block]) -> list[str]:
    return [each["text"] for each in walk(blocks) if isinstance(each.get("text"), str)]


@pytest.mark.parametrize(
    ("settled", "untouched", "said"),
    [
        ((), (1, 2, 3), ["Answered: none yet", "Not answered: all 3"]),
        ((1, 2, 3), (), ["Answered: all 3"]),
        ((2,), (1, 3), ["Answered: 2", "Not answered: 1 and 3"]),
        ((2,), (1, *range(3, 21)), ["Answered: 2", "Not answered: 1 and 3 to 20"]),
        ((3, 4), (1, 2, 5, 6, 7), ["Answered: 3 and 4", "Not answered: 1, 2 and 5 to 7"]),
        ((1,), (), ["Answered: 1"]),
    ],
)
def test_the_overview_of_the_exam_lists_numbers_only_where_some_are_meant(
    settled: tuple[int, ...], untouched: tuple[int, ...], said: list[str]
) -> None:
    there = somewhere(load("small"), exam="open")

    drawn = exam.overview(ExamOverview(12, there, settled, (), (), untouched))

    assert [line for line in words(drawn.blocks) if "nswered: " in line] == said
    assert drawn.text == f"Before you hand in. {'. '.join(said)}."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("You answered B", "You answered B."),
        ("You answered “a scale”", "You answered “a scale”."),
        ("You answered “A scale.”", "You answered “A scale.”"),
        ("You answered “Is it?”", "You answered “Is it?”"),
        ("You answered “And so on…”", "You answered “And so on…”"),
    ],
)
def test_a_sentence_has_one_full_stop(text: str, sentence: str) -> None:
    assert kit.stopped(text) == sentence


def test_what_ends_with_a_full_stop_gets_no_second_one_in_a_reply() -> None:
    asked = next(each for each in load("small").questions().values() if each.kind is Kind.WRITTEN)

    drawn = replies.reply(page(asked, Typed("Bread flour.")), {}, chosen=False, beside=True)

    assert drawn.text == "You answered “Bread flour.” Your answer is recorded. Staff will mark it."


def opinion(question: Question) -> Question:
    return replace(question, kind=Kind.COMMENT, options=())


@pytest.mark.parametrize(
    ("opinions", "button"),
    [
        (0, "Answer 2 questions"),
        (1, "Answer 1 question, give 1 opinion"),
        (2, "Give 2 opinions"),
    ],
)
def test_the_button_under_a_lesson_counts_what_is_graded_apart(opinions: int, button: str) -> None:
    course = load("small")
    module = course.modules[0]
    first, *rest = module.lessons
    asked = tuple(opinion(q) if n < opinions else q for n, q in enumerate(first.questions))
    changed = replace(module, lessons=(replace(first, questions=asked), *rest))
    course = replace(course, modules=(changed, *course.modules[1:]))

    drawn = lessons.lesson_text(lesson_part(course, first.id, 1, cohort_id=1), {})

    assert [each["text"]["text"] for each in walk(drawn.blocks) if each.get("type") == "button"] == [button]


def test_before_the_exam_lessons_that_are_still_to_come_are_told() -> None:
    there = somewhere(load("small"), cohort=True)
    first, *later = there.lessons
    answered = replace(there, lessons=(replace(first, settled=first.graded), *later), exercises=())
    waiting = "2 lessons still to come, and 2 questions of lessons and the case study still open"

    some = exam.start(ExamStart(12, replace(there, exercises=())))
    none = exam.start(ExamStart(12, answered))

    assert f"{waiting}; you can answer them after the exam too." in words(some.blocks)
    assert "2 lessons still to come; you can take them after the exam too." in words(none.blocks)
