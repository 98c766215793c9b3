"""Right numbers and short texts, as far as several formats write them alike."""

import re
from fractions import Fraction

from tutorbot.lessons.question import NumberKey

_DECIMAL = re.compile(r"[-+]?(\d*)(?:\.(\d*))?(?:[eE][-+]?\d{1,2})?")
_SIGNS = re.compile(r"[\\.^$*+?{}\[\]()|]")


def read_decimal(text: str, digits: int) -> Fraction | None:
    """Return the number, with at most so many digits on each side of its point; None for anything else."""
    found = _DECIMAL.fullmatch(text.strip())
    if not found or not 1 <= max(len(part or "") for part in found.groups()) <= digits:
        return None
    return Fraction(found[0])


def decimal(value: Fraction, places: int) -> str:
    """Return the number exactly; nothing where it has more decimal places than these."""
    for shown in range(places + 1):
        scaled = value * 10**shown
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(shown + 1, "0")
            whole, part = digits[: len(digits) - shown], digits[len(digits) - shown :]
            return ("-" if value < 0 else "") + whole + ("." + part if part else "")
    return ""


def decimal_or_fraction(value: Fraction, places: int) -> str:
    """Return the number exactly: as a fraction where it has more decimal places than these."""
    return decimal(value, places) or f"{value.numerator}/{value.denominator}"


def between(least: Fraction, most: Fraction) -> NumberKey:
    """Return the key by which all numbers from the least to the most are right."""
    return NumberKey((least + most) / 2, (most - least) / 2)


def literally(text: str) -> str:
    """Return the pattern that matches this text alone."""
    return _SIGNS.sub(r"\\\g<0>", text)
