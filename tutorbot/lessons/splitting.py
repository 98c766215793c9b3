"""Long prose is split into parts that fit a message."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, zip_longest

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
    Spans,
    Table,
    plain,
    plain_text,
)

SPAN_COST = 80
"""What a run of text costs in a message beside its characters: its style has a JSON of its own."""


def split(blocks: Prose, limit: int, *, most_blocks: int = 40) -> tuple[Prose, ...]:
    """Return the prose in parts of at most `limit` characters, cut before a heading where there is one.

    Runs of text count SPAN_COST more. Nothing is lost, and a heading stays with what follows it.
    Only what is above the limit by itself is cut: a text after a sentence, code after a line, a
    list and a quote between what they hold, a table between its rows, with its head repeated.
    """
    parts: list[list[Block]] = [[]]
    for passage in _passages(blocks, limit, most_blocks):
        section_ends = isinstance(passage[0], Heading) and _size(parts[-1]) > limit // 2
        longer = [*parts[-1], *passage]
        if section_ends or _size(longer) > limit or len(longer) > most_blocks:
            parts.append(passage)
        else:
            parts[-1] = longer
    return tuple(tuple(part) for part in parts if part)


def _passages(blocks: Prose, limit: int, most_blocks: int) -> Iterator[list[Block]]:
    """Yield each block with the headings before it, small enough for a part.

    Headings that fill half a part with nothing between them stand alone.
    """
    headings: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if headings and (_size([*headings, block]) > limit // 2 or len(headings) + 1 >= most_blocks):
                yield headings
                headings = []
            headings.append(block)
        else:
            first, *rest = _pieces(block, limit - _size(headings))
            yield [*headings, first]
            yield from ([piece] for piece in rest)
            headings = []
    if headings:
        yield headings


def _size(blocks: Iterable[Block]) -> int:
    """Return what the blocks cost in one message, where every table but the first becomes aligned text."""
    size, tables = 0, 0
    for block in blocks:
        tables += isinstance(block, Table)
        as_text = _aligned_cost(block) if isinstance(block, Table) and tables > 1 else 0
        size += max(_cost(block), as_text)
    return size


def _cost(block: Block) -> int:
    match block:
        case Heading(spans=spans) | Paragraph(spans=spans):
            return _spans_cost(spans)
        case Listing(items=items):
            return SPAN_COST + sum(map(_item_cost, items))
        case Quote(blocks=inner):
            return SPAN_COST + sum(map(_cost, inner))
        case Table(head=head, rows=rows):
            return sum(map(_row_cost, (head, *rows)))
        case Code() | Picture() | Rule():
            return SPAN_COST + len(plain_text([block]))


def _spans_cost(spans: Spans) -> int:
    return max(SPAN_COST, sum(SPAN_COST + len(span.link) + len(span.text) for span in spans))


def _item_cost(item: Prose) -> int:
    return max(SPAN_COST, sum(map(_cost, item)))


def _row_cost(row: tuple[Spans, ...]) -> int:
    return sum(map(_spans_cost, row))


def _aligned_cost(table: Table) -> int:
    """Return what a table costs as text: its columns filled up with spaces, a line under its head."""
    rows = (table.head, *table.rows)
    width = sum(max(len(plain(cell)) for cell in column) + 2 for column in zip(*rows, strict=True))
    return SPAN_COST + width * (len(rows) + 1)


def _pieces(block: Block, room: int) -> list[Block]:
    """Return the block, cut as far as it can be if it costs more than there is room for."""
    if _cost(block) <= room:
        return [block]
    match block:
        case Heading(level=level, spans=spans):
            return [Heading(level, piece) for piece in _cut_spans(spans, room)]
        case Paragraph(spans=spans):
            return [Paragraph(piece) for piece in _cut_spans(spans, room)]
        case Code(text=text, language=language):
            return [Code(piece, language) for piece in _cut_code(text, room - SPAN_COST)]
        case Quote(blocks=inner):
            return [Quote(part) for part in split(inner, room - SPAN_COST)]
        case Listing():
            return [*_cut_listing(block, room)]
        case Table():
            return [*_cut_table(block, room)]
        case Picture() | Rule():
            return [block]


_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n")
_SPACE = re.compile(r"\s+")


def _cut_at(text: str, reach: int, *endings: re.Pattern[str]) -> int:
    """Return where to cut within reach: at an ending in its second half, of the first kind it has."""
    for ending in endings:
        ends = [match.end() for match in ending.finditer(text, 0, reach)]
        if ends and 2 * ends[-1] >= reach:
            return ends[-1]
    return reach


def _cut_code(text: str, room: int) -> Iterator[str]:
    """Yield pieces of code; the line break at which it was cut becomes the one between two blocks."""
    while len(text) > max(room, 1):
        at = _cut_at(text, max(room, 1), _LINE, _SPACE)
        yield text[:at].removesuffix("\n")
        text = text[at:]
    yield text


def _cut_spans(spans: Spans, room: int) -> Iterator[Spans]:
    while _spans_cost(spans) > room and len(text := plain(spans)) > 1:
        at = _cut_at(text, _reach(spans, room), _SENTENCE, _SPACE)
        yield _slice(spans, 0, at)
        spans = _slice(spans, at, len(text))
    yield spans


def _reach(spans: Spans, room: int) -> int:
    """Return how many characters of the text there is room for, at least one."""
    reach = 0
    for span in spans:
        room -= SPAN_COST + len(span.link)
        taken = max(0, min(len(span.text), room))
        reach, room = reach + taken, room - taken
        if taken < len(span.text):
            break
    return max(reach, 1)


def _slice(spans: Spans, start: int, end: int) -> Spans:
    """Return what stands between two places of the text, in its styles."""
    offsets = accumulate((len(span.text) for span in spans), initial=0)
    cut = (
        replace(span, text=span.text[max(start - at, 0) : max(end - at, 0)])
        for at, span in zip(offsets, spans, strict=False)
    )
    return tuple(span for span in cut if span.text)


def _cut_listing(listing: Listing, room: int) -> list[Listing]:
    """Cut a list between its items; an item that goes on in the next piece keeps its number."""
    pieces: list[Listing] = []
    for number, item in enumerate(listing.items, listing.start):
        whole = SPAN_COST + _item_cost(item) <= room
        for part in (item,) if whole else split(item, room - SPAN_COST):
            last = pieces[-1] if pieces else replace(listing, items=())
            longer = replace(last, items=(*last.items, part))
            if _cost(longer) <= room and number == last.start + len(last.items):
                pieces[-1:] = [longer]
            else:
                pieces.append(replace(listing, items=(part,), start=number))
    return pieces


def _cut_table(table: Table, room: int) -> list[Table]:
    head, *more = _cut_row(table.head, room // 2)
    pieces = [Table(head, ())]
    for row in (*more, *table.rows):
        for part in _cut_row(row, room - _row_cost(head)):
            longer = Table(head, (*pieces[-1].rows, part))
            if _cost(longer) <= room or not pieces[-1].rows:
                pieces[-1] = longer
            else:
                pieces.append(Table(head, (part,)))
    return pieces


def _cut_row(row: tuple[Spans, ...], room: int) -> list[tuple[Spans, ...]]:
    """Return the row, or several whose cells go on below one another."""
    if _row_cost(row) <= room:
        return [row]
    cells = [_cut_spans(cell, room // len(row)) for cell in row]
    return list(zip_longest(*cells, fillvalue=()))
