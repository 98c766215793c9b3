"""Patterns of short answers mean what they mean to `re`, and never take long."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.lessons.patterns import LONGEST_TEXT, BadPattern, check_pattern, matches

LETTERS = st.text("abAB1 .-é_\n", max_size=12)
SINGLE = st.sampled_from(
    [
        "a",
        "b",
        "A",
        "1",
        " ",
        "é",
        ".",
        r"\.",
        r"\d",
        r"\D",
        r"\w",
        r"\s",
        "[ab]",
        "[^a]",
        "[a-b1]",
        r"[\d_-]",
        "[]a]",
    ]
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return larger patterns made of smaller ones."""
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "{0}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    )


PATTERNS = st.recursive(SINGLE, grown, max_leaves=6)


@given(PATTERNS, LETTERS)
def test_a_pattern_means_what_it_means_to_re(pattern: str, text: str) -> None:
    assert matches(pattern, text) is (re.fullmatch(pattern, text) is not None)


@given(PATTERNS, LETTERS)
def test_without_case_too(pattern: str, text: str) -> None:
    assert matches(pattern, text, case=False) is (re.fullmatch(pattern, text, re.IGNORECASE) is not None)


@given(st.text(max_size=40))
def test_what_is_no_pattern_is_refused_at_its_place_and_nothing_else_happens(pattern: str) -> None:
    try:
        check_pattern(pattern)
        at = 0
    except BadPattern as bad:
        at = bad.at

    assert 0 <= at <= len(pattern)


@pytest.mark.parametrize(
    ("pattern", "at"),
    [
        ("ab)", 2),
        ("a(b", 1),
        ("a[b", 1),
        ("*a", 0),
        ("a**", 2),
        ("a{,2}", 1),
        ("a{3,2}", 1),
        ("a{1000}", 1),
        ("^a", 0),
        ("a$", 1),
        (r"a\b", 1),
        ("(?=a)", 0),
        ("[b-a]", 0),
        ("a\\", 1),
    ],
)
def test_a_fault_is_told_with_its_place(pattern: str, at: int) -> None:
    with pytest.raises(BadPattern) as caught:
        check_pattern(pattern)

    assert caught.value.at == at


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "(.*a){20}b", "(a?){50}a{50}"])
def test_a_pattern_that_keeps_others_busy_for_years_is_answered(pattern: str) -> None:
    assert not matches(pattern, "a" * (LONGEST_TEXT - 1) + "!")


def test_a_pattern_that_would_be_too_large_is_refused() -> None:
    with pytest.raises(BadPattern, match="too large"):
        check_pattern("((a{100}){100}){100}")


def test_a_text_that_is_too_long_matches_nothing() -> None:
    assert matches(".*", "a" * LONGEST_TEXT)
    assert not matches(".*", "a" * (LONGEST_TEXT + 1))
