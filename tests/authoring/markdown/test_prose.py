"""Markdown becomes a tree that loses nothing."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.authoring.markdown.reading import read
from tutorbot.lessons.text import (
    Block,
    Code,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Span,
    Table,
    plain_text,
)


def words(text: str) -> Paragraph:
    return Paragraph((Span(text),))


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("one\ntwo", words("one two")),
        ("one  \ntwo", words("one\ntwo")),
        ("one\\\ntwo", words("one\ntwo")),
        ("un*believ*able", Paragraph((Span("un"), Span("believ", italic=True), Span("able")))),
        ("**a *b***", Paragraph((Span("a ", bold=True), Span("b", bold=True, italic=True)))),
        ("**a **b** c**", Paragraph((Span("a b c", bold=True),))),
        ("~~gone~~", Paragraph((Span("gone", strike=True),))),
        ("`a *b* c`", Paragraph((Span("a *b* c", code=True),))),
        (
            "[a **b**](https://x.y)",
            Paragraph((Span("a ", link="https://x.y"), Span("b", bold=True, link="https://x.y"))),
        ),
        ("[a][b]\n\n[b]: https://x.y", Paragraph((Span("a", link="https://x.y"),))),
        ("<https://x.y>", Paragraph((Span("https://x.y", link="https://x.y"),))),
        ("&lt;a&gt; &amp; \\*b\\*", words("<a> & *b*")),
        ("snake_case_name 2 * 3 * 4", words("snake_case_name 2 * 3 * 4")),
        ("### Title", Heading(3, (Span("Title"),))),
        ("Title\n---", Heading(2, (Span("Title"),))),
        ("***", Rule()),
        ("```python title\na = 1\n\nb = 2\n```", Code("a = 1\n\nb = 2", "python")),
        ("    indented", Code("indented")),
        ("> a\n> > b", Quote((words("a"), Quote((words("b"),))))),
        ("- a\n- b\n  - c", Listing(False, ((words("a"),), (words("b"), Listing(False, ((words("c"),),)))))),
        ("3. a\n4. b", Listing(True, ((words("a"),), (words("b"),)), 3)),
        ("- a\n\n  b\n\n      c", Listing(False, ((words("a"), words("b"), Code("c")),))),
        ("![what it shows](a.svg)", Picture("a.svg", "what it shows")),
        ('![*what* it shows](a.svg "Title")', Picture("a.svg", "what it shows", "Title")),
        (
            "| a | *b* |\n| - | - |\n| 1 | 2\\|3 |\n| 4 |",
            Table(
                ((Span("a"),), (Span("b", italic=True),)),
                (((Span("1"),), (Span("2|3"),)), ((Span("4"),), ())),
            ),
        ),
    ],
)
def test_what_an_author_writes_becomes_a_block(text: str, block: Block) -> None:
    blocks, faults = read(text)

    assert faults == []
    assert blocks == (block,)


@pytest.mark.parametrize(
    "text", ["me@here.com", "@hereafter", "a@channel", "&lt;@ U12&gt;", "@Override", "<me@x.y>"]
)
def test_what_calls_nobody_is_left_alone(text: str) -> None:
    assert read(text)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "<!here>",
        "`<!here|here>`",
        "&lt;!channel&gt;",
        "<@U0A1B2C3>",
        "<!subteam^S1|@all>",
        "hi @everyone",
        "@h**er**e",
        "\\@here",
        "[@here](https://x.y)",
        "![@here](a.svg)",
        "# @channel",
        "| @here |\n| - |",
        "```\n@here\n```",
    ],
)
def test_what_calls_people_is_refused(text: str) -> None:
    assert any("would call people" in fault.what for fault in read(text)[1])


def test_deep_nesting_is_refused_and_ends() -> None:
    for text in (">" * 500 + " a", "- " * 500 + "a", "*" * 5_000 + "a", "[" * 5_000, "`" * 5_000 + "a"):
        blocks, faults = read(text)
        assert blocks or faults


def test_faults_in_one_paragraph_have_their_own_places() -> None:
    _, faults = read("a `<b>` <b>\n  c <i>d</i> \\< <u> &lt;u> <u>\n> <s>")

    assert [(fault.line, fault.column) for fault in faults] == [
        (1, 9),
        (2, 5),
        (2, 9),
        (2, 17),
        (2, 28),
        (3, 3),
    ]


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
PLAIN = st.lists(LETTERS, min_size=1, max_size=12).map(" ".join)


def escaped(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def calls_people(text: str) -> bool:
    return "@" in text or "<!" in text


@given(PLAIN.filter(lambda text: not calls_people(text)))
def test_escaped_text_stays_what_it_is(text: str) -> None:
    blocks, faults = read(escaped(text))

    assert faults == []
    assert " ".join(plain_text(blocks).split()) == " ".join(text.split())


class Shown(HTMLParser):
    """What the parser's own HTML shows to a reader."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pieces.append(dict(attrs)["alt"] or "")
        elif tag == "br":
            self.pieces.append("\n")


PIECES = st.sampled_from(
    [
        "a",
        "bc",
        " ",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\\",
        "|",
        "[",
        "](https://x.y)",
        "![",
        "](a.svg)",
        "<https://x.y>",
        "&amp;",
        "---\n",
        "| - | - |\n",
        "é",
        "==\n",
        "\t",
        "!",
    ]
)


def without_blanks(text: str) -> str:
    return "".join(text.replace(" | ", "").split())


@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_tree_shows_what_the_parsers_html_shows(text: str) -> None:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)

    blocks, faults = read(text)

    if not faults:
        # " | " parts a table's cells, and may stand in the text as well: it is left out on both sides.
        shown = without_blanks("".join(Shown(html).pieces)).replace("|", "")
        assert without_blanks(plain_text(blocks)).replace("|", "") == shown


@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_has_faults_within_it(text: str) -> None:
    text = text.replace("\r", "\n").replace("\0", "")

    _, faults = read(text)

    lines = text.split("\n")
    for fault in faults:
        assert fault.line <= len(lines)
        assert fault.column <= len(lines[fault.line - 1]) + 1
