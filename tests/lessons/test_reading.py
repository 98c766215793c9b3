"""Orders, matches and scales are read as people type them; what cannot be read says what could."""

from contextlib import suppress
from dataclasses import replace
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lessons.courses import question
from tests.lessons.test_placing import match, matched, order
from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, Typed
from tutorbot.lessons.forms import Unreadable
from tutorbot.lessons.question import Kind, Option, Question
from tutorbot.lessons.reading import read_answer
from tutorbot.lessons.text import Span

ORDER, ORDER_SHOWN = order("Mix", "Rise", "Shape"), ("3", "1", "2")
MATCH, MATCH_SHOWN = match("ab", targets="abc"), ("c", "a", "b")
ASK_ORDER = r"^Answer with all 3 letters in their order, for example C B A\.$"
ASK_MATCH = r"^Answer with a letter for each of the 2 numbers, for example 1B 2C\.$"


def scale(steps: int) -> Question:
    said = {1: "not at all", steps: "quite sure"}
    options = tuple(Option(str(n), (Span(said[n]),) if n in said else ()) for n in range(1, steps + 1))
    return replace(question("s", kind=Kind.SCALE, tries=1, shuffle=False), options=options)


def poll(*texts: str) -> Question:
    options = tuple(Option(str(n), (Span(text),)) for n, text in enumerate(texts, start=1))
    return replace(question("p", kind=Kind.POLL, tries=1, shuffle=False), options=options)


def read_scale(text: str, steps: int = 5) -> Answer:
    return read_answer(text, scale(steps), tuple(str(n) for n in range(1, steps + 1)))


# An order


@pytest.mark.parametrize(
    "text",
    [
        "B A C",
        "b a c",
        "bac",
        "B, A, C",
        "B > A > C",
        "B -> A -> C",
        "B → A → C",
        "B – A – C",
        "b;a;c.",
        "(b) (a) (c)",
        "b) a) c)",
        "B\nA\nC",
        "ＢＡＣ",
    ],
)
def test_an_order_is_given_by_its_letters(text: str) -> None:
    assert read_answer(text, ORDER, ORDER_SHOWN) == Ordered(("1", "3", "2"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "B A",
        "A",
        "A A B",
        "B A C A",
        "A B C D",
        "B A D",
        "1 2 3",
        "2 1 3",
        "B A and C",
        "Mix Rise Shape",
        "?",
    ],
)
def test_what_is_no_whole_order_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=ASK_ORDER):
        read_answer(text, ORDER, ORDER_SHOWN)


# A match


@pytest.mark.parametrize(
    "text",
    [
        "1B 2A",
        "2A 1B",
        "1b,2a",
        "1b2a",
        "1: b, 2: a",
        "1 = B; 2 = A",
        "1-B 2-A",
        "1 → B\n2 → A",
        "1) b 2) a",
        "1. b 2. a",
        "B A",
        "ba",
        "b, a",
        "１Ｂ ２Ａ",
    ],
)
def test_a_match_is_given_by_a_letter_for_each_number(text: str) -> None:
    assert read_answer(text, MATCH, MATCH_SHOWN) == Matched((("1", "a"), ("2", "c")))


def test_items_may_share_what_they_are_matched_with() -> None:
    assert read_answer("1C 2C", MATCH, MATCH_SHOWN) == matched("bb")
    assert read_answer("c c", MATCH, MATCH_SHOWN) == matched("bb")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1B",
        "B",
        "1B 1A",
        "1B 2A 2C",
        "1B 2A 3C",
        "1B 3A",
        "0B 1A",
        "11B 2A",
        "1D 2A",
        "B D",
        "B A C",
        "1 2",
        "1B 2",
        "1BA",
        "Item 1",
    ],
)
def test_what_gives_no_letter_for_each_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=ASK_MATCH):
        read_answer(text, MATCH, MATCH_SHOWN)


# A scale, a poll, a comment


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("1", "1"), (" 4 ", "4"), ("5.", "5"), ("３", "3"), ("quite sure", "5"), ("Not at all.", "1")],
)
def test_a_scale_takes_a_number_or_the_words_at_its_end(text: str, chosen: str) -> None:
    assert read_scale(text) == Chosen((chosen,))


@pytest.mark.parametrize("text", ["", "\u200b", "0", "6", "A", "E", "b", "2.5", "-1", "sure", ".", "10"])
def test_what_is_not_on_the_scale_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^Answer with a number from 1 to 5\.$"):
        read_scale(text)


@pytest.mark.parametrize("text", ["", "\u200b", "2 3", "4"])
def test_a_scale_with_one_number_between_its_ends_reads_nothing_into_silence(text: str) -> None:
    with pytest.raises(Unreadable, match="Answer with a number from 1 to 3"):
        read_scale(text, steps=3)


@pytest.mark.parametrize("text", ["1 2", "1, 5"])
def test_two_numbers_of_a_scale_are_too_many(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^This question takes one choice\. Answer with a number"):
        read_scale(text)


@pytest.mark.parametrize("text", ["B", "b.", "2", "for a living", "For a"])
def test_a_poll_is_answered_like_any_choice(text: str) -> None:
    assert read_answer(text, poll("At home", "For a living"), ("1", "2")) == Chosen(("2",))


def test_a_comment_is_what_was_typed_and_not_nothing() -> None:
    asked = question("c", kind=Kind.COMMENT, tries=1)

    assert read_answer(" All was clear. ", asked, ()) == Typed("All was clear.")
    with pytest.raises(Unreadable, match="a few sentences of your own"):
        read_answer("  ", asked, ())


# Whatever is shown is read back by its letters

MARKS = st.sampled_from(["", " ", ", ", " > ", "; ", "\n", " → "])
CASES = st.sampled_from([str.upper, str.lower])


@given(st.integers(3, 8).flatmap(lambda count: st.permutations("12345678"[:count])), st.data())
def test_an_order_is_read_back_by_its_letters(shown: list[str], data: st.DataObject) -> None:
    asked = order(*(f"Step {n}" for n in range(len(shown))))
    wanted = data.draw(st.permutations(shown))
    letters = [ascii_uppercase[shown.index(item)] for item in wanted]

    typed = data.draw(CASES)(data.draw(MARKS).join(letters))

    assert read_answer(typed, asked, tuple(shown)) == Ordered(tuple(wanted))


@given(
    st.integers(2, 8), st.integers(2, 14).flatmap(lambda n: st.permutations("abcdefghijklmn"[:n])), st.data()
)
def test_a_match_is_read_back_by_its_numbers_and_letters(
    count: int, shown: list[str], data: st.DataObject
) -> None:
    asked = match(shown[0] * count, targets="".join(shown))
    wanted = data.draw(st.lists(st.sampled_from(shown), min_size=count, max_size=count))
    letters = [ascii_uppercase[shown.index(target)] for target in wanted]
    between = data.draw(st.sampled_from(["", ": ", " = ", "-", ". "]))
    pairs = data.draw(st.permutations([f"{n}{between}{letter}" for n, letter in enumerate(letters, 1)]))

    for typed in (" ".join(letters), data.draw(MARKS).join(pairs)):
        assert read_answer(data.draw(CASES)(typed), asked, tuple(shown)) == matched(wanted)


@given(st.integers(2, 10), st.data())
def test_a_scale_is_read_back_by_its_numbers(steps: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, steps))

    assert read_scale(str(number), steps) == Chosen((str(number),))


@given(st.text(max_size=30) | st.text("ABCabc123 ,;:>", max_size=12))
def test_any_text_is_a_whole_answer_or_is_refused(text: str) -> None:
    for asked, shown in ((ORDER, ORDER_SHOWN), (MATCH, MATCH_SHOWN), (scale(3), ("1", "2", "3"))):
        with suppress(Unreadable):
            match read_answer(text, asked, shown):
                case Ordered(ids=ids):
                    assert sorted(ids) == ["1", "2", "3"]
                case Matched(pairs=pairs):
                    assert [item for item, _ in pairs] == ["1", "2"]
                    assert {target for _, target in pairs} <= set(shown)
                case answer:
                    assert isinstance(answer, Chosen)
                    assert len(answer.ids) == 1
