"""Makes broken courses of a good one, each with the place where it breaks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Mutant:
    """A course with one mistake: which one, at what, how it is made, and where a fault has to be told."""

    mistake: str
    at: str
    file: str
    line: int
    break_it: Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its value in a YAML file; offsets count in the whole file."""

    file: str
    text: str
    mapping: int
    first: bool
    key: str
    key_at: int
    value: yaml.Node
    shift: int

    @property
    def value_at(self) -> int:
        """Where the value begins."""
        return int(self.value.start_mark.index) + self.shift

    @property
    def value_end(self) -> int:
        """Where the value ends; a list, mapping or block of text with its last visible character."""
        end = int(self.value.end_mark.index) + self.shift
        return end if self.is_line else len(self.text[:end].rstrip())

    @property
    def is_line(self) -> bool:
        """Whether the value is a text on the line of its key."""
        return isinstance(self.value, yaml.ScalarNode) and self.value.style not in ("|", ">")

    @property
    def path(self) -> str:
        """Name the place, for the name of a test."""
        return f"{self.file}:{line_of(self.text, self.key_at)}:{self.key}"


def line_of(text: str, offset: int) -> int:
    """Return the line of an offset, from 1."""
    return text.count("\n", 0, offset) + 1


def rewritten(file: str, text: str) -> Callable[[Path], object]:
    """Return what writes another text into a file of the course."""
    return lambda folder: (folder / file).write_text(text)


def mutants(course: Path) -> Iterator[Mutant]:
    """Yield every mutant of the course, in the same order each time."""
    for file in sorted(path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file()):
        if not file.endswith(".svg"):
            text = (course / file).read_text()
            pairs = list(_pairs(file, text))
            for pair in pairs:
                yield from _of_pair(pair)
            yield from _of_ids(pairs)
            yield from _of_names(pairs)
        if file.endswith((".md", ".svg")):
            yield from _of_text(file, (course / file).read_text())
        yield from _of_file(course, file)


def _pairs(file: str, text: str) -> Iterator[Pair]:
    shift, end = (4, text.index("\n---", 4) + 1) if file.endswith(".md") else (0, len(text))
    node = yaml.compose(text[shift:end], yaml.SafeLoader)
    assert node is not None
    yield from _within(file, text, node, shift)


def _within(file: str, text: str, node: yaml.Node, shift: int) -> Iterator[Pair]:
    if isinstance(node, yaml.MappingNode):
        for n, (key, value) in enumerate(node.value):
            begin = node.start_mark.index + shift
            at = key.start_mark.index + shift
            yield Pair(file, text, begin, n == 0, key.value, at, value, shift)
            yield from _within(file, text, value, shift)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _within(file, text, item, shift)


def _changed(pair: Pair, name: str, start: int, end: int, new: str, fault_at: int | None = None) -> Mutant:
    """Return the mutant with a piece of the file replaced; the fault is where the piece begins."""
    text = pair.text[:start] + new + pair.text[end:]
    line = line_of(text, start if fault_at is None else fault_at)
    return Mutant(name, pair.path, pair.file, line, rewritten(pair.file, text))


REFERENCES = {"topic", "situation"}
TYPED = {"minutes", "count", "tries", "points", "weight", "pass-mark", "answer", "tolerance", "format"}
WORDS = {"kind", "level", "part", "text-in"}
TRUE = {"right", "shuffle"}


def _of_pair(pair: Pair) -> Iterator[Mutant]:
    key_end = pair.key_at + len(pair.key)
    free = pair.text[: pair.mapping].rstrip().endswith("situations:")  # there authors choose the keys
    if not free:
        yield _changed(pair, "misspelt key", pair.key_at, key_end, pair.key + "z")
        yield _changed(pair, "key in capitals", pair.key_at, key_end, pair.key.upper())
        yield from _without(pair)
    if not isinstance(pair.value, yaml.SequenceNode):
        yield from _of_other_type(pair)
    if pair.is_line:
        yield _changed(pair, "nothing", pair.value_at, pair.value_end, "''")
        line = pair.text[pair.key_at : pair.text.index("\n", pair.value_end) + 1]
        indent = " " * (pair.key_at - pair.text.rfind("\n", 0, pair.key_at) - 1)
        end = pair.key_at + len(line)
        yield _changed(pair, "twice", end, end, indent + line)
        yield _changed(pair, "tab before", pair.key_at, pair.key_at, "\t")
        yield _changed(pair, "mention", pair.value_at, pair.value_end, '"<!channel> all"')
    if pair.key in TYPED:
        yield _changed(pair, "words for a number", pair.value_at, pair.value_end, "many")
        yield _changed(pair, "huge number", pair.value_at, pair.value_end, "9" * 400)
    if pair.key in WORDS | REFERENCES:
        yield _changed(pair, "dangling", pair.value_at, pair.value_end, pair.value.value + "-x")
    if pair.key in TRUE and getattr(pair.value, "value", "") in ("true", "false"):
        yield _changed(pair, "neither yes nor no", pair.value_at, pair.value_end, "maybe")
    if pair.key == "picture":
        yield _changed(pair, "missing picture", pair.value_at, pair.value_end, "pictures/none.svg")
    if isinstance(pair.value, yaml.SequenceNode):
        yield _changed(pair, "text for a list", pair.value_at, pair.value_end, "none")


OPTIONAL = {
    *("text-in", "information", "policies", "points", "tries", "shuffle", "hint", "tolerance", "unit"),
    *("right", "topic", "minutes", "situation", "situations", "picture", "alt"),
}


def _without(pair: Pair) -> Iterator[Mutant]:
    """Drop the key with its line, where it must be there; the fault is where its mapping begins."""
    is_needed = pair.key not in OPTIONAL or (pair.key == "right" and pair.is_line and "wrong:" in pair.text)
    heads = pair.file.endswith(".md") and pair.key in ("topic", "minutes")
    if not pair.is_line or not (is_needed or heads) or _is_option_right(pair):
        return
    after = pair.text.index("\n", pair.value_end) + 1
    if pair.first:  # the next key moves up to where this one stood
        rest = pair.text[after:]
        text = pair.text[: pair.key_at] + rest.lstrip(" ")
    else:
        start = pair.text.rfind("\n", 0, pair.key_at) + 1
        text = pair.text[:start] + pair.text[after:]
    line = line_of(text, pair.mapping)
    yield Mutant("dropped key", pair.path, pair.file, line, rewritten(pair.file, text))


def _is_option_right(pair: Pair) -> bool:
    return pair.key == "right" and isinstance(pair.value, yaml.ScalarNode) and pair.value.value == "true"


def _of_other_type(pair: Pair) -> Iterator[Mutant]:
    if isinstance(pair.value, yaml.MappingNode):
        yield _changed(pair, "text for keys", pair.value_at, pair.value_end, "none")
    else:
        yield _changed(pair, "list for a text", pair.value_at, pair.value_end, "[one, two]")
        yield _changed(pair, "keys for a text", pair.value_at, pair.value_end, "{one: two}")
        yield _changed(pair, "alias for a text", pair.value_at, pair.value_end, "*one")
        yield _changed(pair, "open quotes", pair.value_at, pair.value_end, '"one')


def _of_ids(pairs: list[Pair]) -> Iterator[Mutant]:
    """Give each question the id of the one before it."""
    ids = [pair for pair in pairs if pair.key == "id" and "questions:" in pair.text[: pair.key_at]]
    for before, pair in pairwise(ids):
        yield _changed(pair, "id of another", pair.value_at, pair.value_end, before.value.value)
    for pair in ids:
        yield _changed(pair, "id that is none", pair.value_at, pair.value_end, "Not An Id")


def _of_names(pairs: list[Pair]) -> Iterator[Mutant]:
    """Misspell each name in a list of lessons, exercises or modules."""
    for pair in pairs:
        if pair.key in ("lessons", "exercises", "modules"):
            for item in pair.value.value:
                end = item.end_mark.index + pair.shift
                yield _changed(pair, "misspelt name", end, end, "x")
                yield _changed(pair, "name with its ending", end, end, ".md")


MARKDOWN = {
    "raw HTML": "<b>bold</b>",
    "footnote": "so[^1]",
    "mention": "@channel",
    "picture without alt text": "![](pictures/two-loaves.svg)",
    "missing picture": "![A loaf.](pictures/none.svg)",
    "picture from the web": "![A loaf.](https://example.org/a.png)",
    "link to a file": "[here](other.md)",
    "unfinished link": "[here](a b",
    "long line": "word " * 700,
    "heading without words": "##",
    "unused definition": "[here]: https://example.org",
}


def _of_text(file: str, text: str) -> Iterator[Mutant]:
    """Add a piece at the end of a lesson; take the alt text from a picture; spoil a drawing."""
    if file.endswith(".svg"):
        for name, piece in {
            "script": "<script/>",
            "outside": '<image href="https://example.org/a"/>',
        }.items():
            spoilt = text.replace("</svg>", f"  {piece}\n</svg>")
            line = line_of(spoilt, spoilt.index(piece))
            yield Mutant(name, file, file, line, rewritten(file, spoilt))
        return
    for name, piece in MARKDOWN.items():
        spoilt = f"{text}\n{piece}\n"
        yield Mutant(name, file, file, line_of(spoilt, len(text) + 1), rewritten(file, spoilt))
    if (at := text.find("![")) >= 0:
        spoilt = text[: at + 2] + text[text.index("]", at) :]
        yield Mutant("alt text removed", file, file, line_of(text, at), rewritten(file, spoilt))
    if (at := text.find("alt:")) >= 0:
        spoilt = text[:at] + text[text.index("\n", at) + 1 :]
        line = line_of(text, text.index("picture:"))
        yield Mutant("alt text of the card removed", file, file, line, rewritten(file, spoilt))


def _of_file(course: Path, file: str) -> Iterator[Mutant]:
    """Spoil a file as a whole."""
    data = (course / file).read_bytes()
    lines = data.count(b"\n")

    def write(content: bytes) -> Callable[[Path], object]:
        return lambda folder: (folder / file).write_bytes(content)

    def link(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).symlink_to(course / file)

    yield Mutant("symbolic link", file, file, 1, link)
    if file.endswith(".svg"):
        yield Mutant("empty", file, file, 1, write(b""))
        return
    yield Mutant("byte order mark", file, file, 1, write(b"\xef\xbb\xbf" + data))
    yield Mutant("UTF-16", file, file, 1, write(data.decode().encode("utf-16")))
    yield Mutant("Latin-1", file, file, lines + 1, write(data + b"caf\xe9"))
    yield Mutant("invisible character", file, file, lines + 1, write(data + "\u2028".encode()))
    yield Mutant("too large", file, file, 1, write(data + b"\n" * 300_000))
    yield Mutant("empty", file, file, 1, write(b""))
