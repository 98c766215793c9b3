"""What QTI 2.1 says to which answers."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from tutorbot.exchange.qti.v2.material import FEEDBACK, Reading
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.text import Prose

_BRANCHES = ("responseIf", "responseElseIf", "responseElse")


class _Audience(StrEnum):
    """Who is told something, besides those who chose one option."""

    ALL = "all"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of feedback, and who it is for: an audience, those who chose an option, or nobody knows."""

    element: Element
    audience: _Audience | None = None
    option: str = ""


def with_feedback(reading: Reading, question: Question) -> Question:
    """Return the question with what is said to answers, as far as its kind has a place for it."""
    said = list(_feedback_of(reading.item, {option.id for option in question.options}))
    is_choice = question.kind in (Kind.ONE, Kind.SEVERAL)
    for each in said:
        if (not each.audience and not each.option) or (each.option and not is_choice):
            reading.miss("feedback to answers of one sort alone is not taken", each.element)
    explanation = _all_said(reading, said, _Audience.ALL)
    right, wrong = _all_said(reading, said, _Audience.RIGHT), _all_said(reading, said, _Audience.WRONG)
    match question.kind:
        case Kind.ONE | Kind.SEVERAL:
            options = tuple(
                replace(
                    option, feedback=_to_option(reading, said, option.id) + (right if option.right else wrong)
                )
                for option in question.options
            )
            return replace(question, options=options, explanation=explanation)
        case Kind.WRITTEN:
            return replace(question, explanation=explanation + right + wrong)
        case Kind.POLL:
            if said:
                reading.miss("a poll has no feedback: it is not taken", said[0].element)
            return question
        case _:
            return replace(question, right=right, wrong=wrong, explanation=explanation)


def _feedback_of(item: Element, options: Set[str]) -> Iterator[_Said]:
    """Yield the feedback of the item, in reading order.

    Whom it is for is left to rules that set a variable to its name. Followed are those that compare the
    response with the right one or with an option; for others its name is believed, if it is a plain one.
    """
    for element in item.within(*FEEDBACK):
        name = element.get("identifier")
        if element.get("showHide") == "hide":
            yield _Said(element)
        elif name in options:
            yield _Said(element, option=name)
        else:
            yield _by_rules(element, item, options) or _by_name(element, name.lower())


def _by_rules(element: Element, item: Element, options: Set[str]) -> _Said | None:
    for processing in (each for each in item.elements if each.name == "responseProcessing"):
        for branch in processing.within(*_BRANCHES):
            if _sets(branch, element):
                return _by_condition(element, branch, options)
        if _sets(processing, element):
            return _Said(element, _Audience.ALL)
    return None


def _sets(branch: Element, element: Element) -> bool:
    """Whether the branch itself sets the variable of the feedback to its name."""
    return any(
        rule.name == "setOutcomeValue"
        and rule.get("identifier") == element.get("outcomeIdentifier")
        and element.get("identifier") in {each.text.strip() for each in rule.within("baseValue")}
        for rule in branch.elements
    )


def _by_condition(element: Element, branch: Element, options: Set[str]) -> _Said | None:
    if branch.name == "responseElse" or not branch.elements:
        return _Said(element, _Audience.WRONG)
    condition = branch.elements[0]
    whole = Element("", branch.line, {}, (condition,))
    values = {each.text.strip() for each in whole.within("baseValue")}
    chosen = values & options
    if len(chosen) == 1 and whole.first("not") is None:
        return _Said(element, option=chosen.pop())
    meant = _meant(whole, values)
    if meant is None:
        return None
    if whole.first("not") is not None:
        meant = {_Audience.RIGHT: _Audience.WRONG, _Audience.WRONG: _Audience.RIGHT}[meant]
    return _Said(element, meant)


def _meant(condition: Element, values: Set[str]) -> _Audience | None:
    """Return for whom the condition holds: it may ask for the right response, or for what came of it."""
    if "incorrect" in values:
        return _Audience.WRONG
    if "correct" in values or condition.first("correct"):
        return _Audience.RIGHT
    if "MAXSCORE" in {each.get("identifier") for each in condition.within("variable")}:
        return _Audience.WRONG if condition.first("lt") else _Audience.RIGHT
    return None


def _by_name(element: Element, name: str) -> _Said:
    if "incorrect" in name or "wrong" in name:
        return _Said(element, _Audience.WRONG)
    if "correct" in name or "right" in name:
        return _Said(element, _Audience.RIGHT)
    return _Said(element, _Audience.ALL if "general" in name or "solution" in name else None)


def _all_said(reading: Reading, said: Sequence[_Said], audience: _Audience) -> Prose:
    return tuple(block for each in said if each.audience is audience for block in reading.prose(each.element))


def _to_option(reading: Reading, said: Sequence[_Said], option: str) -> Prose:
    return tuple(block for each in said if each.option == option for block in reading.prose(each.element))
