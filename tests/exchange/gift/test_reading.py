"""Questions in GIFT become ours."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.any_question import read_questions
from tutorbot.errors import TutorError
from tutorbot.exchange.drafting import NO_EXPLANATION, NO_FEEDBACK
from tutorbot.exchange.gift.reading import MOST_QUESTIONS, read, read_bytes
from tutorbot.exchange.gift.syntax import MOST_BYTES
from tutorbot.exchange.taken import Taken, Unreadable
from tutorbot.exchange.yaml.writing import questions_yaml
from tutorbot.lessons.answers import Typed
from tutorbot.lessons.marking import mark
from tutorbot.lessons.question import Accepted, Kind, Level, NumberKey, Question
from tutorbot.lessons.text import Code, Paragraph, Span, plain, plain_text, prose


def taken(text: str) -> Taken:
    return read_bytes(text.encode(), "quiz.gift")


def only(text: str) -> Question:
    """Return the one question that is taken."""
    (draft,) = taken(text).drafts
    return draft.question


def missed(text: str) -> list[str]:
    """Return what is told, without what is lacking in nearly every question."""
    return [
        str(each)
        for each in taken(text).missed
        if "still to be written" not in each.what and "say no level" not in each.what
    ]


def options(question: Question) -> list[tuple[str, bool]]:
    return [(plain(option.text), option.right) for option in question.options]


def test_one_of_several_is_right() -> None:
    question = only("Who's buried in Grant's tomb?{~Grant #No. ~Jefferson =no one #Yes!}")

    assert question.kind is Kind.ONE
    assert question.prompt == prose("Who's buried in Grant's tomb?")
    assert options(question) == [("Grant", False), ("Jefferson", False), ("no one", True)]
    assert [option.feedback for option in question.options] == [prose("No."), NO_FEEDBACK, prose("Yes!")]


def test_several_are_right_by_their_weights() -> None:
    text = "Who lies in Grant's tomb? {\n~%-50%No one\n~%50%Grant\n~%50%Grant's wife\n~%-50%His father}"
    question = only(text)

    assert question.kind is Kind.SEVERAL
    assert [right for _, right in options(question)] == [False, True, True, False]
    assert missed(text) == [
        "quiz.gift:2: percentages are not taken: an answer counts when it is right as a whole"
    ]


def test_an_answer_that_counts_in_part_is_taken_as_wrong_and_told() -> None:
    text = "Difficult.{~wrong ~%50%half =full}"

    assert options(only(text)) == [("wrong", False), ("half", False), ("full", True)]
    assert missed(text) == ["quiz.gift:1: an answer that counts in part is taken as a wrong one"]


@pytest.mark.parametrize(("word", "right"), [("T", True), ("TRUE", True), ("F", False), ("FALSE", False)])
def test_true_or_false_is_one_of_two_options(word: str, right: bool) -> None:
    question = only(f"The sun rises in the east.{{{word}#No#Yes####It does.}}")

    assert options(question) == [("True", right), ("False", not right)]
    assert [option.feedback for option in question.options if option.right] == [prose("Yes")]
    assert [option.feedback for option in question.options if not option.right] == [prose("No")]
    assert question.explanation == prose("It does.")
    assert (question.shuffle, question.tries) == (False, 1)


def test_a_short_answer_has_several_forms() -> None:
    question = only("Two plus two equals {=four#Yes =4 =%0%*#Count again.}")

    assert question.kind is Kind.TEXT
    assert question.accepted == (Accepted("four"), Accepted("4"))
    assert (question.right, question.wrong) == (prose("Yes"), prose("Count again."))


@pytest.mark.parametrize(
    ("form", "accepted", "fits", "fits_not"),
    [
        ("ev*t", Accepted("ev.*t", True), "EVENT", "events"),
        ("*.txt", Accepted(r".*\.txt", True), "a.txt", "atxt"),
        (r"2 \\* 3", Accepted("2 * 3"), "2 * 3", "2 and 3"),
        (r"\\*a*", Accepted(r"\*a.*", True), "*ab", "ba"),
    ],
)
def test_a_star_stands_for_anything(form: str, accepted: Accepted, fits: str, fits_not: str) -> None:
    question = only(f"What is it? {{={form}}}")

    assert question.accepted == (accepted,)
    assert mark(question, Typed(fits)).right
    assert not mark(question, Typed(fits_not)).right


def test_pairs_are_matched_and_what_has_no_item_is_extra() -> None:
    question = only("Capitals?{=Canada -> Ottawa =Italy->Rome =Vatican -> Rome = -> Bonn}")

    targets = {target.id: plain(target.text) for target in question.targets}
    assert [(plain(item.text), targets[item.match]) for item in question.items] == [
        ("Canada", "Ottawa"),
        ("Italy", "Rome"),
        ("Vatican", "Rome"),
    ]
    assert list(targets.values()) == ["Ottawa", "Rome", "Bonn"]


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("#1822", NumberKey(Fraction(1822))),
        ("#1822:5", NumberKey(Fraction(1822), Fraction(5))),
        ("#3.141..3.142", NumberKey(Fraction("3.1415"), Fraction("0.0005"))),
        ("#-1e3:0.5", NumberKey(Fraction(-1000), Fraction("0.5"))),
        ("# =1:1 =2.5:1.5", NumberKey(Fraction(2), Fraction(2))),
        ("#=%100%1822:0#Yes\n~#No", NumberKey(Fraction(1822))),
    ],
)
def test_a_number_has_a_tolerance_or_a_range(answer: str, key: NumberKey) -> None:
    question = only(f"When?{{{answer}}}")

    assert question.kind is Kind.NUMBER
    assert question.number == key


def test_several_exact_numbers_become_forms_of_a_text() -> None:
    text = "What squared is 4?{#=2 =-2}"

    assert only(text).accepted == (Accepted("2"), Accepted("-2"))
    assert missed(text) == ["quiz.gift:1: several numbers are right: they are taken as forms of a short text"]


def test_a_number_that_is_nearly_right_counts_nothing() -> None:
    text = "When was Grant born? {#\n  =1822:0 #Right\n  =%50%1822:2 #Nearly}"

    assert only(text).number == NumberKey(Fraction(1822))
    assert missed(text) == ["quiz.gift:3: answers that count in part, or not at all, are not taken"]


def test_an_essay_is_written() -> None:
    question = only("Why? {####Because.}")

    assert (question.kind, question.explanation) == (Kind.WRITTEN, prose("Because."))


def test_a_missing_word_leaves_a_gap() -> None:
    assert only("Grant is {~buried =entombed} in Grant's tomb.").prompt == prose(
        "Grant is _____ in Grant's tomb."
    )


def test_the_name_becomes_the_id_unless_a_comment_says_one() -> None:
    text = (
        "::Kanji Origins::Whence?{=China}\n\n// [id:ripe-1] [tag:recall]\n::Ripe::How?{=so}\n\nNo name?{=a}"
    )

    drafts = taken(text).drafts

    assert [draft.question.id for draft in drafts] == ["kanji-origins", "ripe-1", "quiz-3"]
    assert [draft.question.level for draft in drafts] == [Level.APPLY, Level.RECALL, Level.APPLY]
    assert [draft.place.line for draft in drafts] == [1, 4, 6]


def test_the_last_part_of_a_category_is_the_topic() -> None:
    text = "A?{=a}\n\n$CATEGORY: $course$/top/Bread//Dough/First rise\n\nB?{=b}\n$CATEGORY: x\n\nC?{=c}"

    assert [draft.question.topic for draft in taken(text).drafts][:2] == ["", "first-rise"]


def test_comments_are_passed_over() -> None:
    text = "// above\nWhat\n// between {\nis it?{=a\n// =b\n=c}"

    assert only(text).prompt == prose("What is it?")
    assert only(text).accepted == (Accepted("a"), Accepted("c"))


def test_signs_with_a_backslash_are_only_signs() -> None:
    question = only(r"\{a\:b\} \\ \~\#{ ~ \= 2 + 2 = \= 2 + 3 \# 1 # \~ yes }")

    assert question.prompt == prose("{a:b} \\ ~#")
    assert options(question) == [("= 2 + 2", False), ("= 2 + 3 # 1", True)]
    assert question.options[1].feedback == prose("~ yes")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo", prose("one two")),
        (r"one\ntwo\n\nthree", prose("one\ntwo\n\nthree")),
        ("[plain]<b>a</b>", prose("<b>a</b>")),
        ("a <b>c</b>", (Paragraph((Span("a "), Span("c", bold=True))),)),
        ("[html]<pre>x \\= 1</pre>", (Code("x = 1"),)),
        (r"[markdown]a **b**\n\n    code", (Paragraph((Span("a "), Span("b", bold=True))), Code("code"))),
        ("[other]a", prose("[other]a")),
    ],
)
def test_a_text_says_how_it_is_marked_up(text: str, shown: object) -> None:
    assert only(text + "{=x}").prompt == shown


def test_answers_are_marked_up_like_the_question() -> None:
    question = only("[markdown]A?{=**b** ~[html]<i>c</i>#[plain]**d**}")

    assert question.options[0].text == (Span("b", bold=True),)
    assert question.options[1].text == (Span("c", italic=True),)
    assert question.options[1].feedback == prose("**d**")


def test_markdown_that_a_course_cannot_show_is_taken_as_plain_text() -> None:
    text = "[markdown]See ![it](a.png){=x}"

    assert only(text).prompt == prose("See ![it](a.png)")
    assert missed(text) == [
        "quiz.gift:1: Markdown that is taken as plain text: a picture in the middle of a text"
    ]


def test_nobody_is_called() -> None:
    question = only("[markdown]Hello @channel {=@here ~[plain]@everyone}")

    assert "@channel" not in plain_text(question.prompt)
    assert not any("@here" in text or "@everyone" in text for text, _ in options(question))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Only a text.", "a text that asks nothing is not taken"),
        ("What? {=a", "a question in which `{` and `}` do not belong together is not taken"),
        ("What? }{=a", "a question in which `{` and `}` do not belong together is not taken"),
        (
            "What? {=a} and {=b}",
            "a question with more than one answer in braces is not taken; an empty line parts two questions",
        ),
        ("What? {#many}", "a numerical question without one range of right numbers is not taken"),
        ("What? {#=1:1 =9:1}", "a numerical question without one range of right numbers is not taken"),
        ("What? {=a}" + "x" * 50_000, "a question of more than 50,000 characters is not taken"),
        ("{=a ~b}", "the question is not taken: it asks nothing"),
        ("What? {~a ~b}", "the question is not taken: no option is right"),
        ("What? {=a =b ~c}", "the question is not taken: 2 options are right, where one is to be chosen"),
        (
            "What? {=a ~b" + " ~c" * 8 + "}",
            "the question is not taken: it has 10 options, and 2 to 8 are possible",
        ),
    ],
)
def test_what_is_not_taken_is_told_with_its_place(text: str, what: str) -> None:
    found = taken("First?{T}\n\n" + text)

    assert len(found.drafts) == 1
    told = [each for each in found.missed if each.place.line == 3]
    assert [str(each)[: len(what) + 13] for each in told][-1] == f"quiz.gift:3: {what}"


def test_what_is_lacking_is_filled_in_and_told() -> None:
    found = taken("What?{=a ~b}")

    assert found.drafts[0].question.explanation == NO_EXPLANATION
    assert [each.what for each in found.missed] == [
        "feedback is missing; write it where it says “still to be written”",
        "the explanation is missing; write it where it says “still to be written”",
        "the questions say no level and are at `apply`; look at each",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_begin_with_a_mark_of_its_encoding(encoding: str) -> None:
    found = read_bytes("Größe?\r\n{=groß}".encode(encoding), "quiz.gift")

    assert found.drafts[0].question.prompt == prose("Größe?")


def test_a_file_that_is_no_text_is_told_with_the_line() -> None:
    with pytest.raises(Unreadable, match=r"quiz\.gift:2: is not text in UTF-8; save it as UTF-8"):
        read_bytes(b"one\n\xff\xfe\xfa", "quiz.gift")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "quiz.gift"
    file.write_bytes(b"a" * (MOST_BYTES + 1))

    with pytest.raises(Unreadable, match="is larger than the 2 MB that are read"):
        read(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"quiz\.gift:1: cannot be read \(No such file or directory\)"):
        read(tmp_path / "quiz.gift")


def test_a_file_of_very_many_questions_is_read_up_to_a_bound() -> None:
    found = taken("A?{T}\n\n" * (MOST_QUESTIONS + 2))

    assert len(found.drafts) == MOST_QUESTIONS
    assert any("behind the first 5,000 questions" in each.what for each in found.missed)


PIECES = [
    *"{}=~#:%*\\/|[]<>!@$.-_1a \n",
    *(
        "\n\n",
        "->",
        "####",
        "{=",
        "{~",
        "{#",
        "{T}",
        "::",
        "//",
        "$CATEGORY:",
        "[html]",
        "[markdown]",
        "[id:x]",
    ),
    *(
        "%50%",
        "%-100%",
        "\\n",
        "\\\\",
        "\\{",
        "1..3",
        "2:1",
        "1e9",
        "<b>",
        "</p>",
        "&amp;",
        "**",
        "```",
        "@here",
    ),
]


@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_anything_is_read_or_refused_and_what_is_read_is_sound(content: bytes | str) -> None:
    try:
        found = read_bytes(content.encode() if isinstance(content, str) else content, "quiz.gift")
    except TutorError:
        return

    questions = [draft.question for draft in found.drafts]
    if questions:
        again, faults = read_questions(questions_yaml(questions, {}))
        assert not faults
        assert [question.id for question in again] == [question.id for question in questions]
