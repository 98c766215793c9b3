"""How QTI 1.2 scores an answer.

The rules of an item are conditions, read from the first to the last, each with what it does to the score
and which feedback it shows (IMS QTI ASI Information Model 1.2, 3.2 and 4.1.3).
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.exchange.qti.numbers import number
from tutorbot.exchange.xml_tree import Element

_SCORES = ("RESPONDUS_CORRECT", "PARTIALCREDITPERCENT")
_WHOLE = Fraction(100)  # what Canvas and the examples score at the most, where nothing is said


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition, what it does to the score (None: nothing), and the feedback it shows."""

    condition: Element
    adds: Fraction | None = None
    is_added: bool = False
    feedback: tuple[str, ...] = ()
    ends: bool = False

    @property
    def is_else(self) -> bool:
        """Whether it holds for all answers that nothing else has held for."""
        return not [test for test in self.condition.elements if test.name != "other"]

    @property
    def named(self) -> tuple[Element, ...]:
        """What the condition asks the answer to be, without what it must not be."""
        return tuple(_named(self.condition))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of an item, in their order."""

    rules: tuple[Rule, ...] = ()

    @property
    def scoring(self) -> tuple[Rule, ...]:
        """The rules that give something."""
        return tuple(rule for rule in self.rules if rule.adds is not None and rule.adds > 0)

    @property
    def most(self) -> Fraction:
        """The most that a single rule gives."""
        return max((rule.adds for rule in self.scoring if rule.adds is not None), default=Fraction(0))

    def values(self, response: str | None = None) -> list[str]:
        """Return the answers, to this response, that rules name which give something, in their order."""
        named = (test for rule in self.scoring for test in rule.named)
        asked = (test for test in named if response in (None, test.get("respident")))
        return list(dict.fromkeys(map(value_of, asked)))

    def best_choice(self, options: frozenset[str], *, several: bool) -> tuple[frozenset[str], bool]:
        """Return the options that score most together, and whether some other choice scores a part of it.

        Tried is what the rules name: each alone, and all that any rule names that gives something.
        """
        together = [frozenset(map(value_of, rule.named)) & options for rule in self.scoring]
        if several:
            tried = {*together, frozenset[str]().union(*together)}
        else:
            tried = {frozenset({option}) for choice in together for option in choice}
        scores = {choice: self.score(choice, several=several) for choice in tried if choice}
        most = max(scores.values(), default=Fraction(0))
        if most <= 0:
            return frozenset(), False
        best = [choice for choice, score in scores.items() if score == most]
        part = any(0 < score < most for score in scores.values())
        right = (
            min(best, key=lambda choice: (len(choice), sorted(choice)))
            if several
            else frozenset().union(*best)
        )
        return right, part

    def score(self, chosen: Set[str], *, several: bool) -> Fraction:
        """Return what an answer scores that is made of these options."""
        score = Fraction(0)
        held = False
        for rule in self.rules:
            holds = not held if rule.is_else else _holds(rule.condition, chosen, several=several)
            if not holds or rule.adds is None:
                continue
            score = score + rule.adds if rule.is_added else rule.adds
            held = held or not rule.is_else
            if held and rule.ends:
                break
        return score


def read_rules(item: Element) -> Rules:
    """Return the rules of the item."""
    processing = [each for each in item.elements if each.name == "resprocessing"]
    most = next((number(each.get("maxvalue")) for each in item.within("decvar")), None) or _WHOLE
    sets = [each for processed in processing for each in processed.within("setvar")]
    only_scores = any(map(_is_score, sets))
    return Rules(
        tuple(
            _rule(condition, most, only_scores=only_scores)
            for processed in processing
            for condition in processed.elements
            if condition.name == "respcondition"
        )
    )


def value_of(test: Element) -> str:
    """Return what a test compares the answer with."""
    return test.text.strip()


def _rule(condition: Element, most: Fraction, *, only_scores: bool) -> Rule:
    variables = next((each for each in condition.elements if each.name == "conditionvar"), _NOTHING)
    sets = [each for each in condition.elements if each.name == "setvar"]
    sets = [each for each in sets if not only_scores or _is_score(each)]
    action = sets[0].get("action", "Set").lower() if sets else ""
    going_on = condition.get("continue").lower()
    return Rule(
        variables,
        adds=_score(sets[0], most) * (-1 if action == "subtract" else 1) if sets else None,
        is_added=action in ("add", "subtract"),
        feedback=tuple(each.get("linkrefid") for each in condition.within("displayfeedback")),
        ends=going_on == "no" or (not going_on and action == "set"),
    )


_NOTHING = Element("conditionvar", 1, {}, ())


def _score(setting: Element, most: Fraction) -> Fraction:
    text = value_of(setting)
    return most if text.lower() == "score.max" else number(text) or Fraction(0)


def _is_score(setting: Element) -> bool:
    name = (setting.get("varname") or setting.get("variablename") or "SCORE").upper()
    return name.startswith("SCORE") or name.endswith("SCORE") or name in _SCORES


def _named(condition: Element) -> Iterator[Element]:
    for test in condition.elements:
        if test.name in ("and", "or"):
            yield from _named(test)
        elif test.name != "not":
            yield test


def _holds(condition: Element, chosen: Set[str], *, several: bool) -> bool:
    """Whether the condition holds; of alternatives where only one can be chosen, one is enough."""
    tests = condition.elements
    met = [_is_met(test, chosen) for test in tests]
    alternatives = not several and all(test.name == "varequal" for test in tests)
    return any(met) if alternatives else all(met)


def _is_met(test: Element, chosen: Set[str]) -> bool:
    match test.name:
        case "varequal":
            return value_of(test) in chosen
        case "and":
            return all(_is_met(each, chosen) for each in test.elements)
        case "or":
            return any(_is_met(each, chosen) for each in test.elements)
        case "not":
            return not any(_is_met(each, chosen) for each in test.elements)
        case "unanswered":
            return not chosen
        case _:
            return False
