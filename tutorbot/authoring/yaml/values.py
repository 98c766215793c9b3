"""The kinds of single values in a course's files."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Generic, TypeVar

from tutorbot.authoring.faults import Spot, listed, nearest, shown
from tutorbot.authoring.markdown.prose import read_markdown
from tutorbot.authoring.mentions import find_ping, refuse_ping
from tutorbot.authoring.names import local
from tutorbot.authoring.yaml.nodes import Mapping, Node, Scalar
from tutorbot.authoring.yaml.readers import Reading, Refused
from tutorbot.lessons.text import Paragraph, Prose, Spans, plain, plain_text

MOST_DIGITS = 15
MOST_ID = 80
MOST_MARKUP = 10
"""How many times as long as what is shown Markdown may be, with its links."""

ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COLOUR_FORM = re.compile(r"#[0-9a-fA-F]{6}")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)")
NUMBER_FORM = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+|/[1-9]\d*)?")

E = TypeVar("E", bound=StrEnum)


def scalar(node: Node, wanted: str) -> Scalar:
    """Return the single value that stands there; raises Refused for anything else, or nothing."""
    if isinstance(node, Scalar):
        if not node.value.strip():
            raise Refused(node.spot, "is empty", f"write {wanted}")
        return node
    if isinstance(node, Mapping):
        mend = f"write {wanted}; where it holds a colon and a space, put it between quotes"
        raise Refused(node.spot, "holds keys and values", mend)
    raise Refused(
        node.spot, "is a list", f"write {wanted}; where it begins with `[` or `-`, put it between quotes"
    )


@dataclass(frozen=True, slots=True)
class Plain:
    """Text on one line, without Markdown."""

    most: int = 100
    blank: ClassVar[str] = ""

    def read(self, node: Node, reading: Reading) -> str:
        written = scalar(node, "a text")
        text = written.value.strip()
        if "\n" in text:
            raise Refused(node.spot, "has several lines", "write it on one line")
        _check_length(text, self.most, node.spot)
        if ping := find_ping(text):
            refuse_ping(ping, written.spot_of(written.value.index(ping)), reading.faults)
        return text


@dataclass(frozen=True, slots=True)
class Id:
    """A name that this defines, or one of those that stand `within` the file."""

    what: str
    within: bool = False
    blank: ClassVar[str] = ""

    def read(self, node: Node, reading: Reading) -> str:
        name = _id(node)
        reading.names.define(local(self.what, node.spot) if self.within else self.what, name, node.spot)
        return name


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that something else defines, in the same file or anywhere in the course."""

    what: str
    within: bool = False
    blank: ClassVar[str] = ""

    def read(self, node: Node, reading: Reading) -> str:
        name = _id(node)
        reading.names.use(local(self.what, node.spot) if self.within else self.what, name, node.spot)
        return name


def _id(node: Node) -> str:
    name = scalar(node, "a name such as `why-one-model-hurts`").value
    if not ID_FORM.fullmatch(name) or len(name) > MOST_ID:
        mend = f"use small letters, digits and single hyphens, at most {MOST_ID} in all"
        raise Refused(node.spot, f"is {shown(name)}", mend)
    return name


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown, as long as a reader will bear."""

    most: int
    blank: ClassVar[Prose] = ()

    def read(self, node: Node, reading: Reading) -> Prose:
        written = scalar(node, "a text")
        blocks = _blocks(written, self.most, reading)
        _check_length(plain_text(blocks), self.most, node.spot)
        return blocks


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of Markdown."""

    most: int
    blank: ClassVar[Spans] = ()

    def read(self, node: Node, reading: Reading) -> Spans:
        written = scalar(node, "a text")
        before = len(reading.faults)
        blocks = _blocks(written, self.most, reading)
        match blocks:
            case (Paragraph(spans=spans),):
                _check_length(plain(spans), self.most, node.spot)
                return spans
            case _ if len(reading.faults) > before:
                raise Refused
            case _:
                mend = r"write a single paragraph; put `\` before a `-`, `#` or `>` that begins it"
                raise Refused(written.spot_of(0), "is not one paragraph of text", mend)


def _blocks(written: Scalar, most: int, reading: Reading) -> Prose:
    if len(written.value) > MOST_MARKUP * most:  # not worth parsing: it may take the parser long
        _check_length(written.value, most, written.spot)
    return read_markdown(written, reading.faults, reading.pictures)


def _check_length(text: str, most: int, spot: Spot) -> None:
    if len(text) > most:
        raise Refused(spot, f"has {len(text):,} characters", f"at most {most:,} can be shown here")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds."""

    least: int
    most: int

    @property
    def blank(self) -> int:
        return self.least

    def read(self, node: Node, _reading: Reading) -> int:
        wanted = f"a whole number from {self.least} to {self.most}"
        text = scalar(node, wanted).value.strip()
        if not _WHOLE.fullmatch(text) or len(text) > MOST_DIGITS or not self.least <= int(text) <= self.most:
            raise Refused(node.spot, f"is {shown(text)}", f"write {wanted}")
        return int(text)


def is_above(text: str, bound: int) -> bool:
    """Whether the text is a whole number above the bound."""
    return bool(_WHOLE.fullmatch(text)) and (len(text) > MOST_DIGITS or int(text) > bound)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, exactly as it is written: 42, -0.5 or 3/4; `decimals` bounds what stands after the point."""

    least: Fraction | None = None
    most: Fraction | None = None
    decimals: int | None = None
    blank: ClassVar[Fraction] = Fraction(1)

    def read(self, node: Node, _reading: Reading) -> Fraction:
        wanted = "a number such as 42, 0.5 or 3/4" + self._bounds()
        text = scalar(node, wanted).value.strip()
        if not NUMBER_FORM.fullmatch(text) or len(text) > 2 * MOST_DIGITS:
            raise Refused(node.spot, f"is {shown(text)}", f"write {wanted}")
        value = Fraction(text)
        too_fine = self.decimals is not None and (value * 10**self.decimals).denominator > 1
        if (
            too_fine
            or (self.least is not None and value < self.least)
            or (self.most is not None and value > self.most)
        ):
            raise Refused(node.spot, f"is {shown(text)}", f"write {wanted}")
        return value

    def _bounds(self) -> str:
        if self.least is None:
            return ""
        fine = "" if self.decimals is None else f", with {self.decimals} decimals at the most"
        return (
            f", at least {self.least}" if self.most is None else f", from {self.least} to {self.most}"
        ) + fine


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false."""

    blank: ClassVar[bool] = False

    def read(self, node: Node, _reading: Reading) -> bool:
        text = scalar(node, "`true` or `false`").value
        if text not in ("true", "false"):
            raise Refused(node.spot, f"is {shown(text)}", "write `true` or `false`")
        return text == "true"


@dataclass(frozen=True, slots=True)
class OneOf(Generic[E]):
    """One of a few words."""

    words: type[E]

    @property
    def blank(self) -> E:
        return next(iter(self.words))

    def read(self, node: Node, _reading: Reading) -> E:
        text = scalar(node, listed(self.words)).value
        if text not in list(self.words):
            near = nearest(text, self.words)
            mend = f"did you mean `{near}`?" if near else f"write {listed(self.words)}"
            raise Refused(node.spot, f"is {shown(text)}", mend)
        return self.words(text)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour, `#rrggbb`."""

    blank: ClassVar[str] = "#000000"

    def read(self, node: Node, _reading: Reading) -> str:
        wanted = 'a colour such as "#1d4ed8", between quotes (a bare `#` begins a comment)'
        text = scalar(node, wanted).value
        if not COLOUR_FORM.fullmatch(text):
            raise Refused(node.spot, f"is {shown(text)}", f"write {wanted}")
        return text.lower()


@dataclass(frozen=True, slots=True)
class PicturePath:
    """The path of a picture, seen from the file that names it; read as the picture's digest."""

    blank: ClassVar[str] = ""

    def read(self, node: Node, reading: Reading) -> str:
        path = scalar(node, "the path of a picture, such as `pictures/loop.svg`").value
        if digest := reading.pictures.digest(path, node.spot):
            return digest
        raise Refused


@dataclass(frozen=True, slots=True)
class Word:
    """The name of a file or folder in the same folder, without its ending."""

    wanted: str
    blank: ClassVar[str] = ""

    def read(self, node: Node, _reading: Reading) -> str:
        name = scalar(node, self.wanted).value
        if name.endswith((".md", ".yaml")):
            raise Refused(node.spot, f"is {shown(name)}", "leave the file's ending out")
        return _id(node)
