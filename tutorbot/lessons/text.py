"""A lesson's prose as a neutral tree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; a newline in it is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a lesson; level 1 is the largest."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code, without its last line break; the language may be empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something quoted, or set apart."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the number of the first item of an ordered one."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the head."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, named by the SHA-256 (hex) of its source file; `alt` tells what it shows."""

    digest: str
    alt: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""


Block = Heading | Paragraph | Code | Quote | Listing | Table | Picture | Rule
Prose = tuple[Block, ...]


def prose(text: str) -> Prose:
    """Return plain text as prose, a paragraph for each part between blank lines."""
    return tuple(Paragraph((Span(part),)) for part in text.split("\n\n") if part)


def plain(spans: Iterable[Span]) -> str:
    """Return the spans' text without their styles."""
    return "".join(span.text for span in spans)


def plain_text(blocks: Iterable[Block]) -> str:
    """Return what is readable in the blocks, a line for each paragraph, item, row or picture."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(spans=spans) | Paragraph(spans=spans):
                yield plain(spans)
            case Code(text=text):
                yield text
            case Quote(blocks=inner):
                yield from _lines(inner)
            case Listing(items=items):
                for item in items:
                    yield from _lines(item)
            case Table(head=head, rows=rows):
                for row in (head, *rows):
                    yield " | ".join(map(plain, row))
            case Picture(alt=alt):
                yield alt
            case Rule():
                pass


def pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    """Yield the pictures in the blocks, in reading order."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Quote(blocks=inner):
                yield from pictures(inner)
            case Listing(items=items):
                for item in items:
                    yield from pictures(item)
            case _:
                pass
