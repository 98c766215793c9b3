"""A question of ours as a problem in OLX.

The forms are those of Open edX: https://docs.openedx.org/en/latest/educators/olx/problem-xml/index.html.
"""

from collections.abc import Iterable

from tutorbot.exchange.given import Tell
from tutorbot.exchange.html.writing import AddressOf, line_to_html, tag, to_html, written
from tutorbot.exchange.olx.answers import are_texts, forms_text, number_text, tolerance_text
from tutorbot.lessons.question import Kind, Option, Question
from tutorbot.lessons.text import Paragraph, Prose, Span, Spans, plain

SITUATION = "situation"
"""The class of the part that a question shares with others."""


def problem(question: Question, title: str, address_of: AddressOf, tell: Tell) -> str:
    """Return the question as an element."""
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
