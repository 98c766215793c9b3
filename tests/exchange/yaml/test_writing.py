"""Questions written as a file are read back as the same questions."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.any_question import PICTURE, TEXTS, questions, read_questions
from tests.house.places import ROOT
from tutorbot.authoring import load
from tutorbot.authoring.building.questions import Usual
from tutorbot.exchange.yaml.writing import number, questions_yaml
from tutorbot.lessons.question import Kind, Level, Option, Question
from tutorbot.lessons.text import Picture, Span, prose

COURSES = [
    (ROOT / "tests" / "authoring" / "courses" / "every-kind", Usual(3, (Fraction(100), Fraction(50)))),
    (ROOT / "content" / "cqrs-event-sourcing", Usual(2)),
]
ONE = Question(
    id="ripe-1",
    kind=Kind.ONE,
    topic="",
    level=Level.APPLY,
    prompt=prose("The dent stays. What does that say?"),
    options=(
        Option("1", (Span("It is past its time"),), True, prose("The gas has gone.")),
        Option("2", (Span("Not: too cold"),), feedback=prose("A cold dough is stiff.")),
        Option("3", (Span("More salt"),), feedback=prose("Salt: it slows.")),
    ),
    explanation=prose("A dent that stays is a net that gives."),
)


@given(st.lists(questions(), min_size=1, max_size=3), st.lists(TEXTS, max_size=2))
def test_any_questions_are_written_and_read_back_the_same(asked: list[Question], shared: list[str]) -> None:
    texts = [prose(text) for text in shared]
    asked = [
        replace(question, id=f"q-{n}", situation=texts[n % len(texts)] if texts else ())
        for n, question in enumerate(asked)
    ]

    again, faults = read_questions(questions_yaml(asked, {}, topic="ripeness"), topic="ripeness")

    assert again == asked
    assert not faults


@pytest.mark.parametrize(("folder", "usual"), COURSES, ids=["every-kind", "cqrs-event-sourcing"])
def test_the_questions_of_a_course_are_written_and_read_back_the_same(folder: Path, usual: Usual) -> None:
    asked = list(load(folder).course.questions().values())

    again, faults = read_questions(questions_yaml(asked, {}, usual=usual), usual=usual)

    assert again == asked
    assert not faults


def test_a_question_that_counts_whole_says_so_where_that_is_not_usual() -> None:
    written = questions_yaml([ONE], {}, usual=Usual(2, (Fraction(100), Fraction(50))))

    assert "credit:\n      - 100\n" in written


def test_a_file_looks_as_the_documents_write_it() -> None:
    assert questions_yaml([ONE], {}) == (
        """\
questions:
  - id: ripe-1
    kind: one
    level: apply
    prompt: |
      The dent stays. What does that say?
    options:
      - text: It is past its time
        right: true
        feedback: The gas has gone.
      - text: "Not: too cold"
        feedback: A cold dough is stiff.
      - text: More salt
        feedback: "Salt: it slows."
    explanation: |
      A dent that stays is a net that gives.
"""
    )


def test_a_picture_is_named_by_its_path() -> None:
    shown = replace(ONE, prompt=(*ONE.prompt, Picture(PICTURE, "A dent")))

    written = questions_yaml([shown], {PICTURE: "pictures/dent.png"})

    assert "![A dent](pictures/dent.png)" in written
    assert read_questions(written) == ([shown], [])


@pytest.mark.parametrize("text", ["a\u2028b", "a\x85b", "\ufeffa", "a\x01b"])
def test_a_text_with_signs_that_nobody_sees_is_written_between_quotes(text: str) -> None:
    odd = replace(ONE, explanation=prose(text))

    written = questions_yaml([odd], {})

    assert text not in written
    assert read_questions(written)[0] == [odd]


@pytest.mark.parametrize(
    ("value", "written"),
    [("42", "42"), ("-1/2", "-0.5"), ("2/3", "2/3"), ("1/1000", "0.001"), ("0", "0"), ("-5/4", "-1.25")],
)
def test_a_number_is_written_with_decimals_where_they_end(value: str, written: str) -> None:
    assert number(Fraction(value)) == written
