"""Questions as the text of a `*.questions.yaml`, written as docs/write-a-course.md writes it."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from tutorbot.authoring.building.questions import Usual
from tutorbot.exchange.answers import decimal_or_fraction
from tutorbot.exchange.markdown.writing import line, markdown
from tutorbot.exchange.yaml.lines import Inline, Literal, Node, lines_of, text_below, text_on_line
from tutorbot.lessons.question import Accepted, Criterion, Kind, Option, Question
from tutorbot.lessons.text import Paragraph, Prose, Spans, plain

_MOST_PLACES = 15
_MOST_ON_LINE = 90
"""A longer text stands on lines of its own."""


def questions_yaml(
    questions: Iterable[Question], paths: Mapping[str, str], topic: str = "", usual: Usual | None = None
) -> str:
    """Return the questions as the text of a file that reads back as equal ones; their ids are kept.

    The paths of pictures go by their digests. The topic of the file and what is usual in the course are
    not said again.
    """
    writer = _Writer(paths, topic, usual or Usual())
    entries = [writer.question(question) for question in questions]
    file: dict[str, Node] = {"questions": entries}
    if writer.situations:
        file["situations"] = {name: writer.below(text) for text, name in writer.situations.items()}
    return "\n".join(lines_of(file)) + "\n"


class _Writer:
    """Writes one file; a text that questions share gets a name the first time."""

    def __init__(self, paths: Mapping[str, str], topic: str, usual: Usual) -> None:
        self._paths = paths
        self._topic = topic
        self._usual = usual
        self.situations: dict[Prose, str] = {}

    def question(self, question: Question) -> dict[str, Node]:
        """Return the question's keys in the order in which authors write them."""
        entry: dict[str, Node] = {"id": Inline(question.id), "kind": Inline(question.kind)}
        if question.level:
            entry["level"] = Inline(question.level)
        if question.topic != self._topic:
            entry["topic"] = Inline(question.topic)
        if question.is_graded:
            entry |= self._counting(question)
        if question.situation:
            name = f"situation-{len(self.situations) + 1}"
            entry["situation"] = Inline(self.situations.setdefault(question.situation, name))
        entry["prompt"] = self.below(question.prompt)
        if question.hint:
            entry["hint"] = self._beside(question.hint)
        entry |= self._key(question)
        if question.is_graded:
            entry["explanation"] = self.below(question.explanation)
        return entry

    def below(self, blocks: Prose) -> Inline | Literal:
        """Return prose on lines of its own."""
        return text_below(markdown(blocks, self._paths))

    def _beside(self, blocks: Prose) -> Inline | Literal:
        """Return prose on the line of its key, where it is short."""
        text = markdown(blocks, self._paths)
        return text_below(text) if "\n" in text or len(text) > _MOST_ON_LINE else text_on_line(text)

    def _line(self, spans: Spans) -> Inline:
        return text_on_line(line(spans))

    def _counting(self, question: Question) -> dict[str, Node]:
        """Return what says how the question counts, where that is not usual."""
        keys: dict[str, Node] = {}
        if question.points != 1:
            keys["points"] = Inline(str(question.points))
        if question.tries != self._usual.tries_for(question):
            keys["tries"] = Inline(str(question.tries))
        if question.credits != tuple(percent / 100 for percent in self._usual.credit):
            keys["credit"] = [Inline(number(credit * 100)) for credit in question.credits or (Fraction(1),)]
        return keys

    def _key(self, question: Question) -> dict[str, Node]:
        """Return what belongs to the question's kind."""
        match question.kind:
            case Kind.ONE | Kind.SEVERAL:
                order: dict[str, Node] = {} if question.shuffle else {"shuffle": Inline("false")}
                return order | {"options": [self._option(option) for option in question.options]}
            case Kind.ORDER:
                return {"items": [self._line(item.text) for item in question.items]} | self._said(question)
            case Kind.MATCH:
                return self._pairs(question) | self._said(question)
            case Kind.NUMBER:
                return _number(question) | self._said(question)
            case Kind.TEXT:
                return {"accept": list(map(_form, question.accepted))} | self._said(question)
            case Kind.WRITTEN:
                rubric: Node = [self._criterion(criterion) for criterion in question.rubric]
                return {"model": self.below(question.model)} | ({"rubric": rubric} if rubric else {})
            case Kind.SCALE:
                first, *_, last = question.options
                ends = {"low": text_on_line(plain(first.text)), "high": text_on_line(plain(last.text))}
                return {"steps": Inline(str(len(question.options))), **ends}
            case Kind.POLL:
                return {"options": [self._line(option.text) for option in question.options]}
            case Kind.COMMENT:
                return {}

    def _option(self, option: Option) -> dict[str, Node]:
        right: dict[str, Node] = {"right": Inline("true")} if option.right else {}
        return {"text": self._long_line(option.text), **right, "feedback": self._beside(option.feedback)}

    def _long_line(self, spans: Spans) -> Inline | Literal:
        return self._beside((Paragraph(spans),))

    def _pairs(self, question: Question) -> dict[str, Node]:
        targets = {target.id: target.text for target in question.targets}
        used = {item.match for item in question.items}
        pairs = [
            {"item": self._line(item.text), "match": self._line(targets[item.match])}
            for item in question.items
        ]
        extra: Node = [self._line(target.text) for target in question.targets if target.id not in used]
        return {"pairs": pairs} | ({"extra": extra} if extra else {})

    def _said(self, question: Question) -> dict[str, Node]:
        return {
            "feedback": {"right": self._beside(question.right), "wrong": self._beside(question.wrong)},
        }

    def _criterion(self, criterion: Criterion) -> dict[str, Node]:
        levels = [
            {"points": Inline(str(level.points)), "text": self._long_line(level.text)}
            for level in criterion.levels
        ]
        return {"title": text_on_line(criterion.title), "levels": levels}


def number(value: Fraction) -> str:
    """Return the number as authors write it: 42, 0.5 or, where decimals never end, 2/3."""
    return decimal_or_fraction(value, _MOST_PLACES)


def _number(question: Question) -> dict[str, Node]:
    if (key := question.number) is None:
        raise ValueError(f"the question {question.id} has no number")
    keys: dict[str, Node] = {"answer": Inline(number(key.value))}
    if key.tolerance:
        keys["tolerance"] = Inline(number(key.tolerance))
    return keys | ({"unit": text_on_line(key.unit)} if key.unit else {})


def _form(form: Accepted) -> Node:
    text = text_on_line(form.text)
    if not (form.is_pattern or form.case or form.spaces):
        return text
    said = {"case": form.case, "spaces": form.spaces}
    marks: dict[str, Node] = {name: Inline("true") for name, is_said in said.items() if is_said}
    return {"pattern" if form.is_pattern else "text": text, **marks}
