"""QTI 1.2 as Canvas, Blackboard, Respondus and others write it."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.exchange.qti.samples import (
    blackboard,
    blackboard_item,
    blackboard_rules,
    canvas,
    canvas_item,
    choices,
    equals,
    formatted,
    item_feedback,
    labels,
    only,
    rule,
    taken,
    told,
)
from tutorbot.exchange.drafting import NO_FEEDBACK
from tutorbot.lessons.question import Accepted, Kind, NumberKey
from tutorbot.lessons.text import Paragraph, Span, plain, plain_text, prose

THREE = {"10": "Warmth", "20": "Salt", "30": "More yeast"}
TYPED = (
    '<response_str ident="response1" rcardinality="Single"><render_fib><response_label ident="answer1"/>'
    "</render_fib></response_str>"
)
DECIMAL = TYPED.replace("<render_fib>", '<render_fib fibtype="Decimal">')
OTHER = "<other/>"


def test_a_multiple_choice_question_of_canvas_is_taken_whole(tmp_path: Path) -> None:
    rules = "".join(
        (
            rule(OTHER, shows="general_fb", goes_on="Yes"),
            rule(equals("10"), shows="10_fb", goes_on="Yes"),
            rule(equals("20"), shows="20_fb", goes_on="Yes"),
            rule(equals("10"), "100", shows="correct_fb"),
            rule(OTHER, shows="general_incorrect_fb", goes_on="Yes"),
        )
    )
    feedback = {
        "general_fb": "It is the yeast.",
        "correct_fb": "So it is.",
        "general_incorrect_fb": "Think of the oven.",
        "10_fb": "Yeast likes it.",
        "20_fb": "Salt slows it.",
    }
    item = canvas_item("multiple_choice_question", choices(THREE), rules, feedback=feedback, points="2.0")

    result = taken(tmp_path, canvas(item))

    question = only(result)
    assert (question.id, question.kind, question.points) == ("question", Kind.ONE, 2)
    assert question.prompt == (Paragraph((Span("What makes it "), Span("ripe", bold=True), Span("?"))),)
    assert [(plain(option.text), option.right) for option in question.options] == [
        ("Warmth", True),
        ("Salt", False),
        ("More yeast", False),
    ]
    assert [option.feedback for option in question.options] == [
        prose("Yeast likes it.\n\nSo it is."),
        prose("Salt slows it.\n\nThink of the oven."),
        prose("Think of the oven."),
    ]
    assert question.explanation == prose("It is the yeast.")
    assert told(result) == "quiz.xml:6: the questions say no level and are at `apply`; look at each"


def test_a_true_or_false_question_of_canvas_is_taken(tmp_path: Path) -> None:
    response = choices({"1": "True", "2": "False"})

    result = taken(tmp_path, canvas(canvas_item("true_false_question", response, rule(equals("2"), "100"))))

    question = only(result)
    assert [(plain(option.text), option.right) for option in question.options] == [
        ("True", False),
        ("False", True),
    ]
    assert [option.feedback for option in question.options] == [NO_FEEDBACK, NO_FEEDBACK]
    assert "quiz.xml:6: feedback is missing" in told(result)


def test_a_multiple_answers_question_of_canvas_takes_what_must_and_must_not_be_chosen(tmp_path: Path) -> None:
    condition = f"<and>{equals('10')}<not>{equals('20')}</not>{equals('30')}</and>"
    item = canvas_item("multiple_answers_question", choices(THREE, "Multiple"), rule(condition, "100"))

    question = only(taken(tmp_path, canvas(item)))

    assert question.kind is Kind.SEVERAL
    assert [option.right for option in question.options] == [True, False, True]


def test_points_for_each_option_make_those_right_that_give_some(tmp_path: Path) -> None:
    rules = "".join(
        rule(equals(ident), score, goes_on="", action="Add")
        for ident, score in (("10", "50"), ("20", "-50"), ("30", "50"))
    )
    item = canvas_item("multiple_answers_question", choices(THREE, "Multiple"), rules)

    result = taken(tmp_path, canvas(item))

    assert [option.right for option in only(result).options] == [True, False, True]
    assert "part of the points for part of the answer is not taken" in told(result)


def test_a_short_answer_of_canvas_takes_every_form(tmp_path: Path) -> None:
    rules = rule(equals("Yeast") + equals("yeast") + equals("Wild yeast"), "100", shows="correct_fb")
    feedback = {"correct_fb": "So it is."}

    question = only(
        taken(tmp_path, canvas(canvas_item("short_answer_question", TYPED, rules, feedback=feedback)))
    )

    assert question.kind is Kind.TEXT
    assert {form.text.lower() for form in question.accepted} == {"yeast", "wild yeast"}
    assert not any(form.case for form in question.accepted)
    assert (question.right, question.wrong) == (prose("So it is."), NO_FEEDBACK)


def test_a_text_that_is_looked_for_becomes_a_pattern(tmp_path: Path) -> None:
    condition = '<varsubstring respident="response1" case="Yes">c. (wild)</varsubstring>'

    question = only(
        taken(tmp_path, canvas(canvas_item("short_answer_question", TYPED, rule(condition, "100"))))
    )

    assert question.accepted == (Accepted(r".*c\. \(wild\).*", is_pattern=True, case=True),)


def test_an_essay_of_canvas_becomes_written_work(tmp_path: Path) -> None:
    rules = rule(OTHER, shows="general_fb", goes_on="Yes") + rule(OTHER)
    item = canvas_item("essay_question", TYPED, rules, feedback={"general_fb": "Name the cold."})

    result = taken(tmp_path, canvas(item))

    assert only(result).kind is Kind.WRITTEN
    assert only(result).explanation == prose("Name the cold.")
    assert "the model answer is missing" in told(result)


@pytest.mark.parametrize(
    ("condition", "number"),
    [
        (equals("42.0"), NumberKey(Fraction(42))),
        (
            '<vargte respident="response1">41.5</vargte><varlte respident="response1">42.5</varlte>',
            NumberKey(Fraction(42), Fraction(1, 2)),
        ),
        (
            (
                '<or><varequal respident="response1" margintype="percent" margin="20.0">200.0</varequal><and>'
                '<vargte respident="response1">160.0</vargte><varlte respident="response1">240.0</varlte>'
                "</and></or>"
            ),
            NumberKey(Fraction(200), Fraction(40)),
        ),
        (
            '<varequal respident="response1" margintype="absolute" margin="0.5">-3</varequal>',
            NumberKey(Fraction(-3), Fraction(1, 2)),
        ),
    ],
)
def test_a_number_of_canvas_is_taken_with_its_range(
    tmp_path: Path, condition: str, number: NumberKey
) -> None:
    result = taken(tmp_path, canvas(canvas_item("numerical_question", DECIMAL, rule(condition, "100"))))

    assert only(result).kind is Kind.NUMBER
    assert only(result).number == number


def test_the_open_end_of_a_range_is_told(tmp_path: Path) -> None:
    condition = '<vargt respident="response1">41.995</vargt><varlte respident="response1">42.005</varlte>'

    result = taken(tmp_path, canvas(canvas_item("numerical_question", DECIMAL, rule(condition, "100"))))

    assert only(result).number == NumberKey(Fraction(42), Fraction(5, 1000))
    assert "the end of a range of numbers was not right itself" in told(result)


def test_two_right_numbers_are_told(tmp_path: Path) -> None:
    rules = rule(equals("0"), "100") + rule(equals("42"), "100")

    result = taken(tmp_path, canvas(canvas_item("numerical_question", DECIMAL, rules)))

    assert result.drafts == ()
    assert told(result) == (
        "quiz.xml:6: the question is not taken: 2 numbers are right, where there can be one"
    )


def test_a_matching_question_of_canvas_is_taken_with_what_fits_nothing(tmp_path: Path) -> None:
    right = {"1": "wait", "2": "bake", "3": "add flour"}
    response = "".join(
        f'<response_lid ident="response_{n}"><material><mattext>{item}</mattext></material>'
        f"<render_choice>{labels(right)}</render_choice></response_lid>"
        for n, item in (("a", "It springs back"), ("b", "It comes back slowly"))
    )
    rules = "".join(
        rule(equals(value, f"response_{n}"), "50.00", goes_on="", action="Add")
        for n, value in (("a", "2"), ("b", "1"))
    )

    feedback = {"correct_fb": "So it is.", "general_incorrect_fb": "Think of the dent."}

    item = canvas_item("matching_question", response, rules, feedback=feedback)
    question = only(taken(tmp_path, canvas(item)))

    assert question.kind is Kind.MATCH
    assert (question.right, question.wrong) == (prose("So it is."), prose("Think of the dent."))
    assert [(plain(item.text), item.match) for item in question.items] == [
        ("It springs back", "1"),
        ("It comes back slowly", "2"),
    ]
    assert [plain(target.text) for target in question.targets] == ["bake", "wait", "add flour"]


def test_several_lists_to_choose_from_are_no_match(tmp_path: Path) -> None:
    response = choices({"1": "wait"}, ident="response_a") + choices({"2": "bake"}, ident="response_b")
    rules = rule(equals("1", "response_a"), "50") + rule(equals("2", "response_b"), "50")

    result = taken(tmp_path, canvas(canvas_item("", response, rules)))

    assert told(result) == "quiz.xml:6: a question with several lists to choose from is not taken"


def test_an_ordering_question_is_taken_in_the_order_of_its_rule(tmp_path: Path) -> None:
    response = (
        '<response_lid ident="response1" rcardinality="Ordered"><render_extension>'
        f'<ims_render_object shuffle="No"><flow_label>{labels(THREE)}</flow_label></ims_render_object>'
        "</render_extension></response_lid>"
    )
    item = canvas_item("ordering_question", response, rule(equals("30") + equals("10") + equals("20"), "100"))

    question = only(taken(tmp_path, canvas(item)))

    assert question.kind is Kind.ORDER
    assert [plain(item.text) for item in question.items] == ["More yeast", "Warmth", "Salt"]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("fill_in_multiple_blanks_question", "a question with several blanks is not taken"),
        ("multiple_dropdowns_question", "a question with several lists to choose from is not taken"),
        ("calculated_question", "a question with numbers drawn at random is not taken"),
        ("file_upload_question", "a question that is answered with a file is not taken"),
        ("text_only_question", "a text that asks nothing is not taken"),
        ("hot_spot_question", "a question for a place in a picture is not taken"),
    ],
)
def test_kinds_of_canvas_that_have_no_like_are_told(tmp_path: Path, kind: str, what: str) -> None:
    result = taken(tmp_path, canvas(canvas_item(kind, choices(THREE), rule(equals("10"), "100"))))

    assert result.drafts == ()
    assert told(result) == f"quiz.xml:6: {what}"


def test_feedback_that_has_no_place_is_told_with_its_line(tmp_path: Path) -> None:
    rules = rule(equals("rye"), shows="rye_fb", goes_on="Yes") + rule(equals("yeast"), "100")
    item = canvas_item("short_answer_question", TYPED, rules, feedback={"rye_fb": "Rye is a grain."})

    text = canvas(item)

    result = taken(tmp_path, text)

    line = text[: text.index("<itemfeedback")].count("\n") + 1
    assert f"quiz.xml:{line}: feedback to answers of one sort alone is not taken" in told(result)


def test_points_that_are_no_whole_number_are_told(tmp_path: Path) -> None:
    item = canvas_item("short_answer_question", TYPED, rule(equals("yeast"), "100"), points="0.5")

    result = taken(tmp_path, canvas(item))

    assert only(result).points == 1
    assert "quiz.xml:6: 0.5 points were made 1" in told(result)


def test_a_choice_without_rules_is_a_poll(tmp_path: Path) -> None:
    item = canvas_item("multiple_choice_question", choices(THREE), "", feedback={"general_fb": "So."})

    result = taken(tmp_path, canvas(item))

    assert only(result).kind is Kind.POLL
    assert "a poll has no feedback: it is not taken" in told(result)
    assert "the question is taken as a poll" in told(result)


def blackboard_choices(options: dict[str, str], cardinality: str = "Single") -> str:
    each = "".join(
        f'<response_label ident="{ident}" shuffle="Yes">{formatted(text)}</response_label>'
        for ident, text in options.items()
    )
    return (
        f'<flow class="RESPONSE_BLOCK"><response_lid ident="response" rcardinality="{cardinality}">'
        f'<render_choice shuffle="No"><flow_label class="Block">{each}</flow_label></render_choice>'
        "</response_lid></flow>"
    )


def test_a_multiple_choice_question_of_blackboard_is_taken(tmp_path: Path) -> None:
    rules = blackboard_rules(equals("b", "response")) + "".join(
        f'<respcondition><conditionvar><varequal respident="{ident}" case="No"/></conditionvar>'
        '<setvar variablename="SCORE" action="Set">0</setvar></respcondition>'
        for ident in "ab"
    )
    more = item_feedback("correct", "So it is.") + item_feedback("incorrect", "Think again.")
    response = blackboard_choices({"a": "<p>Salt</p>", "b": "<p>Warmth</p>"})
    item = blackboard_item("Multiple Choice", response, rules, more)

    question = only(taken(tmp_path, blackboard(item), "res00001.dat"))

    assert (question.kind, question.points, question.shuffle) == (Kind.ONE, 2, False)
    assert plain_text(question.prompt) == "What makes it ripe?"
    assert [(plain(option.text), option.right) for option in question.options] == [
        ("Salt", False),
        ("Warmth", True),
    ]
    assert [option.feedback for option in question.options] == [prose("Think again."), prose("So it is.")]


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("True/False", {"true": "true", "false": "false"}, ["True", "False"]),
        ("Either/Or", {"yes": "yes_no.yes", "no": "yes_no.no"}, ["Yes", "No"]),
    ],
)
def test_yes_or_no_of_blackboard_gets_words(
    tmp_path: Path, kind: str, options: dict[str, str], words: list[str]
) -> None:
    rules = blackboard_rules(equals(next(iter(options)), "response"))

    question = only(taken(tmp_path, blackboard(blackboard_item(kind, blackboard_choices(options), rules))))

    assert [plain(option.text) for option in question.options] == words
    assert [option.right for option in question.options] == [True, False]


def test_a_matching_question_of_blackboard_has_its_texts_beside_its_responses(tmp_path: Path) -> None:
    responses = "".join(
        f'<flow class="Block">{formatted(text)}<response_lid ident="{ident}" rcardinality="Single">'
        f'<render_choice shuffle="Yes"><flow_label class="Block"><response_label ident="{ident}1"/>'
        f'<response_label ident="{ident}2"/></flow_label></render_choice></response_lid></flow>'
        for ident, text in (("p", "It stays"), ("q", "It comes back"))
    )
    right = "".join(f'<flow class="Block">{formatted(text)}</flow>' for text in ("wait", "bake"))
    response = (
        f'<flow class="RESPONSE_BLOCK">{responses}</flow><flow class="RIGHT_MATCH_BLOCK">{right}</flow>'
    )
    rules = "".join(
        f"<respcondition><conditionvar>{equals(value, name)}</conditionvar>"
        '<setvar variablename="PartialCreditPercent" action="Set">50</setvar>'
        '<setvar variablename="NegativeCreditPercent" action="Set">0</setvar></respcondition>'
        for name, value in (("p", "p2"), ("another-name", "q1"))
    )

    question = only(taken(tmp_path, blackboard(blackboard_item("Matching", response, rules))))

    matches = {target.id: plain(target.text) for target in question.targets}
    assert [(plain(item.text), matches[item.match]) for item in question.items] == [
        ("It stays", "bake"),
        ("It comes back", "wait"),
    ]


def test_an_essay_of_blackboard_has_its_solution_as_the_model_answer(tmp_path: Path) -> None:
    more = (
        '<itemfeedback ident="solution" view="All"><solution view="All"><solutionmaterial>'
        f"{formatted('Begin <i>earlier</i>.')}</solutionmaterial></solution></itemfeedback>"
    )
    response = f'<flow class="RESPONSE_BLOCK">{TYPED}</flow>'
    rules = "<respcondition><conditionvar/><setvar>SCORE.max</setvar></respcondition>"

    question = only(taken(tmp_path, blackboard(blackboard_item("Essay", response, rules, more))))

    assert question.kind is Kind.WRITTEN
    assert question.model == (Paragraph((Span("Begin "), Span("earlier", italic=True), Span("."))),)


def test_a_number_of_blackboard_takes_the_widest_range(tmp_path: Path) -> None:
    response = (
        '<flow class="RESPONSE_BLOCK"><response_num ident="response"><render_fib fibtype="Decimal"/>'
        "</response_num></flow>"
    )
    near = '<vargte respident="response">9.5</vargte><varlte respident="response">10.5</varlte>'
    rules = blackboard_rules(equals("10", "response")) + blackboard_rules(near)

    question = only(taken(tmp_path, blackboard(blackboard_item("Numeric", response, rules))))

    assert question.number == NumberKey(Fraction(10), Fraction(1, 2))


def test_the_examples_of_the_specification_are_read(tmp_path: Path) -> None:
    text = """<?xml version="1.0"?>
<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd" [<!ELEMENT ims_render_object (flow_label+)>]>
<questestinterop>
  <qticomment>A fill-in-blank question.</qticomment>
  <item title="Rising" ident="I1">
    <presentation label="I1"><flow>
      <material><mattext>The gas comes from the </mattext></material>
      <response_str ident="FIB01" rcardinality="Single"><render_fib prompt="Dashline"/></response_str>
      <material><mattext> in the dough.</mattext><matimage imagtype="image/gif" uri="gone.gif"/></material>
    </flow></presentation>
    <resprocessing>
      <outcomes><decvar varname="FIBSCORE" vartype="Integer" defaultval="0"/></outcomes>
      <respcondition>
        <conditionvar><varequal respident="FIB01" case="Yes">yeast</varequal></conditionvar>
        <setvar action="Add" varname="FIBSCORE">1</setvar>
        <displayfeedback feedbacktype="Response" linkrefid="Correct"/>
      </respcondition>
      <respcondition>
        <conditionvar><not><varequal respident="FIB01" case="Yes">yeast</varequal></not></conditionvar>
        <displayfeedback feedbacktype="Response" linkrefid="Wrong"/>
      </respcondition>
    </resprocessing>
    <itemfeedback ident="Correct"><material><mattext>Yes.</mattext></material></itemfeedback>
    <itemfeedback ident="Wrong"><material><mattext>It is alive.</mattext></material>
      <hint><hintmaterial><material><mattext>You buy it in cubes.</mattext></material></hintmaterial></hint>
    </itemfeedback>
  </item>
</questestinterop>"""

    result = taken(tmp_path, text)

    question = only(result)
    assert question.prompt == prose("The gas comes from the\n\n____\n\nin the dough.")
    assert question.accepted == (Accepted("yeast", case=True),)
    assert (question.right, question.wrong) == (prose("Yes."), prose("It is alive."))
    assert question.hint == prose("You buy it in cubes.")
    assert "quiz.xml:9: the picture `gone.gif` is not there" in told(result)
