"""How somebody answers an order, a match or an opinion, for tests."""

from collections.abc import Sequence
from dataclasses import replace

from tests.wire.classroom import Pupil
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Kind, Question
from tutorbot.sandbox import Answer

LETTERS = "ABCDEFGHIJKLMN"


def letters(pupil: Pupil, ids: Sequence[str]) -> list[str]:
    """Return under which letters the open question shows these."""
    order = pupil.question().drawing.shown_order
    return [LETTERS[order.index(each)] for each in ids]


def right_ids(question: Question) -> list[str]:
    """Return the ids of what stands in each place of an order, or is matched with each item."""
    return [item.match or item.id for item in question.items]


def typed(pupil: Pupil, *, right: bool) -> str:
    """Return what one types to answer the open order or match."""
    question = pupil.question().question
    ids = right_ids(question)
    found = letters(pupil, ids if right else [*ids[1:], ids[0]])
    if question.kind is Kind.ORDER:
        return " ".join(found)
    return " ".join(f"{n}{letter}" for n, letter in enumerate(found, 1))


def pick(pupil: Pupil, button: str, positions: Sequence[int]) -> Answer:
    """Open the window and choose in each menu the option at this position as shown."""
    pupil.press(button)
    view = pupil.person.view
    assert view is not None
    return pupil.person.submit(
        {
            menu.action_id: menu.options[position]
            for menu, position in zip(view.inputs, positions, strict=True)
        }
    )


def picks(pupil: Pupil, ids: Sequence[str]) -> list[int]:
    """Return at which positions the open question shows these."""
    order = pupil.question().drawing.shown_order
    return [order.index(each) for each in ids]


def go_to(pupil: Pupil, question_id: str) -> None:
    """Begin the course that asks every kind, with this question as the first of its lesson."""

    def first(course: Course) -> Course:
        (module,) = course.modules
        (lesson,) = module.lessons
        questions = tuple(sorted(lesson.questions, key=lambda question: question.id != question_id))
        return replace(course, modules=(replace(module, lessons=(replace(lesson, questions=questions),)),))

    pupil.room.offer_changed(first, "proofing")
    pupil.takes("proofing")
    pupil.command("quiz 1.1")
    pupil.room.let_happen()
    assert pupil.question().question.id == question_id
