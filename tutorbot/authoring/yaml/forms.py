"""How right answers that need more than one value are written: patterns and tolerances."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tutorbot.authoring.faults import shown
from tutorbot.authoring.yaml.nodes import Node
from tutorbot.authoring.yaml.readers import Reading, Refused
from tutorbot.authoring.yaml.values import MOST_DIGITS, NUMBER_FORM, scalar
from tutorbot.lessons.patterns import BadPattern, check_pattern

TOLERANCE_FORM = re.compile(rf"({NUMBER_FORM.pattern})( ?%)?")


@dataclass(frozen=True, slots=True)
class Tolerated:
    """How far an answer may be away: in its unit, or in percent of the right one."""

    amount: Fraction
    percent: bool = False

    def of(self, value: Fraction) -> Fraction:
        """Return the distance in the unit of the value."""
        return abs(value) * self.amount / 100 if self.percent else self.amount


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an answer may be away."""

    blank: ClassVar[Tolerated] = Tolerated(Fraction(0))

    def read(self, node: Node, _reading: Reading) -> Tolerated:
        wanted = "a number such as 0.5, or a percentage of the answer such as 2 %"
        text = scalar(node, wanted).value.strip()
        match = TOLERANCE_FORM.fullmatch(text) if len(text) <= 2 * MOST_DIGITS else None
        if match is None or (amount := Fraction(match[1])) < 0:
            raise Refused(node.spot, f"is {shown(text)}", f"write {wanted}")
        return Tolerated(amount, percent=bool(match[2]))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression for a whole answer."""

    blank: ClassVar[str] = ""

    def read(self, node: Node, _reading: Reading) -> str:
        wanted = "a regular expression such as `events?( store)?`"
        written = scalar(node, wanted)
        text = written.value.strip()
        try:
            check_pattern(text)
        except BadPattern as bad:
            at = written.value.index(text) + bad.at
            spot = written.spot_of(at) if at < len(written.value) else node.spot
            raise Refused(spot, f"cannot be used: {bad}", f"write {wanted}") from None
        return text
