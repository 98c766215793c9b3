"""The spaces and styles of running text in HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

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
    Spans,
    Table,
)

BREAK = "\x0b"
"""A line break among text whose own line breaks are spaces."""

_SPACES = " \t\n\f\r"
_PIECE = re.compile(rf"[{_SPACES}{BREAK}]+|[^{_SPACES}{BREAK}]+")


def tidied(runs: Iterable[Span]) -> Spans:
    """Return the runs as a browser shows them: spaces as one, none at the edges or around a line break.

    A space between two words has the styles that both have, for no emphasis begins or ends with one.
    """
    pieces = _stripped(_single_spaced(_pieces(runs)))
    shown: list[tuple[Span, list[str]]] = []
    for index, piece in enumerate(pieces):
        style = _shared(pieces[index - 1], pieces[index + 1]) if _is_space(piece) else _style(piece)
        if not shown or shown[-1][0] != style:
            shown.append((style, []))
        shown[-1][1].append(piece.text)
    return tuple(replace(style, text="".join(texts)) for style, texts in shown)


def joined(blocks: Iterable[Block]) -> Spans:
    """Return the words of the blocks as one run of text."""
    runs: list[Span] = []
    for block in blocks:
        runs += (Span(" "), *_runs(block))
    return tidied(replace(run, text=run.text.replace("\n", BREAK)) for run in runs)


def _runs(block: Block) -> Iterable[Span]:
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            return spans
        case Code(text=text):
            return [Span(text, code=True)]
        case Quote(blocks=inner):
            return joined(inner)
        case Listing(items=items):
            return [run for item in items for run in (Span(" "), *joined(item))]
        case Table(head=head, rows=rows):
            return [run for row in (head, *rows) for cell in row for run in (Span(" "), *cell)]
        case Picture(alt=alt):
            return [Span(alt)]
        case Rule():
            return []


def _pieces(runs: Iterable[Span]) -> Iterator[Span]:
    """Yield words and spaces apart; what is code stays in one piece, with the spaces around it outside."""
    for run in runs:
        if run.code:
            inner = " ".join(run.text.replace(BREAK, " ").split())
            before = " " if run.text[:1].isspace() else ""
            after = " " if run.text[-1:].isspace() else ""
            parts = [before, inner, after]
        else:
            parts = _PIECE.findall(run.text)
        for part in filter(None, parts):
            is_space = not part.strip(_SPACES + BREAK)
            yield Span(("\n" * part.count(BREAK)) or " ") if is_space else replace(run, text=part)


def _single_spaced(pieces: Iterable[Span]) -> Iterator[Span]:
    """Yield the pieces with a single one for all spaces between two words."""
    space = ""
    for piece in pieces:
        if _is_space(piece):
            space += piece.text
            continue
        if space:
            yield Span(("\n" * space.count("\n")) or " ")
        space = ""
        yield piece


def _stripped(pieces: Iterable[Span]) -> list[Span]:
    found = list(pieces)
    return found[1:] if found and _is_space(found[0]) else found


def _is_space(piece: Span) -> bool:
    return not piece.text.strip("\n ")


def _style(piece: Span) -> Span:
    return Span("", piece.bold, piece.italic, piece.strike, piece.code, piece.link)


def _shared(before: Span, after: Span) -> Span:
    """Return the styles that two pieces both have, for the space between them."""
    return Span(
        "",
        bold=before.bold and after.bold,
        italic=before.italic and after.italic,
        strike=before.strike and after.strike,
        link=before.link if before.link == after.link else "",
    )
