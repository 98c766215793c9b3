"""Prose becomes HTML that reads back as the same prose."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.exchange.html.reading import read_html
from tutorbot.exchange.html.spans import BREAK, tidied
from tutorbot.exchange.html.writing import to_html
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import inner_markup, read_xml
from tutorbot.lessons.text import (
    Block,
    Code,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Rule,
    Span,
    Table,
    plain,
)

PLACE = Place("page.html", 7)


def known(address: str) -> str | None:
    return address.removeprefix("/static/") if address.startswith("/static/") else None


def read(html: str) -> tuple[Prose, list[str]]:
    prose, missed = read_html(html, PLACE, known)
    return prose, [str(each) for each in missed]


LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="@<$\\\\["),
    min_size=1,
    max_size=6,
)
WORDS = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)
FLAGS = st.booleans()
LINKS = st.sampled_from(["", "", "https://x.y/?a=1&b=2", "mailto:a@b.c"])
RUNS = st.builds(Span, WORDS | st.sampled_from([" ", BREAK]), FLAGS, FLAGS, FLAGS, FLAGS, LINKS)
SPANS = st.lists(RUNS, min_size=1, max_size=6).map(tidied).filter(bool)
IN_CELLS = SPANS.filter(lambda spans: "\n" not in plain(spans))
PARAGRAPHS = st.builds(Paragraph, SPANS)
CODES = st.builds(
    Code,
    st.lists(
        st.text(
            st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"), exclude_characters="@<"),
            min_size=1,
            max_size=9,
        ),
        min_size=1,
        max_size=3,
    )
    .map("\n".join)
    .filter(lambda text: bool(text.strip())),
    st.sampled_from(["", "python", "c++"]),
)


def _within(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    items = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(Quote, items) | st.builds(
        lambda ordered, each, start: Listing(ordered, tuple(each), start if ordered else 1),
        FLAGS,
        st.lists(items, min_size=1, max_size=3),
        st.integers(0, 99),
    )


NESTED = st.recursive(PARAGRAPHS | CODES, _within, max_leaves=5)
CELLS = st.just(()) | IN_CELLS
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        lambda head, rows: Table(tuple(head), tuple(map(tuple, rows))),
        st.lists(IN_CELLS, min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=3),
    )
)
BLOCKS = (
    NESTED
    | TABLES
    | st.builds(Heading, st.integers(1, 6), SPANS)
    | st.builds(Picture, st.just("x"), WORDS, WORDS | st.just(""))
    | st.just(Rule())
)
PROSE = st.lists(BLOCKS, max_size=4).map(tuple)


@settings(deadline=None)
@given(PROSE)
def test_prose_that_becomes_html_reads_back_the_same(blocks: Prose) -> None:
    html = to_html(blocks, "/static/{}".format)

    assert read(html) == (blocks, [])


@settings(deadline=None)
@given(PROSE)
def test_prose_that_becomes_html_is_sound_xml(blocks: Prose) -> None:
    html = to_html(blocks, "/static/{}".format)

    root = read_xml(f"<html>{html}</html>".encode(), "page.html")

    assert read(inner_markup(root)) == (blocks, [])
