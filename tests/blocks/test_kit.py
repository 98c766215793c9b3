"""Block Kit's elements."""

from fractions import Fraction

import pytest

from tutorbot.blocks import ids, kit
from tutorbot.blocks.grades import bar


def test_text_is_cut_with_an_ellipsis_where_it_is_too_long() -> None:
    assert kit.cut("short", 5) == "short"
    assert kit.cut("too long", 5) == "too…"


def test_escaped_text_pings_nobody_and_hides_nothing() -> None:
    assert kit.escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_what_stands_between_backticks_is_code() -> None:
    (section,) = kit.sentence("Write `/tutor` now.")["elements"]

    assert section["elements"] == [
        {"type": "text", "text": "Write "},
        {"type": "text", "text": "/tutor", "style": {"code": True}},
        {"type": "text", "text": " now."},
    ]


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_things_are_listed_as_people_say_them(items: list[str], said: str) -> None:
    assert kit.listed(items) == said


def test_one_is_singular() -> None:
    assert kit.count(1, "try", "tries") == "1 try"
    assert kit.count(0, "try", "tries") == "0 tries"
    assert kit.count(2, "question") == "2 questions"


def test_an_empty_text_becomes_a_space_since_slack_refuses_none() -> None:
    assert kit.plain_text("", 10)["text"] == " "
    assert kit.says("")["elements"][0]["elements"] == [{"type": "text", "text": " "}]


@pytest.mark.parametrize(
    ("percent", "full"),
    [(Fraction(0), 0), (Fraction(999, 100), 0), (Fraction(50), 5), (Fraction(9999, 100), 9)],
)
def test_a_bar_is_never_fuller_than_the_grade(percent: Fraction, full: int) -> None:
    assert bar(percent) == "▰" * full + "▱" * (10 - full)


def test_a_whole_grade_fills_the_bar() -> None:
    assert bar(Fraction(100)) == "▰" * 10


def test_an_id_tells_its_verb_from_one_that_begins_alike() -> None:
    assert ids.listens(ids.EXAM).match("exam:7")
    assert not ids.listens(ids.EXAM).match("exam-question:7:1")
    assert not ids.listens(ids.NEXT).match("next-below:7")


def test_what_an_id_is_about_is_read_back() -> None:
    assert ids.numbers_of(ids.action(ids.ANSWER, 11, 2, 0)) == [11, 2, 0]
    assert ids.positions_from_text(ids.positions_to_text([0, 2])) == [0, 2]
    assert ids.positions_from_text("") == []
