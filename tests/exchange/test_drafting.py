"""What another format says of a question becomes one that our files can hold, or is told."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tutorbot.exchange.drafting import NO_EXPLANATION, NO_FEEDBACK, NO_MODEL, Drafts
from tutorbot.exchange.naming import slug
from tutorbot.exchange.taken import Place, Taken
from tutorbot.lessons.question import Accepted, Item, Kind, Level, NumberKey, Option, Question, Target
from tutorbot.lessons.text import Span, prose

PLACE = Place("quiz.xml", 7)
ONE = Question(
    "Ripe dough",
    Kind.ONE,
    "",
    None,
    prompt=prose("The dent stays. What does that say?"),
    explanation=(),
    options=(
        Option("1", (Span("Past its time"),), right=True, feedback=prose("The gas has gone.")),
        Option("2", (Span("It needs an hour"),)),
    ),
)
NUMBER = replace(
    ONE, kind=Kind.NUMBER, options=(), number=NumberKey(Fraction(3)), explanation=prose("It is.")
)


def drafted(*questions: Question) -> Taken:
    drafts = Drafts()
    for question in questions:
        drafts.add(question, PLACE)
    return drafts.taken({})


def told(taken: Taken) -> str:
    return "\n".join(map(str, taken.missed))


def test_what_is_lacking_is_filled_in_and_told() -> None:
    taken = drafted(ONE)

    question = taken.drafts[0].question
    assert [option.feedback for option in question.options] == [prose("The gas has gone."), NO_FEEDBACK]
    assert question.explanation == NO_EXPLANATION
    assert question.level is Level.APPLY
    assert "quiz.xml:7: feedback is missing; write it where" in told(taken)
    assert "quiz.xml:7: the explanation is missing; write it where" in told(taken)
    assert "quiz.xml:7: the questions say no level" in told(taken)


def test_a_question_that_lacks_nothing_says_nothing() -> None:
    whole = replace(NUMBER, level=Level.RECALL, right=prose("Yes."), wrong=prose("Count."))

    taken = drafted(whole)

    assert taken.drafts[0].question == replace(whole, id="ripe-dough")
    assert taken.missed == ()


def test_written_work_gets_a_place_for_its_model_answer() -> None:
    taken = drafted(replace(ONE, kind=Kind.WRITTEN, options=()))

    assert taken.drafts[0].question.model == NO_MODEL
    assert "the model answer is missing" in told(taken)
    assert "the explanation is missing" in told(taken)


def test_opinions_lack_nothing() -> None:
    poll = replace(ONE, kind=Kind.POLL, options=tuple(replace(each, right=False) for each in ONE.options))

    taken = drafted(poll)

    assert taken.drafts[0].question.level is None
    assert taken.missed == ()


def test_ids_are_made_unique() -> None:
    taken = drafted(ONE, NUMBER, replace(ONE, id="ripe-dough-2"), ONE)

    ids = [draft.question.id for draft in taken.drafts]
    assert ids == ["ripe-dough", "ripe-dough-2", "ripe-dough-2-2", "ripe-dough-3"]


def test_options_items_and_targets_are_named_as_in_our_own_files() -> None:
    pairs = (Item("x", (Span("3"),), "o"), Item("y", (Span("4"),), "e"))
    targets = (Target("e", (Span("even"),)), Target("z", (Span("none"),)), Target("o", (Span("odd"),)))
    match = replace(NUMBER, kind=Kind.MATCH, items=pairs, targets=targets)

    taken = drafted(
        match, replace(ONE, options=tuple(replace(each, id="a" + each.id) for each in ONE.options))
    )

    matched, chosen = (draft.question for draft in taken.drafts)
    assert [(item.id, item.match) for item in matched.items] == [("1", "1"), ("2", "2")]
    assert [(each.id, each.text[0].text) for each in matched.targets] == [
        ("1", "odd"),
        ("2", "even"),
        ("3", "none"),
    ]
    assert [option.id for option in chosen.options] == ["1", "2"]


def test_points_are_whole_numbers_or_it_is_told() -> None:
    drafts = Drafts()

    points = [drafts.whole_points(said, PLACE) for said in (None, Fraction(3), Fraction(5, 2), Fraction(0))]

    assert points == [1, 3, 2, 1]
    assert [missed.what for missed in drafts.taken({}).missed] == [
        "2.5 points were made 2: they are whole numbers here",
        "0 points were made 1: they are whole numbers here",
    ]


def test_an_id_is_made_of_small_letters_digits_and_hyphens() -> None:
    assert slug("  Crème brûlée: 2nd try! ") == "creme-brulee-2nd-try"
    assert slug("问题") == "question"
    assert len(slug("a " * 100)) <= 60


def test_what_is_too_long_is_left_out_and_told() -> None:
    taken = drafted(replace(NUMBER, explanation=prose("x" * 1_501), hint=prose("y" * 1_001)))

    assert taken.drafts[0].question.explanation == NO_EXPLANATION
    assert taken.drafts[0].question.hint == ()
    assert "the explanation has 1,501 characters and is left out: 1,500 can be shown" in told(taken)
    assert "the hint has 1,001 characters" in told(taken)


def lines(count: int, length: int = 1) -> tuple[Item, ...]:
    return tuple(Item(str(n), (Span(str(n) * length),), str(n % 2)) for n in range(1, count + 1))


TARGETS = (Target("0", (Span("even"),)), Target("1", (Span("odd"),)))


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (replace(ONE, prompt=()), "it asks nothing"),
        (replace(ONE, prompt=prose("x" * 1_501)), "what it asks has 1,501 characters"),
        (replace(ONE, points=101), "it has 101 points"),
        (replace(ONE, options=ONE.options[:1]), "it has 1 options, and 2 to 8 are possible"),
        (replace(ONE, options=ONE.options * 2), "an option stands there twice"),
        (
            replace(ONE, options=(*ONE.options[1:], Option("3", ()))),
            "an option has no text; no option is right",
        ),
        (replace(ONE, options=(*ONE.options, Option("3", (Span("C"),), right=True))), "2 options are right"),
        (
            replace(ONE, options=(*ONE.options, Option("3", (Span("x" * 301),)))),
            "an option has 301 characters",
        ),
        (replace(NUMBER, number=None), "no number is right"),
        (replace(NUMBER, number=NumberKey(Fraction(1, 3**60))), "its number has more than 30 signs"),
        (replace(NUMBER, kind=Kind.TEXT), "it has 0 accepted forms"),
        (replace(NUMBER, kind=Kind.TEXT, accepted=(Accepted(""),)), "an accepted form is empty"),
        (replace(NUMBER, kind=Kind.TEXT, accepted=(Accepted("@here"),)), "would call people in Slack"),
        (replace(NUMBER, kind=Kind.ORDER, items=lines(9)), "it has 9 items, and 3 to 8 are possible"),
        (replace(NUMBER, kind=Kind.ORDER, items=lines(3, 151)), "an item has 151 characters"),
        (replace(NUMBER, kind=Kind.MATCH, items=lines(2)), "an item has no match"),
        (replace(NUMBER, kind=Kind.MATCH, items=lines(9), targets=TARGETS), "it has 9 pairs"),
    ],
)
def test_a_question_that_our_files_cannot_hold_is_told_with_the_reason(
    question: Question, reason: str
) -> None:
    taken = drafted(question)

    assert taken.drafts == ()
    assert "quiz.xml:7: the question is not taken: " in told(taken)
    assert reason in told(taken)
