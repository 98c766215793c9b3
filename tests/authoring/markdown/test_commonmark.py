"""The tree that Markdown becomes shows what CommonMark says its own examples show."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.authoring.markdown.reading import read
from tutorbot.authoring.faults import Fault
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
)

SOURCE = (Path(__file__).parent / "commonmark/examples.json").read_text("utf-8")
EXAMPLES = json.loads(re.sub(r"(?<![\w:.])/ur[li]", "https://example.org/a", SOURCE))
"""The examples are full of links that lead nowhere in Slack, which are refused; here they lead somewhere."""

REFUSED = (
    "raw HTML",
    "the link leads to",
    "is not used",
    "that is not finished",
    "inside a list or quote",
    "a picture in the middle of a text",
    "with nothing in it",
    "an empty item of a list",
    "an empty quote",
    "a heading without words",
    "a link with a title",
    "a picture without alt text",
)
"""Words of the faults by which something is refused on purpose."""

Piece = tuple[str, str]
"""What surrounds some text, outermost first, and the text."""


@dataclass
class Html(HTMLParser):
    """The pieces of text in HTML, each under its tags."""

    pieces: list[Piece] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "img":
            self._add("img", said["alt"] or "")
        elif tag == "hr":
            self._add("hr", "")
        elif tag == "br":
            self._add("", "\n")
        elif tag == "a":
            self._open.append(f"a {said['href']}")
        elif tag == "ol":
            self._open.append(f"ol {said.get('start') or 1}")
        else:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, _tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() or any(tag in {"p", "li", "code"} or tag[0] == "h" for tag in self._open[-1:]):
            self._add("", data)

    def _add(self, tag: str, text: str) -> None:
        # A paragraph shows by standing apart, in a tight list too; code in a `pre` is one thing.
        tags = [each for each in [*self._open, tag] if each not in {"", "p"}]
        self.pieces.append((" ".join(tags).replace("pre code", "pre"), text))


def of_html(html: str) -> list[Piece]:
    """Return what HTML shows."""
    reader = Html()
    reader.feed(html)
    reader.close()
    return joined(reader.pieces)


def of_tree(prose: Prose) -> list[Piece]:
    """Return what the tree shows."""
    return joined([piece for block in prose for piece in of_block(block)])


def of_block(block: Block) -> Iterator[Piece]:
    match block:
        case Heading(level=level, spans=spans):
            yield from within(f"h{level}", map(of_span, spans))
        case Paragraph(spans=spans):
            yield from map(of_span, spans)
        case Code(text=text):
            yield "pre", text
        case Quote(blocks=blocks):
            yield from within("blockquote", (piece for each in blocks for piece in of_block(each)))
        case Listing(ordered=ordered, items=items, start=start):
            tag = f"ol {start}" if ordered else "ul"
            yield from within(f"{tag} li", (p for item in items for each in item for p in of_block(each)))
        case Picture(alt=alt):
            yield "img", alt
        case Rule():
            yield "hr", ""
        case Table():
            raise AssertionError("CommonMark has no tables")


def within(tag: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    return ((f"{tag} {inner}".strip(), text) for inner, text in pieces)


def of_span(span: Span) -> Piece:
    styles = {"em": span.italic, "strong": span.bold, "code": span.code}
    tags = [f"a {span.link}"] if span.link else []
    return " ".join([*tags, *(tag for tag, is_on in styles.items() if is_on)]), span.text


def joined(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with tags in one order and blanks as one, those of the same tags as one."""
    merged: list[Piece] = []
    for tags, text in pieces:
        blocks = [tag for tag in tags.split(" ") if tag not in {"em", "strong", "code"}]
        styles = sorted({"em", "strong", "code"} & set(tags.split(" ")))
        name = " ".join([*blocks, *styles])
        shown = "".join(text.split())
        if merged and merged[-1][0] == name and name != "hr":
            merged[-1] = name, merged[-1][1] + shown
        elif shown or name == "hr":
            merged.append((name, shown))
    return merged


def is_meant(fault: Fault) -> bool:
    return any(words in fault.what for words in REFUSED)


COMPARED = [each for each in EXAMPLES if not read(each["markdown"])[1]]
OTHERS = [each for each in EXAMPLES if each not in COMPARED]


def name(example: dict[str, str]) -> str:
    return f"{example['example']} {example['section']}"


@pytest.mark.parametrize("example", COMPARED, ids=name)
def test_the_tree_shows_what_the_html_of_the_example_shows(example: dict[str, str]) -> None:
    prose, _ = read(example["markdown"])

    assert of_tree(prose) == of_html(example["html"])


def test_most_examples_are_compared() -> None:
    assert len(COMPARED) > 470


@pytest.mark.parametrize("example", OTHERS, ids=name)
def test_what_is_not_taken_of_an_example_is_refused_on_purpose(example: dict[str, str]) -> None:
    _, faults = read(example["markdown"])

    assert [fault.what for fault in faults if not is_meant(fault)] == []
