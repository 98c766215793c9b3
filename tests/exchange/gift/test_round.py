"""A question of ours that goes out as GIFT comes back as far as GIFT can hold it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.exchange.any_question import PICTURE, TEXTS, questions
from tests.house.places import ROOT
from tutorbot.authoring import load
from tutorbot.exchange.drafting import NO_FEEDBACK, NO_MODEL
from tutorbot.exchange.gift import reading, writing
from tutorbot.exchange.given import Given
from tutorbot.exchange.taken import Taken
from tutorbot.lessons.question import Accepted, Kind, Level, Option, Question, Target
from tutorbot.lessons.text import Picture, Span, plain, prose

HELD = (Kind.ONE, Kind.SEVERAL, Kind.MATCH, Kind.NUMBER, Kind.TEXT, Kind.WRITTEN)
NEVER = (Kind.ORDER, Kind.SCALE, Kind.POLL, Kind.COMMENT)
WRITTEN = Question("q", Kind.WRITTEN, "", Level.ANALYSE, prose("Why?"), prose("So."), tries=1, model=NO_MODEL)


def there_and_back(asked: list[Question]) -> tuple[Given, Taken]:
    """Return what is written as GIFT, and what is read of that."""
    given = writing.write(asked, "any.gift")
    return given, reading.read_bytes(given.files["any.gift"], "any.gift")


def in_gift(question: Question) -> Question:
    """Return the question without what GIFT cannot hold."""
    is_kept = question.kind is Kind.ONE and [plain(each.text) for each in question.options] == [
        "True",
        "False",
    ]
    number = replace(question.number, unit="") if question.number else None
    is_sure = question.kind is Kind.WRITTEN or len(question.options) == 2
    is_match = question.kind is Kind.MATCH
    return replace(
        question,
        prompt=(*question.situation, *question.prompt),
        points=1,
        tries=1 if is_sure else 2,
        credits=(),
        situation=(),
        hint=(),
        shuffle=question.shuffle or not is_kept,
        number=number,
        accepted=tuple(dict.fromkeys(Accepted(form.text, form.is_pattern) for form in question.accepted)),
        targets=tuple(
            Target(each.id, (Span(" ".join(plain(each.text).split())),)) for each in question.targets
        ),
        model=NO_MODEL if question.kind is Kind.WRITTEN else (),
        rubric=(),
        right=NO_FEEDBACK if is_match else question.right,
        wrong=NO_FEEDBACK if is_match else question.wrong,
    )


@given(st.lists(questions(HELD), min_size=1, max_size=3), st.sampled_from([(), prose("Once: a dough.")]))
def test_what_gift_can_hold_comes_back(asked: list[Question], situation: tuple[()]) -> None:
    asked = [replace(question, id=f"q-{n}", situation=situation) for n, question in enumerate(asked)]

    given, taken = there_and_back(asked)

    assume(not any("not written: " in left.what or "form" in left.what for left in given.left))
    assert [draft.question for draft in taken.drafts] == list(map(in_gift, asked))


@given(questions(NEVER))
def test_what_gift_has_no_kind_for_is_told_of(question: Question) -> None:
    given, taken = there_and_back([question])

    assert given.questions == 0
    assert [left.what for left in given.left] == [
        f"not written: GIFT has no questions of the kind {question.kind}"
    ]
    assert taken.drafts == ()


@pytest.mark.parametrize("folder", ["tests/authoring/courses/every-kind", "content/cqrs-event-sourcing"])
def test_the_questions_of_a_course_come_back(folder: str) -> None:
    asked = load(ROOT / folder).course.questions().values()
    held = [in_gift(question) for question in asked if question.kind in HELD]

    given, taken = there_and_back(list(asked))

    assert given.questions == len(held)
    assert [replace(draft.question, accepted=()) for draft in taken.drafts] == [
        replace(question, accepted=()) for question in held
    ]


def test_true_and_false_in_their_order_stay_so() -> None:
    options = (
        Option("1", (Span("True"),), False, prose("It is too cold.")),
        Option("2", (Span("False"),), True, prose("It is warm enough.")),
    )
    asked = replace(WRITTEN, kind=Kind.ONE, model=(), options=options, shuffle=False)

    given, taken = there_and_back([asked])

    assert b"{FALSE#It is too cold.#It is warm enough." in given.files["any.gift"]
    assert taken.drafts[0].question == asked
    assert given.left == ()


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (replace(WRITTEN, hint=prose("Think.")), "its hint is not written"),
        (replace(WRITTEN, points=3), "its points are not written"),
        (WRITTEN, "its model answer is not written"),
        (
            replace(WRITTEN, prompt=(Picture(PICTURE, "A flat loaf"),)),
            "a picture is not written, only what it shows",
        ),
        (
            replace(WRITTEN, kind=Kind.TEXT, accepted=(Accepted("yeast", case=True),)),
            "in the form `yeast` GIFT heeds neither capitals nor spaces",
        ),
        (
            replace(WRITTEN, kind=Kind.TEXT, accepted=(Accepted("a|b", is_pattern=True),)),
            "not written: GIFT has nothing for the forms that are right",
        ),
        (
            replace(WRITTEN, kind=Kind.TEXT, accepted=(Accepted("a"),), right=prose("a->b")),
            "not written: its feedback has `->` in it, by which Moodle takes it for pairs",
        ),
    ],
)
def test_what_is_lost_on_the_way_is_told(asked: Question, what: str) -> None:
    given = writing.write([asked], "any.gift")

    assert what in [left.what for left in given.left]


@given(TEXTS)
def test_any_short_text_is_accepted_again(text: str) -> None:
    asked = replace(
        WRITTEN, kind=Kind.TEXT, model=(), accepted=(Accepted(text),), right=prose("Yes."), wrong=prose("No.")
    )

    given, taken = there_and_back([asked])

    assume(given.questions)
    assert taken.drafts[0].question.accepted == (Accepted(text),)
