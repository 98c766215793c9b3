"""Problems in OLX become questions of ours."""

import gzip
import io
import tarfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.any_question import read_questions
from tutorbot.errors import TutorError
from tutorbot.exchange import tarballs
from tutorbot.exchange.olx.reading import read
from tutorbot.exchange.taken import Taken
from tutorbot.exchange.yaml.writing import questions_yaml
from tutorbot.lessons.question import (
    Accepted,
    Criterion,
    Item,
    Kind,
    NumberKey,
    Question,
    RubricLevel,
    Target,
)
from tutorbot.lessons.text import Paragraph, Picture, Span, plain, plain_text, prose

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"></svg>'


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_one(tmp_path: Path, problem: str) -> tuple[list[Question], list[str]]:
    taken = read(written(tmp_path, {"asked.xml": problem}) / "asked.xml")
    return [draft.question for draft in taken.drafts], [str(missed) for missed in taken.missed]


def only(questions: list[Question]) -> Question:
    assert len(questions) == 1
    return questions[0]


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


def test_a_written_answer_is_taken_with_its_rubric(tmp_path: Path) -> None:
    questions, missed = read_one(
        tmp_path,
        """<openassessment url_name="essay" prompts_type="html"><title>Essay</title>
        <assessments><assessment name="peer-assessment"/><assessment name="staff-assessment"/></assessments>
        <prompts><prompt><description>&lt;p&gt;Write &lt;b&gt;much&lt;/b&gt;.&lt;/p&gt;</description>
        </prompt></prompts>
        <rubric><criterion><name>0</name><label>Depth</label><prompt>How deep?</prompt>
        <option points="0"><name>0</name><label>Flat</label><explanation>It is flat.</explanation></option>
        <option points="3"><name>1</name><label>Deep</label><explanation/></option></criterion></rubric>
        </openassessment>""",
    )

    question = only(questions)
    assert question.kind is Kind.WRITTEN
    assert question.prompt == (Paragraph((Span("Write "), Span("much", bold=True), Span("."))),)
    levels = (RubricLevel(0, (Span("It is flat."),)), RubricLevel(3, (Span("Deep"),)))
    assert question.rubric == (Criterion("Depth", levels),)
    assert question.points == 3
    assert any("staff mark the answer" in each for each in missed)


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


ASSET = "/assets/courseware/v1/x/asset-v1:o+c+r+type@asset+block@it.svg"


def numbered(text: str, *pictures: str, name: str = "") -> str:
    shown = "".join(f'<img src="{address}" alt="It"/>' for address in pictures)
    return (
        f'<problem display_name="{name}"><p>{text} {shown}</p>'
        '<numericalresponse answer="1"><textline/></numericalresponse></problem>'
    )


HASH = "0a1b2c3d4e5f60718293"
COURSE: dict[str, str | bytes] = {
    "course.xml": '<course url_name="run" org="o" course="c"/>',
    "course/run.xml": '<course><chapter url_name="b"/><chapter url_name="a"/><wiki slug="x"/></course>',
    "chapter/a.xml": f'<chapter><sequential url_name="{HASH}"/></chapter>',
    "chapter/b.xml": '<chapter><sequential url_name="s2"/></chapter>',
    f"sequential/{HASH}.xml": """\
<sequential display_name="The first lesson"><vertical url_name="v1"/></sequential>""",
    "sequential/s2.xml": """\
<sequential><vertical><html url_name="h"/><video/>
<library_content><problem url_name="deep:later"/></library_content></vertical></sequential>""",
    "vertical/v1.xml": f'<vertical><problem url_name="{HASH}"/><problem url_name="gone"/></vertical>',
    f"problem/{HASH}.xml": numbered("First?", "/static/it.svg", name="First One"),
    "problem/deep/later.xml": numbered("Later?", ASSET, "/static/../secret.png"),
    "problem/hidden.xml": numbered("Hidden?"),
    "static/it.svg": SVG,
    "secret.png": b"\x89PNG\r\n\x1a\n",
}


def tarball(path: Path, files: dict[str, str | bytes]) -> Path:
    encoded = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    tarballs.write_tarball(path, encoded, "course")
    return path


def asked(taken: Taken) -> list[str]:
    return [plain_text(draft.question.prompt) for draft in taken.drafts]


def test_a_course_is_read_in_its_own_order(tmp_path: Path) -> None:
    taken = read(written(tmp_path / "course", COURSE))

    assert [text.split("\n")[0] for text in asked(taken)] == ["Later?", "First?"]
    assert [draft.question.id for draft in taken.drafts] == ["deep-later", "first-one"]
    assert [draft.question.topic for draft in taken.drafts] == ["s2", "the-first-lesson"]
    assert [str(draft.place) for draft in taken.drafts] == [
        "course/problem/deep/later.xml:1",
        f"course/problem/{HASH}.xml:1",
    ]
    told = [str(missed) for missed in taken.missed]
    assert "course/vertical/v1.xml:1: there is no file `problem/gone.xml`" in told
    assert "course/course.xml:1: only questions are taken, and not pages of text (1), videos (1)" in told
    later = "course/problem/deep/later.xml:1"
    assert f"{later}: it may be tried without end, like 1 more, and has the usual tries here" in told
    assert "course/course.xml:1: problems that the course does not show are not taken (1)" in told


def test_pictures_come_from_the_folder_for_them_and_nowhere_else(tmp_path: Path) -> None:
    taken = read(written(tmp_path / "course", COURSE))

    (digest,) = taken.pictures
    assert taken.pictures[digest] == SVG
    for draft in taken.drafts:
        assert Picture(digest, "It") in draft.question.prompt
    assert any("/static/../secret.png" in missed.what for missed in taken.missed)


def test_an_export_of_open_edx_is_the_same_as_its_folder(tmp_path: Path) -> None:
    folder = read(written(tmp_path / "course", COURSE))
    packed = read(tarball(tmp_path / "course.tar.gz", COURSE))

    assert [draft.question for draft in packed.drafts] == [draft.question for draft in folder.drafts]
    assert packed.pictures == folder.pictures
    assert packed.drafts[0].place.file == "course.tar.gz/course/problem/deep/later.xml"


def test_problems_without_a_course_are_read_by_their_names(tmp_path: Path) -> None:
    problems = {name: text for name, text in COURSE.items() if name.startswith(("problem/", "static/"))}

    taken = read(written(tmp_path / "course", problems))

    assert [text.split("\n")[0] for text in asked(taken)] == ["First?", "Later?", "Hidden?"]


def test_a_course_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    taken = read(
        written(
            tmp_path / "course",
            {
                "course.xml": '<course url_name="run"/>',
                "course/run.xml": '<course><chapter url_name="a"/></course>',
                "chapter/a.xml": '<chapter><chapter url_name="a"/><course url_name="run"/></chapter>',
            },
        )
    )

    assert taken.drafts == ()


@pytest.mark.parametrize("name", ["missing.xml", "missing.tar.gz"])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(TutorError, match=name):
        read(tmp_path / name)


def test_a_package_without_olx_is_told(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match="holds no OLX"):
        read(tarball(tmp_path / "empty.tar.gz", {"a.txt": "x"}))


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    member = tarfile.TarInfo("a.bin")
    member.size = tarballs.MOST_UNPACKED
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(member.tobuf())
        for _ in range(tarballs.MOST_UNPACKED // 2**20):
            packed.write(bytes(2**20))

    with pytest.raises(TutorError, match="MB are packed in it"):
        read(path)


def test_names_that_lead_out_of_a_tar_file_and_links_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("../course.xml", "/etc/course.xml", "a/../../course.xml"):
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
        link = tarfile.TarInfo("course.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    with pytest.raises(TutorError, match="holds no OLX"):
        read(path)


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


def refused(path: Path) -> str:
    """Return why the file is refused; its name, if it is not."""
    try:
        read(path)
    except TutorError as error:
        return str(error)
    return path.name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from(["a.xml", "a.tar.gz", "a.tar"]))
def test_any_bytes_are_taken_or_refused(tmp_path: Path, data: bytes, name: str) -> None:
    path = written(tmp_path, {name: data}) / name

    assert refused(path).startswith(name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_spoilt_tar_file_is_taken_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(gzip.decompress(tarball(tmp_path / "whole.tar.gz", COURSE).read_bytes()))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = (
        written(tmp_path, {"spoilt.tar": bytes(whole[: data.draw(st.integers(0, len(whole)))])})
        / "spoilt.tar"
    )

    assert refused(path).startswith("spoilt.tar")


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
