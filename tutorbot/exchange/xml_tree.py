"""XML that strangers wrote, as a small tree with line numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from xml.parsers import expat

from tutorbot.exchange.taken import Place, Unreadable

MOST_BYTES = 10 * 1024 * 1024
MOST_ELEMENTS = 200_000
DEEPEST = 100
MOST_DECLARED = 100
"""Attributes that a file's own document type declares: with each, every element takes longer."""

_ENCODINGS = frozenset(
    {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1", "windows-1252"}
)
_VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "param", "source", "track", "wbr"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element without its namespace; its children are elements and, between them, text.

    `line` is where its tag begins, from 1. The names of attributes are kept as they are written.
    """

    name: str
    line: int
    attributes: Mapping[str, str]
    children: "tuple[Element | str, ...]"

    def get(self, attribute: str, otherwise: str = "") -> str:
        """Return the value of the attribute, without spaces around it."""
        return self.attributes.get(attribute, otherwise).strip()

    @property
    def elements(self) -> "tuple[Element, ...]":
        """The elements directly within it."""
        return tuple(child for child in self.children if isinstance(child, Element))

    def within(self, *names: str) -> "Iterator[Element]":
        """Yield the elements of these names at any depth, in reading order."""
        for child in self.elements:
            if child.name in names:
                yield child
            yield from child.within(*names)

    def first(self, *names: str) -> "Element | None":
        """Return the first element of one of these names at any depth."""
        return next(self.within(*names), None)

    @property
    def text(self) -> str:
        """All text within it, as it stands."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def read_xml(data: bytes, file: str) -> Element:
    """Return the root element.

    Nothing outside the file is ever fetched: a document type may name its definition, which is not read.
    A file that declares entities is refused. Raises Unreadable, with file and line.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(Place(file), f"has more than {MOST_BYTES // 2**20} MB; split it")
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code, "not understood")
        raise Unreadable(Place(file, error.lineno), f"is not sound XML ({what})") from None
    except _Refused as refused:
        raise Unreadable(Place(file, reading.parser.CurrentLineNumber), str(refused)) from None
    assert reading.root is not None, "a document without an element is not sound XML"
    return reading.root


def inner_markup(element: Element) -> str:
    """Return what is within the element as HTML."""
    return "".join(
        escape(child, quote=False) if isinstance(child, str) else _markup(child) for child in element.children
    )


def _markup(element: Element) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    if element.name in _VOID and not element.children:
        return f"<{element.name}{attributes}>"
    return f"<{element.name}{attributes}>{inner_markup(element)}</{element.name}>"


class _Refused(Exception):
    """What stands there is sound XML that is not taken."""


@dataclass(slots=True)
class _Open:
    """An element whose end has not been seen."""

    name: str
    line: int
    attributes: Mapping[str, str]
    children: list[Element | str] = field(default_factory=list)


class _Reading:
    """The tree so far."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[_Open] = []
        self._elements = 0
        self._declared = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.specified_attributes = True  # those that a document type adds would multiply
        self.parser.EntityDeclHandler = self._entity_declaration
        self.parser.AttlistDeclHandler = self._attribute_declaration
        self.parser.SkippedEntityHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise _Refused("is not in UTF-8; save it as UTF-8")

    def _entity_declaration(self, name: str, *_: object) -> None:
        raise _Refused(f"declares the entity `{name}`, which is not read; write what it stands for")

    def _attribute_declaration(self, *_: object) -> None:
        self._declared += 1
        if self._declared > MOST_DECLARED:
            raise _Refused(f"declares more than {MOST_DECLARED} attributes; take the declarations out")

    def _entity(self, name: str, _is_parameter: bool) -> None:
        """Put in the character that HTML calls by this name: the definition that names it is not read."""
        character = html5.get(f"{name};")
        if character is None:
            raise _Refused(f"`&{name};` is not known; write the character itself")
        self._text(character)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise _Refused(f"has more than {MOST_ELEMENTS:,} elements; split it")
        if len(self._open) >= DEEPEST:
            raise _Refused(f"nests elements more than {DEEPEST} deep")
        self._open.append(_Open(name.rpartition(":")[2], self.parser.CurrentLineNumber, attributes))

    def _end(self, _name: str) -> None:
        done = self._open.pop()
        element = Element(done.name, done.line, done.attributes, tuple(done.children))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element

    def _text(self, text: str) -> None:
        children = self._open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)
