"""An open response assessment in OLX as a written question."""

import re
from collections.abc import Iterator

from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.olx.problem_in import Asked
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Criterion, Kind, Question, RubricLevel
from tutorbot.lessons.text import Prose, Span, prose

# As authoring/formats/questions.py allows.
_MOST_CRITERIA, _MOST_TITLE, _MOST_LEVEL, _MOST_POINTS = 10, 150, 300, 100
_LEVELS = range(2, 7)


def read_assessment(asked: Asked, texts: HtmlTexts) -> None:
    """Take the question; staff mark it by its rubric, as far as that can be held."""
    root = asked.element
    steps = {step.get("name") for step in root.within("assessment")} - {"staff-assessment"}
    if steps:
        texts.miss(root, "learners do not assess one another or themselves here: staff mark the answer")
    if root.get("file_upload_response") or root.get("file_upload_type"):
        texts.miss(root, "files cannot be handed in here")
    criteria = tuple(_criteria(root))
    if fault := _fault(criteria):
        texts.miss(root, f"the rubric is not taken: {fault}")
        criteria = ()
    question = Question(
        id=asked.id,
        kind=Kind.WRITTEN,
        topic=asked.lesson,
        level=None,
        prompt=_prompt(asked, texts),
        explanation=(),
        points=sum(criterion.most for criterion in criteria) or 1,
        tries=1,
        rubric=criteria,
    )
    texts.drafts.add(question, asked.place)


def _prompt(asked: Asked, texts: HtmlTexts) -> Prose:
    """Return what is asked; the HTML of newer prompts stands there as text."""
    blocks: Prose = ()
    for prompt in [prompt for each in asked.element.within("prompts") for prompt in each.within("prompt")]:
        description = prompt.first("description") or prompt
        if asked.element.get("prompts_type") == "html":
            blocks += texts.written(description.text, description.line)
        elif description.elements:
            blocks += texts.prose(description)
        else:
            blocks += prose(description.text.strip())
    return blocks


def _criteria(root: Element) -> Iterator[Criterion]:
    for criterion in root.within("criterion"):
        levels = [level for option in criterion.within("option") if (level := _level(option))]
        if levels:
            yield Criterion(_said(criterion, "label", "prompt", "name"), tuple(levels))


def _level(option: Element) -> RubricLevel | None:
    points = option.get("points")
    if not re.fullmatch(r"\d{1,4}", points):
        return None
    return RubricLevel(int(points), (Span(_said(option, "explanation", "label", "name")),))


def _said(element: Element, *names: str) -> str:
    """Return the text of the first of these that says something."""
    for name in names:
        for child in element.elements:
            if child.name == name and (text := " ".join(child.text.split())):
                return text
    return ""


def _fault(criteria: tuple[Criterion, ...]) -> str:
    if len(criteria) > _MOST_CRITERIA:
        return f"it has {len(criteria)} criteria, and {_MOST_CRITERIA} are possible"
    if sum(criterion.most for criterion in criteria) > _MOST_POINTS:
        return f"it has more than {_MOST_POINTS} points"
    for criterion in criteria:
        points = [level.points for level in criterion.levels]
        texts = [level.text[0].text for level in criterion.levels]
        if len(points) not in _LEVELS or len(set(points)) < len(points) or not any(points):
            return f"“{criterion.title[:40]}” needs 2 to 6 levels, each with points of its own"
        if not criterion.title or len(criterion.title) > _MOST_TITLE:
            return f"“{criterion.title[:40]}” is empty or longer than {_MOST_TITLE} characters"
        if not all(texts) or max(map(len, texts)) > _MOST_LEVEL:
            return f"a level of “{criterion.title[:40]}” is empty or longer than {_MOST_LEVEL} characters"
    return ""
