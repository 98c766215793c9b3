"""Runs of styled text as Markdown."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from tutorbot.lessons.text import Span, Spans


class Room(Enum):
    """What the text stands in."""

    PARAGRAPH = auto()
    LINE = auto()
    HEADING = auto()
    CELL = auto()


class _Part(Enum):
    """What a piece of Markdown does."""

    CHARACTER = auto()
    OPENS = auto()
    CLOSES = auto()
    VERBATIM = auto()


@dataclass(slots=True)
class _Piece:
    """A piece of Markdown; `stands_for` is the text of a character's piece."""

    written: str
    part: _Part
    stands_for: str = ""

    def hide(self) -> None:
        """Write a character so that it means nothing to the parser, if there is a way."""
        if self.stands_for and _has_entity(self.stands_for):
            self.written = f"&#{ord(self.stands_for)};"


_STYLES = ("bold", "italic", "strike", "link")
_NO_ENTITY = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]")
_ALWAYS_ESCAPED = "\\`*[]<"
_ENTITY_LIKE = re.compile(r"&(?=[#A-Za-z])")
_GAP = re.compile(r"(?<=\S )_+(?= \S)")
_BEGINS_BLOCK = re.compile(
    r"#{1,6}(?=\s|$)|>|[+-](?=\s|$)|=+[ \t]*(?=\n|$)|[|:-][|: \t-]*(?=\n|$)|(\d{1,9})[.)](?=\s|$)"
)


def spans_as_markdown(spans: Spans, room: Room, width: int = 0) -> str:
    """Return the spans as Markdown in a room; in a paragraph, lines end near the width."""
    pieces = list(_pieces(spans, "_" if any(span.bold for span in spans) else "*"))
    _write_breaks(pieces, room)
    _keep_spaces(pieces)
    _escape_beginnings(pieces, room)
    _part_delimiters(pieces)
    _keep_links(pieces)
    if room is Room.PARAGRAPH and width:
        _wrap(pieces, width)
    text = "".join(piece.written for piece in pieces)
    return text.replace("|", r"\|") if room is Room.CELL else text


def _pieces(spans: Spans, italic: str) -> Iterator[_Piece]:
    """Yield what opens, what closes, and what is said, properly nested."""
    signs = {"bold": "**", "italic": italic, "strike": "~~"}
    open_styles: list[tuple[str, object]] = []
    for n, span in enumerate(spans):
        wanted = {(style, value) for style in _STYLES if (value := getattr(span, style))}
        while not set(open_styles) <= wanted:
            yield _closing(*open_styles.pop(), signs)
        missing = sorted(wanted - set(open_styles), key=lambda each: _how_long(each, spans[n:]))
        for style, _ in reversed(missing):
            yield _Piece("[", _Part.VERBATIM) if style == "link" else _Piece(signs[style], _Part.OPENS)
        open_styles += reversed(missing)
        yield from [_code(span.text)] if span.code else _characters(span.text)
    while open_styles:
        yield _closing(*open_styles.pop(), signs)


def _how_long(style: tuple[str, object], spans: Sequence[Span]) -> tuple[int, str]:
    """Return over how many spans the style goes on: what goes on longest is opened first."""
    name, value = style
    n = next((n for n, span in enumerate(spans) if getattr(span, name) != value), len(spans))
    return n, name


def _closing(style: str, value: object, signs: dict[str, str]) -> _Piece:
    if style != "link":
        return _Piece(signs[style], _Part.CLOSES)
    target = re.sub(r"[\s<>\\]", lambda found: f"%{ord(found[0]):02X}", str(value))
    return _Piece("](" + re.sub("([&()])", r"\\\1", target) + ")", _Part.VERBATIM)


def _code(text: str) -> _Piece:
    """Return code between so many backquotes that none inside ends it."""
    text = text.replace("\n", " ")
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(n for n in range(1, len(text) + 2) if n not in runs)
    is_padded = text.strip(" ") and text[0] == text[-1] == " "
    if is_padded or text.startswith("`") or text.endswith("`"):
        text = f" {text} "
    return _Piece(f"{fence}{text}{fence}", _Part.VERBATIM)


def _characters(text: str) -> Iterator[_Piece]:
    gaps = {n for gap in _GAP.finditer(text) for n in range(*gap.span())}
    for at, char in enumerate(text):
        if at in gaps:
            yield _Piece(char, _Part.CHARACTER, char)
            continue
        written = "\\" + char if _is_escaped(text, at) else char
        yield _Piece(written, _Part.CHARACTER, char)


def _is_escaped(text: str, at: int) -> bool:
    """Whether the character would begin something, wherever it stands in a line."""
    char = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    match char:
        case "_":
            return not (before.isalnum() and after.isalnum())
        case "~":
            return not before or not after or "~" in (before, after)
        case "&":
            return bool(_ENTITY_LIKE.match(text, at))
        case _:
            return char in _ALWAYS_ESCAPED


def _write_breaks(pieces: list[_Piece], room: Room) -> None:
    """Write line breaks: by a backslash within the text of a paragraph, elsewhere by an entity."""
    for at, piece in enumerate(pieces):
        if piece.stands_for != "\n":
            continue
        around = [pieces[n] for n in (at - 1, at + 1) if 0 <= n < len(pieces)]
        is_within = len(around) == 2 and all(each.stands_for.strip() for each in around)
        if is_within and room is Room.PARAGRAPH:
            piece.written = "\\\n"
        else:
            piece.hide()


def _keep_spaces(pieces: list[_Piece]) -> None:
    """Hide the spaces that the parser would drop, and those that nobody would recognize in a file."""
    for at, piece in enumerate(pieces):
        if not piece.stands_for.isspace() or piece.stands_for == "\n":
            continue
        is_edge = at in (0, len(pieces) - 1)
        around = [pieces[n].stands_for for n in (at - 1, at + 1) if 0 <= n < len(pieces)]
        if piece.stands_for != " " or is_edge or "\n" in around:
            piece.hide()


def _escape_beginnings(pieces: list[_Piece], room: Room) -> None:
    """Escape what would begin a block where it stands at the beginning of a line."""
    if room is Room.HEADING:
        for piece in pieces:
            if piece.stands_for == "#":
                piece.written = r"\#"
    if room in (Room.HEADING, Room.CELL):
        return
    text = "".join(piece.stands_for or "\0" for piece in pieces)
    for at, piece in enumerate(pieces):
        if (at and pieces[at - 1].written != "\\\n") or not piece.stands_for:
            continue
        if found := _BEGINS_BLOCK.match(text, at):
            sign = pieces[found.end(1)] if found[1] else piece
            if sign.written == sign.stands_for:
                sign.written = "\\" + sign.stands_for


def _keep_links(pieces: list[_Piece]) -> None:
    """Escape a `!` before a link, which would make a picture of it."""
    for before, piece in pairwise(pieces):
        if before.written == "!" and piece.written == "[":
            before.written = r"\!"


def _part_delimiters(pieces: list[_Piece]) -> None:
    """Hide the characters beside a `*`, `_` or `~~` that would keep it from opening or closing.

    A hidden character is punctuation to the delimiter on its other side, which is looked at again.
    """
    waiting = [at for at, piece in enumerate(pieces) if piece.part in (_Part.OPENS, _Part.CLOSES)]
    while waiting:
        for at in _in_the_way(pieces, waiting.pop()):
            before = pieces[at].written
            _hide(pieces, at)
            if pieces[at].written != before:
                waiting += [n for n in (at - 1, at + 1) if 0 <= n < len(pieces)]


def _in_the_way(pieces: list[_Piece], at: int) -> Iterator[int]:
    """Yield which pieces keep a delimiter from opening or closing."""
    part = pieces[at].part
    if part not in (_Part.OPENS, _Part.CLOSES):
        return
    inner, outer, side = (at + 1, at - 1, 0) if part is _Part.OPENS else (at - 1, at + 1, -1)
    inside = pieces[inner].written[side]
    if inside.isspace():
        yield inner
    is_in_word = 0 <= outer < len(pieces) and _is_wordy(pieces[outer].written[-1 - side])
    if is_in_word and (pieces[at].written == "_" or not _is_wordy(inside)):
        yield outer


def _hide(pieces: list[_Piece], at: int) -> None:
    """Hide a character, and the `_` beside it, which then no longer stands within a word."""
    pieces[at].hide()
    for piece in pieces[max(at - 1, 0) : at + 2]:
        if piece.stands_for == "_" == piece.written:
            piece.written = r"\_"


def _is_wordy(char: str) -> bool:
    """Whether the parser takes the character for part of a word: neither space nor punctuation."""
    return not char.isspace() and not unicodedata.category(char).startswith(("P", "S"))


def _has_entity(char: str) -> bool:
    return not _NO_ENTITY.match(char) and ord(char) & 0xFFFE != 0xFFFE


def _wrap(pieces: list[_Piece], width: int) -> None:
    """Turn spaces before words into line breaks, which read as spaces, so that lines keep to the width."""
    column, space, since = 0, None, 0
    for at, piece in enumerate(pieces):
        if "\n" in piece.written:
            column, space = 0, None
            continue
        column, since = column + len(piece.written), since + len(piece.written)
        if _may_break(pieces, at):
            space, since = piece, 0
        if column > width and space:
            space.written, space, column = "\n", None, since


def _may_break(pieces: list[_Piece], at: int) -> bool:
    if pieces[at].written != " " or at + 1 >= len(pieces) or at == 0:
        return False
    return pieces[at + 1].written.isalpha() and not pieces[at - 1].written[-1].isspace()
