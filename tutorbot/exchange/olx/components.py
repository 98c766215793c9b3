"""A question of ours as a part of a unit in OLX."""

from dataclasses import dataclass

from tutorbot.exchange.given import Tell
from tutorbot.exchange.html.writing import AddressOf
from tutorbot.exchange.olx.assessment_out import assessment
from tutorbot.exchange.olx.problem_out import problem
from tutorbot.lessons.question import UNGRADED, Kind, Question


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a unit; it stands in the unit itself, or in a file of its own.

    Open edX reads no file for an open response assessment: it has to be inline.
    """

    xml: str
    is_inline: bool = False


def component_of(question: Question, title: str, address_of: AddressOf, tell: Tell) -> Component | None:
    """Return the question as a component; None, which is told, where OLX has none like it."""
    if question.kind in UNGRADED:
        tell("a question that is not graded has no place in OLX and is left out")
        return None
    if question.kind is Kind.ORDER:
        tell("a question whose items are put in order has no place in OLX and is left out")
        return None
    if question.credits:
        tell("that a right answer counts less on a later try cannot be said in OLX: it counts whole")
    if question.kind is Kind.WRITTEN:
        return Component(assessment(question, title, address_of, tell), is_inline=True)
    return Component(problem(question, title, address_of, tell))
