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
_CALL = re.compile(r"(?<![\w.@])@(?=(?:channel|here|everyone)\b)|<(?=[!@])")


def tidied(runs: Iterable[Span]) -> Spans:
    """Return the runs as a browser shows them: spaces as one, none at the edges or around a line break.

    A space between two words has the styles that both have, for no emphasis begins or ends with one.
    """
    pieces = list(_stripped(_single_spaced(_pieces(runs))))
    shown: list[Span] = []
    for index, piece in enumerate(pieces):
        styled = piece if piece.text.strip() else _shared(pieces[index - 1], pieces[index + 1], piece.text)
        if shown and replace(shown[-1], text="") == replace(styled, text=""):
            shown[-1] = replace(styled, text=shown[-1].text + styled.text)
        else:
            shown.append(styled)
    return tuple(shown)


def calling_nobody(text: str) -> str:
    """Return the text with a space in whatever would call people in Slack."""
    return _CALL.sub(r"\g<0> ", text)


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
        if piece.text.strip("\n "):
            if space:
                yield Span(("\n" * space.count("\n")) or " ")
            space = ""
            yield piece
        else:
            space += piece.text
    if space:
        yield Span(" ")


def _stripped(pieces: Iterator[Span]) -> list[Span]:
    found = list(pieces)
    if found and not found[0].text.strip("\n "):
        del found[0]
    if found and not found[-1].text.strip("\n "):
        del found[-1]
    return found


def _shared(before: Span, after: Span, text: str) -> Span:
    """Return a space between two pieces, in the styles that both have."""
    return Span(
        text,
        bold=before.bold and after.bold,
        italic=before.italic and after.italic,
        strike=before.strike and after.strike,
        link=before.link if before.link == after.link else "",
    )
