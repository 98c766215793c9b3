"""What QTI 2.1 declares of a response: which answers are right, and how far off a number may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tutorbot.exchange.qti.numbers import number
from tutorbot.exchange.xml_tree import Element

_BOUNDS = ("gt", "gte", "lt", "lte")


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is declared; `mapped` are the points for single answers, `any_case` those keys for
    which capitals do not count.
    """

    cardinality: str = ""
    base: str = ""
    correct: tuple[str, ...] = ()
    mapped: Mapping[str, Fraction] = field(default_factory=dict)
    any_case: frozenset[str] = frozenset()

    @property
    def right(self) -> tuple[str, ...]:
        """The answers that are right, each or, where there may be several, together."""
        if self.base == "string":
            return tuple(dict.fromkeys((*self.correct, *self._best)))
        if self.correct:
            return self.correct
        return self._best if self.cardinality == "single" else self._scoring

    @property
    def gives_parts(self) -> bool:
        """Whether some answers give a part of the points."""
        return len({self.mapped[key] for key in self._scoring}) > 1 or (
            self.cardinality == "multiple" and len(self._scoring) > 1
        )

    @property
    def _scoring(self) -> tuple[str, ...]:
        return tuple(key for key, points in self.mapped.items() if points > 0)

    @property
    def _best(self) -> tuple[str, ...]:
        most = max(self.mapped.values(), default=Fraction(0))
        return tuple(key for key in self._scoring if self.mapped[key] == most)


def read_response(item: Element, name: str) -> Response:
    """Return the response of this name."""
    for declared in item.elements:
        if declared.name == "responseDeclaration" and declared.get("identifier") == name:
            return _response(declared)
    return Response()


def sides_of(item: Element, name: str, value: Fraction) -> tuple[Fraction, Fraction]:
    """Return how far below and above the value an answer may be.

    A tolerance is absolute or in percent; a single number holds for both sides (7.2, `equal`).
    """
    for equal in item.within("equal"):
        mode = equal.get("toleranceMode")
        sides = [abs(side) for each in equal.get("tolerance").split() if (side := number(each)) is not None]
        asked = name in {each.get("identifier") for each in equal.within("variable")}
        if asked and sides and mode in ("absolute", "relative"):
            unit = Fraction(1) if mode == "absolute" else abs(value) / 100
            return sides[0] * unit, sides[-1] * unit
    bounds = [value, *(bound for each in item.within(*_BOUNDS) if (bound := _bound(each, name)) is not None)]
    return value - min(bounds), max(bounds) - value


def _bound(test: Element, name: str) -> Fraction | None:
    """Return what a test compares the response with; Moodle writes ranges by two of them."""
    compared = test.first("baseValue")
    asked = name in {each.get("identifier") for each in test.within("variable")}
    return number(compared.text) if compared and asked else None


def _response(declared: Element) -> Response:
    correct = declared.first("correctResponse")
    entries = [(each.get("mapKey"), each) for each in declared.within("mapEntry")]
    return Response(
        cardinality=declared.get("cardinality"),
        base=declared.get("baseType"),
        correct=tuple(each.text.strip() for each in correct.within("value")) if correct else (),
        mapped={key: number(each.get("mappedValue")) or Fraction(0) for key, each in entries},
        any_case=frozenset(key for key, each in entries if each.get("caseSensitive").lower() == "false"),
    )
