"""A short text is right in each accepted form: plain, strict, or by a pattern."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.lessons.forms import accepts, fold
from tutorbot.lessons.question import Accepted

PLAIN = Accepted("Event Store")
WITH_CASE = Accepted("Event Store", case=True)
WITH_SPACES = Accepted("Event Store", spaces=True)
STRICT = Accepted("Event Store", case=True, spaces=True)
PATTERN = Accepted("(wild|natural) yeasts?", is_pattern=True)

WORDS = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, max_size=4
)
SPACE = st.text(" \t\n\u00a0\u2003", min_size=1, max_size=4)
CASINGS = st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase])


@pytest.mark.parametrize(
    ("text", "plain", "with_case", "with_spaces", "strict"),
    [
        ("Event Store", True, True, True, True),
        (" Event Store ", True, True, True, True),
        ("“Event Store”.", True, True, True, True),
        ("Ｅｖｅｎｔ Store", True, True, True, True),  # full width, as some keyboards type it
        ("Event\u200b Store", True, True, True, True),  # an invisible character, as copying brings it
        ("event store", True, False, True, False),
        ("EVENT STORE!", True, False, True, False),
        ("Event  Store", True, True, False, False),
        ("event\nstore", True, False, True, False),
        ("EventStore", False, False, False, False),
        ("Event Stores", False, False, False, False),
        ("", False, False, False, False),
    ],
)
def test_capitals_and_spaces_count_where_the_author_says_so(
    text: str, plain: bool, with_case: bool, with_spaces: bool, strict: bool
) -> None:
    accepted = [accepts(form, text) for form in (PLAIN, WITH_CASE, WITH_SPACES, STRICT)]

    assert accepted == [plain, with_case, with_spaces, strict]


@pytest.mark.parametrize(
    "text",
    ["wild yeast", "Natural YEASTS", " wild  yeast. ", "“wild yeasts”", "ｗｉｌｄ yeast", "wild\u00a0yeast"],
)
def test_a_pattern_is_forgiven_what_a_plain_form_is(text: str) -> None:
    assert accepts(PATTERN, text)


@pytest.mark.parametrize(
    "text", ["", "yeast", "wild yeast and salt", "a wild yeast", "wildyeast", "wild yeastss"]
)
def test_a_pattern_is_for_the_whole_of_what_is_typed(text: str) -> None:
    assert not accepts(PATTERN, text)


def test_a_pattern_may_want_its_capitals_and_spaces() -> None:
    strict = Accepted("S\\. [a-z]+  ?cerevisiae", is_pattern=True, case=True, spaces=True)

    accepted = [accepts(strict, text) for text in ("S. x cerevisiae", "S. x  cerevisiae", "s. x cerevisiae")]

    assert accepted == [True, True, False]
    assert not accepts(strict, "S.  x cerevisiae")


@pytest.mark.parametrize(
    ("pattern", "text"), [(r"\(a\)", "(a)"), (r"a\.", "a."), (r"'s", "’s"), ("a-b", "a–b")]
)
def test_a_pattern_sees_the_punctuation_that_it_asks_for(pattern: str, text: str) -> None:
    assert accepts(Accepted(pattern, is_pattern=True), text)


@given(WORDS, st.lists(SPACE, min_size=5, max_size=5), st.sampled_from(["", ".", "!", " ?", '"']))
def test_a_plain_form_accepts_itself_in_any_case_and_spacing(
    words: list[str], spaces: list[str], after: str
) -> None:
    form = Accepted(" ".join(words))
    typed = "".join(space + word for space, word in zip(spaces, words, strict=False)) + after

    assert accepts(form, typed)
    assert accepts(form, typed.casefold())


@given(st.text(st.characters(codec="ascii"), min_size=1), CASINGS)
def test_in_english_letters_any_case_is_accepted(text: str, casing: Callable[[str], str]) -> None:
    assert accepts(Accepted(text), casing(text))


@given(st.text(max_size=40), st.booleans(), st.booleans())
def test_folding_a_text_again_changes_nothing(text: str, case: bool, spaces: bool) -> None:
    once = fold(text, case=case, spaces=spaces)

    assert fold(once, case=case, spaces=spaces) == once
    assert unicodedata.is_normalized("NFKC", once)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_stricter_form_accepts_no_more(form: str, typed: str) -> None:
    if accepts(Accepted(form, case=True, spaces=True), typed):
        assert accepts(Accepted(form, case=True), typed)
        assert accepts(Accepted(form, spaces=True), typed)
    if accepts(Accepted(form, case=True), typed) or accepts(Accepted(form, spaces=True), typed):
        assert accepts(Accepted(form), typed)
