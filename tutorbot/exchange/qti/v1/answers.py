"""Which numbers and which short texts the rules of QTI 1.2 call right."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.exchange.answers import between, literally
from tutorbot.exchange.qti.numbers import number
from tutorbot.exchange.qti.v1.rules import Rule, Rules, value_of
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Accepted, NumberKey

_LOW, _HIGH = ("vargte", "vargt"), ("varlte", "varlt")
_OPEN = ("vargt", "varlt")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that are right, from the least to the most; an open one leaves an end of it out."""

    least: Fraction
    most: Fraction
    is_open: bool = False

    def holds(self, other: "Range") -> bool:
        """Whether all numbers of the other are in this one."""
        return self.least <= other.least and other.most <= self.most

    @property
    def key(self) -> NumberKey:
        """The number in the middle, and how far away an answer may be."""
        return between(self.least, self.most)


def right_ranges(rules: Rules) -> list[Range]:
    """Return the ranges of the numbers that score most, without those within others."""
    best = [rule for rule in rules.scoring if rule.adds == rules.most]
    found = list(dict.fromkeys(each for rule in best for each in _ranges(rule.condition)))
    return [each for each in found if not any(other.holds(each) for other in found if other != each)]


def accepted_forms(rules: Rules) -> tuple[Accepted, ...]:
    """Return the texts that score most; capitals count where the rules say so."""
    best = [rule for rule in rules.scoring if rule.adds == rules.most]
    forms = (_form(test) for rule in best for test in rule.named)
    return tuple(dict.fromkeys(form for form in forms if form and form.text))


def gives_parts(rules: Rules) -> list[Rule]:
    """Return the rules that give less than the most."""
    return [rule for rule in rules.scoring if rule.adds != rules.most]


def _ranges(group: Element) -> Iterator[Range]:
    lows = [(test, number(value_of(test))) for test in group.elements if test.name in _LOW]
    highs = [(test, number(value_of(test))) for test in group.elements if test.name in _HIGH]
    for (low, least), (high, most) in zip(lows, highs, strict=False):
        if least is not None and most is not None and least <= most:
            yield Range(least, most, is_open=low.name in _OPEN or high.name in _OPEN)
    for test in group.elements:
        value = number(value_of(test)) if test.name == "varequal" else None
        if value is not None:
            margin = _margin(test, value)
            yield Range(value - margin, value + margin)
        elif test.name in ("and", "or"):
            yield from _ranges(test)


def _margin(test: Element, value: Fraction) -> Fraction:
    """Return how far an answer may be away, as Canvas writes it beside the number."""
    margin = abs(number(test.get("margin")) or Fraction(0))
    return margin * abs(value) / 100 if test.get("margintype") == "percent" else margin


def _form(test: Element) -> Accepted | None:
    text = " ".join(value_of(test).split())
    case = test.get("case").lower() == "yes"
    match test.name:
        case "varequal":
            return Accepted(text, case=case)
        case "varsubstring" if text:
            return Accepted(f".*{literally(text)}.*", is_pattern=True, case=case)
        case _:
            return None
