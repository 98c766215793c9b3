"""YAML as its author typed it, every value with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import yaml
from yaml import events

from tutorbot.authoring.faults import Faults, Source, Spot

MOST_DEPTH = 16

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_ESCAPED = re.compile(r"\\(?:x(..)|u(....)|U(........)|(\n\s*)|(.))|(.)", re.DOTALL)
_ESCAPED_SPACES = "tnveNLP_ \t"  # and \0, \a, \b, \r: none of them is seen


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: never a number, a date or a yes here, always the text as it was typed."""

    source: Source
    start: int
    end: int
    value: str
    style: str

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return Spot(self.source, self.start)

    def spot_of(self, offset: int) -> Spot:
        """Return where the value's character at the offset stands in the file.

        YAML folds, indents and escapes, yet keeps what is visible in its order: so the n-th
        visible character of the value is the n-th visible one of the source.
        """
        wanted = sum(not character.isspace() for character in self.value[:offset])
        for seen, place in enumerate(self._visible()):
            if seen == wanted:
                return Spot(self.source, place)
        return self.spot

    def _visible(self) -> Iterator[int]:
        text, start, end = self.source.text, self.start, self.end
        if self.style in "|>" and self.style:
            start = text.find("\n", start, end) + 1 or end
        elif self.style:
            start, end = start + 1, end - 1
        if self.style == '"':
            yield from _visible_of_escaped(text, start, end)
            return
        skip = False
        for place in range(start, end):
            if skip:
                skip = False
            elif not text[place].isspace():
                skip = self.style == "'" == text[place]
                yield place


def _visible_of_escaped(text: str, start: int, end: int) -> Iterator[int]:
    for match in _ESCAPED.finditer(text, start, end):
        code = match[1] or match[2] or match[3]
        if code:
            visible = not chr(int(code, 16)).isspace()
        elif match[4] is not None:
            visible = False
        elif match[5] is not None:
            visible = match[5] not in _ESCAPED_SPACES
        else:
            visible = not match[6].isspace()
        if visible:
            yield match.start()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    source: Source
    start: int
    items: tuple["Node", ...]

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return Spot(self.source, self.start)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the author's order; a key that stands twice keeps its first value."""

    source: Source
    start: int
    pairs: tuple[tuple[Scalar, "Node"], ...]

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return Spot(self.source, self.start)


Node = Scalar | Sequence | Mapping


def compose(source: Source, faults: Faults, *, start: int = 0, end: int | None = None) -> Node | None:
    """Return the YAML document between the offsets; None, with the fault noted, when it is none."""
    part = source.text[start:end]
    composer = _Composer(source, faults, start, yaml.parse(part, Loader=_Loader))
    try:
        return composer.document()
    except _NotForCourses:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = start + (min(mark.index, len(part)) if mark else 0)
        context = start + error.context_mark.index if error.context_mark else place
        place, what, mend = _explained(source.text, place, context, error.problem or "")
        quotes = composer.last_quotes
        problem = error.problem or ""
        is_lost = "did not find expected" in problem or "cannot start any token" in problem
        if is_lost and quotes and _meets(quotes, place):
            place, what, mend = quotes.start, *_OPEN_QUOTES
        faults.add(Spot(source, place), what, mend)
    except (yaml.YAMLError, ValueError) as error:
        faults.add(Spot(source, start), f"cannot be read as YAML ({error})", "mend the file")
    return None


def _meets(quotes: Scalar, place: int) -> bool:
    """Whether quoted text runs over several lines into one that goes on after it, just before the place."""
    text, end = quotes.source.text, quotes.end
    goes_on = text[end : text.find("\n", end)].strip()
    return "\n" in text[quotes.start : end] and bool(goes_on) and text.count("\n", end, place) <= 1


def _runs_over(quotes: Scalar, column: int) -> bool:
    """Whether quoted text goes on in a line that begins no deeper than what is around it.

    YAML forbids that and libyaml lets it pass: keys and values are swallowed up to the next quotes.
    """
    _, *others = quotes.source.text[quotes.start : quotes.end].split("\n")
    return any(line.strip() and len(line) - len(line.lstrip(" ")) <= column for line in others)


class _NotForCourses(Exception):
    """The file uses something of YAML that courses do without; the fault is noted."""


class _Composer:
    """Builds nodes from libyaml's events, so that nothing is resolved, shared or nested without end."""

    def __init__(self, source: Source, faults: Faults, start: int, stream: Iterator[events.Event]) -> None:
        self._source = source
        self._faults = faults
        self._shift = start
        self.last_quotes: Scalar | None = None
        self._stream = stream

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self._stream:
            if isinstance(event, events.DocumentStartEvent) and node is not None:
                self._refuse(event, "a second document begins here", "keep one document in a file")
            if isinstance(event, events.NodeEvent):
                node = self._node(event, depth=0, column=-1)
        if node is None:
            self._faults.add(Spot(self._source, self._shift), "nothing stands here", "write the keys")
        return node

    def _node(self, event: events.Event, depth: int, column: int) -> Node:
        """Return the node that begins with the event; `column` is that of the list or mapping around it."""
        start = _begin(event) + self._shift
        if isinstance(event, events.AliasEvent):
            self._refuse(event, "a value that begins with `*` is an alias in YAML", _QUOTE)
        if getattr(event, "anchor", None):
            self._refuse(event, "a value that begins with `&` is an anchor in YAML", _QUOTE)
        if getattr(event, "tag", None):
            self._refuse(event, "a value that begins with `!` is a tag in YAML", _QUOTE)
        if depth > MOST_DEPTH:
            self._refuse(event, f"more than {MOST_DEPTH} levels deep", "nothing in a course nests so deep")
        if isinstance(event, events.ScalarEvent):
            end = _end(event) + self._shift
            scalar = Scalar(self._source, start, end, event.value, event.style or "")
            if scalar.style in ("'", '"'):
                self.last_quotes = scalar
                if _runs_over(scalar, column):
                    self._refuse(event, *_OPEN_QUOTES)
            return scalar
        if isinstance(event, events.SequenceStartEvent):
            return Sequence(self._source, start, tuple(self._items(depth, _column(event))))
        return Mapping(self._source, start, tuple(self._pairs(depth, _column(event))))

    def _items(self, depth: int, column: int) -> Iterator[Node]:
        while not isinstance(event := next(self._stream), events.SequenceEndEvent):
            yield self._node(event, depth + 1, column)

    def _pairs(self, depth: int, column: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        while not isinstance(event := next(self._stream), events.MappingEndEvent):
            key = self._node(event, depth + 1, column)
            if not isinstance(key, Scalar):
                self._refuse(event, "a list or mapping stands as a key", _QUOTE)
            value = self._node(next(self._stream), depth + 1, column)
            if first := seen.get(key.value):
                what = f"the key `{key.value}` stands twice, first in line {first.spot.line}"
                self._faults.add(key.spot, what, "keep one of them")
                continue
            seen[key.value] = key
            yield key, value

    def _refuse(self, event: events.Event, what: str, mend: str) -> NoReturn:
        self._faults.add(Spot(self._source, _begin(event) + self._shift), what, mend)
        raise _NotForCourses


def _column(event: events.Event) -> int:
    """Return the column of a list or mapping, from 0; -1 between brackets, where columns mean nothing."""
    return event.start_mark.column if event.start_mark and not getattr(event, "flow_style", False) else -1


def _begin(event: events.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: events.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


_QUOTE = "put the text between quotes, or on lines of its own after `|`"
_QUOTE_ALL = "put the whole text between quotes, or on lines of its own after `|`"
_OUT_OR_QUOTE = "let it begin in the same column as the keys beside it, or put the whole text between quotes"
_VALUE = re.compile(r"""[^"'\[{]*[:-] +(["'\[{]).*["'\]}] *""")
_KEY = re.compile(r" *(?:- +)*([\w-]+)")
_ALIGN = "let what belongs together begin in the same column"
_OPEN_QUOTES = ("quotes that are not closed where they should be", "close them, or double those inside")
_EXPLAINED = (
    ("found a tab character", "a tab", "indent with spaces"),
    ("mapping values are not allowed", "a colon with a space after it begins a value", _QUOTE),
    ("did not find expected alphabetic", "a value that begins with `*` or `&` is an alias or anchor", _QUOTE),
    ("could not find expected ':'", "a line without a key", "write `key: value`, or indent the line"),
    ("found unexpected end of stream", *_OPEN_QUOTES),
    ("found unknown escape character", "`\\` before a letter that YAML does not know", "use single quotes"),
    ("did not find expected ',' or ']'", "a value that begins with `[` is a list in YAML", _QUOTE),
    ("did not find expected ',' or '}'", "a value that begins with `{` is a mapping in YAML", _QUOTE),
    ("did not find expected node content", "a value is missing or cannot begin like this", _QUOTE),
    (
        "did not find expected key",
        "this line does not fit the lines above it",
        _ALIGN + ", and quote text whole",
    ),
    ("did not find expected '-' indicator", "this line is no item of the list above it", _ALIGN),
    ("block sequence entries are not allowed", "a list cannot begin here", "begin it on a line of its own"),
)
# What the scanner finds too late: the fault is where the thing began.
_FROM_ITS_BEGINNING = (
    "did not find expected alph",
    "could not find exp",
    "found unexpected end",
    "did not find expected ',",
)


def _explained(text: str, place: int, context: int, problem: str) -> tuple[int, str, str]:
    """Return the place, what is wrong and what would be right, for a message of libyaml."""
    if "cannot start any token" in problem and place < len(text):
        if text[place] == "\t":
            return place, "a tab", "indent with spaces"
        return place, f"a value cannot begin with `{text[place]}`", _QUOTE
    if problem.startswith(_FROM_ITS_BEGINNING):
        place = context
    if "expected key" in problem and (closed := _closed_before(text, place)):
        return place, f"text follows a value that began with `{closed}`", _QUOTE_ALL
    if problem.startswith("mapping values") and (key := _key_before(text, place)):
        return place, f"`{key}` stands too far in to be a key", _OUT_OR_QUOTE
    for part, what, mend in _EXPLAINED:
        if problem.startswith(part):
            return place, what, mend
    return place, f"not YAML ({problem})", "mend the line"


def _key_before(text: str, place: int) -> str:
    """Return the one word that stands in its line before this place, as a key does, or nothing."""
    line = text.rfind("\n", 0, place) + 1
    key = _KEY.fullmatch(text, line, place) if line else None
    return key[1] if key else ""


def _closed_before(text: str, place: int) -> str:
    """Return the sign with which a value began that ends right before this place in its line, or nothing."""
    value = _VALUE.fullmatch(text, text.rfind("\n", 0, place) + 1, place)
    return value[1] if value else ""
