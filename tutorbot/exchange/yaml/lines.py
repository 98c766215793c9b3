"""YAML in block style, line by line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inline:
    """A value on the line of its key, as it is written there."""

    written: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text on lines of its own, below its key."""

    text: str


Node = Inline | Literal | Sequence["Node"] | Mapping[str, "Node"]

_STEP = "  "
_BARE = re.compile(r"[\w(./\\](?:[^\t\n]*\S)?")
_MEANS_SOMETHING = re.compile(r"^(?:---|\.\.\.)|:(?:\s|$)|\s#")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def text_on_line(text: str) -> Inline:
    """Return a text for the line of its key, between quotes where it needs them."""
    is_bare = _BARE.fullmatch(text) and not _MEANS_SOMETHING.search(text) and not _ODD.search(text)
    return Inline(text if is_bare else _quoted(text))


def text_below(text: str) -> Inline | Literal:
    """Return a text for lines of its own, unless it holds what only quotes can."""
    return text_on_line(text) if _ODD.search(text) else Literal(text)


def lines_of(node: Node) -> Iterator[str]:
    """Yield the lines of a list or mapping."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _under(f"{key}:", value)
    elif isinstance(node, Sequence):
        for item in node:
            first, *others = _item_lines(item)
            yield f"- {first}"
            yield from map(_indented, others)


def _item_lines(item: Node) -> list[str]:
    return [item.written] if isinstance(item, Inline) else list(lines_of(item))


def _under(head: str, value: Node) -> Iterator[str]:
    match value:
        case Inline(written=written):
            yield f"{head} {written}"
        case Literal(text=text):
            yield f"{head} |"
            yield from map(_indented, text.split("\n"))
        case _:
            yield head
            yield from map(_indented, lines_of(value))


def _indented(line: str) -> str:
    return _STEP + line if line else line


def _quoted(text: str) -> str:
    if "\\" in text and not _ODD.search(text) and not {"\n", "\t"} & set(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    match char:
        case '"' | "\\":
            return "\\" + char
        case "\n":
            return r"\n"
        case "\t":
            return r"\t"
        case _:
            return f"\\u{ord(char):04x}" if _ODD.match(char) else char
