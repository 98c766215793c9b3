"""QTI 2.1 and 2.2: which questions are taken, and how."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.exchange.qti.samples import assessment_item, only, taken, told
from tutorbot.exchange.drafting import NO_FEEDBACK
from tutorbot.lessons.question import Accepted, Kind, NumberKey
from tutorbot.lessons.text import plain, prose

CHOICES = "".join(
    f'<simpleChoice identifier="{name}">{text}</simpleChoice>'
    for name, text in (("A", "Warmth"), ("B", "Salt"), ("C", "More yeast"))
)


def choice(most: int = 1, shuffle: str = "true", choices: str = CHOICES) -> str:
    return (
        f'<p>Look at the dough.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" '
        f'maxChoices="{most}"><prompt>What makes it <b>ripe</b>?</prompt>{choices}</choiceInteraction>'
    )


def processing(*branches: str) -> str:
    return (
        f"<responseProcessing><responseCondition>{''.join(branches)}</responseCondition></responseProcessing>"
    )


def sets(name: str) -> str:
    return (
        '<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">'
        f"{name}</baseValue></setOutcomeValue>"
    )


def modal(name: str, text: str, shown: str = "show") -> str:
    return (
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="{shown}">{text}'
        "</modalFeedback>"
    )


MATCHES = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'


def test_a_single_choice_is_taken(tmp_path: Path) -> None:
    result = taken(tmp_path, assessment_item(choice(), correct=("A",)))

    question = only(result)
    assert (question.id, question.kind, question.points, question.shuffle) == (
        "ripe-dough",
        Kind.ONE,
        3,
        True,
    )
    assert [plain(block.spans) for block in question.prompt if hasattr(block, "spans")] == [
        "Look at the dough.",
        "What makes it ripe?",
    ]
    assert [(plain(option.text), option.right) for option in question.options] == [
        ("Warmth", True),
        ("Salt", False),
        ("More yeast", False),
    ]
    assert "quiz.xml:2: feedback is missing" in told(result)


def test_several_choices_are_taken_from_what_is_correct_or_mapped(tmp_path: Path) -> None:
    mapping = (
        '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" '
        'mappedValue="-1"/><mapEntry mapKey="C" mappedValue="1"/></mapping>'
    )

    for item in (
        assessment_item(choice(0), cardinality="multiple", correct=("A", "C")),
        assessment_item(choice(0), cardinality="multiple", mapping=mapping),
    ):
        question = only(taken(tmp_path, item))
        assert question.kind is Kind.SEVERAL
        assert [option.right for option in question.options] == [True, False, True]


def test_part_of_the_points_is_told(tmp_path: Path) -> None:
    mapping = (
        '<mapping><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="C" mappedValue="0.5"/></mapping>'
    )

    result = taken(tmp_path, assessment_item(choice(), mapping=mapping))

    assert [option.right for option in only(result).options] == [True, False, False]
    assert "part of the points for part of the answer is not taken" in told(result)


def test_feedback_within_a_choice_belongs_to_its_option(tmp_path: Path) -> None:
    choices = "".join(
        f'<simpleChoice identifier="{name}">{name} <feedbackInline outcomeIdentifier="FEEDBACK" '
        f'identifier="{name}" showHide="show">Of {name}.</feedbackInline></simpleChoice>'
        for name in "AB"
    )

    question = only(taken(tmp_path, assessment_item(choice(choices=choices), correct=("A",))))

    assert [plain(option.text) for option in question.options] == ["A", "B"]
    assert [option.feedback for option in question.options] == [prose("Of A."), prose("Of B.")]


def test_feedback_is_followed_to_those_it_is_for(tmp_path: Path) -> None:
    of_b = '<match><variable identifier="RESPONSE"/><baseValue baseType="identifier">B</baseValue></match>'
    rules = processing(
        f"<responseIf>{MATCHES}{sets('F1')}</responseIf>",
        f"<responseElseIf>{of_b}{sets('F2')}</responseElseIf>",
        f"<responseElse>{sets('F3')}</responseElse>",
    ).replace("</responseProcessing>", sets("F4") + "</responseProcessing>")
    more = modal("F1", "Yes.") + modal("F2", "Salt slows it.") + modal("F3", "No.") + modal("F4", "Yeast.")

    result = taken(tmp_path, assessment_item(choice(), correct=("A",), processing=rules, more=more))

    question = only(result)
    assert [option.feedback for option in question.options] == [
        prose("Yes."),
        prose("Salt slows it.\n\nNo."),
        prose("No."),
    ]
    assert question.explanation == prose("Yeast.")


def test_feedback_that_goes_by_other_rules_is_told(tmp_path: Path) -> None:
    more = modal("odd", "Hm.") + modal("A", "Not A.", "hide")

    result = taken(tmp_path, assessment_item(choice(), correct=("A",), more=more))

    assert [option.feedback for option in only(result).options] == [NO_FEEDBACK] * 3
    assert told(result).count("feedback to answers of one sort alone is not taken") == 1


def test_an_order_is_taken(tmp_path: Path) -> None:
    body = (
        '<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Put them in order.</prompt>'
        f"{CHOICES}</orderInteraction>"
    )

    question = only(taken(tmp_path, assessment_item(body, cardinality="ordered", correct=("C", "A", "B"))))

    assert question.kind is Kind.ORDER
    assert [plain(item.text) for item in question.items] == ["More yeast", "Warmth", "Salt"]


def match(firsts: str, seconds: str) -> str:
    def choices(names: str) -> str:
        each = (
            f'<simpleAssociableChoice identifier="{name}">{name.lower()}</simpleAssociableChoice>'
            for name in names
        )
        return f"<simpleMatchSet>{''.join(each)}</simpleMatchSet>"

    return (
        '<matchInteraction responseIdentifier="RESPONSE" maxAssociations="4"><prompt>Which?</prompt>'
        f"{choices(firsts)}{choices(seconds)}</matchInteraction>"
    )


@pytest.mark.parametrize(
    ("body", "correct", "items", "targets"),
    [
        (match("AB", "XYZ"), ("A Y", "B X"), [("a", "y"), ("b", "x")], ["y", "x", "z"]),
        (match("XY", "ABC"), ("X A", "X B", "Y C"), [("a", "x"), ("b", "x"), ("c", "y")], ["x", "y"]),
    ],
)
def test_a_match_is_taken_from_whichever_side_has_one_match_each(
    tmp_path: Path, body: str, correct: tuple[str, ...], items: list[tuple[str, str]], targets: list[str]
) -> None:
    item = assessment_item(body, cardinality="multiple", base="directedPair", correct=correct)

    question = only(taken(tmp_path, item))

    texts = {target.id: plain(target.text) for target in question.targets}
    assert question.kind is Kind.MATCH
    assert [(plain(item.text), texts[item.match]) for item in question.items] == items
    assert list(texts.values()) == targets


def test_matches_of_many_to_many_are_told(tmp_path: Path) -> None:
    item = assessment_item(
        match("AB", "XY"), cardinality="multiple", base="directedPair", correct=("A X", "A Y", "B X")
    )

    result = taken(tmp_path, item)

    assert told(result) == "quiz.xml:2: the question is not taken: it does not say one match for each item"


ENTRY = '<p>It is <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/> that eats.</p>'


def test_a_short_text_is_taken_with_its_gap(tmp_path: Path) -> None:
    mapping = (
        '<mapping defaultValue="0"><mapEntry mapKey="yeast" mappedValue="1"/><mapEntry mapKey="Wild yeast" '
        'mappedValue="1" caseSensitive="false"/><mapEntry mapKey="fungi" mappedValue="0.5"/></mapping>'
    )

    result = taken(tmp_path, assessment_item(ENTRY, base="string", correct=("yeast",), mapping=mapping))

    assert only(result).prompt == prose("It is ____ that eats.")
    assert only(result).accepted == (Accepted("yeast", case=True), Accepted("Wild yeast"))
    assert "part of the points" in told(result)


@pytest.mark.parametrize(
    ("equal", "tolerance"),
    [
        ("", Fraction(0)),
        ('toleranceMode="exact"', Fraction(0)),
        ('toleranceMode="absolute" tolerance="0.5 0.5"', Fraction(1, 2)),
        ('toleranceMode="relative" tolerance="10"', Fraction(9, 2)),
    ],
)
def test_a_number_is_taken_with_its_tolerance(tmp_path: Path, equal: str, tolerance: Fraction) -> None:
    condition = f'<equal {equal}><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
    rules = processing(f"<responseIf>{condition if equal else MATCHES}</responseIf>")

    question = only(
        taken(tmp_path, assessment_item(ENTRY, base="float", correct=("45.0",), processing=rules))
    )

    assert (question.kind, question.number) == (Kind.NUMBER, NumberKey(Fraction(45), tolerance))


def test_a_range_that_moodle_writes_by_its_bounds_is_taken(tmp_path: Path) -> None:
    bounds = "".join(
        f'<{name}><baseValue baseType="float">{bound}</baseValue><variable identifier="RESPONSE"/></{name}>'
        for name, bound in (("gte", 44), ("lte", 46))
    )
    rules = processing(f"<responseIf><and>{bounds}</and></responseIf>")

    question = only(taken(tmp_path, assessment_item(ENTRY, base="float", correct=("45",), processing=rules)))

    assert question.number == NumberKey(Fraction(45), Fraction(1))


def test_a_range_to_both_sides_of_which_the_number_is_not_the_middle_is_told(tmp_path: Path) -> None:
    equal = '<equal toleranceMode="absolute" tolerance="2 1"><variable identifier="RESPONSE"/></equal>'
    rules = processing(f"<responseIf>{equal}</responseIf>")

    result = taken(tmp_path, assessment_item(ENTRY, base="float", correct=("45",), processing=rules))

    assert only(result).number == NumberKey(Fraction(89, 2), Fraction(3, 2))
    assert "the right number is the middle of its range now" in told(result)


def test_a_long_text_becomes_written_work_with_what_markers_are_told(tmp_path: Path) -> None:
    body = (
        '<rubricBlock view="scorer tutor"><p>It names the cold.</p></rubricBlock>'
        '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Write why.</prompt>'
        "</extendedTextInteraction>"
    )

    question = only(taken(tmp_path, assessment_item(body, base="string", processing="")))

    assert question.kind is Kind.WRITTEN
    assert (question.prompt, question.model) == (prose("Write why."), prose("It names the cold."))


def test_a_choice_without_a_right_one_is_a_poll_or_told(tmp_path: Path) -> None:
    poll = taken(tmp_path, assessment_item(choice(), processing="", more=modal("odd", "Hm.")))
    ruled = taken(tmp_path, assessment_item(choice()))

    assert only(poll).kind is Kind.POLL
    assert "a poll has no feedback: it is not taken" in told(poll)
    assert (
        told(ruled)
        == "quiz.xml:2: the question is not taken: what is right is left to rules that are not read"
    )


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<p>Read this.</p>", "a text that asks nothing"),
        ("<p>It is <inlineChoiceInteraction responseIdentifier='RESPONSE'/></p>", "a question with a list"),
        ("<associateInteraction responseIdentifier='RESPONSE'/>", "a question for pairs among one set"),
        ("<hotspotInteraction responseIdentifier='RESPONSE'/>", "a question for a place in a picture"),
        ("<uploadInteraction responseIdentifier='RESPONSE'/>", "a question that is answered with a file"),
        (ENTRY + ENTRY, "a question with several things to answer"),
    ],
)
def test_kinds_that_have_no_like_are_told_with_their_line(tmp_path: Path, body: str, what: str) -> None:
    result = taken(tmp_path, assessment_item(body, correct=("A",)))

    assert result.drafts == ()
    assert told(result).startswith(f"quiz.xml:2: {what}")
    assert told(result).endswith("is not taken")


def test_values_drawn_at_random_are_told(tmp_path: Path) -> None:
    item = assessment_item(choice(), correct=("A",)).replace(
        "<itemBody>",
        '<templateDeclaration identifier="N" cardinality="single" baseType="integer"/><itemBody>',
    )

    assert told(taken(tmp_path, item)) == "quiz.xml:2: a question with values drawn at random is not taken"
