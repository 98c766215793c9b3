"""A number is told as it is."""

from fractions import Fraction

import pytest

from tests.blocks.samples import page, wrong_answers
from tests.blocks.test_every_message import walk
from tutorbot.blocks import questions
from tutorbot.lessons.question import Kind, Level, NumberKey, Question
from tutorbot.lessons.text import prose


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("20900.55", "20900.55 kg"),
        ("1234567.25", "1234567.25 kg"),
        ("1/3", "1/3 kg"),
        ("-7", "-7 kg"),
        ("1e20", "100000000000000000000 kg"),
    ],
)
def test_a_number_is_told_exactly(value: str, shown: str) -> None:
    key = NumberKey(Fraction(value), Fraction(0), "kg")
    asked = Question("q", Kind.NUMBER, "t", Level.APPLY, prose("How much?"), prose("So."), number=key)

    drawn = questions.question(page(asked, *wrong_answers(asked)), {})

    assert shown in [each["text"] for each in walk(drawn.blocks) if isinstance(each.get("text"), str)]
