"""A lesson's prose as the Markdown that reads back as the same prose.

What a character would mean to the parser is taken from it by a backslash or, where only that helps, by
writing it as an entity (https://spec.commonmark.org/0.31.2/, sections 2.4, 2.5 and 6.2).
"""

import re
from collections.abc import Mapping
from textwrap import indent

from tutorbot.exchange.markdown.spans import Room, spans_as_markdown
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
)

WIDTH = 100
"""Where lines of paragraphs end, in characters, if there is a space to end them at."""

_BACKQUOTES = re.compile("`+")
_LARGEST_NUMBER = 999_999_999


def markdown(blocks: Prose, paths: Mapping[str, str], width: int = WIDTH) -> str:
    """Return the prose as Markdown, without a line break at its end; the paths of pictures go by digest."""
    return "\n\n".join(_blocks(blocks, paths, width))


def line(spans: Spans) -> str:
    """Return the spans as Markdown on one line."""
    return spans_as_markdown(spans, Room.LINE)


def _blocks(blocks: Prose, paths: Mapping[str, str], width: int) -> list[str]:
    """Return each block that shows something; of two lists after one another the second has another sign."""
    written: list[str] = []
    before: Block | None = None
    is_other = False
    for block in blocks:
        if block == Paragraph(()):
            continue
        if isinstance(block, Listing):
            follows = isinstance(before, Listing) and before.ordered == block.ordered
            is_other = follows and not is_other
            written.append(_listing(block, paths, width, is_other=is_other))
        else:
            written.append(_block(block, paths, width))
        before = block
    return written


def _block(block: Block, paths: Mapping[str, str], width: int) -> str:
    match block:
        case Heading(level=level, spans=spans):
            return f"{'#' * level} {spans_as_markdown(spans, Room.HEADING)}"
        case Paragraph(spans=spans):
            return spans_as_markdown(spans, Room.PARAGRAPH, width)
        case Code():
            return _code(block)
        case Quote(blocks=inner):
            return indent(markdown(inner, paths, width - 2), "> ", lambda _: True)
        case Table():
            return _table(block)
        case Picture():
            return _picture(block, paths)
        case Rule():
            return "---"
        case Listing():
            return _listing(block, paths, width)


def _code(block: Code) -> str:
    longest = max(map(len, _BACKQUOTES.findall(block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    if "`" in block.language:
        fence = "~" * max(3, *(len(run) + 1 for run in re.findall("~*", block.text)))
    return f"{fence}{block.language}\n{block.text}\n{fence}"


def _listing(block: Listing, paths: Mapping[str, str], width: int, *, is_other: bool = False) -> str:
    """Return the list: its items on lines after one another where each is a single block."""
    between = "\n" if all(len(item) == 1 for item in block.items) else "\n\n"
    return between.join(
        _item(_sign(block, n, is_other=is_other), item, paths, width) for n, item in enumerate(block.items)
    )


def _sign(block: Listing, n: int, *, is_other: bool) -> str:
    if not block.ordered:
        return "* " if is_other else "- "
    return f"{min(block.start + n, _LARGEST_NUMBER)}{')' if is_other else '.'} "


def _item(sign: str, blocks: Prose, paths: Mapping[str, str], width: int) -> str:
    first, *others = markdown(blocks, paths, width - len(sign)).split("\n")
    return "\n".join([sign + first, *(" " * len(sign) + line if line else "" for line in others)])


def _table(block: Table) -> str:
    rows = [[spans_as_markdown(cell, Room.CELL) for cell in row] for row in (block.head, *block.rows)]
    rows.insert(1, ["---"] * len(block.head))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _picture(block: Picture, paths: Mapping[str, str]) -> str:
    alt = line((Span(block.alt),))
    title = re.sub(r'([\\"&])', r"\\\1", block.title).replace("\n", "&#10;")
    return f'![{alt}]({paths[block.digest]} "{title}")' if title else f"![{alt}]({paths[block.digest]})"
