"""What a question shows before it is settled does not depend on its key."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest

from tests.blocks.samples import AllFiles, page, states
from tutorbot.blocks import questions
from tutorbot.blocks.answerwindow import answer_window
from tutorbot.blocks.kit import Drawn
from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import CHOICES, Accepted, Item, Kind, NumberKey, Option, Question
from tutorbot.lessons.text import prose
from tutorbot.tutor.pages import QuestionPage

BEFORE = ("fresh", "hinted", "in the exam", "chosen in the exam")


def with_another_key(question: Question) -> Question:
    """Return the question with everything the same but what is right, and what is said of it."""
    turned = question.options[1:] + question.options[:1]
    return replace(
        question,
        items=with_another_order_or_match(question.items),
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


def with_another_order_or_match(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items in another order, or matched with what belonged to the next one."""
    turned = items[1:] + items[:1]
    if not any(item.match for item in items):
        return turned
    return tuple(replace(item, match=other.match) for item, other in zip(items, turned, strict=True))


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


def test_after_a_wrong_order_or_match_nothing_is_told_but_how_much_is_right(course: Course) -> None:
    for question in course.questions().values():
        if question.kind not in (Kind.ORDER, Kind.MATCH) or len(question.items) > 4:
            continue
        shown_order = tuple(each.id for each in question.lettered)
        for exam in (False, True):
            drawn: dict[int, Drawn] = {}
            for other, right in other_keys(question):
                given = page(other, first_answer(question), shown_order=shown_order, exam_open=exam)
                if right < len(question.items):
                    message = questions.question(given, AllFiles())
                    assert message == drawn.setdefault(0 if exam else right, message)
            assert drawn


def first_answer(question: Question) -> Answer:
    """Return one answer to an order or a match, whatever is right."""
    if question.kind is Kind.ORDER:
        return Ordered(tuple(item.id for item in question.items))
    return Matched(tuple((item.id, question.targets[0].id) for item in question.items))


def other_keys(question: Question) -> Iterator[tuple[Question, int]]:
    """Yield the question with every key it could have, and how much is right of the first answer."""
    if question.kind is Kind.ORDER:
        for items in permutations(question.items):
            right = sum(a == b for a, b in zip(items, question.items, strict=True))
            yield replace(question, items=items), right
        return
    targets = [target.id for target in question.targets]
    for matches in product(targets, repeat=len(question.items)):
        items = tuple(replace(item, match=m) for item, m in zip(question.items, matches, strict=True))
        yield replace(question, items=items), matches.count(targets[0])


def right_is(question: Question, right: Option) -> Question:
    """Return the question with this option right and no other."""
    options = tuple(replace(option, right=option.id == right.id) for option in question.options)
    return replace(question, options=options)


def test_the_window_for_an_answer_tells_nothing_of_it(course: Course) -> None:
    for question in course.questions().values():
        if question.kind not in CHOICES:
            shown_order = tuple(each.id for each in question.lettered)
            one, two = (
                answer_window(page(each, shown_order=shown_order))
                for each in (question, with_another_key(question))
            )
            assert one == two


@pytest.mark.parametrize("exam", [False, True])
def test_the_order_in_the_authors_file_is_not_told(course: Course, exam: bool) -> None:
    for question in course.questions().values():
        order = tuple(each.id for each in reversed(question.lettered))
        ordered = (
            question.items[::-1] if question.kind is Kind.ORDER else question.items
        )  # a match is numbered
        turned = replace(
            question, options=question.options[::-1], items=ordered, targets=question.targets[::-1]
        )
        one, two = (
            (questions.question(shown, AllFiles()), question.kind in CHOICES or answer_window(shown))
            for shown in (page(each, shown_order=order, exam_open=exam) for each in (question, turned))
        )
        assert one == two


def test_what_is_pressed_and_picked_carries_positions_as_shown_and_no_ids(course: Course) -> None:
    for question in course.questions().values():
        hidden = replace_ids(question)
        for exam in (False, True):
            shown = page(hidden, exam_open=exam)
            carried = [str(questions.question(shown, AllFiles()).blocks)]
            if question.kind not in CHOICES:
                carried.append(str(answer_window(shown)))
            assert not any("xyzzy" in each for each in carried)


def replace_ids(question: Question) -> Question:
    """Return the question with ids, in all that is lettered, of which none may leave the bot."""
    return replace(
        question,
        options=tuple(replace(each, id=f"xyzzy-{each.id}") for each in question.options),
        items=tuple(
            replace(each, id=f"xyzzy-{each.id}", match=each.match and f"xyzzy-{each.match}")
            for each in question.items
        ),
        targets=tuple(replace(each, id=f"xyzzy-{each.id}") for each in question.targets),
    )
