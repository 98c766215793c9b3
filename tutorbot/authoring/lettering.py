"""How high the text of a drawing is on a phone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import ceil, sqrt
from xml.parsers import expat

from tutorbot.pictures import PictureFault

PHONE = 328
"""How wide a picture is on a phone 360 pixels wide: Slack leaves a margin at either side."""
SMALLEST = 11
"""How high text must be there to be read, in pixels: what Apple's guidelines give as the least."""

MOST_DEPTH = 100
MOST_TEXTS = 1_000
MOST_RULES = 100
"""No drawing for people has more; what lies beyond is passed over, since nobody may make the check hang."""

_UNSAID = 16.0  # resvg's, and the browsers'
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|pc|em|rem|%)?(?![\w.])", re.ASCII)
_SIZE_IN_SHORTHAND = re.compile(r"(?<![\w.])(\d*\.?\d+)(px|pt|pc|em|rem|%)", re.ASCII)
_LONGEST_VALUE = 80
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "rem": _UNSAID}
_NAMES = re.compile(r"[.#][\w-]+")
_COMPOUND = re.compile(r"(\*|[A-Za-z]\w*)?(?:[.#][\w-]+)*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_TRANSFORM = re.compile(r"(scale|matrix)\(([^()]*)\)")


@dataclass(slots=True, eq=False)
class _Element:
    """An element of a drawing, where it begins, and whether words stand right in it."""

    tag: str
    attributes: Mapping[str, str]
    around: "_Element | None"
    line: int
    column: int
    has_words: bool = False

    def outwards(self) -> Iterator["_Element"]:
        """Yield the elements around this one, the nearest first."""
        element = self.around
        while element is not None:
            yield element
            element = element.around

    @property
    def names(self) -> set[str]:
        """Its classes and its id, as selectors write them."""
        classes = {f".{name}" for name in self.attributes.get("class", "").split()}
        return {f"#{self.attributes.get('id', '')}", *classes}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a style sheet that gives a size; the parts of its selector from the outside in."""

    parts: tuple[str, ...]
    size: str

    @property
    def weight(self) -> tuple[int, int, int]:
        """The specificity of the selector (https://www.w3.org/TR/selectors-3/#specificity)."""
        selector = " ".join(self.parts)
        return selector.count("#"), selector.count("."), sum(part[0].isalpha() for part in self.parts)

    def means(self, element: _Element) -> bool:
        """Whether the rule is about this element; what is not understood is about none."""
        *around, own = self.parts
        outwards = element.outwards()
        return _is(element, own) and all(any(_is(one, part) for one in outwards) for part in reversed(around))


def small_text(svg: bytes) -> Iterator[PictureFault]:
    """Yield where a drawing without other faults has text that is too small, once for each size.

    Sizes are read as resvg does, from attributes, styles and rules of a style sheet, with transforms.
    """
    elements, styles = _read(svg)
    rules = sorted(islice(_rules(styles), MOST_RULES), key=lambda rule: rule.weight)
    width = float(elements[0].attributes["viewBox"].replace(",", " ").split()[2])
    told: set[float] = set()
    for element in islice((element for element in elements if element.has_words), MOST_TEXTS):
        size = round(_size(element, rules) * _scale(element), 2)
        height = size * PHONE / width
        if height < SMALLEST and size not in told:
            told.add(size)
            yield PictureFault(
                element.line,
                element.column,
                f"text of {size:g} in a drawing {width:g} wide is {height:.1f} pixels high on a phone",
                f"make it {ceil(SMALLEST * width / PHONE)} or more, which is {SMALLEST} pixels there",
            )


def _read(svg: bytes) -> tuple[list[_Element], str]:
    """Return the elements of a drawing in their order, and its style sheet."""
    elements: list[_Element] = []
    styles: list[str] = []
    stack: list[_Element] = []
    parser = expat.ParserCreate("UTF-8", " ")

    def begin(name: str, attributes: dict[str, str]) -> None:
        around = stack[-1] if stack else None
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber
        stack.append(_Element(name.rpartition(" ")[2], attributes, around, line, column))
        elements.append(stack[-1])

    def text(words: str) -> None:
        if stack[-1].tag == "style":
            styles.append(words)
        elif words.strip() and len(stack) <= MOST_DEPTH:
            stack[-1].has_words = any(element.tag == "text" for element in stack)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = text
    parser.Parse(svg, True)
    return elements, "".join(styles)


def _rules(css: str) -> Iterator[_Rule]:
    """Yield the rules that give a size, in their order."""
    first, *others = css.split("/*")
    for block in "".join([first, *(text.partition("*/")[2] for text in others)]).split("}"):
        selectors, _, declarations = block.partition("{")
        if size := _declared(declarations):
            for selector in selectors.split(","):
                if parts := tuple(selector.replace(">", " ").split()):
                    yield _Rule(parts, size)


def _declared(declarations: str) -> str:
    """Return the size that declarations give; an empty text where they give none."""
    size = ""
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() == "font-size":
            size = value
        elif name.strip() == "font" and (match := _SIZE_IN_SHORTHAND.search(value[:_LONGEST_VALUE])):
            size = match[0]
    return size.strip()


def _size(element: _Element, rules: list[_Rule]) -> float:
    """Return the size of the text in an element: what it is given there, or that of what is around."""
    given = [element.attributes.get("font-size", "").strip()]
    given += [rule.size for rule in rules if rule.means(element)]
    given.append(_declared(element.attributes.get("style", "")))
    for value in reversed(given):
        if match := _SIZE.match(value[:_LONGEST_VALUE]):
            number, unit = float(match[1]), match[2] or "px"
            if unit in _PIXELS:
                return number * _PIXELS[unit]
            around = _size(element.around, rules) if element.around else _UNSAID
            return number * around / (100 if unit == "%" else 1)
    return _size(element.around, rules) if element.around else _UNSAID


def _is(element: _Element, part: str) -> bool:
    match = _COMPOUND.fullmatch(part[:_LONGEST_VALUE])
    return (
        match is not None
        and match[1] in (None, "*", element.tag)
        and element.names.issuperset(_NAMES.findall(part))
    )


def _scale(element: _Element) -> float:
    """Return by how much the transforms of an element and of those around it make it larger."""
    scale = 1.0
    for one in (element, *element.outwards()):
        for kind, text in _TRANSFORM.findall(one.attributes.get("transform", "")):
            numbers = [float(number) for number in _NUMBER.findall(text[:_LONGEST_VALUE])]
            if kind == "scale" and numbers:
                scale *= abs(numbers[-1])
            elif len(numbers) == 6:
                a, b, c, d = numbers[:4]
                scale *= sqrt(abs(a * d - b * c))
    return scale
