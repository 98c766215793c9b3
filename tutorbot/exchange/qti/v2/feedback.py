"""What QTI 2.1 says to which answers."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from tutorbot.exchange.xml_tree import Element

FEEDBACK = ("modalFeedback", "feedbackInline", "feedbackBlock")
_BRANCHES = ("responseIf", "responseElseIf", "responseElse")


class Audience(StrEnum):
    """Who is told something, besides those who chose one option."""

    ALL = "all"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of feedback, and who it is for: an audience, those who chose an option, or nobody knows."""

    element: Element
    audience: Audience | None = None
    option: str = ""


def feedback_of(item: Element, options: Set[str]) -> Iterator[Said]:
    """Yield the feedback of the item, in reading order.

    Whom it is for is left to rules that set a variable to its name. Followed are those that compare the
    response with the right one or with an option; for others its name is believed, if it is a plain one.
    """
    for element in item.within(*FEEDBACK):
        name = element.get("identifier")
        if element.get("showHide") == "hide":
            yield Said(element)
        elif name in options:
            yield Said(element, option=name)
        else:
            yield _by_rules(element, item, options) or _by_name(element, name.lower())


def _by_rules(element: Element, item: Element, options: Set[str]) -> Said | None:
    for processing in (each for each in item.elements if each.name == "responseProcessing"):
        for branch in processing.within(*_BRANCHES):
            if _sets(branch, element):
                return _by_condition(element, branch, options)
        if _sets(processing, element):
            return Said(element, Audience.ALL)
    return None


def _sets(branch: Element, element: Element) -> bool:
    """Whether the branch itself sets the variable of the feedback to its name."""
    return any(
        rule.name == "setOutcomeValue"
        and rule.get("identifier") == element.get("outcomeIdentifier")
        and element.get("identifier") in {each.text.strip() for each in rule.within("baseValue")}
        for rule in branch.elements
    )


def _by_condition(element: Element, branch: Element, options: Set[str]) -> Said | None:
    if branch.name == "responseElse" or not branch.elements:
        return Said(element, Audience.WRONG)
    condition = branch.elements[0]
    whole = Element("", branch.line, {}, (condition,))
    values = {each.text.strip() for each in whole.within("baseValue")}
    chosen = values & options
    if len(chosen) == 1 and whole.first("not") is None:
        return Said(element, option=chosen.pop())
    meant = _meant(whole, values)
    if meant is None:
        return None
    turned = whole.first("not") is not None
    return Said(
        element, {Audience.RIGHT: Audience.WRONG, Audience.WRONG: Audience.RIGHT}[meant] if turned else meant
    )


def _meant(condition: Element, values: Set[str]) -> Audience | None:
    """Return for whom the condition holds: it may ask for the right response, or for what came of it."""
    if "incorrect" in values:
        return Audience.WRONG
    if "correct" in values or condition.first("correct"):
        return Audience.RIGHT
    if "MAXSCORE" in {each.get("identifier") for each in condition.within("variable")}:
        return Audience.WRONG if condition.first("lt") else Audience.RIGHT
    return None


def _by_name(element: Element, name: str) -> Said:
    if "incorrect" in name or "wrong" in name:
        return Said(element, Audience.WRONG)
    if "correct" in name or "right" in name:
        return Said(element, Audience.RIGHT)
    return Said(element, Audience.ALL if "general" in name or "solution" in name else None)
