"""Right numbers and short texts, as OLX writes them.

OLX compares a text to the letter; a pattern is put between `^` and `$`, all patterns of a question are
joined by `|`, and the answer is searched for them (xmodule/capa/responsetypes.py of edx-platform,
StringResponse). So each pattern brings its own `^`, group and `$`, which do no harm twice.
"""

import re
from collections.abc import Iterable
from fractions import Fraction

from tutorbot.exchange.answers import decimal, decimal_or_fraction, literally, read_decimal
from tutorbot.lessons.question import Accepted

_FRACTION = re.compile(r"([+-]?\d{1,60})\s*/\s*(\d{1,60})")
_RANGE = re.compile(r"([\[(])([^,]{1,99}),([^,]{1,99})([\])])")
_GROUP = re.compile(r"\(\?(i?):")
_MOST_DIGITS, _MOST_PLACES = 60, 59
_FINEST = 12
"""Decimals of a tolerance that no decimal number is."""


def read_number(text: str) -> Fraction | None:
    """Return the number that OLX writes so; None for a formula."""
    parts = _FRACTION.fullmatch(text.strip())
    if parts and int(parts[2]):
        return Fraction(int(parts[1]), int(parts[2]))
    return read_decimal(text, _MOST_DIGITS)


def read_range(text: str) -> tuple[Fraction, Fraction, bool] | None:
    """Return the ends of a range such as `[5, 7)`, and whether both belong to it; None for anything else."""
    parts = _RANGE.fullmatch(text.strip())
    if not parts:
        return None
    low, high = read_number(parts[2]), read_number(parts[3])
    if low is None or high is None or high < low:
        return None
    return low, high, parts[1] + parts[4] == "[]"


def read_tolerance(text: str, answer: Fraction) -> Fraction | None:
    """Return how far from the answer others may be, said as a number or in percent of it."""
    share = text.strip().removesuffix("%")
    value = read_number(share)
    if value is None:
        return None
    return abs(value * answer / 100) if text.strip().endswith("%") else abs(value)


def number_text(value: Fraction) -> str:
    """Return the number exactly: as a decimal one where that ends, else as a fraction."""
    return decimal_or_fraction(value, _MOST_PLACES)


def tolerance_text(value: Fraction) -> str:
    """Return the tolerance as a decimal number, which OLX wants; rounded up where it has no end."""
    rounded_up = Fraction(-(-value * 10**_FINEST // 1), 10**_FINEST)
    return decimal(value, _MOST_PLACES) or decimal(rounded_up, _FINEST)


def forms_text(forms: Iterable[Accepted]) -> tuple[str | None, list[str]]:
    """Return the type of the response, and each form as its answer."""
    accepted = list(forms)
    if are_texts(accepted):
        return None if accepted[0].case else "ci", [form.text for form in accepted]
    patterns = [form.text if form.is_pattern else _literally(form.text) for form in accepted]
    if len({form.case for form in accepted}) == 1:
        return "regexp" if accepted[0].case else "ci regexp", [f"^(?:{each})$" for each in patterns]
    groups = ["(?:" if form.case else "(?i:" for form in accepted]
    return "regexp", [f"^{group}{each})$" for group, each in zip(groups, patterns, strict=True)]


def are_texts(forms: list[Accepted]) -> bool:
    """Whether OLX can compare all as texts: it has one rule for them, and parts a text at `_or_`."""
    return (
        not any(form.is_pattern or "_or_" in form.text.lower() for form in forms)
        and len({form.case for form in forms}) == 1
    )


def read_form(answer: str, kind: str) -> Accepted:
    """Return a form that counts as right; the kind is the type of the response."""
    kinds = kind.lower().split()
    case, text = "ci" not in kinds, answer.strip()
    if "regexp" not in kinds:
        return Accepted(text, case=case)
    pattern = text.removeprefix("^")
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = pattern[:-1]
    group = _GROUP.match(pattern)
    if group and _closes_last(pattern):
        case = case and not group[1]
        pattern = pattern[group.end() : -1]
    return Accepted(pattern, is_pattern=True, case=case)


def _literally(text: str) -> str:
    return re.sub(r"_(?=or_)", "[_]", literally(text), flags=re.IGNORECASE)


def _closes_last(pattern: str) -> bool:
    """Whether the group that the pattern begins with ends at its very end."""
    depth, at, in_class = 0, 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            at += pattern[at + 1 : at + 2] in ("]", "^")  # a `]` that stands first is one of the class
        elif char in "()":
            depth += 1 if char == "(" else -1
            if not depth:
                return at == len(pattern) - 1
        at += 1
    return False
