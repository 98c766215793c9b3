"""A question of ours as a problem in OLX.

The forms are those of Open edX: https://docs.openedx.org/en/latest/educators/olx/problem-xml/index.html,
and for written answers the open response assessment (openassessment/xblock/utils/xml.py of edx-ora2).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tutorbot.exchange.html.writing import AddressOf, line_to_html, tag, to_html, written
from tutorbot.exchange.olx.answers import are_texts, forms_text, number_text, tolerance_text
from tutorbot.lessons.question import UNGRADED, Kind, Option, Question
from tutorbot.lessons.text import Paragraph, Prose, Span, Spans, plain

Tell = Callable[[str], None]
"""Takes what OLX cannot hold, in words that begin small."""

SITUATION = "situation"
"""The class of the part that a question shares with others."""


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
        return Component(_assessment(question, title, address_of, tell), is_inline=True)
    return Component(_problem(question, title, address_of, tell))


def _problem(question: Question, title: str, address_of: AddressOf, tell: Tell) -> str:
    parts = [
        _situation(question, address_of),
        *_asked(question, address_of, tell),
        _solution(question.explanation, address_of),
        tag("demandhint", tag("hint", _text(question.hint, address_of))) if question.hint else "",
    ]
    return tag(
        "problem",
        "\n" + "\n".join(filter(None, parts)) + "\n",
        display_name=title,
        max_attempts=str(question.tries),
        weight=str(question.points),
        rerandomize="never",
        showanswer="finished",
    )


def _situation(question: Question, address_of: AddressOf) -> str:
    return tag("div", to_html(question.situation, address_of), class_=SITUATION) if question.situation else ""


def _solution(explanation: Prose, address_of: AddressOf) -> str:
    said = tag("p", "Explanation") + "\n" + to_html(explanation, address_of)
    return tag("solution", tag("div", said, class_="detailed-solution")) if explanation else ""


def _asked(question: Question, address_of: AddressOf, tell: Tell) -> Iterable[str]:
    """Yield what is asked and how it is answered; the last paragraph is the label of the field."""
    prompt = question.prompt
    if question.kind is Kind.MATCH:
        yield to_html(prompt, address_of)
        yield from _matches(question, tell)
        return
    label = ""
    if prompt and isinstance(prompt[-1], Paragraph):
        label = tag("label", line_to_html(prompt[-1].spans))
        prompt = prompt[:-1]
    yield to_html(prompt, address_of)
    match question.kind:
        case Kind.ONE:
            yield _one(question, label, address_of)
        case Kind.SEVERAL:
            yield _several(question, label, address_of, tell)
        case Kind.NUMBER:
            yield _number(question, label, address_of, tell)
        case _:
            yield _short_text(question, label, address_of, tell)


def _one(question: Question, label: str, address_of: AddressOf) -> str:
    group = tag(
        "choicegroup",
        "".join(_choice(option, address_of, selected=None) for option in question.options),
        type="MultipleChoice",
        shuffle="true" if question.shuffle else None,
    )
    return tag("multiplechoiceresponse", label + group)


def _several(question: Question, label: str, address_of: AddressOf, tell: Tell) -> str:
    if question.shuffle:
        tell("check boxes are not shuffled in OLX: the options stand in the author's order")
    choices = "".join(_choice(option, address_of, selected="true") for option in question.options)
    return tag("choiceresponse", label + tag("checkboxgroup", choices))


def _choice(option: Option, address_of: AddressOf, selected: str | None) -> str:
    hint = tag("choicehint", _text(option.feedback, address_of), selected=selected) if option.feedback else ""
    return tag("choice", line_to_html(option.text) + hint, correct="true" if option.right else "false")


def _matches(question: Question, tell: Tell) -> Iterable[str]:
    if question.right or question.wrong:
        tell("a drop-down list has no feedback to right and wrong answers in OLX")
    tell("each pair of a match counts by itself in OLX, not all together")
    if any(_is_styled(target.text) for target in question.targets):
        tell("the options of a drop-down list have no bold, italic, code or links in OLX")
    for item in question.items:
        options = "".join(
            tag("option", written(plain(target.text)), correct=str(target.id == item.match))
            for target in question.targets
        )
        yield tag("p", line_to_html(item.text))
        yield tag("optionresponse", tag("optioninput", options))


def _is_styled(line: Spans) -> bool:
    return any(span != Span(span.text) for span in line)


def _number(question: Question, label: str, address_of: AddressOf, tell: Tell) -> str:
    key = question.number
    assert key is not None, f"the number question {question.id} has no number"
    if question.wrong:
        tell("a number has no feedback to wrong answers in OLX")
    tolerance = tolerance_text(key.tolerance)
    field = tag("formulaequationinput", trailing_text=key.unit or None)
    return tag(
        "numericalresponse",
        label
        + tag("responseparam", type="tolerance", default=tolerance)
        + field
        + _right(question, address_of),
        answer=number_text(key.value),
    )


def _short_text(question: Question, label: str, address_of: AddressOf, tell: Tell) -> str:
    tell("a short text is compared to the letter in OLX: spaces, dashes and signs around it count there")
    if not are_texts(list(question.accepted)) and not all(form.is_pattern for form in question.accepted):
        tell(
            "accepted texts that stand beside patterns, or differ in whether capitals count, became patterns"
        )
    kind, (first, *others) = forms_text(question.accepted)
    right = _right(question, address_of)
    wrong = tag("regexphint", _text(question.wrong, address_of), answer=".*") if question.wrong else ""
    more = "".join(tag("additional_answer", right, answer=each) for each in others)
    return tag(
        "stringresponse", label + right + more + wrong + tag("textline", size="40"), answer=first, type=kind
    )


def _right(question: Question, address_of: AddressOf) -> str:
    return tag("correcthint", _text(question.right, address_of)) if question.right else ""


def _text(text: Prose, address_of: AddressOf) -> str:
    """Return the prose as HTML, without a tag around a paragraph that stands alone."""
    match text:
        case (Paragraph(spans=spans),):
            return line_to_html(spans)
        case _:
            return to_html(text, address_of)


def _assessment(question: Question, title: str, address_of: AddressOf, tell: Tell) -> str:
    tell("a written answer has no model answer, hint or explanation in OLX, and one try")
    if question.rubric and sum(criterion.most for criterion in question.rubric) != question.points:
        tell("a written answer counts the points of its rubric in OLX")
    asked = to_html((*question.situation, *question.prompt), address_of)
    parts = [
        tag("title", written(title)),
        tag("assessments", tag("assessment", name="staff-assessment", required="True")),
        tag("prompts", tag("prompt", tag("description", written(asked)))),
        tag("rubric", "".join(_criteria(question, tell))),
    ]
    return tag(
        "openassessment",
        "\n" + "\n".join(parts) + "\n",
        url_name=question.id,
        submission_start="2001-01-01T00:00:00+00:00",
        submission_due="2099-12-31T23:59:00+00:00",  # without one, answers are refused from 2029 on
        text_response="required",
        text_response_editor="text",
        prompts_type="html",
    )


def _criteria(question: Question, tell: Tell) -> Iterable[str]:
    if not question.rubric:
        tell("a written answer needs a rubric in OLX, and got one that asks for all points or none")
        yield _criterion(
            1, "The answer", [(0, (Span("It does not do."),)), (question.points, (Span("It does."),))]
        )
    for number, criterion in enumerate(question.rubric, start=1):
        yield _criterion(number, criterion.title, [(level.points, level.text) for level in criterion.levels])


def _criterion(number: int, title: str, levels: Iterable[tuple[int, Spans]]) -> str:
    named = [tag("name", str(number)), tag("label", written(title)), tag("prompt", written(title))]
    options = [
        tag(
            "option",
            tag("name", str(n)) + tag("label", f"{points}") + tag("explanation", written(plain(text))),
            points=str(points),
        )
        for n, (points, text) in enumerate(levels, start=1)
    ]
    return tag("criterion", "".join(named + options))
