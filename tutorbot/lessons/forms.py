"""What was typed in different ways and means the same: texts, and numbers."""

import re
import unicodedata
from fractions import Fraction

from tutorbot.lessons.patterns import matches
from tutorbot.lessons.question import Accepted


class Unreadable(ValueError):
    """What was given is not an answer to this question; the text says what would be one.

    An unreadable answer is not a try. `at` is the one of several inputs that it is about, from 0.
    """

    def __init__(self, words: str, at: int = 0) -> None:
        super().__init__(words)
        self.at = at


_SHAPES = {
    ord(shape): plain_one
    for plain_one, shapes in {"'": "‘’‚‛′`´", '"': "“”„‟″«»", "-": "‐‑‒–—―−﹣－"}.items()
    for shape in shapes
}
AROUND = " .,;:!?'\"()[]{}"
"""Punctuation that does not count around a text."""

_NUMBER = re.compile(
    r"(?P<before>[^0-9.,+-]*)(?P<sign>[+-]?) ?"
    r"(?:(?P<over>[0-9]+) ?/ ?(?P<under>[0-9]+)"
    r"|(?P<digits>[0-9]{1,3}(?P<group>[ ',.])[0-9]{3}(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))[.,][0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE](?P<power>[+-]?[0-9]{1,9}))?)"
    r"(?P<after>(?:[^0-9.,].*)?)"
)
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_LONGEST_NUMBER = 60
_LARGEST_POWER = 300


def fold(text: str, *, case: bool = False, spaces: bool = False) -> str:
    """Return the form of a text in which those that mean the same are equal.

    With `case` capitals count, with `spaces` those within the text; punctuation around it never does, nor
    the shape of quotes and dashes.
    """
    spaced = _seen(text, case=case, spaces=spaces)
    return spaced.strip(AROUND) or spaced


def _seen(text: str, *, case: bool, spaces: bool) -> str:
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    shaped = unicodedata.normalize("NFKC", visible.translate(_SHAPES)).translate(_SHAPES)
    if not case:
        shaped = unicodedata.normalize("NFKC", shaped.casefold())
    if spaces:
        return "".join(" " if c.isspace() else c for c in shaped).strip()
    return " ".join(shaped.split())


def accepts(form: Accepted, text: str) -> bool:
    """Return whether what was typed is this accepted form."""
    if not form.is_pattern:
        return fold(text, case=form.case, spaces=form.spaces) == fold(
            form.text, case=form.case, spaces=form.spaces
        )
    seen = _seen(text, case=True, spaces=form.spaces)
    return any(matches(form.text, each, case=form.case) for each in {seen, seen.strip(AROUND)})


def read_number(text: str, unit: str = "") -> Fraction:
    """Return the number that was typed, exactly: "1,234.5", "1 234,5", "1'234", "3/4", "1e3", "−5 ms".

    The unit may stand before or after the number or be left out; another one is refused. A
    point alone is a decimal point, a comma alone a decimal comma; "1,234" would be a thousand and
    more to one reader and a little over one to another, so it is refused too, and costs nothing.

    Raises Unreadable.
    """
    shaped = " ".join(text.translate(_SHAPES).replace("⁄", "/").split())
    digits = "".join(str(unicodedata.decimal(c, c)) for c in shaped)
    match = _NUMBER.fullmatch(digits) if len(digits) <= _LONGEST_NUMBER else None
    if match is None or sorted(map(fold, match.group("before", "after"))) not in (["", ""], ["", fold(unit)]):
        raise Unreadable(_ask_number(unit))
    sign = -1 if match["sign"] == "-" else 1
    if match["over"]:
        if not int(match["under"]):
            raise Unreadable(f"Nothing can be divided by zero. {_ask_number(unit)}")
        return sign * Fraction(int(match["over"]), int(match["under"]))
    power = int(match["power"] or 0)
    if abs(power) > _LARGEST_POWER:
        raise Unreadable(f"That power of ten is too large to read. {_ask_number(unit)}")
    return sign * _decimal(match["digits"], match["group"]) * Fraction(10) ** power


def _decimal(digits: str, group: str | None) -> Fraction:
    if _TWO_WAYS.fullmatch(digits):
        raise Unreadable(
            f'"{digits}" can be read in two ways. '
            f"Answer with {digits.replace(',', '')} or {digits.replace(',', '.')}."
        )
    marks = len(re.findall(r"[.,]", digits))
    if group in (" ", "'") or (group and marks > 1):
        digits = digits.replace(group, "")
    return Fraction(f"0{digits.replace(',', '.')}".removesuffix("."))


def _ask_number(unit: str) -> str:
    return f"Answer with a number, for example 12.5{f' or 12.5 {unit}' if unit else ''}."
