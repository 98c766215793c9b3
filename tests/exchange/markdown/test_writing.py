"""Prose written as Markdown reads back as the same prose."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tutorbot.authoring.faults import Fault, Faults, Source, Spot
from tutorbot.authoring.markdown.passages import Body
from tutorbot.authoring.markdown.prose import read_markdown
from tutorbot.exchange.markdown.writing import line, markdown
from tutorbot.lessons.text import Block, Listing, Paragraph, Prose, Quote, Span, Spans, pictures

PICTURES = {"kneading.svg": "kneading.svg", "a b.svg": "a%20b.svg"}


class KnownPictures:
    """Pictures that are all there, each named by its path."""

    def digest(self, path: str, _spot: Spot) -> str | None:
        return path


def read(text: str) -> tuple[Prose, list[Fault]]:
    faults = Faults()
    blocks = read_markdown(Body(Spot(Source("lesson.md", text))), faults, KnownPictures())
    return blocks, faults.in_order()


def shown(blocks: Prose) -> Prose:
    """Return the blocks without paragraphs in which there is nothing."""
    return tuple(_shown(block) for block in blocks if block != Paragraph(()))


def _shown(block: Block) -> Block:
    match block:
        case Quote(blocks=inner):
            return Quote(shown(inner))
        case Listing(ordered=ordered, items=items, start=start):
            return Listing(ordered, tuple(map(shown, items)), start)
        case _:
            return block


def says_something(blocks: Prose) -> bool:
    """Whether no list or quote is empty once paragraphs without text are left out."""
    for block in blocks:
        inner = (
            (block.blocks,) if isinstance(block, Quote) else block.items if isinstance(block, Listing) else ()
        )
        if not all(part and says_something(part) for part in inner):
            return False
    return True


PIECES = [
    *"\\`*_[]()<>#+-=|:!~&.&;\"' \n\t",
    *("  \n", "\n\n", "\\\n", "**", "***", "~~", "``", "```", "```py\n", "~~~", "- ", "* ", "1. ", "2) "),
    *("> ", "# ", "### ", "---", "| a | b |\n| - | - |\n", "|", "    ", "\n\n```\nx\n```\n\n", "3", "12"),
    *("![a](kneading.svg)", '![a](kneading.svg "t")', "[a](https://x.y)", "[", "](https://x.y/(a))"),
    *("](mailto:a@b.c)", "&amp;", "&#10;", "&#32;", "&nbsp;", "&copy", "word", "ein", "Ä", "€", "\u00a0"),
    *("two words", "x_y", "http://x.y", "\u2003", "😀", "\\*", "\\_", "\\\\"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(TEXTS, st.sampled_from([0, 20, 100]))
@example("**a *b***", 100)
@example("un*believ*able", 100)
@example("**a&#32;**b", 100)
@example("1986\\. A year", 100)
@example("- a\n\n* b", 100)
@example("> a\n>\n> - b\n>   c", 100)
def test_what_authoring_reads_is_written_and_read_back_the_same(text: str, width: int) -> None:
    blocks, faults = read(text)
    assume(not faults and says_something(shown(blocks)))
    assume(all(picture.digest in PICTURES for picture in pictures(blocks)))

    again, faults = read(markdown(blocks, PICTURES, width))

    assert again == shown(blocks)
    assert not faults


STYLED = st.builds(
    Span,
    st.text(st.sampled_from(" ab*_~`[]!&;.\\<|€\n"), min_size=1, max_size=5),
    bold=st.booleans(),
    italic=st.booleans(),
    strike=st.booleans(),
    link=st.sampled_from(["", "", "https://x.y", "https://x.y/(a)?b=1&copy=2"]),
)


def joined(spans: list[Span]) -> Spans:
    """Return the spans as the parser would give them: neighbours of one style are one."""
    together: list[Span] = []
    for span in spans:
        if together and together[-1] == Span(
            together[-1].text, span.bold, span.italic, span.strike, span.code, span.link
        ):
            together[-1] = Span(
                together[-1].text + span.text, span.bold, span.italic, span.strike, span.code, span.link
            )
        else:
            together.append(span)
    return tuple(together)


@given(st.lists(STYLED, min_size=1, max_size=6).map(joined))
def test_any_styles_side_by_side_are_written_and_read_back_the_same(spans: Spans) -> None:
    again, faults = read(markdown((Paragraph(spans),), {}))

    assert again == (Paragraph(spans),)
    assert not faults


@given(st.lists(STYLED, min_size=1, max_size=6).map(joined))
def test_a_line_has_no_line_break(spans: Spans) -> None:
    written = line(spans)

    assert "\n" not in written
    assert read(written)[0] == (Paragraph(spans),)


@pytest.mark.parametrize(
    "text",
    [
        "A plain sentence, with a comma: and a colon.",
        "snake_case and 2 < 3".replace("<", "\\<"),
        "un*believ*able",
        "**Bold**, _both_ and `code`",
        "- one\n- two",
        "1. one\n\n   more\n\n2. two",
        "> said",
        "```python\nprint(1)\n```",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "# Title\n\nText.\n\n---\n\nMore.",
        '![What it shows](kneading.svg "Title")',
        "[here](https://example.org/a?b=c)",
    ],
)
def test_markdown_that_is_written_plainly_stays_as_it_is(text: str) -> None:
    blocks, faults = read(text)

    assert not faults
    assert markdown(blocks, PICTURES) == text


def test_a_long_paragraph_is_broken_at_spaces() -> None:
    written = markdown((Paragraph((Span("word " * 50 + "end"),)),), {}, 40)

    assert max(map(len, written.split("\n"))) <= 41
    assert read(written)[0] == (Paragraph((Span("word " * 50 + "end"),)),)
