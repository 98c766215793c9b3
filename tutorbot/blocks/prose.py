"""A lesson's prose as blocks."""

from collections.abc import Iterable, Iterator

from tutorbot.blocks import kit
from tutorbot.blocks.kit import Block, Files
from tutorbot.lessons import text
from tutorbot.lessons.text import (
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

TABLE_ROWS, TABLE_COLUMNS = 100, 20
DEEPEST_LIST = 8


def prose_blocks(prose: Prose, files: Files, *, tables: bool = True) -> list[Block]:
    """Return the prose as blocks; Slack takes one table a message, others are set as aligned text."""
    blocks: list[Block] = []
    for part in prose:
        room_for_table = tables and not any(block["type"] == "table" for block in blocks)
        blocks += _blocks(part, files, room_for_table)
    return blocks


def picture_block(picture: Picture, files: Files) -> Block:
    """Return the picture, or while Slack does not have it what it shows in words."""
    if picture.digest in files:
        return kit.image(files[picture.digest], picture.alt, picture.title)
    return kit.small(f"Picture: {picture.alt}")


def needed(prose: Prose) -> tuple[str, ...]:
    """Return the digests of the pictures that the prose shows."""
    return tuple(dict.fromkeys(picture.digest for picture in text.pictures(prose)))


def one_line(prose: Prose, most: int) -> str:
    """Return the prose's text on one line, cut where it is longer."""
    return kit.cut(" ".join(text.plain_text(prose).split()), most)


def _blocks(block: text.Block, files: Files, room_for_table: bool) -> list[Block]:
    match block:
        case Heading(spans=runs):
            return [kit.header(text.plain(runs))]
        case Picture():
            return [picture_block(block, files)]
        case Rule():
            return [kit.divider()]
        case Table() if room_for_table and len(block.rows) < TABLE_ROWS and len(block.head) <= TABLE_COLUMNS:
            return [_table(block)]
        case Listing() | Quote() | Paragraph() | Code() | Table():
            return [{"type": "rich_text", "elements": list(_elements(block, 0))}]


def _elements(block: text.Block, indent: int) -> Iterator[Block]:
    """Yield the elements of a rich text block."""
    match block:
        case Paragraph(spans=runs) | Heading(spans=runs):
            yield kit.section(runs)
        case Code(text=source):
            yield _preformatted(source)
        case Quote(blocks=inner):
            yield {"type": "rich_text_quote", "elements": [*map(kit.run, _joined(inner))]}
        case Listing():
            yield from _list_elements(block, indent)
        case Table():
            yield _preformatted(_aligned(block))
        case Picture(alt=alt):
            yield kit.section((Span(f"Picture: {alt}", italic=True),))
        case Rule():
            pass


def _list_elements(listing: Listing, indent: int) -> Iterator[Block]:
    """Yield a list; what an item holds beside its first paragraph stands between two pieces of the list."""
    pending: list[Block] = []
    first = listing.start
    for number, item in enumerate(listing.items, listing.start):
        opening = item[0].spans if item and isinstance(item[0], Paragraph) else ()
        pending.append(kit.section(opening))
        rest = item[1:] if opening else item
        if rest:
            yield _list_piece(listing, pending, indent, first)
            pending, first = [], number + 1
            for block in rest:
                yield from _elements(block, min(indent + 1, DEEPEST_LIST))
    if pending:
        yield _list_piece(listing, pending, indent, first)


def _list_piece(listing: Listing, items: list[Block], indent: int, first: int) -> Block:
    piece: Block = {
        "type": "rich_text_list",
        "style": "ordered" if listing.ordered else "bullet",
        "indent": indent,
        "elements": list(items),
    }
    return piece | ({"offset": first - 1} if listing.ordered and first > 1 else {})


def _joined(blocks: Iterable[text.Block]) -> Spans:
    """Return the blocks' text as runs, a line for each, for where Slack takes nothing but text."""
    runs: list[Span] = []
    for block in blocks:
        if runs:
            runs.append(Span("\n"))
        match block:
            case Paragraph(spans=inner) | Heading(spans=inner):
                runs += inner
            case Code(text=source):
                runs.append(Span(source, code=True))
            case Listing(items=items, ordered=ordered, start=start):
                for number, item in enumerate(items, start):
                    runs.append(Span(f"{number}. " if ordered else "• "))
                    runs += _joined(item)
                    runs.append(Span("\n"))
                runs.pop()
            case _:
                runs.append(Span(text.plain_text([block]) or " "))
    return tuple(run for run in runs if run.text) or (Span(" "),)


def _preformatted(source: str) -> Block:
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": source or " "}]}


def _table(table: Table) -> Block:
    head = [_cell(tuple(_bold(run) for run in cell)) for cell in table.head]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return {
        "type": "table",
        "rows": [head, *rows],
        "column_settings": [{"is_wrapped": True} for _ in table.head],
    }


def _cell(runs: Spans) -> Block:
    return {"type": "rich_text", "elements": [kit.section(runs)]}


def _bold(span: Span) -> Span:
    return Span(span.text, True, span.italic, span.strike, span.code, span.link)


def _aligned(table: Table) -> str:
    rows = [[text.plain(cell).replace("\n", " ") for cell in row] for row in (table.head, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
