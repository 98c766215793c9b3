"""Somebody who knows nothing guesses by the form of the options."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.authoring.quality.guessing import Guessed, Strategy, guess
from tutorbot.lessons.question import Kind, Level, Option, Question
from tutorbot.lessons.text import Span, prose


def question(*texts: str, right: int = 0, kind: Kind = Kind.ONE, shuffle: bool = True) -> Question:
    options = tuple(Option(str(n), (Span(text),), n == right, ()) for n, text in enumerate(texts))
    return Question(
        "q", kind, "topic", Level.APPLY, prose("Which?"), prose("So."), options=options, shuffle=shuffle
    )


def right_share(strategy: Strategy, *questions: Question) -> Fraction:
    guessed = guess(strategy, questions)
    return guessed.right / guessed.questions


@pytest.mark.parametrize(
    ("strategy", "texts"),
    [
        (Strategy.LONGEST, ("the whole of it", "half", "none")),
        (Strategy.SHORTEST, ("it", "the half", "the whole")),
        (Strategy.HEDGED, ("It may often help", "It may help", "It helps")),
        (Strategy.NOT_ABSOLUTE, ("It helps", "It always helps", "It Never helps")),
    ],
)
def test_a_right_option_of_a_telling_form_is_found(strategy: Strategy, texts: tuple[str, ...]) -> None:
    assert right_share(strategy, question(*texts, right=0)) == 1
    assert right_share(strategy, question(*texts, right=2)) == 0


def test_options_alike_in_form_are_chosen_blindly() -> None:
    alike = question("one", "two", "six", right=1)

    assert right_share(Strategy.LONGEST, alike) == Fraction(1, 3)
    assert right_share(Strategy.HEDGED, alike) == Fraction(1, 3)
    assert right_share(Strategy.LONGEST, question("fore", "five", "six", right=1)) == Fraction(1, 2)


def test_a_position_tells_only_where_learners_see_it() -> None:
    shuffled = question("a", "b", "c", right=0)
    fixed = question("a", "b", "c", right=0, shuffle=False)

    assert right_share(Strategy.FIRST, shuffled) == Fraction(1, 3)
    assert right_share(Strategy.FIRST, fixed) == 1
    assert right_share(Strategy.LAST, fixed) == 0


def test_only_one_right_option_among_three_or_more_can_be_guessed() -> None:
    questions = [question("yes", "no"), question("a", "b", "c", kind=Kind.SEVERAL), question("a", "b", "c")]

    assert guess(Strategy.LONGEST, questions).questions == 1


def test_nothing_to_guess_gives_nothing_away() -> None:
    guessed = guess(Strategy.LONGEST, [])

    assert guessed == Guessed(Strategy.LONGEST, 0, Fraction(0), Fraction(0), 0.0)
    assert not guessed.gives_away


def test_a_form_gives_away_what_luck_would_hardly_find() -> None:
    long_is_right = question("the whole of it", "half", "none", "a bit")
    short_is_right = question("it", "the half", "the whole", "the rest")

    assert guess(Strategy.LONGEST, [long_is_right] * 6).gives_away
    assert not guess(Strategy.LONGEST, [long_is_right, short_is_right] * 3).gives_away


@given(
    st.lists(st.text("ab maybe always", min_size=1, max_size=9), min_size=3, max_size=6),
    st.sampled_from(Strategy),
    st.booleans(),
)
def test_over_every_place_of_the_right_option_a_guess_is_right_once(
    texts: list[str], strategy: Strategy, shuffle: bool
) -> None:
    questions = [question(*texts, right=place, shuffle=shuffle) for place in range(len(texts))]

    assert guess(strategy, questions).right == 1
