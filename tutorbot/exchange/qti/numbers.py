"""Numbers in QTI."""

from fractions import Fraction

from tutorbot.exchange.answers import read_decimal

_MOST_DIGITS = 30


def number(text: str) -> Fraction | None:
    """Return the number that is written there, if it is one."""
    return read_decimal(text, _MOST_DIGITS)
