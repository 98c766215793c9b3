"""A problem in OLX as questions of ours.

The forms are those of Open edX: https://docs.openedx.org/en/latest/educators/olx/problem-xml/index.html,
older ones included. The Markdown that Studio keeps beside a problem is passed over: the XML is what counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.olx.answers import read_number
from tutorbot.exchange.olx.problem_out import SITUATION
from tutorbot.exchange.olx.problem_parts import FIELDS, Part, parts_of, texts_around
from tutorbot.exchange.olx.responses import RESPONSES, UNKNOWN_RESPONSES, Responses
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.text import Paragraph, Prose, plain, prose

UNLIMITED = ("", "null")
"""What says that a problem may be tried without end."""

_USUAL_TRIES = 2
_MOST_TRIES = 10
_MOST_QUESTIONS = 50
_VARIABLE = re.compile(r"\$\{?[A-Za-z_]\w*")
_HASH = re.compile(r"[0-9a-f]{16,}")
_HEADINGS = ("explanation", "explanation:", "solution")


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem, the file that it stands in, its name there, and the lesson that it belongs to."""

    element: Element
    file: str
    name: str = ""
    lesson: str = ""

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.element.line)

    @property
    def id(self) -> str:
        """A name for its questions."""
        return name_of(self.element, self.name) or "problem"


def name_of(element: Element, file: str) -> str:
    """Return what the author calls the element: as its file is called, unless that name is for machines."""
    name = file or element.get("url_name")
    return element.get("display_name") if not name or _HASH.fullmatch(name) else name


def read_problem(asked: Asked, texts: HtmlTexts) -> None:
    """Take the questions of the problem."""
    _Problem(asked, texts).take()


class _Problem:
    """Reads a problem part by part; what is missed goes to the drafts at once."""

    def __init__(self, asked: Asked, texts: HtmlTexts) -> None:
        self._asked = asked
        self._texts = texts
        self._drafts = texts.drafts
        self._situation = next((each for each in asked.element.elements if _is_situation(each)), None)
        rest = tuple(child for child in asked.element.children if child is not self._situation)
        self._problem = replace(asked.element, children=rest)

    def take(self) -> None:
        problem = self._problem
        unknown = next(problem.within(*UNKNOWN_RESPONSES), None)
        responses = list(problem.within(*RESPONSES))
        if unknown:
            self._texts.miss(unknown, f"{UNKNOWN_RESPONSES[unknown.name]} is not taken")
        if problem.first("script"):
            self._texts.miss(problem.first("script") or problem, "a script is not taken")
            if any(_is_computed(response) for response in responses):
                self._texts.miss(problem, "the problem is not taken: a script computes its answers")
                return
        if len(responses) > _MOST_QUESTIONS:
            self._texts.miss(problem, f"a problem with more than {_MOST_QUESTIONS} questions is not taken")
            return
        if not responses:
            if not unknown:
                self._texts.miss(problem, "the problem asks nothing that is known and is not taken")
            return
        for question, place in self._questions(responses):
            self._drafts.add(question, place)

    def _questions(self, responses: list[Element]) -> Iterator[tuple[Question, Place]]:
        reading = Responses(self._texts)
        if reading.are_matches(responses):
            yield from self._match(responses, reading)
            return
        if len(responses) > 1:
            self._texts.miss(
                self._asked.element, f"a problem with {len(responses)} questions became as many questions"
            )
        for part in parts_of(self._problem, responses):
            blank = self._blank(self._texts.prose(part.prompt), part.solutions, len(responses))
            if keyed := reading.read(part.response, blank):
                yield self._with_prompt(keyed, part), self._texts.place(part.response)

    def _with_prompt(self, question: Question, part: Part) -> Question:
        if question.prompt:
            return question
        field = part.response.first("choicegroup", "checkboxgroup", "optioninput", "textline", "radiogroup")
        return replace(question, prompt=prose(" ".join((field.get("label") if field else "").split())))

    def _match(self, responses: list[Element], reading: Responses) -> Iterator[tuple[Question, Place]]:
        """Yield one question for drop-down lists with the same options: before each stands its item."""
        inputs = [field for response in responses for field in response.within("optioninput")]
        *before, behind = [self._texts.prose(each) for each in texts_around(self._problem, inputs)]
        items = [blocks[-1].spans for blocks in before if blocks and isinstance(blocks[-1], Paragraph)]
        if len(items) < len(inputs):
            self._texts.miss(
                self._problem, "the problem is not taken: nothing stands before a drop-down list"
            )
            return
        prompt = tuple(block for blocks in before for block in blocks[:-1]) + behind
        blank = self._blank((), list(self._problem.within("solution")))
        yield reading.match(inputs, items, replace(blank, prompt=prompt)), self._asked.place

    def _blank(self, prompt: Prose, solutions: list[Element], questions: int = 1) -> Question:
        """Return a question that lacks its key."""
        return Question(
            id=self._asked.id,
            kind=Kind.ONE,
            topic=self._asked.lesson,
            level=None,
            prompt=prompt,
            situation=self._texts.prose(self._situation) if self._situation else (),
            explanation=self._explanation(solutions),
            hint=self._hint(),
            points=self._points(questions),
            tries=self._tries(),
        )

    def _explanation(self, solutions: list[Element]) -> Prose:
        blocks = tuple(block for each in solutions for block in self._texts.prose(each))
        match blocks:
            case (Paragraph(spans=spans), _, *_) if plain(spans).casefold().strip() in _HEADINGS:
                return blocks[1:]
            case _:
                return blocks

    def _hint(self) -> Prose:
        hints = [hint for each in self._problem.within("demandhint") for hint in each.within("hint")]
        if len(hints) > 1:
            self._texts.miss(hints[1], f"{len(hints)} hints, asked for one by one, became one")
        return tuple(block for hint in hints for block in self._texts.prose(hint))

    def _points(self, questions: int) -> int:
        """Return the points of each of the problem's questions; its weight is that of all together."""
        weight = read_number(self._problem.get("weight") or "1")
        if weight is None or weight < 0:
            self._texts.miss(self._problem, f"the weight `{self._problem.get('weight')[:20]}` is no number")
            return 1
        if questions > 1 and weight % questions:
            return 1
        return self._drafts.whole_points(weight / questions, self._asked.place)

    def _tries(self) -> int:
        said = self._problem.get("max_attempts")
        if said in UNLIMITED:
            return _USUAL_TRIES
        tries = min(max(int(said), 1), _MOST_TRIES) if re.fullmatch(r"\d{1,9}", said) else _USUAL_TRIES
        if said != str(tries):
            self._texts.miss(self._problem, f"it has `{said[:20]}` tries, and {tries} here")
        return tries


def _is_situation(element: Element) -> bool:
    return element.name == "div" and SITUATION in element.get("class").split()


def _is_computed(response: Element) -> bool:
    values = [
        *response.attributes.values(),
        *(v for each in response.within(*FIELDS) for v in each.attributes.values()),
    ]
    return any(_VARIABLE.search(value) for value in values)
