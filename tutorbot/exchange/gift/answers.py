"""Numbers and short texts as GIFT accepts them."""

import re
from collections.abc import Sequence
from fractions import Fraction

from tutorbot.exchange.answers import between, literally, read_decimal
from tutorbot.exchange.gift.prose_in import quiet
from tutorbot.exchange.gift.syntax import Answer, Chunk
from tutorbot.lessons.patterns import BadPattern, check_pattern
from tutorbot.lessons.question import Accepted, NumberKey

_MOST_DIGITS = 15
_WILD = re.compile(r"\\\*|\*|[^*\\]+|\\")


def number_key(right: Sequence[Answer]) -> NumberKey | None:
    """Return the numbers that are right, where they are one range; ranges that overlap are one."""
    ranges = sorted(filter(None, map(_range, right)))
    if not ranges or len(ranges) < len(right):
        return None
    least, most = ranges[0]
    for low, high in ranges[1:]:
        if low > most:
            return None
        most = max(most, high)
    return between(least, most)


def numbers_as_forms(right: Sequence[Answer]) -> tuple[Accepted, ...]:
    """Return the numbers as forms of a short text, where each of them is exact."""
    ranges = [_range(each) for each in right]
    if not all(each and each[0] == each[1] for each in ranges):
        return ()
    return tuple(dict.fromkeys(Accepted(each.text.plain.partition(":")[0].strip()) for each in right))


def accepted_form(text: Chunk) -> Accepted | None:
    """Return a form of a short text, in which `*` stands for anything; None where it is too long."""
    written = quiet(text.plain)
    pieces = _WILD.findall(written)
    if "*" not in pieces:
        return Accepted("".join(_literal(piece) for piece in pieces)) if written else None
    pattern = "".join(".*" if piece == "*" else literally(_literal(piece)) for piece in pieces)
    pattern = re.sub(r"(?:\.\*){2,}", ".*", pattern)
    try:
        check_pattern(pattern)
    except BadPattern:
        return None
    return Accepted(pattern, is_pattern=True)


def as_wildcards(pattern: str) -> str | None:
    """Return the pattern as a text in which `*` stands for anything, if that says the same."""
    pieces = re.findall(r"\.\*|\\?.", pattern)
    text = "".join("*" if piece == ".*" else escaped_form(piece.removeprefix("\\")) for piece in pieces)
    return text if accepted_form(Chunk(text, 1)) == Accepted(pattern, is_pattern=True) else None


def escaped_form(text: str) -> str:
    """Return a text in which no `*` stands for anything."""
    return text.replace("*", r"\*")


def _literal(piece: str) -> str:
    return "*" if piece == r"\*" else piece


def _range(answer: Answer) -> tuple[Fraction, Fraction] | None:
    """Return the least and the most that is right: 1..3, or 2 with the tolerance 1 in 2:1."""
    text = answer.text.plain
    low, dots, high = text.partition("..")
    if dots:
        least, most = _number(low), _number(high)
    else:
        value, _, tolerance = text.partition(":")
        middle, distance = _number(value), _number(tolerance or "0")
        if middle is None or distance is None or distance < 0:
            return None
        least, most = middle - distance, middle + distance
    return (least, most) if least is not None and most is not None and least <= most else None


def _number(text: str) -> Fraction | None:
    return read_decimal(text, _MOST_DIGITS)
