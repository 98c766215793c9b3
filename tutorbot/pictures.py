"""SVG drawings as PNG pictures, the same everywhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import resvg_py

from tutorbot.errors import TutorError

MOST_WIDTH = 2_048
MOST_STEEP = 4
"""How many times as high as wide a drawing may be: with the width it bounds the memory that one takes."""

_SVG = "http://www.w3.org/2000/svg"
_FONTS = Path(__file__).parent / "fonts"
_FORBIDDEN = ("script", "foreignObject", "iframe", "audio", "video")
_OUTSIDE_URL = re.compile(r"""url\(\s*["']?\s*(?!#|["'\s])""", re.IGNORECASE)
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg|gif);base64,", re.IGNORECASE)


class BadPicture(TutorError):
    """This picture cannot be drawn."""


@dataclass(frozen=True, slots=True)
class PictureFault:
    """What is wrong in an SVG file; the line counts from 1, the column from 0, in characters."""

    line: int
    column: int
    what: str
    mend: str

    def offset(self, text: str) -> int:
        """Return the place in the text, in characters."""
        before = text.split("\n")[: self.line - 1]
        return min(sum(len(line) + 1 for line in before) + self.column, len(text))


def svg_to_png(svg: bytes, width: int) -> bytes:
    """Return the drawing as PNG, `width` pixels wide, with the bundled fonts only.

    Raises BadPicture when it refers to anything outside itself, holds a script or is no SVG.
    """
    for fault in svg_faults(svg):
        raise BadPicture(
            f"The picture cannot be drawn: {fault.what} (line {fault.line}). To mend it, {fault.mend}."
        )
    if not 0 < width <= MOST_WIDTH:
        raise BadPicture(f"A picture {width} pixels wide cannot be drawn; 1 to {MOST_WIDTH:,} can.")
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            width=width,
            skip_system_fonts=True,
            font_files=[str(font) for font in sorted(_FONTS.glob("*.[ot]tf"))],
            font_family="Inter",
            sans_serif_family="Inter",
            serif_family="Inter",
            cursive_family="Inter",
            fantasy_family="Inter",
            monospace_family="JetBrains Mono",
        )
    except ValueError as error:
        raise BadPicture(f"The picture cannot be drawn: {error}") from error


def svg_faults(svg: bytes) -> Iterator[PictureFault]:
    """Yield what keeps the drawing from being drawn the same everywhere, in reading order."""
    yield from _Judge().faults(svg)


class _Judge:
    """Reads an SVG file once, element by element."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate("UTF-8", " ")
        self._parser.StartElementHandler = self._element
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.CharacterDataHandler = self._text
        self._found: list[PictureFault] = []
        self._root_seen = False
        self._in_style = False

    def faults(self, svg: bytes) -> list[PictureFault]:
        try:
            self._parser.Parse(svg, True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            self._found.append(
                PictureFault(error.lineno, error.offset, f"not XML ({message})", "mend the drawing")
            )
        except _Stop:
            pass
        return self._found

    def _note(self, what: str, mend: str) -> None:
        parser = self._parser
        self._found.append(PictureFault(parser.CurrentLineNumber, parser.CurrentColumnNumber, what, mend))

    def _doctype(self, *_: object) -> None:
        self._note("a document type", "delete the line `<!DOCTYPE …>`")
        raise _Stop

    def _instruction(self, target: str, _: str) -> None:
        self._note(f"an instruction, `<?{target}`", "delete it")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._root_seen:
            self._root_seen = True
            self._root(space, local, attributes)
        self._in_style = local == "style"
        if local in _FORBIDDEN:
            self._note(f"`<{local}>` in a drawing", "draw it with shapes and text")
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition(" ")[2], value)

    def _root(self, space: str, local: str, attributes: dict[str, str]) -> None:
        if (space, local) != (_SVG, "svg"):
            self._note(f"the file begins with `<{local}>`", f'begin it with `<svg xmlns="{_SVG}">`')
            raise _Stop
        if "viewBox" not in attributes:
            self._note("the drawing has no `viewBox`", 'give `<svg>` one, such as `viewBox="0 0 800 450"`')
        sizes = [attributes.get("viewBox", "0 0 1 1").replace(",", " ").split()[2:]]
        if "width" in attributes or "height" in attributes:
            sizes.append([attributes.get("width", ""), attributes.get("height", "")])
        if not all(map(_is_drawable, sizes)):
            mend = f"write both in plain numbers, at most {MOST_STEEP} times as high as wide"
            self._note("the drawing has no width and height that can be drawn", mend)

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self._note(f"a script, `{name}=`", "take it out: pictures do not act")
        elif (name in ("href", "src") and not _INSIDE.match(value.strip())) or _OUTSIDE_URL.search(value):
            self._note(
                f"`{name}` refers to something outside the file", "put what it shows into the drawing itself"
            )

    def _text(self, text: str) -> None:
        if self._in_style and ("@import" in text or _OUTSIDE_URL.search(text)):
            self._note("the style refers to something outside the file", "write the style into the drawing")


class _Stop(Exception):
    """The rest of the file is not read."""


def _is_drawable(size: list[str]) -> bool:
    try:
        width, height = (float(length.removesuffix("px")) for length in size)
    except ValueError:
        return False
    return 1 <= width <= 10_000 and 1 <= height <= MOST_STEEP * width
