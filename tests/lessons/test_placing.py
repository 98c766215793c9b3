"""Items are put in order or matched: what an answer is worth, and what is said of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lessons.courses import question
from tutorbot.lessons.answers import (
    Answer,
    Chosen,
    Matched,
    Ordered,
    Typed,
    answer_from_json,
    answer_to_json,
    fingerprint,
)
from tutorbot.lessons.marking import Verdict, mark, same_answer
from tutorbot.lessons.question import UNGRADED, Item, Kind, Option, Question, Target
from tutorbot.lessons.sitting import shuffled_order
from tutorbot.lessons.text import Prose, Span, prose

RIGHT, WRONG = prose("So it is."), prose("Think of the oven.")


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(str(n), (Span(text),)) for n, text in enumerate(texts, start=1))


def order(*texts: str) -> Question:
    """Make a question whose items have the ids 1, 2, 3 …, which is the right order."""
    return replace(question("o", kind=Kind.ORDER), items=items(*texts), right=RIGHT, wrong=WRONG)


def match(key: str, *, targets: str) -> Question:
    """Make a question whose n-th item belongs to the n-th letter of the key, out of these targets."""
    return replace(
        question("m", kind=Kind.MATCH),
        items=tuple(Item(str(n), (Span(f"Item {n}"),), target) for n, target in enumerate(key, start=1)),
        targets=tuple(Target(target, (Span(f"Target {target}"),)) for target in targets),
        right=RIGHT,
        wrong=WRONG,
    )


ORDER = order("Mix", "Rise", "Shape", "Bake")
MATCH = match("aba", targets="abcd")


def matched(targets: Sequence[str]) -> Matched:
    return Matched(tuple((str(n), target) for n, target in enumerate(targets, start=1)))


def told(words: str) -> Prose:
    return (*prose(words), *WRONG)


@given(st.permutations("1234"))
def test_one_order_is_right_and_of_another_it_is_told_how_much_stands_in_place(ids: list[str]) -> None:
    in_place = sum(a == b for a, b in zip("1234", ids, strict=True))

    verdict = mark(ORDER, Ordered(tuple(ids)))

    if in_place == 4:
        assert verdict == Verdict(True, Fraction(1), RIGHT)
    else:
        words = {0: "None of 4 stand in place.", 1: "1 of 4 stands in place.", 2: "2 of 4 stand in place."}
        assert verdict == Verdict(False, Fraction(0), told(words[in_place]))


@given(st.text("abcd", min_size=3, max_size=3))
def test_one_match_is_right_and_of_another_it_is_told_how_much_stands_in_place(targets: str) -> None:
    in_place = sum(a == b for a, b in zip("aba", targets, strict=True))

    verdict = mark(MATCH, matched(targets))

    if in_place == 3:
        assert verdict == Verdict(True, Fraction(1), RIGHT)
    else:
        words = {
            0: "None of 3 are matched right.",
            1: "1 of 3 is matched right.",
            2: "2 of 3 are matched right.",
        }
        assert verdict == Verdict(False, Fraction(0), told(words[in_place]))


@given(st.permutations(list(zip("123", "aba", strict=True))))
def test_in_which_order_items_were_matched_has_no_part_in_it(pairs: list[tuple[str, str]]) -> None:
    assert Matched(tuple(pairs)) == matched("aba")
    assert mark(MATCH, Matched(tuple(pairs))).right is True


def test_where_two_orders_differ_they_are_two_answers() -> None:
    assert not same_answer(ORDER, Ordered(("1", "2")), Ordered(("2", "1")))
    assert same_answer(MATCH, matched("aab"), Matched((("3", "b"), ("1", "a"), ("2", "a"))))
    assert fingerprint(Ordered(("1", "2"))) != fingerprint(Ordered(("2", "1")))


@pytest.mark.parametrize(
    ("asked", "answer", "in_place"),
    [
        (ORDER, Ordered(("1", "2", "3")), "3 of 4 stand in place."),
        (ORDER, Ordered(("1", "2", "3", "4", "5")), "4 of 4 stand in place."),
        (ORDER, Ordered(("1", "1", "1", "1")), "1 of 4 stands in place."),
        (ORDER, Ordered(("gone", "2", "3", "4")), "3 of 4 stand in place."),
        (ORDER, Ordered(()), "None of 4 stand in place."),
        (MATCH, Matched((("2", "b"), ("3", "a"))), "2 of 3 are matched right."),
        (MATCH, Matched((("1", "a"), ("2", "gone"), ("3", "a"))), "2 of 3 are matched right."),
        (MATCH, Matched((("1", "a"), ("2", "b"), ("3", "a"), ("4", "a"))), "3 of 3 are matched right."),
        (MATCH, Matched(()), "None of 3 are matched right."),
    ],
)
def test_an_answer_given_before_an_item_came_or_went_is_wrong(
    asked: Question, answer: Answer, in_place: str
) -> None:
    assert mark(asked, answer) == Verdict(False, Fraction(0), told(in_place))


@pytest.mark.parametrize("asked", [ORDER, MATCH])
@pytest.mark.parametrize("answer", [Typed("1 2 3 4"), Chosen(("1",)), Ordered(()), Matched(())])
def test_an_answer_to_another_kind_of_question_is_wrong_and_no_fault(asked: Question, answer: Answer) -> None:
    assert mark(asked, answer).right is False


IDS = st.lists(st.text()).map(tuple)


@given(
    st.builds(Ordered, IDS)
    | st.builds(Matched, st.dictionaries(st.text(), st.text()).map(dict.items).map(tuple))
)
def test_an_order_or_a_match_can_be_stored(answer: Answer) -> None:
    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer


@pytest.mark.parametrize(
    "value", [{"ordered": "ab"}, {"ordered": [1]}, {"matched": [["1", "a"]]}, {"matched": {"1": 2}}]
)
def test_what_is_no_stored_order_or_match_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="no stored answer"):
        answer_from_json(value)


@given(st.randoms(use_true_random=False))
def test_what_is_lettered_is_shown_shuffled_and_whole(rng: Random) -> None:
    for asked, ids in ((ORDER, "1234"), (MATCH, "abcd")):
        assert sorted(shuffled_order(asked, rng)) == list(ids)


# What somebody thinks


@pytest.mark.parametrize("kind", sorted(UNGRADED))
@pytest.mark.parametrize("answer", [Chosen(("1",)), Chosen(()), Typed("It depends."), Chosen(("gone",))])
def test_whatever_somebody_thinks_is_neither_wrong_nor_graded(kind: Kind, answer: Answer) -> None:
    options = (Option("1", (Span("At home"),)), Option("2", (Span("For a living"),)))
    asked = replace(question("p", kind=kind, tries=1), options=options)

    assert mark(asked, answer) == Verdict(True, Fraction(1), ())
    assert not asked.is_graded


def test_every_other_kind_is_graded() -> None:
    graded = {kind for kind in Kind if question("q", kind=kind).is_graded}

    assert graded == set(Kind) - {Kind.SCALE, Kind.POLL, Kind.COMMENT}
