"""Problems in OLX become questions of ours."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.any_question import read_questions
from tests.exchange.olx.samples import only, read_one
from tutorbot.exchange.yaml.writing import questions_yaml
from tutorbot.lessons.question import Accepted, Item, Kind, NumberKey, Target
from tutorbot.lessons.text import Span, plain, plain_text, prose

CHOICE = """\
<problem display_name="Blank" max_attempts="3" weight="2.0" markdown="ignored">
<multiplechoiceresponse>
  <p>A word before.</p>
  <label>Which one <em>breathes</em>?</label>
  <description>Choose one.</description>
  <choicegroup type="MultipleChoice" shuffle="true">
    <choice correct="true">A <b>diaphragm</b> <choicehint label="Yes">It does.</choicehint></choice>
    <choice correct="false">A biceps<choicehint><p>It bends.</p></choicehint></choice>
  </choicegroup>
  <solution><div class="detailed-solution"><p>Explanation</p><p>It moves the lungs.</p></div></solution>
</multiplechoiceresponse>
<demandhint><hint>Think of air.</hint></demandhint>
</problem>
"""


def test_a_multiple_choice_is_taken_whole(tmp_path: Path) -> None:
    questions, missed = read_one(tmp_path, CHOICE)

    question = only(questions)
    assert question.kind is Kind.ONE
    assert plain_text(question.prompt) == "A word before.\nWhich one breathes?\nChoose one."
    assert [(plain(option.text), option.right) for option in question.options] == [
        ("A diaphragm", True),
        ("A biceps", False),
    ]
    assert [option.feedback for option in question.options] == [prose("It does."), prose("It bends.")]
    assert question.explanation == prose("It moves the lungs.")
    assert question.hint == prose("Think of air.")
    assert (question.points, question.tries, question.shuffle) == (2, 3, True)
    assert missed == ["asked.xml:2: the questions say no level and are at `apply`; look at each"]


def test_check_boxes_are_taken(tmp_path: Path) -> None:
    questions, missed = read_one(
        tmp_path,
        """<problem><p>Which?</p><choiceresponse partial_credit="EDC"><checkboxgroup>
        <choice correct="true">A<choicehint selected="true">Yes.</choicehint>
        <choicehint selected="false">A pity.</choicehint></choice>
        <choice correct="TRUE">B</choice><choice>C</choice>
        <compoundhint value="A B">Both.</compoundhint>
        </checkboxgroup></choiceresponse></problem>""",
    )

    question = only(questions)
    assert question.kind is Kind.SEVERAL
    assert [option.right for option in question.options] == [True, True, False]
    assert question.options[0].feedback == prose("Yes.")
    assert not question.shuffle
    for told in ("partly right", "leaving an option out", "a combination of options", "feedback is missing"):
        assert any(told in each for each in missed)


NEW_LIST = """\
<optioninput><option correct="True">red <optionhint>x</optionhint></option>
<option correct="False">it's blue</option></optioninput>"""
OLD_LIST = """<optioninput options="('red','it\\'s blue')" correct="red"/>"""


@pytest.mark.parametrize("field", [NEW_LIST, OLD_LIST])
def test_a_drop_down_list_is_a_question_with_one_right_option(tmp_path: Path, field: str) -> None:
    questions, _ = read_one(
        tmp_path, f"<problem><label>Which?</label><optionresponse>{field}</optionresponse></problem>"
    )

    question = only(questions)
    assert question.kind is Kind.ONE
    assert [(plain(option.text), option.right) for option in question.options] == [
        ("red", True),
        ("it's blue", False),
    ]


def test_drop_down_lists_with_the_same_options_are_a_match(tmp_path: Path) -> None:
    listed = "<optionresponse><optioninput options=\"('warm','cold')\" correct=\"{}\"/></optionresponse>"
    ice, fire = (listed.format(right) for right in ("cold", "warm"))
    questions, missed = read_one(
        tmp_path, f"<problem><p>Sort them.</p><p>Ice</p>{ice}<p>Fire</p>{fire}</problem>"
    )

    question = only(questions)
    assert question.kind is Kind.MATCH
    assert question.prompt == prose("Sort them.")
    warmth = {target.id: plain(target.text) for target in question.targets}
    assert [(plain(item.text), warmth[item.match]) for item in question.items] == [
        ("Ice", "cold"),
        ("Fire", "warm"),
    ]
    assert sorted(warmth.values()) == ["cold", "warm"]
    assert not any("not taken" in each for each in missed)


@pytest.mark.parametrize(
    ("response", "key", "told"),
    [
        ('answer="42"', NumberKey(Fraction(42)), ""),
        ('answer="-1.5e2"', NumberKey(Fraction(-150)), ""),
        ('answer=" 1 / 3 "', NumberKey(Fraction(1, 3)), ""),
        ('answer="[5, 7]"', NumberKey(Fraction(6), Fraction(1)), ""),
        ('answer="(5,6]"', NumberKey(Fraction(11, 2), Fraction(1, 2)), "the ends of the range"),
    ],
)
def test_a_number_is_taken(tmp_path: Path, response: str, key: NumberKey, told: str) -> None:
    questions, missed = read_one(
        tmp_path,
        f"<problem><p>How many?</p><numericalresponse {response}><formulaequationinput/>"
        "<correcthint>Yes.</correcthint></numericalresponse></problem>",
    )

    question = only(questions)
    assert (question.kind, question.number, question.right) == (Kind.NUMBER, key, prose("Yes."))
    assert not told or any(told in each for each in missed)


@pytest.mark.parametrize(("tolerance", "value"), [("5%", "2"), ("0.5", "1/2"), (".02", "1/50"), ("-1", "1")])
def test_a_tolerance_is_a_number_or_a_share(tmp_path: Path, tolerance: str, value: str) -> None:
    questions, _ = read_one(
        tmp_path,
        f'<problem><p>How many?</p><numericalresponse answer="40"><responseparam type="tolerance" '
        f'default="{tolerance}"/><textline trailing_text="ms"/></numericalresponse></problem>',
    )

    assert only(questions).number == NumberKey(Fraction(40), Fraction(value), "ms")


@pytest.mark.parametrize(
    ("response", "accepted"),
    [
        ('answer="Yeast"', [Accepted("Yeast", case=True)]),
        ('answer="a_or_b" type="ci"', [Accepted("a"), Accepted("b")]),
        ('answer="a.c" type="ci regexp"', [Accepted("a.c", is_pattern=True)]),
        (r'answer="^(?:a|b)$" type="regexp"', [Accepted("a|b", is_pattern=True, case=True)]),
        (r'answer="^(a|b)(c)$" type="regexp"', [Accepted("(a|b)(c)", is_pattern=True, case=True)]),
        (r'answer="(?i:a)" type="regexp"', [Accepted("a", is_pattern=True)]),
        (r'answer="(?:a)[)](?:b)" type="ci regexp"', [Accepted("(?:a)[)](?:b)", is_pattern=True)]),
    ],
)
def test_accepted_forms_are_taken(tmp_path: Path, response: str, accepted: list[Accepted]) -> None:
    questions, _ = read_one(
        tmp_path, f"<problem><p>What?</p><stringresponse {response}><textline/></stringresponse></problem>"
    )

    assert list(only(questions).accepted) == accepted


def test_further_answers_and_feedback_to_texts_are_taken(tmp_path: Path) -> None:
    questions, missed = read_one(
        tmp_path,
        """<problem><p>What?</p><stringresponse answer="a" type="ci"><correcthint>Yes.</correcthint>
        <additional_answer>b</additional_answer>
        <additional_answer answer="c"><correcthint>Yes, too.</correcthint></additional_answer>
        <stringequalhint answer="d">Nearly.</stringequalhint><regexphint answer=".*">No.</regexphint>
        <regexphint answer="x.*">No x.</regexphint><textline label="A word"/></stringresponse></problem>""",
    )

    question = only(questions)
    assert [form.text for form in question.accepted] == ["a", "b", "c"]
    assert (question.right, question.wrong) == (prose("Yes."), prose("No."))
    for told in ("first right answer", "a certain wrong answer", "certain wrong answers"):
        assert any(told in each for each in missed)


def test_a_problem_with_several_questions_becomes_several(tmp_path: Path) -> None:
    questions, missed = read_one(
        tmp_path,
        """<problem weight="4">
        <question><p>One?</p><numericalresponse answer="1"><textline/></numericalresponse>
        <solution><p>Because.</p></solution></question>
        <p>Two?</p><numericalresponse answer="2"><textline/></numericalresponse>
        <solution><p>For that.</p></solution></problem>""",
    )

    assert [plain_text(question.prompt) for question in questions] == ["One?", "Two?"]
    assert [plain_text(question.explanation) for question in questions] == ["Because.", "For that."]
    assert [question.points for question in questions] == [2, 2]
    assert len({question.id for question in questions}) == 2
    assert any("2 questions" in each for each in missed)


def test_the_label_of_a_field_is_the_prompt_where_nothing_else_is_asked(tmp_path: Path) -> None:
    questions, _ = read_one(
        tmp_path,
        '<problem><numericalresponse answer="1"><textline label="How many?"/></numericalresponse></problem>',
    )

    assert only(questions).prompt == prose("How many?")


WITHOUT_RIGHT = """\
<p>?</p><multiplechoiceresponse><choicegroup><choice correct='false'>a</choice></choicegroup>
</multiplechoiceresponse>"""


def response(kind: str, answer: str, more: str = "") -> str:
    return f"<p>?</p><{kind}response answer='{answer}' {more}><textline/></{kind}response>"


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<p>Hello</p>", "asks nothing that is known"),
        (response("custom", "", "cfn='f'"), "an answer that a script judges"),
        (response("formula", "x"), "a formula to write"),
        ("<script>x=1</script>" + response("numerical", "$x"), "a script computes"),
        (response("numerical", "2*pi"), "a formula, `2*pi`"),
        (response("string", "(?=a)", "type='regexp'"), "the pattern `(?=a)`"),
        (WITHOUT_RIGHT, "no option is right"),
        ("<numericalresponse answer='1'/>" * 51, "more than 50 questions"),
    ],
)
def test_what_is_no_question_of_ours_is_told_with_its_line(tmp_path: Path, inner: str, told: str) -> None:
    questions, missed = read_one(tmp_path, f"<problem>\n{inner}</problem>")

    assert questions == []
    assert any(told in each and each.startswith("asked.xml:") for each in missed)


def test_a_match_keeps_what_belongs_to_no_item(tmp_path: Path) -> None:
    listed = "<optioninput options=\"('a','b','c')\" correct=\"{}\"/>"
    questions, _ = read_one(
        tmp_path,
        f"<problem><optionresponse><p>One</p>{listed.format('b')}<p>Two</p>{listed.format('a')}"
        "</optionresponse><p>Which?</p></problem>",
    )

    question = only(questions)
    assert question.prompt == prose("Which?")
    assert question.items == (Item("1", (Span("One"),), "1"), Item("2", (Span("Two"),), "2"))
    assert question.targets == (
        Target("1", (Span("b"),)),
        Target("2", (Span("a"),)),
        Target("3", (Span("c"),)),
    )


TAGS = st.sampled_from(
    [
        *("problem", "p", "multiplechoiceresponse", "choicegroup", "choice", "choicehint", "optionresponse"),
        *(
            "optioninput",
            "option",
            "numericalresponse",
            "responseparam",
            "stringresponse",
            "additional_answer",
        ),
        *("solution", "demandhint", "hint", "label", "question", "div", "table", "td", "img", "script"),
        *("openassessment", "criterion", "rubric", "prompts", "prompt", "choiceresponse", "checkboxgroup"),
    ]
)
NAMES = ("answer", "correct", "type", "default", "options", "points", "weight", "max_attempts", "class")
VALUES = (
    *("1", "[1,2]", "[2,1]", "(", "regexp", "ci", "true", "('a','b')", "'", "1e99", "9" * 40, "$x", "1/0"),
    *("situation", "tolerance", "-1", ".5%"),
)
ATTRIBUTES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3)


def element(name: str, attributes: dict[str, str], inner: list[str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inner)}</{name}>"


ELEMENTS = st.recursive(
    st.sampled_from(["", "a", "b ", "&amp;"]),
    lambda inner: st.builds(element, TAGS, ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(ELEMENTS, max_size=4).map("".join))
def test_any_problem_is_taken_or_told(tmp_path: Path, inner: str) -> None:
    questions, missed = read_one(tmp_path, f"<problem>{inner}</problem>")

    assert questions or missed
    if questions:
        assert read_questions(questions_yaml(questions, {})) == (questions, [])
