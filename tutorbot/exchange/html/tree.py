"""HTML as the same tree that XML becomes.

Python's own `html.parser` takes time that grows with the square of some texts, and fails on others;
this takes what browsers take, as far as questions are written in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from tutorbot.exchange.xml_tree import DEEPEST, Element

MOST_HTML = 50_000
"""How long a text may be, in characters; the longest that a question may show has 3,000."""

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_RAW = frozenset(("script", "style", "textarea", "title"))
"""Elements that hold text alone: a tag in them is none."""

_ENDS_PARAGRAPH = frozenset(
    (
        *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p"),
        *("pre", "section", "table", "ul"),
    )
)
_ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
}
"""What an element ends that nobody ended, though it cannot hold this one."""

_HOLDS = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"table"}, "td": {"tr"}, "th": {"tr"}}
"""What holds such an element, and everything outside of which stays open."""

_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""",
)
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def parse_html(html: str, line: int = 1) -> Element:
    """Return an element that holds what the HTML says: nothing is refused.

    The text begins on that line. It is cut behind MOST_HTML characters.
    """
    builder = _Builder(line)
    for piece in _pieces(html[:MOST_HTML]):
        builder.add(piece)
    return builder.whole()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A tag that begins or ends something, or text (which has no name); `source` is how it was written."""

    source: str
    name: str = ""
    ends: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def _pieces(html: str) -> Iterator[_Piece]:
    at = 0
    while at < len(html):
        begin = html.find("<", at)
        if begin != at:
            begin = len(html) if begin < 0 else begin
            yield _Piece(html[at:begin])
            at = begin
        elif tag := _TAG.match(html, at):
            piece = _tag(html, tag)
            yield piece
            at += len(piece.source)
            if piece.name in _RAW and not piece.ends:
                end = re.compile(rf"</{piece.name}", re.IGNORECASE).search(html, at)
                yield _Piece(html[at : end.start() if end else len(html)])
                at = end.start() if end else len(html)
        elif html[at + 1 : at + 2] in ("!", "?", "/"):
            closing = "-->" if html.startswith("<!--", at) else ">"
            end_at = html.find(closing, at)
            after = len(html) if end_at < 0 else end_at + len(closing)
            yield _Piece(html[at:after], "!", ends=True)
            at = after
        else:
            yield _Piece("<")
            at += 1


def _tag(html: str, begun: re.Match[str]) -> _Piece:
    """Return the tag that begins there; where it never ends, all that is left is text."""
    attributes: dict[str, str] = {}
    at = begun.end()
    while at < len(html):
        if html[at] == ">":
            source = html[begun.start() : at + 1]
            return _Piece(source, begun[1].lower(), source.startswith("</"), attributes)
        found = _ATTRIBUTE.match(html, at)
        if found:
            value = found[2] or found[3] or found[4] or ""
            attributes.setdefault(found[1].lower(), _unescaped(value))
        at = found.end() if found else at + 1
    return _Piece(html[begun.start() :])


def _unescaped(text: str) -> str:
    return _UNSEEN.sub("", unescape(_LONG_NUMBER.sub("\ufffd", text)))


@dataclass(slots=True)
class _Open:
    """An element whose end has not been seen."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def closed(self) -> Element:
        return Element(self.name, self.line, self.attributes, tuple(self.children))


class _Builder:
    """Adds each piece to the innermost element that is still open."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._open = [_Open("", line)]

    def whole(self) -> Element:
        """Return the outermost element; those that are still open end here."""
        self._close_to(1)
        return self._open[0].closed()

    def add(self, piece: _Piece) -> None:
        """Add the next piece."""
        if not piece.name:
            self._open[-1].children.append(_unescaped(piece.source))
        elif piece.ends:
            self._end(piece.name)
        else:
            self._begin(piece)
        self._line += piece.source.count("\n")

    def _begin(self, piece: _Piece) -> None:
        if piece.name in _ENDS_PARAGRAPH and self._open[-1].name == "p":
            self._close_to(len(self._open) - 1)
        if piece.name in _ENDS:
            self._end_before(piece.name)
        self._open.append(_Open(piece.name, self._line, piece.attributes))
        if piece.name in _VOID or len(self._open) > DEEPEST:
            self._close_to(len(self._open) - 1)

    def _end(self, name: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == name:
                self._close_to(depth)
                return

    def _end_before(self, name: str) -> None:
        """End what cannot hold an element of this name, up to what can."""
        depth = len(self._open)
        for outer in range(len(self._open) - 1, 0, -1):
            if self._open[outer].name in _HOLDS[name]:
                break
            if self._open[outer].name in _ENDS[name]:
                depth = outer
        self._close_to(depth)

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            done = self._open.pop().closed()
            self._open[-1].children.append(done)
