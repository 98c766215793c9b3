"""A written question of ours as an open response assessment in OLX.

Its form is that of Open edX (openassessment/xblock/utils/xml.py of edx-ora2).
"""

from collections.abc import Iterable

from tutorbot.exchange.given import Tell
from tutorbot.exchange.html.writing import AddressOf, tag, to_html, written
from tutorbot.lessons.question import Question
from tutorbot.lessons.text import Span, Spans, plain


def assessment(question: Question, title: str, address_of: AddressOf, tell: Tell) -> str:
    """Return the question as an element; the rubric says what it counts."""
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
