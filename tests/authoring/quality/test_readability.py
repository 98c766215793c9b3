"""A text's reading ease is counted as Flesch counts it."""

import pytest

from tutorbot.authoring.quality.readability import reading_ease, syllables_of
from tutorbot.lessons.text import Code, Heading, Listing, Paragraph, Picture, Span, prose


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("net", 1),
        ("flour", 1),
        ("made", 1),
        ("makes", 1),
        ("table", 2),
        ("baked", 1),
        ("needed", 2),
        ("houses", 2),
        ("event", 2),
        ("projection", 3),
        ("Consistency", 4),
        ("the", 1),
        ("hmm", 1),
    ],
)
def test_syllables_are_told_by_their_vowels(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_short_words_in_short_sentences_read_easily() -> None:
    ease = reading_ease(prose("The dog ran. The cat sat."))

    assert ease == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 1)


def test_a_colon_ends_a_sentence_and_a_point_within_a_number_does_not() -> None:
    ease = reading_ease(prose("It is so: at 3.5 it ran."))

    assert ease == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 1)


def test_long_words_in_long_sentences_read_hard() -> None:
    easy = reading_ease(prose("A net holds gas. It tears when it is weak."))
    hard = reading_ease(
        prose("Considerable organizational heterogeneity necessitates comprehensive interoperability.")
    )

    assert easy is not None
    assert hard is not None
    assert hard < 0 < 90 < easy


def test_only_paragraphs_are_read_those_in_lists_too() -> None:
    text = (
        Heading(1, (Span("Considerable heterogeneity"),)),
        Code("organizational = interoperability", "python"),
        Picture("0" * 64, "An organizational heterogeneity."),
        Listing(False, (prose("The dog ran."), prose("The cat sat."))),
    )

    assert reading_ease(text) == reading_ease(prose("The dog ran. The cat sat."))


def test_a_name_in_code_is_one_short_word() -> None:
    named = (Paragraph((Span("The "), Span("heterogeneity_of", code=True), Span(" ran."))),)

    assert reading_ease(named) == reading_ease(prose("The dog ran."))


def test_a_text_without_words_has_no_ease() -> None:
    assert reading_ease(prose("1 + 1 = 2.")) is None
