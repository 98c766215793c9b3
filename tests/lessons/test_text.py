"""Prose is read as plain text, and cut into parts that a message can hold."""

from collections.abc import Iterable, Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.lessons.splitting import SPAN_COST, split
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
    Spans,
    Table,
    pictures,
    plain,
    plain_text,
    prose,
)

PICTURE = Picture("ab" * 32, "A cart that remembers", "The cart")


def says(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def heading(text: str) -> Heading:
    return Heading(2, (Span(text),))


def row(*cells: str) -> tuple[Spans, ...]:
    return tuple((Span(cell),) if cell else () for cell in cells)


# Reading it


def test_text_becomes_a_paragraph_for_each_part_between_blank_lines() -> None:
    assert prose("One.\nStill one.\n\nTwo.\n\n") == (says("One.\nStill one."), says("Two."))
    assert prose("") == ()


def test_plain_text_has_a_line_for_each_paragraph_item_row_and_picture() -> None:
    blocks = (
        heading("Carts"),
        Paragraph((Span("A cart "), Span("remembers", bold=True), Span("."))),
        Listing(ordered=False, items=((says("one"), Quote((says("two"),))), (says("three"),))),
        Table(row("name", "age"), (row("cart", "3"), row("", "4"))),
        Rule(),
        PICTURE,
        Code("a = 1\nb = 2"),
    )

    assert plain_text(blocks).splitlines() == [
        "Carts",
        "A cart remembers.",
        "one",
        "two",
        "three",
        "name | age",
        "cart | 3",
        " | 4",
        "A cart that remembers",
        "a = 1",
        "b = 2",
    ]


def test_pictures_are_found_wherever_they_stand() -> None:
    second, third = Picture("cd" * 32, "Two"), Picture("ef" * 32, "Three")

    found = pictures(
        (says("A"), PICTURE, Quote((Listing(ordered=True, items=((says("B"), second),)), third)))
    )

    assert list(found) == [PICTURE, second, third]


# What is cut, and where


def test_prose_that_fits_is_one_part() -> None:
    blocks = (heading("Carts"), says("A cart remembers."), Rule(), PICTURE)

    assert split(blocks, 1_000) == (blocks,)


def test_no_prose_has_no_parts() -> None:
    assert split((), 1_000) == ()


def test_a_section_begins_a_part_once_a_part_is_half_full() -> None:
    first = (heading("One"), says("a" * 500))
    second = (heading("Two"), says("b" * 100))

    assert split((*first, *second), 1_000) == (first, second)
    assert split((*second, *first), 1_000) == ((*second, *first),)


def test_headings_go_with_what_follows_them() -> None:
    before, headings, after = says("a" * 300), (heading("Two"), heading("Three")), says("b" * 500)

    assert split((before, *headings, after), 1_000) == ((before,), (*headings, after))


def test_a_heading_goes_with_the_first_piece_of_what_is_cut() -> None:
    first, second = split((heading("Long"), says("word " * 300)), 1_000)

    assert first[0] == heading("Long")
    assert len(first) == 2
    assert len(second) == 1


def test_a_long_paragraph_is_cut_after_a_sentence_and_keeps_its_styles() -> None:
    bold = Span("An event has happened. " * 10, bold=True)
    link = Span("Nobody can refuse it! " * 10, link="https://example.org/refuse")

    pieces = [part[0] for part in split((Paragraph((bold, link)),), 400)]

    assert (
        "".join(plain(piece.spans) for piece in pieces if isinstance(piece, Paragraph))
        == bold.text + link.text
    )
    assert all(plain_text([piece]).endswith((". ", "! ")) for piece in pieces)
    for style in (bold, link):
        kept = [
            s for piece in pieces if isinstance(piece, Paragraph) for s in piece.spans if s.bold == style.bold
        ]
        assert "".join(span.text for span in kept) == style.text
        assert {(span.bold, span.link) for span in kept} == {(style.bold, style.link)}


def test_a_long_sentence_is_cut_between_words_and_a_long_word_anywhere() -> None:
    words = split((says("eventual " * 100),), 400)
    letters = split((says("x" * 1_000),), 400)

    assert all(set(plain_text(part).split()) == {"eventual"} for part in words)
    assert [len(plain_text(part)) for part in letters] == [320, 320, 320, 40]


def test_long_code_is_cut_between_lines() -> None:
    source = "\n".join(f"apply(event_{n})  # {'and so on ' * (n % 4)}" for n in range(100))

    pieces = [block for part in split((Code(source, "python"),), 500) for block in part]

    assert len(pieces) > 1
    assert {block.language for block in pieces if isinstance(block, Code)} == {"python"}
    assert "\n".join(block.text for block in pieces if isinstance(block, Code)) == source


def test_a_long_list_is_cut_between_items_and_counts_on() -> None:
    items = tuple((says(f"Item {n}."),) for n in range(20))

    pieces = [
        block for part in split((Listing(ordered=True, items=items, start=3),), 1_000) for block in part
    ]

    assert len(pieces) > 1
    number = 3
    for piece in pieces:
        assert isinstance(piece, Listing)
        assert piece.start == number
        number += len(piece.items)
    assert tuple(chain.from_iterable(p.items for p in pieces if isinstance(p, Listing))) == items


def test_an_item_that_is_cut_keeps_its_number() -> None:
    long = Listing(ordered=True, items=((says("One."),), (says("two " * 300),), (says("Three."),)))

    pieces = [block for part in split((long,), 1_000) for block in part]

    assert [(p.start, len(p.items)) for p in pieces if isinstance(p, Listing)] == [(1, 1), (2, 1), (2, 2)]
    assert plain_text(pieces).split() == plain_text([long]).split()


def test_a_long_table_is_cut_between_rows_and_repeats_its_head() -> None:
    rows = tuple(row(f"row {n}", "a", "b") for n in range(20))
    table = Table(row("name", "one", "two"), rows)

    pieces = [block for part in split((table,), 2_000) for block in part]

    assert len(pieces) > 1
    assert {piece.head for piece in pieces if isinstance(piece, Table)} == {table.head}
    assert tuple(chain.from_iterable(p.rows for p in pieces if isinstance(p, Table))) == rows


def test_a_cell_too_long_for_a_part_goes_on_in_the_row_below() -> None:
    long = "It goes on. " * 200
    table = Table(row("name", "text"), (row("short", "a"), row("long", long), row("last", "b")))

    parts = split((table,), 2_000)

    rows = [cells for part in parts for block in part if isinstance(block, Table) for cells in block.rows]
    assert "".join(plain(cells[1]) for cells in rows) == f"a{long}b"
    assert [plain(cells[0]) for cells in rows if cells[0]] == ["short", "long", "last"]
    assert all(cost(part) <= 2_000 for part in parts)


def test_later_tables_of_a_part_are_reckoned_as_the_text_they_are_shown_as() -> None:
    uneven = Table(row("a", "b"), (row("x" * 400, ""), *(row("y", "z") for _ in range(6))))

    assert split((uneven, uneven), 3_000) == ((uneven,), (uneven,))
    assert split((uneven, says("Short.")), 3_000) == ((uneven, says("Short.")),)


@pytest.mark.parametrize("count", [40, 41, 100])
def test_no_part_has_too_many_blocks(count: int) -> None:
    parts = split((Rule(),) * count, 100_000)

    assert [len(part) for part in parts] == [40] * (count // 40) + [count % 40] * (count % 40 > 0)


def test_headings_without_text_between_them_still_fit() -> None:
    blocks = tuple(heading(f"Heading {n}") for n in range(30))

    parts = split(blocks, 1_000)

    assert tuple(chain.from_iterable(parts)) == blocks
    assert all(cost(part) <= 1_000 for part in parts)


# Properties

WORDS = st.text("abcdefg .!\n", max_size=60)
LONG_WORDS = st.builds(lambda text, times: text * times, WORDS, st.integers(1, 60))
SPANS = st.lists(
    st.builds(Span, LONG_WORDS, bold=st.booleans(), link=st.sampled_from(["", "https://example.org/"])),
    max_size=4,
).map(tuple)
CELLS = st.lists(st.builds(Span, WORDS), max_size=1).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Make a table whose head is empty, so that repeating it adds no words."""
    columns = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[CELLS] * columns), max_size=20))
    return Table(((),) * columns, tuple(rows))


PLAIN_BLOCKS = st.one_of(
    st.builds(Heading, st.integers(1, 3), st.builds(Span, WORDS).map(lambda span: (span,))),
    st.builds(Paragraph, SPANS),
    st.builds(Code, LONG_WORDS),
    tables(),
    st.just(PICTURE),
    st.just(Rule()),
)


def _holding(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    inner = st.lists(blocks, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Quote, inner),
        st.builds(Listing, st.booleans(), st.lists(inner, max_size=6).map(tuple), st.integers(1, 9)),
    )


BLOCKS = st.recursive(PLAIN_BLOCKS, _holding, max_leaves=8)
PROSE = st.lists(BLOCKS, max_size=8).map(tuple)
LIMITS = st.integers(1_500, 6_000)


def runs(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each run of text of its own style, reckoned without the code under test."""
    for block in blocks:
        match block:
            case Heading(spans=spans) | Paragraph(spans=spans):
                yield from (span.text + span.link for span in spans)
            case Code(text=text) | Picture(alt=text):
                yield text
            case Quote(blocks=inner):
                yield from runs(inner)
            case Listing(items=items):
                yield from runs(chain.from_iterable(items))
            case Table(head=head, rows=rows):
                for cell in chain(head, *rows):
                    yield plain(cell)
            case Rule():
                pass


def cost(blocks: Iterable[Block]) -> int:
    return sum(len(text) + SPAN_COST for text in runs(blocks))


def letters(blocks: Iterable[Block]) -> str:
    return "".join(c for c in plain_text(blocks) if c not in " \n|")


@given(PROSE, LIMITS)
def test_nothing_is_lost_and_all_stays_in_order(blocks: Prose, limit: int) -> None:
    parts = split(blocks, limit)

    assert letters(chain.from_iterable(parts)) == letters(blocks)
    assert all(parts)


@given(PROSE, LIMITS, st.integers(2, 6))
def test_no_part_passes_its_limits(blocks: Prose, limit: int, most_blocks: int) -> None:
    for part in split(blocks, limit, most_blocks=most_blocks):
        assert cost(part) <= limit
        assert len(part) <= most_blocks


@given(PROSE, LIMITS)
def test_what_fits_is_not_cut(blocks: Prose, limit: int) -> None:
    # A heading takes the beginning of what follows with it, also where the whole does not fit beside it.
    bodies = [block for block in blocks if not isinstance(block, Heading)]
    fits = tuple(block for block in bodies if len(split((block,), limit)) == 1)

    assert tuple(chain.from_iterable(split(fits, limit))) == fits


@given(PROSE, LIMITS)
def test_no_heading_is_stranded_at_the_end_of_a_part(blocks: Prose, limit: int) -> None:
    for part in split(blocks, limit)[:-1]:
        assert not isinstance(part[-1], Heading) or all(isinstance(block, Heading) for block in part)


@given(PROSE, LIMITS)
def test_a_part_is_not_cut_again(blocks: Prose, limit: int) -> None:
    for part in split(blocks, limit):
        assert split(part, limit) == (part,)
