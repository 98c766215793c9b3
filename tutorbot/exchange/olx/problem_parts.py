"""Which parts of a problem in OLX belong to which of its questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutorbot.exchange.olx.responses import RESPONSES
from tutorbot.exchange.xml_tree import Element

_ASIDE = frozenset(("solution", "solutionset", "demandhint", "script"))
FIELDS = frozenset(
    (
        *("additional_answer", "checkboxgroup", "choicegroup", "correcthint", "formulaequationinput"),
        *("hintgroup", "hintpart", "optioninput", "radiogroup", "regexphint", "responseparam"),
        *("stringequalhint", "textline"),
    )
)
"""What belongs to the field, and not to what is asked."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions of a problem: what is asked, how it is answered, and what explains it."""

    prompt: Element
    response: Element
    solutions: list[Element]


def parts_of(problem: Element, responses: list[Element]) -> Iterator[Part]:
    """Yield what belongs to each response: what stands before it, back to the one before."""
    line, pending = problem.line, list(problem.children)
    for number, response in enumerate(responses, start=1):
        last = next((at for at, child in enumerate(pending) if _holds(child, response)), -1) + 1
        mine = pending if number == len(responses) else pending[:last] + _explaining(pending[last:])
        holder = Element("", line, {}, tuple(mine))
        yield Part(_without(holder, FIELDS | _ASIDE), response, list(holder.within("solution")))
        pending = [child for child in pending if all(child is not each for each in mine)]


def texts_around(problem: Element, inputs: list[Element]) -> Iterator[Element]:
    """Yield what stands before each field, back to the one before it, and what stands behind the last."""
    found: list[Element | str] = []
    for piece in _flat(problem):
        if any(piece is field for field in inputs):
            yield Element("", problem.line, {}, tuple(found))
            found = []
        else:
            found.append(piece)
    yield Element("", problem.line, {}, tuple(found))


def _explaining(children: list[Element | str]) -> list[Element | str]:
    """Return the explanations that come next, before anything else is asked."""
    found: list[Element | str] = []
    for child in children:
        if isinstance(child, str) and not child.strip():
            continue
        if isinstance(child, str) or child.name not in ("solution", "solutionset"):
            break
        found.append(child)
    return found


def _holds(child: Element | str, element: Element) -> bool:
    return not isinstance(child, str) and (
        child is element or any(each is element for each in child.within(element.name))
    )


def _without(element: Element, names: frozenset[str]) -> Element:
    """Return the element without those of these names; what answered is a part of the page like others."""
    children = tuple(
        child if isinstance(child, str) else _without(child, names)
        for child in element.children
        if isinstance(child, str) or child.name not in names
    )
    name = "div" if element.name in RESPONSES or element.name == "question" else element.name
    return Element(name, element.line, element.attributes, children)


def _flat(element: Element) -> Iterator[Element | str]:
    """Yield what is in the element, and in its responses, in reading order."""
    for child in element.children:
        if isinstance(child, str) or child.name not in ("optionresponse", "question"):
            if isinstance(child, str) or child.name not in _ASIDE:
                yield child
        else:
            yield from _flat(child)
