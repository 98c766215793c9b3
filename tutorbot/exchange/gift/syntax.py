"""The text of a GIFT file, cut into questions and what their signs part.

The format is that of Moodle: https://docs.moodle.org/en/GIFT_format and question/format/gift/format.php.
A backslash before one of the signs takes its meaning away. So that no sign is mistaken once it is read,
such a one is a character here that stands in no file (https://www.unicode.org/faq/private_use.html#nonchar1).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from tutorbot.exchange.taken import Place, Unreadable

MOST_BYTES = 2 * 1024 * 1024

_ESCAPED = {
    ":": "\ufdd0",
    "#": "\ufdd1",
    "=": "\ufdd2",
    "{": "\ufdd3",
    "}": "\ufdd4",
    "~": "\ufdd5",
    "\\": "\ufdd6",
    "n": "\ufdd7",
}
BREAK = _ESCAPED["n"]
"""Stands for a line break that was written as `\\n`; other line breaks are the file's own."""

_MEANT = str.maketrans({sign: char for char, sign in _ESCAPED.items() if char != "n"})
_ESCAPE = re.compile(r"\\([:#={}~\\n])")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,20})?)%")
_MARK = re.compile(r"\[(id|tag):((?:[^\]\[\\]|\\.)*)\]")
_CATEGORY = "$CATEGORY:"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the file, and the line on which it begins."""

    text: str
    line: int

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def plain(self) -> str:
        """The text on one line, as it was meant."""
        return " ".join(meant(self.text.replace(BREAK, " ")).split())

    def part(self, start: int, end: int | None = None) -> "Chunk":
        """Return a piece of it, without the spaces around."""
        text = self.text[start:end]
        skipped = start + len(text) - len(text.lstrip())
        return Chunk(text.strip(), self.line + self.text.count("\n", 0, skipped))

    def halves(self, sign: str) -> tuple["Chunk", "Chunk | None"]:
        """Return what stands before and behind the first such sign."""
        at = self.text.find(sign)
        return (self.part(0), None) if at < 0 else (self.part(0, at), self.part(at + len(sign)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands behind a `=` or `~`; the weight is in percent, and None where nothing is said."""

    sign: str
    weight: Fraction | None
    text: Chunk
    feedback: Chunk | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the file between blank lines: a question, with what the comments above it say."""

    chunk: Chunk
    category: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()


def decoded(data: bytes, file: str) -> str:
    """Return the file's text, with line breaks as one character; raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Place(file), f"is larger than the {MOST_BYTES // 2**20} MB that are read")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(Place(file, line), "is not text in UTF-8; save it as UTF-8") from None
    return _ODD.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def passages(text: str) -> Iterator[Passage]:
    """Yield what stands between blank lines, without comments, under the last category before it."""
    category = ""
    for first, lines in _between_blank_lines(text):
        at = next((n for n, line in enumerate(lines) if not _is_comment(line)), 0)
        if lines[at].strip().startswith(_CATEGORY):
            category = _last_part(lines[at].strip().removeprefix(_CATEGORY))
            lines, first = lines[at + 1 :], first + at + 1
        comments = " ".join(line for line in lines if _is_comment(line))
        body = "\n".join("" if _is_comment(line) else line for line in lines)
        chunk = Chunk(_ESCAPE.sub(lambda found: _ESCAPED[found[1]], body), first).part(0)
        if chunk:
            yield replace(_marked(comments), chunk=chunk, category=category)


def answers(chunk: Chunk, signs: str) -> list[Answer]:
    """Return the answers that begin with the signs; what stands before the first has none."""
    places = [found.start() for found in re.finditer(f"[{signs}]", chunk.text)]
    found = [_answer("", chunk.part(0, places[0] if places else None))]
    for start, end in pairwise([*places, len(chunk.text)]):
        found.append(_answer(chunk.text[start], chunk.part(start + 1, end)))
    return found if found[0].text or found[0].feedback else found[1:]


def meant(text: str) -> str:
    """Return the text with the signs that were escaped."""
    return text.translate(_MEANT).replace(BREAK, "\n")


def _answer(sign: str, chunk: Chunk) -> Answer:
    weight = _WEIGHT.match(chunk.text)
    text, feedback = chunk.part(weight.end() if weight else 0).halves("#")
    return Answer(sign, Fraction(weight[1]) if weight else None, text, feedback)


def _between_blank_lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    lines: list[str] = []
    for number, line in enumerate((text + "\n").split("\n"), start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield number - len(lines), lines
            lines = []


def _is_comment(line: str) -> bool:
    return line.strip().startswith("//")


def _last_part(category: str) -> str:
    """Return the name of the category without those that it is in; `//` is a slash of its own."""
    return re.split("(?<!/)/(?!/)", category.strip())[-1].replace("//", "/").strip()


def _marked(comments: str) -> Passage:
    marks = [(kind, re.sub(r"\\(.)", r"\1", text)) for kind, text in _MARK.findall(comments)]
    tags = tuple(text for kind, text in marks if kind == "tag")
    return Passage(Chunk("", 0), id=next((text for kind, text in marks if kind == "id"), ""), tags=tags)
