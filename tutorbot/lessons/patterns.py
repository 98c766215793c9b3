"""Regular expressions for short answers, matched in time that grows with the answer's length alone.

Python's own `re` tries one way after the other: a pattern such as `(a+)+b` keeps it busy for years. Here
all ways are followed at once (Thompson, *Regular Expression Search Algorithm*, 1968). What stands in a
pattern means what it means to `re`: characters, `.`, classes such as `[a-z]`, `\\d`, `\\w` and `\\s`,
groups, `|`, and `*`, `+`, `?`, `{2}`, `{2,}` and `{2,4}`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MOST_STATES = 1_000
MOST_REPEATS = 100
LONGEST_PATTERN = 150
LONGEST_TEXT = 500
"""A longer text matches nothing."""

_KINDS: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "s": str.isspace,
    "w": lambda char: char.isalnum() or char == "_",
}
_NEWLINE = "\n"


class BadPattern(ValueError):
    """A pattern cannot be used; `at` counts its characters from 0, and the text says what is wrong."""

    def __init__(self, at: int, what: str) -> None:
        super().__init__(what)
        self.at = at


@dataclass(frozen=True, slots=True)
class _One:
    """One character: within one of the ranges or of a kind (a capital letter says: not of that kind)."""

    ranges: tuple[tuple[str, str], ...] = ()
    kinds: str = ""
    negated: bool = False

    def takes(self, char: str, *, case: bool) -> bool:
        forms = {char} if case else {char, *(form for form in (char.lower(), char.upper()) if len(form) == 1)}
        return any(self._holds(form) for form in forms) is not self.negated

    def _holds(self, char: str) -> bool:
        return any(low <= char <= high for low, high in self.ranges) or any(
            _KINDS[kind.lower()](char) is kind.islower() for kind in self.kinds
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """One after the other."""

    parts: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Either:
    """One of several."""

    ways: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    """The same from `least` to `most` times, without end where that is None."""

    inner: "_Node"
    least: int
    most: int | None


_Node = _One | _Row | _Either | _Repeat


def check_pattern(pattern: str) -> None:
    """Raise BadPattern unless the pattern can be used."""
    _compiled(pattern)


def matches(pattern: str, text: str, *, case: bool = True) -> bool:
    """Return whether the pattern fits the whole text; without `case`, capitals do not matter.

    Raises BadPattern.
    """
    return len(text) <= LONGEST_TEXT and _compiled(pattern).matches(text, case=case)


class _Parser:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def whole(self) -> _Node:
        node = self._either()
        if self._at < len(self._pattern):
            raise BadPattern(self._at, "this `)` closes nothing")
        return node

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        self._at += len(char)
        return char

    def _either(self) -> _Node:
        ways = [self._row()]
        while self._peek() == "|":
            self._take()
            ways.append(self._row())
        return ways[0] if len(ways) == 1 else _Either(tuple(ways))

    def _row(self) -> _Node:
        parts = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._single()))
        return _Row(tuple(parts))

    def _repeated(self, node: _Node) -> _Node:
        begun = self._at
        match self._peek():
            case "*" | "+" | "?" as sign:
                self._take()
                repeat = _Repeat(node, int(sign == "+"), 1 if sign == "?" else None)
            case "{":
                repeat = self._counted(node)
            case _:
                return node
        if self._peek() in {"*", "+", "?", "{"}:
            raise BadPattern(self._at, f"`{self._pattern[begun : self._at + 1]}` repeats a repetition")
        return repeat

    def _counted(self, node: _Node) -> _Repeat:
        begun = self._at
        end = self._pattern.find("}", begun)
        least, comma, most = self._pattern[begun + 1 : max(end, begun)].partition(",")
        said = [number for number in (least, most) if number]
        sound = least and all(number.isascii() and number.isdecimal() and len(number) < 4 for number in said)
        if end < 0 or not sound or max(map(int, said)) > MOST_REPEATS:
            raise BadPattern(begun, f"`{{` begins a count such as {{2}} or {{2,4}}, up to {MOST_REPEATS}")
        self._at = end + 1
        if most and int(most) < int(least):
            raise BadPattern(begun, "the second number of a count is the larger one")
        return _Repeat(node, int(least), int(most) if most else None if comma else int(least))

    def _single(self) -> _Node:
        at = self._at
        match self._take():
            case "(":
                return self._group(at)
            case "[":
                return self._class(at)
            case "\\":
                return self._escaped(at)
            case ".":
                return _One(((_NEWLINE, _NEWLINE),), negated=True)
            case "*" | "+" | "?" | "{" as sign:
                raise BadPattern(at, f"`{sign}` has nothing before it to repeat")
            case "^" | "$":
                raise BadPattern(at, "the whole answer is compared: leave `^` and `$` out")
            case char:
                return _One(((char, char),))

    def _group(self, at: int) -> _Node:
        if self._pattern.startswith("?:", self._at):
            self._at += 2
        elif self._peek() == "?":
            raise BadPattern(at, "of the groups that begin with `(?` there is only `(?:…)`")
        inner = self._either()
        if self._take() != ")":
            raise BadPattern(at, "this `(` is never closed")
        return inner

    def _escaped(self, at: int) -> _One:
        char = self._take()
        if char and char in "dDwWsS":
            return _One(kinds=char)
        if not char or (char.isascii() and char.isalnum()):
            raise BadPattern(
                at, f"`\\{char}` means nothing here; there are \\d, \\w and \\s, and signs such as \\."
            )
        return _One(((char, char),))

    def _class(self, at: int) -> _One:
        negated = self._peek() == "^"
        if negated:
            self._take()
        ranges: list[tuple[str, str]] = []
        kinds = ""
        first = True
        while first or self._peek() != "]":
            first = False
            low = self._member(at)
            kinds += low.kinds
            if low.kinds or self._peek() != "-" or self._pattern[self._at + 1 : self._at + 2] in ("]", ""):
                ranges += low.ranges
                continue
            self._take()
            high = self._member(at)
            if high.kinds or high.ranges[0][0] < low.ranges[0][0]:
                raise BadPattern(at, "a range in `[…]` goes up, such as a-z")
            ranges.append((low.ranges[0][0], high.ranges[0][0]))
        self._take()
        return _One(tuple(ranges), kinds, negated)

    def _member(self, at: int) -> _One:
        char = self._take()
        if not char:
            raise BadPattern(at, "this `[` is never closed")
        return self._escaped(self._at - 1) if char == "\\" else _One(((char, char),))


class _Machine:
    """States, each with a test of a character (or none) and the states it leads to."""

    def __init__(self, node: _Node) -> None:
        self._tests: list[_One | None] = []
        self._leads: list[list[int]] = []
        self._end = self._state(None, [])
        self._start = self._enter(node, self._end)

    def matches(self, text: str, *, case: bool) -> bool:
        """Return whether there is a way through the states that takes the whole text."""
        here = self._without_a_character([self._start])
        for char in text:
            taken = [
                to
                for state in here
                if (test := self._tests[state]) and test.takes(char, case=case)
                for to in self._leads[state]
            ]
            here = self._without_a_character(taken)
        return self._end in here

    def _without_a_character(self, states: list[int]) -> set[int]:
        reached: set[int] = set()
        while states:
            state = states.pop()
            if state not in reached:
                reached.add(state)
                if self._tests[state] is None:
                    states += self._leads[state]
        return reached

    def _state(self, test: _One | None, leads: list[int]) -> int:
        if len(self._tests) >= MOST_STATES:
            raise BadPattern(0, "the pattern is too large; repeat less, or write several forms")
        self._tests.append(test)
        self._leads.append(leads)
        return len(self._tests) - 1

    def _enter(self, node: _Node, to: int) -> int:
        """Add the states of a node that lead to the state `to`, and return the first of them."""
        match node:
            case _One():
                return self._state(node, [to])
            case _Row(parts=parts):
                for part in reversed(parts):
                    to = self._enter(part, to)
                return to
            case _Either(ways=ways):
                return self._state(None, [self._enter(way, to) for way in ways])
            case _Repeat():
                return self._repeat(node, to)

    def _repeat(self, node: _Repeat, to: int) -> int:
        entry = to
        if node.most is None:
            entry = self._state(None, [to])
            self._leads[entry].append(self._enter(node.inner, entry))
        for _ in range((node.most or node.least) - node.least):
            entry = self._state(None, [self._enter(node.inner, entry), to])
        for _ in range(node.least):
            entry = self._enter(node.inner, entry)
        return entry


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> _Machine:
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern(0, f"the pattern is longer than {LONGEST_PATTERN} characters")
    return _Machine(_Parser(pattern).whole())
