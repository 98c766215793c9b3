"""Packages of QTI: which of their files are read, their pictures, and what is no QTI."""

import base64
import string
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.any_question import read_questions
from tests.exchange.qti.samples import (
    assessment_item,
    blackboard,
    blackboard_item,
    blackboard_rules,
    canvas,
    canvas_item,
    choices,
    equals,
    rule,
    taken,
    told,
)
from tutorbot.exchange.qti.reading import read
from tutorbot.exchange.taken import Taken, Unreadable
from tutorbot.exchange.yaml.writing import questions_yaml
from tutorbot.lessons.text import Picture, pictures

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
DIGEST = sha256(PNG).hexdigest()
OPTIONS = {"1": "Yes", "2": "No"}


def item(title: str, prompt: str = "<p>Is it ripe?</p>") -> str:
    response = choices(OPTIONS)
    rules = rule(equals("1"), "100")
    return canvas_item("true_false_question", response, rules, prompt=prompt, title=title)


def manifest(*files: str) -> str:
    resources = "".join(f'<resource href="{file}"><file href="{file}"/></resource>' for file in files)
    return f"<manifest><resources>{resources}</resources></manifest>"


def packed(folder: Path, files: Mapping[str, str | bytes]) -> Taken:
    path = folder / "quiz.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return read(path)


def ids(result: Taken) -> list[str]:
    return [draft.question.id for draft in result.drafts]


def shown(result: Taken) -> list[Picture]:
    return [picture for draft in result.drafts for picture in pictures(draft.question.prompt)]


def test_the_files_of_a_package_are_read_in_the_order_of_its_manifest(tmp_path: Path) -> None:
    result = packed(
        tmp_path,
        {
            "imsmanifest.xml": manifest("b/quiz.xml", "a/quiz.xml"),
            "a/quiz.xml": canvas(item("Alpha")),
            "b/quiz.xml": canvas(item("Beta")),
            "c/quiz.xml": canvas(item("Beta")),
            "course_settings/settings.xml": "<course/>",
        },
    )

    assert ids(result) == ["beta", "alpha", "beta-2"]
    assert [str(draft.place) for draft in result.drafts] == [
        "quiz.zip/b/quiz.xml:6",
        "quiz.zip/a/quiz.xml:6",
        "quiz.zip/c/quiz.xml:6",
    ]


def test_a_quiz_that_canvas_wrote_twice_is_taken_once(tmp_path: Path) -> None:
    result = packed(
        tmp_path,
        {
            "g1/assessment_qti.xml": canvas(item("Less")),
            "non_cc_assessments/g1.xml.qti": canvas(item("Whole")),
        },
    )

    assert ids(result) == ["whole"]


def test_a_broken_file_of_a_package_is_told_and_the_others_are_taken(tmp_path: Path) -> None:
    result = packed(tmp_path, {"a.xml": "<item>\n<b></item>", "b.xml": canvas(item("Beta"))})

    assert ids(result) == ["beta"]
    assert "quiz.zip/a.xml:2: is not sound XML (mismatched tag)" in told(result)


def test_a_test_and_questions_kept_elsewhere_are_told(tmp_path: Path) -> None:
    group = (
        "<selection_ordering><selection><sourcebank_ref>b</sourcebank_ref></selection></selection_ordering>"
    )

    result = packed(
        tmp_path,
        {
            "quiz.xml": canvas(item("Alpha"), group),
            "item.xml": assessment_item("<p/>"),
            "test.xml": "<assessmentTest/>",
            "three.xml": "<qti-assessment-item/>",
        },
    )

    assert "questions of a bank that is not in this file are not taken" in told(result)
    assert (
        "quiz.zip/test.xml:1: the order of a test, its times and its way of counting are not taken"
        in told(result)
    )
    assert "quiz.zip/three.xml:1: QTI 3 is not read" in told(result)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (
            "$IMS-CC-FILEBASE$/Uploaded%20Media/dough.png?canvas_download=1",
            "web_resources/Uploaded Media/dough.png",
        ),
        ("%24IMS-CC-FILEBASE%24/dough.png", "web_resources/dough.png"),
        ("$IMS_CC_FILE_BASE$org1/dough.png", "org1/dough.png"),
        ("media/dough.png", "media/dough.png"),
        ("../media/dough.png", "media/dough.png"),
        ("@X@EmbeddedFile.location@X@dough.png", "g1/dough.png"),
    ],
)
def test_a_picture_is_found_where_its_producer_puts_it(tmp_path: Path, address: str, name: str) -> None:
    quiz = canvas(item("Alpha", f'<p>Is it ripe?</p><img src="{address}" alt="A dough">'))
    folder = "quizzes/" if address.startswith("..") else ""

    result = packed(tmp_path, {f"{folder}g1.xml": quiz, name: PNG})

    assert shown(result) == [Picture(DIGEST, "A dough")]
    assert result.pictures == {DIGEST: PNG}


def test_a_picture_within_the_text_is_taken(tmp_path: Path) -> None:
    address = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"

    result = taken(tmp_path, canvas(item("Alpha", f'<p>Is it?</p><img src="{address}" alt="A dough">')))

    assert shown(result) == [Picture(DIGEST, "A dough")]


@pytest.mark.parametrize(
    "address", ["/etc/passwd", "../../quiz.zip", "https://example.org/a.png", "a.xml", ""]
)
def test_what_is_no_picture_of_the_package_is_told(tmp_path: Path, address: str) -> None:
    quiz = canvas(item("Alpha", f'<p>Is it?</p><img src="{address}">'))

    result = packed(tmp_path, {"quiz.xml": quiz, "a.xml": "<a/>"})

    assert result.pictures == {}
    assert "the picture `" in told(result)


def test_a_package_of_blackboard_is_read(tmp_path: Path) -> None:
    response = f'<flow class="RESPONSE_BLOCK">{choices(OPTIONS, ident="response")}</flow>'
    quiz = blackboard(blackboard_item("Multiple Choice", response, blackboard_rules(equals("1", "response"))))
    listed = (
        '<manifest xmlns:bb="urn:bb"><resources><resource bb:file="res00001.dat"/></resources></manifest>'
    )

    result = packed(tmp_path, {"imsmanifest.xml": listed, "res00001.dat": quiz, "res00002.dat": "<x/>"})

    assert ids(result) == ["question"]


def test_what_holds_no_qti_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"quiz\.xml:1: holds no questions in QTI"):
        taken(tmp_path, "<html/>")
    with pytest.raises(Unreadable, match=r"quiz\.xml:1: is not sound XML"):
        taken(tmp_path, "GIFT, perhaps {=yes}")
    with pytest.raises(Unreadable, match=r"nowhere\.xml:1: cannot be read \(No such file"):
        read(tmp_path / "nowhere.xml")


def test_a_question_of_too_many_parts_is_told_and_the_next_is_taken(tmp_path: Path) -> None:
    huge = canvas_item("matching_question", choices(OPTIONS) * 1_000, rule(equals("1"), "100"))

    result = taken(tmp_path, canvas(huge, item("Beta")))

    assert ids(result) == ["beta"]
    assert "quiz.xml:6: the question is not taken: it has 8," in told(result)


ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=40)
CALLS = st.sampled_from(["@channel", "<!here>", "# a", "- a", "1. a", "`a", "*a*", "[a](b)", "a: b", "&amp;"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(ANY | CALLS, min_size=5, max_size=5))
def test_whatever_is_taken_can_be_read_as_a_file_of_ours(tmp_path: Path, texts: list[str]) -> None:
    prompt, yes, no, form, said = texts
    feedback = {"general_fb": escape(said), "correct_fb": escape(said)}
    chosen = canvas_item(
        "multiple_choice_question",
        choices({"1": yes, "2": no}),
        rule(equals("1"), "100"),
        prompt=f"<p>{escape(prompt)}</p>",
        feedback=feedback,
    )
    typed = canvas_item(
        "short_answer_question",
        '<response_str ident="response1"><render_fib/></response_str>',
        rule(equals(escape(form)), "100"),
    )

    asked = [draft.question for draft in taken(tmp_path, canvas(chosen, typed)).drafts]

    again, faults = read_questions(questions_yaml(asked, {})) if asked else ([], [])
    assert (again, faults) == (asked, [])


SAMPLES = [
    canvas(item("Alpha"), item("Beta")),
    blackboard(blackboard_item("Essay", "<response_str/>", blackboard_rules(""))),
    assessment_item('<choiceInteraction responseIdentifier="RESPONSE"/>', correct=("A",)),
]
NAMES = st.sampled_from(
    (
        *("item", "presentation", "response_lid", "response_str", "response_num", "response_grp", "material"),
        *(
            "render_choice",
            "render_fib",
            "response_label",
            "mattext",
            "flow",
            "resprocessing",
            "respcondition",
        ),
        *(
            "conditionvar",
            "varequal",
            "vargte",
            "varlte",
            "not",
            "and",
            "or",
            "other",
            "setvar",
            "itemfeedback",
        ),
        *("displayfeedback", "solution", "hint", "matimage", "decvar", "qtimetadatafield", "fieldlabel"),
        *("itemBody", "choiceInteraction", "orderInteraction", "matchInteraction", "textEntryInteraction"),
        *(
            "simpleChoice",
            "simpleMatchSet",
            "simpleAssociableChoice",
            "responseDeclaration",
            "correctResponse",
        ),
        *(
            "value",
            "mapping",
            "mapEntry",
            "modalFeedback",
            "responseProcessing",
            "responseIf",
            "match",
            "equal",
        ),
    )
)
TEXTS = st.sampled_from(
    ["", "1", "a", "a b", "100", "-1e9", "SCORE.max", "&lt;p&gt;x", "RESPONSE", "0.5", "ä"]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        (
            *(
                "ident",
                "identifier",
                "respident",
                "rcardinality",
                "cardinality",
                "baseType",
                "texttype",
                "case",
            ),
            *(
                "continue",
                "action",
                "varname",
                "linkrefid",
                "responseIdentifier",
                "mapKey",
                "mappedValue",
                "uri",
            ),
            *(
                "tolerance",
                "toleranceMode",
                "margin",
                "class",
                "maxvalue",
                "fibtype",
                "maxChoices",
                "showHide",
            ),
        )
    ),
    TEXTS | st.sampled_from(["Multiple", "Ordered", "multiple", "float", "string", "text/html", "percent"]),
    max_size=3,
)


def element(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inside)}</{name}>"


TREES = st.recursive(
    TEXTS, lambda inner: st.builds(element, NAMES, ATTRIBUTES, st.lists(inner, max_size=5)), max_leaves=30
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    root=st.sampled_from(["questestinterop", "item", "assessmentItem"]), inside=st.lists(TREES, max_size=4)
)
def test_any_tree_of_known_elements_is_taken_or_told(tmp_path: Path, root: str, inside: list[str]) -> None:
    result = taken(tmp_path, element(root, {}, inside))

    assert all(missed.place.file == "quiz.xml" and missed.place.line >= 1 for missed in result.missed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sample=st.sampled_from(SAMPLES), cut=st.data())
def test_a_damaged_file_is_taken_or_told(tmp_path: Path, sample: str, cut: st.DataObject) -> None:
    begin = cut.draw(st.integers(0, len(sample)))
    end = cut.draw(st.integers(begin, min(len(sample), begin + 200)))
    put_in = cut.draw(st.text(string.printable + "é\u2028", max_size=20))

    with suppress(Unreadable):
        taken(tmp_path, sample[:begin] + put_in + sample[end:])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_taken_or_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "quiz.xml"
    path.write_bytes(data)

    with suppress(Unreadable):
        read(path)
