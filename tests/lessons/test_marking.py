"""An answer is read as people write it, and marked by the key alone."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutorbot.lessons.answers import Answer, Chosen, Typed, answer_from_json, answer_to_json
from tutorbot.lessons.forms import Unreadable, read_number
from tutorbot.lessons.marking import INCOMPLETE, Verdict, mark, same_answer
from tutorbot.lessons.question import Accepted, Kind, Level, NumberKey, Option, Question
from tutorbot.lessons.reading import read_answer
from tutorbot.lessons.text import Span, prose

RIGHT = prose("Just so.")
WRONG = prose("Think again.")


def question(
    kind: Kind,
    *,
    options: tuple[Option, ...] = (),
    number: NumberKey | None = None,
    accepted: tuple[str, ...] = (),
) -> Question:
    return Question(
        id="q",
        kind=kind,
        topic="events",
        level=Level.APPLY,
        prompt=prose("What follows?"),
        explanation=prose("Because."),
        options=options,
        number=number,
        accepted=tuple(map(Accepted, accepted)),
        right=RIGHT,
        wrong=WRONG,
    )


def choices(kind: Kind, right: str, *texts: str) -> Question:
    """Make a question whose options have the ids a, b, c …; `right` names those that are right."""
    ids = "abcdefgh"[: len(texts)]
    return question(
        kind,
        options=tuple(
            Option(letter, (Span(text),), right=letter in right, feedback=prose(f"About {letter}."))
            for letter, text in zip(ids, texts, strict=True)
        ),
    )


def number(value: str, tolerance: str = "0", unit: str = "") -> Question:
    return question(Kind.NUMBER, number=NumberKey(Fraction(value), Fraction(tolerance), unit))


def shown(asked: Question) -> tuple[str, ...]:
    return tuple(option.id for option in asked.options)


FOUR = ("An event", "A command", "A query", "Eventual consistency")
ONE = choices(Kind.ONE, "b", *FOUR)
SEVERAL = choices(Kind.SEVERAL, "ac", *FOUR)
TEXT = question(Kind.TEXT, accepted=("optimistic concurrency", "Meyer's “CQS”"))
WRITTEN = question(Kind.WRITTEN)


# Choices


def test_the_right_choice_is_right_and_says_why() -> None:
    assert mark(ONE, Chosen(("b",))) == Verdict(True, Fraction(1), prose("About b."))


def test_a_wrong_choice_is_told_about_itself() -> None:
    assert mark(ONE, Chosen(("c",))) == Verdict(False, Fraction(0), prose("About c."))


def test_of_several_choices_the_wrong_ones_are_told_about() -> None:
    assert mark(SEVERAL, Chosen(("a", "d"))) == Verdict(False, Fraction(0), prose("About d."))
    assert mark(SEVERAL, Chosen(("d", "b"))) == Verdict(False, Fraction(0), prose("About b.\n\nAbout d."))
    assert mark(SEVERAL, Chosen(("a", "b", "c"))) == Verdict(False, Fraction(0), prose("About b."))


def test_what_is_missing_is_not_given_away() -> None:
    assert mark(SEVERAL, Chosen(("a",))) == mark(SEVERAL, Chosen(("c",)))
    assert mark(SEVERAL, Chosen(("a",))) == Verdict(False, Fraction(0), INCOMPLETE)


def test_a_choice_that_the_course_no_longer_has_is_wrong() -> None:
    assert mark(ONE, Chosen(("gone",))) == Verdict(False, Fraction(0), ())
    assert mark(SEVERAL, Chosen(("a", "c", "gone"))).right is False


KINDS_OF_CHOICE = st.sampled_from([Kind.ONE, Kind.SEVERAL])


@given(KINDS_OF_CHOICE, st.integers(2, 8), st.data())
def test_the_right_set_is_right_and_every_other_set_is_wrong(
    kind: Kind, count: int, data: st.DataObject
) -> None:
    ids = "abcdefgh"[:count]
    most = 1 if kind is Kind.ONE else count
    key = data.draw(st.sets(st.sampled_from(ids), min_size=1, max_size=most))
    asked = choices(kind, "".join(key), *(f"Option {letter}" for letter in ids))

    right = [
        set(chosen)
        for size in range(count + 1)
        for chosen in combinations(ids, size)
        if mark(asked, Chosen(chosen)).right
    ]

    assert right == [key]


@given(st.permutations("abcd"), st.permutations("abcd"), st.integers(0, 4))
def test_no_order_has_a_part_in_the_verdict(options: list[str], chosen: list[str], count: int) -> None:
    by_id = {option.id: option for option in SEVERAL.options}
    shuffled = question(Kind.SEVERAL, options=tuple(by_id[letter] for letter in options))
    answer, again = Chosen(tuple(chosen[:count])), Chosen(tuple(sorted(chosen[:count])) * 2)

    one, other = mark(SEVERAL, answer), mark(shuffled, again)

    assert answer == again
    assert (one.right, one.credit, set(one.feedback)) == (other.right, other.credit, set(other.feedback))


# Numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("  +12 ", "12"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("– 5", "-5"),
        ("1.50", "3/2"),
        ("1,50", "3/2"),
        (".5", "1/2"),
        ("5.", "5"),
        ("1.234", "1.234"),  # a point alone is a decimal point
        ("0,234", "0.234"),  # no thousands begin with a nought
        ("1234,567", "1234.567"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234\u00a0567,891", "1234567.891"),
        ("1'234", "1234"),
        ("1’234’567.5", "1234567.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("3/4", "3/4"),
        ("-3 / 4", "-3/4"),
        ("3⁄4", "3/4"),
        ("1e3", "1000"),
        ("2.5E-3", "1/400"),
        ("007", "7"),
        ("１２", "12"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: str) -> None:
    assert read_number(text) == Fraction(value)


@pytest.mark.parametrize("text", ["12", "12%", "12 %", "% 12", "12.0 %"])
def test_a_unit_may_stand_on_either_side_or_be_left_out(text: str) -> None:
    assert read_number(text, "%") == 12


@pytest.mark.parametrize("text", ["5 ms", "5MS", "5 Ms "])
def test_a_unit_is_read_without_regard_to_case(text: str) -> None:
    assert read_number(text, "ms") == 5


def test_a_unit_may_be_written_with_either_sign_for_micro() -> None:
    assert read_number("5 \u00b5s", "\u03bcs") == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "twelve",
        "12 34",
        "1,23,456",
        "1.2.3",
        "--5",
        "1..2",
        "½",
        "3½",
        "10²",
        "5 s",
        "5 m5s",
        "12 %",
        "1/0.5",
        "0x10",
        "nan",
        "inf",
        "1_000",
        "1,234.",
        "12 apples",
        "about 5",
        "1e",
        "e3",
        "-",
        ".",
    ],
)
def test_what_is_no_number_in_this_unit_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=re.escape("Answer with a number, for example 12.5 or 12.5 ms.")):
        read_number(text, "ms")


def test_a_number_that_reads_in_two_ways_is_refused_with_both() -> None:
    with pytest.raises(
        Unreadable, match=re.escape('"1,234" can be read in two ways. Answer with 1234 or 1.234.')
    ):
        read_number("1,234 ms", "ms")


@pytest.mark.parametrize(
    "text", ["1e999999999", "1e-999999999", "1e" + "9" * 50, "9" * 5000, "1/" + "9" * 5000]
)
def test_a_number_too_large_to_reckon_with_is_refused_at_once(text: str) -> None:
    with pytest.raises(Unreadable, match="Answer with a number, for example 12"):
        read_number(text)


def test_a_division_by_zero_is_refused() -> None:
    with pytest.raises(Unreadable, match="Nothing can be divided by zero"):
        read_number("1/0")


@pytest.mark.parametrize(
    ("text", "right"),
    [("41.5", True), ("42.5", True), ("42", True), ("42.5000001", False), ("41.4999", False), ("-42", False)],
)
def test_a_number_is_right_up_to_its_tolerance(text: str, right: bool) -> None:
    verdict = mark(number("42", "0.5"), Typed(text))

    assert verdict == Verdict(right, Fraction(int(right)), RIGHT if right else WRONG)


def test_numbers_are_compared_exactly() -> None:
    assert mark(number("0.3"), Typed("0.3")).right
    assert mark(number("1/3"), Typed("1/3")).right
    assert not mark(number("1/3"), Typed("0.3333333333333333333333333")).right


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_number_reads_the_same_with_a_comma_with_groups_and_as_a_power(value: Decimal) -> None:
    exact = Fraction(value)
    grouped = f"{value:,}"

    assert read_number(f"{value:f}") == exact
    assert read_number(grouped.replace(",", " ").replace(".", ",")) == exact
    assert read_number(f"{value * 1000:f}e-3") == exact
    assert read_number(f"{exact.numerator}/{exact.denominator}") == exact


@given(st.text(max_size=80), st.sampled_from(["", "ms", "%"]))
def test_any_text_is_a_number_or_refused(text: str, unit: str) -> None:
    try:
        value = read_number(text, unit)
    except Unreadable:
        return
    assert any(c.isdecimal() for c in text)
    assert read_number(f"\t{text}  ", unit) == value


# Texts


@pytest.mark.parametrize(
    "text",
    [
        "optimistic concurrency",
        " Optimistic \n Concurrency. ",
        "“OPTIMISTIC CONCURRENCY”!",
        "ｏｐｔｉｍｉｓｔｉｃ concurrency",
        "optimistic\u00a0con\u00adcurrency",
        "`optimistic concurrency`",
        'meyer’s "cqs"',
    ],
)
def test_a_text_is_right_whatever_its_dress(text: str) -> None:
    assert mark(TEXT, Typed(text)) == Verdict(True, Fraction(1), RIGHT)


@pytest.mark.parametrize("text", ["concurrency", "optimisticconcurrency", "pessimistic concurrency", "", "?"])
def test_another_text_is_wrong(text: str) -> None:
    assert mark(TEXT, Typed(text)) == Verdict(False, Fraction(0), WRONG)


@pytest.mark.parametrize(
    ("accepted", "text"), [("read-model", "Read‑Model"), ("rock ’n’ roll", "Rock 'n' Roll")]
)
def test_dashes_and_quotes_have_one_shape(accepted: str, text: str) -> None:
    assert mark(question(Kind.TEXT, accepted=(accepted,)), Typed(text)).right


@pytest.mark.parametrize(("accepted", "text"), [("C", "C#"), ("C", "C++"), ("->", "<-"), ("?", "!")])
def test_signs_that_are_the_answer_are_kept(accepted: str, text: str) -> None:
    asked = question(Kind.TEXT, accepted=(accepted,))

    assert mark(asked, Typed(accepted)).right
    assert not mark(asked, Typed(text)).right


@given(
    st.text("abcXYZ-' 12", min_size=1).filter(lambda text: any(map(str.isalnum, text))),
    st.sampled_from(["", " ", "\n\t", "\u00a0"]),
    st.sampled_from(["", ".", "!", "…"]),
)
def test_case_spaces_and_a_full_stop_change_no_verdict(text: str, space: str, stop: str) -> None:
    asked = question(Kind.TEXT, accepted=(text,))

    assert mark(asked, Typed(f"{space}{text.swapcase().replace(' ', '  ')}{stop}{space}")).right


# Written answers, and answers kept


def test_a_written_answer_waits_for_its_mark() -> None:
    assert mark(WRITTEN, Typed("It depends.")) == Verdict(None, Fraction(0), ())


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ONE, Typed("b")),
        (TEXT, Chosen(("a",))),
        (number("42"), Chosen(("a",))),
        (number("42"), Typed("forty")),
    ],
)
def test_an_answer_given_before_the_course_was_changed_is_wrong_and_no_fault(
    asked: Question, answer: Answer
) -> None:
    assert mark(asked, answer).right is False


@given(st.one_of(st.builds(Typed, st.text()), st.builds(Chosen, st.lists(st.text()).map(tuple))))
def test_an_answer_can_be_stored(answer: Answer) -> None:
    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer


@pytest.mark.parametrize("value", [None, "a", ["a"], {}, {"chosen": "a"}, {"chosen": [1]}, {"typed": 1}])
def test_what_is_no_stored_answer_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="no stored answer"):
        answer_from_json(value)


@pytest.mark.parametrize(
    ("asked", "one", "other", "same"),
    [
        (number("1"), Typed("1.50"), Typed("1,5"), True),
        (number("1", unit="ms"), Typed("1.5 ms"), Typed("3/2"), True),
        (number("1"), Typed("1.5"), Typed("1.51"), False),
        (number("1"), Typed("One"), Typed("one"), True),
        (TEXT, Typed("CQRS"), Typed(" cqrs."), True),
        (TEXT, Typed("CQRS"), Typed("CQS"), False),
        (SEVERAL, Chosen(("a", "c")), Chosen(("c", "a")), True),
        (SEVERAL, Chosen(("a",)), Chosen(("a", "c")), False),
        (SEVERAL, Chosen(("a",)), Typed("a"), False),
        (WRITTEN, Typed("It  depends."), Typed("It depends."), True),
        (WRITTEN, Typed("It depends."), Typed("It depends"), False),
    ],
)
def test_the_same_answer_is_known_again(asked: Question, one: Answer, other: Answer, same: bool) -> None:
    assert same_answer(asked, one, other) is same


# What people type; the options are shown in the order d, c, b, a

SHOWN = ("d", "c", "b", "a")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("B", "c"),
        (" b ", "c"),
        ("b)", "c"),
        ("(b)", "c"),
        ("B.", "c"),
        ("Ｂ", "c"),
        ("b, B", "c"),
        ("2", "c"),
        ("2.", "c"),
        ("A query", "c"),
        ("a  QUERY.", "c"),
        ("a qu", "c"),
        ("eventual", "d"),
    ],
)
def test_one_choice_is_named_by_letter_number_or_words(text: str, chosen: str) -> None:
    assert read_answer(text, ONE, SHOWN) == Chosen((chosen,))


@pytest.mark.parametrize(
    "text",
    [
        "A, C",
        "a c",
        "ac",
        "CA",
        "A and C",
        "a & c",
        "a/c",
        "a) c)",
        "A. C.",
        "a;c",
        "1, 3",
        "1 and 3",
        "a+c",
        "Eventual consistency, A command",
        "eventual; a command",
        "a\nc",
    ],
)
def test_several_choices_are_named_in_many_ways(text: str) -> None:
    assert read_answer(text, SEVERAL, SHOWN) == Chosen(("b", "d"))


@pytest.mark.parametrize("text", ["", "E", "5", "0", "A 2", "none", "a?c", "A or C", "1-3", "e", "22", "a q"])
def test_what_names_no_choice_is_answered_with_what_would_be_right(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^Answer with one letter from A to D, for example B\.$"):
        read_answer(text, ONE, SHOWN)
    with pytest.raises(
        Unreadable, match=r"^Answer with the letters of all that apply, from A to D, for example A, C"
    ):
        read_answer(text, SEVERAL, SHOWN)


@pytest.mark.parametrize("text", ["A and C", "ac", "1, 2"])
def test_two_letters_are_too_many_where_one_choice_is_asked_for(text: str) -> None:
    with pytest.raises(
        Unreadable, match=r"^This question takes one choice\. Answer with one letter from A to D"
    ):
        read_answer(text, ONE, SHOWN)


def test_words_with_which_two_choices_begin_are_refused() -> None:
    asked = choices(Kind.ONE, "a", "A fact of the past", "A fact to come", "A wish")

    with pytest.raises(Unreadable, match="That could mean more than one thing here"):
        read_answer("a fact", asked, shown(asked))
    assert read_answer("a fact t", asked, shown(asked)) == Chosen(("b",))


def test_letters_that_are_also_the_beginning_of_a_word_are_refused() -> None:
    asked = choices(Kind.SEVERAL, "a", "Bedrock", "Sand", "Snow", "Silt", "Clay")

    with pytest.raises(Unreadable, match="That could mean more than one thing here"):
        read_answer("bed", asked, shown(asked))
    assert read_answer("b, e, d", asked, shown(asked)) == Chosen(("b", "d", "e"))
    assert read_answer("bedr", asked, shown(asked)) == Chosen(("a",))


def test_a_choice_that_is_the_beginning_of_another_can_be_named_in_full() -> None:
    asked = choices(Kind.ONE, "a", "Event", "Event store")

    assert read_answer("event", asked, shown(asked)) == Chosen(("a",))


def test_a_number_that_is_both_a_place_and_a_text_is_refused() -> None:
    asked = choices(Kind.ONE, "a", "3", "2", "1")

    with pytest.raises(Unreadable, match="more than one thing"):
        read_answer("1", asked, shown(asked))
    assert read_answer("2", asked, shown(asked)) == Chosen(("b",))
    assert read_answer("C", asked, shown(asked)) == Chosen(("c",))


def test_of_two_choices_the_letters_are_both_named() -> None:
    asked = choices(Kind.ONE, "a", "True", "False")

    with pytest.raises(Unreadable, match=r"^Answer with one letter, A or B, for example B\.$"):
        read_answer("maybe", asked, shown(asked))


@given(KINDS_OF_CHOICE, st.permutations("abcd"), st.sets(st.integers(0, 3), min_size=1), st.booleans())
def test_letters_name_what_was_shown_there(
    kind: Kind, order: list[str], places: set[int], spaced: bool
) -> None:
    assume(kind is Kind.SEVERAL or len(places) == 1)
    asked = choices(kind, "a", *FOUR)
    letters = (", " if spaced else "").join("ABCD"[place] for place in places)
    numbers = " ".join(str(place + 1) for place in places)
    chosen = Chosen(tuple(order[place] for place in places))

    for text in (letters, letters.lower(), f"  {letters}\n", numbers):
        assert read_answer(text, asked, tuple(order)) == chosen


@given(KINDS_OF_CHOICE, st.text(max_size=40))
def test_any_text_names_shown_choices_or_is_refused(kind: Kind, text: str) -> None:
    try:
        answer = read_answer(text, choices(kind, "a", *FOUR), SHOWN)
    except Unreadable:
        return
    assert isinstance(answer, Chosen)
    assert answer.ids
    assert set(answer.ids) <= set(SHOWN)


def test_other_questions_are_answered_by_the_text_itself() -> None:
    assert read_answer(" 12 ms ", number("12", unit="ms"), ()) == Typed("12 ms")
    assert read_answer(" B ", TEXT, ()) == Typed("B")
    assert read_answer("One.\r\n\x00Two.", WRITTEN, ()) == Typed("One.\nTwo.")


@pytest.mark.parametrize(
    ("asked", "text", "says"),
    [
        (number("12"), "twelve", "Answer with a number, for example 12.5."),
        (TEXT, " ?! ", "Answer with a word or a few words."),
        (WRITTEN, " \n ", "Answer with a few sentences of your own."),
    ],
)
def test_a_text_that_is_no_answer_is_refused(asked: Question, text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=f"^{re.escape(says)}$"):
        read_answer(text, asked, ())
