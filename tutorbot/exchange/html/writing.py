"""A lesson's prose as HTML that is sound XML too."""

import re
from collections.abc import Callable, Iterable
from html import escape

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

AddressOf = Callable[[str], str]
"""Returns where the picture with this SHA-256 (hex) is found."""

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), or would read back as something else."""


def written(text: str) -> str:
    """Return the text as it stands between tags, or between double quotes in one."""
    return escape(_NOT_IN_XML.sub("\ufffd", text), quote=True)


def tag(name: str, content: str = "", /, **attributes: str | None) -> str:
    """Return an element around what is already written; attributes that are None are left out.

    An underscore at the end of an attribute's name is not part of it.
    """
    said = "".join(
        f' {key.removesuffix("_")}="{written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def to_html(blocks: Prose, address_of: AddressOf) -> str:
    """Return the prose as HTML, a line for each block."""
    return "\n".join(_block(block, address_of) for block in blocks)


def line_to_html(spans: Spans) -> str:
    """Return a run of text as HTML."""
    return "".join(map(_span, spans))


def _block(block: Block, address_of: AddressOf) -> str:
    match block:
        case Paragraph(spans=spans):
            return tag("p", line_to_html(spans))
        case Heading(level=level, spans=spans):
            return tag(f"h{level}", line_to_html(spans))
        case Code(text=text, language=language):
            named = f"language-{language}" if language else None
            return tag("pre", tag("code", written(text) + "\n", class_=named))
        case Quote(blocks=inner):
            return tag("blockquote", to_html(inner, address_of))
        case Listing(ordered=ordered, items=items, start=start):
            begin = str(start) if ordered and start != 1 else None
            return tag("ol" if ordered else "ul", "".join(_items(items, address_of)), start=begin)
        case Table():
            return _table(block)
        case Picture(digest=digest, alt=alt, title=title):
            return tag("p", tag("img", src=address_of(digest), alt=alt, title=title or None))
        case Rule():
            return tag("hr")


def _items(items: Iterable[Prose], address_of: AddressOf) -> Iterable[str]:
    for item in items:
        match item:
            case (Paragraph(spans=spans),):
                yield tag("li", line_to_html(spans))
            case _:
                yield tag("li", to_html(item, address_of))


def _table(table: Table) -> str:
    head = tag("thead", _row("th", table.head))
    body = "".join(_row("td", row) for row in table.rows)
    return tag("table", head + (tag("tbody", body) if body else ""))


def _row(name: str, cells: Iterable[Spans]) -> str:
    # An empty cell has two tags: in HTML `<td/>` would hold the rest of the row.
    return tag("tr", "".join(f"<{name}>{line_to_html(cell)}</{name}>" for cell in cells))


def _span(span: Span) -> str:
    html = written(span.text).replace("\n", "<br/>")
    for is_so, name in (
        (span.code, "code"),
        (span.strike, "del"),
        (span.italic, "em"),
        (span.bold, "strong"),
    ):
        html = tag(name, html) if is_so and html else html
    return tag("a", html, href=span.link) if span.link and html else html
