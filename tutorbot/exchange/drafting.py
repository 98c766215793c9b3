"""From what another format says of a question to one that our own files can hold."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from tutorbot.authoring import unwritten
from tutorbot.exchange.bounds import MOST_EXPLANATION, MOST_FEEDBACK, MOST_MODEL, question_faults
from tutorbot.exchange.naming import slug, unused
from tutorbot.exchange.taken import Drafted, Missed, Place, Taken
from tutorbot.lessons.question import CHOICES, Kind, Level, Option, Question
from tutorbot.lessons.text import Prose, plain_text, prose

NO_FEEDBACK = prose(unwritten.FEEDBACK)
NO_EXPLANATION = prose(unwritten.EXPLANATION)
NO_MODEL = prose(unwritten.MODEL)


class Drafts:
    """The questions drafted so far, and what was missed on the way."""

    def __init__(self) -> None:
        self._drafts: list[Drafted] = []
        self._missed: dict[Missed, None] = {}
        self._ids: set[str] = set()
        self._without_level: Place | None = None

    def miss(self, place: Place, what: str) -> None:
        """Note what is not taken as it was; twice the same counts once."""
        self._missed[Missed(place, what)] = None

    def miss_all(self, missed: Iterable[Missed]) -> None:
        """Note all of these."""
        self._missed.update(dict.fromkeys(missed))

    def add(self, question: Question, place: Place) -> None:
        """Take a question, with a unique id made of its own and what is lacking filled in.

        Whatever is filled in or left out is told; a question that our files cannot hold is not taken.
        """
        if faults := list(dict.fromkeys(question_faults(question))):
            self.miss(place, f"the question is not taken: {'; '.join(faults)}")
            return
        shorter = self._without_what_is_too_long(question, place)
        filled, lacking = _filled(shorter)
        for thing in lacking:
            self.miss(place, f"{thing} is missing; write it where it says “still to be written”")
        if question.is_graded and question.level is None:
            self._without_level = self._without_level or place
        name = unused(slug(question.id), self._ids)
        self._ids.add(name)
        self._drafts.append(Drafted(replace(_numbered(filled), id=name), place))

    def whole_points(self, said: Fraction | None, place: Place) -> int:
        """Return the points as a whole number, at least one, and tell where that is not what was said."""
        points = 1 if said is None else max(1, round(said))
        if said not in (None, points):
            self.miss(place, f"{float(said or 0):g} points were made {points}: they are whole numbers here")
        return points

    def taken(self, pictures: Mapping[str, bytes]) -> Taken:
        """Return all that was taken and missed."""
        if self._without_level:
            self.miss(self._without_level, "the questions say no level and are at `apply`; look at each")
        return Taken(tuple(self._drafts), tuple(self._missed), dict(pictures))

    def _without_what_is_too_long(self, question: Question, place: Place) -> Question:
        def kept(what: str, text: Prose, most: int) -> Prose:
            length = len(plain_text(text))
            if length > most:
                self.miss(place, f"{what} has {length:,} characters and is left out: {most:,} can be shown")
            return () if length > most else text

        return replace(
            question,
            explanation=kept("the explanation", question.explanation, MOST_EXPLANATION),
            hint=kept("the hint", question.hint, MOST_FEEDBACK),
            right=kept("the feedback to right answers", question.right, MOST_FEEDBACK),
            wrong=kept("the feedback to wrong answers", question.wrong, MOST_FEEDBACK),
            model=kept("the model answer", question.model, MOST_MODEL),
            options=tuple(
                replace(option, feedback=kept("the feedback of an option", option.feedback, MOST_FEEDBACK))
                for option in question.options
            ),
        )


def _numbered(question: Question) -> Question:
    """Return the question with its options, items and targets named as our own files name them."""
    used = dict.fromkeys(item.match for item in question.items if item.match)
    order = [*used, *(target.id for target in question.targets if target.id not in used)]
    named = {name: str(n) for n, name in enumerate(order, start=1)}
    targets = sorted(
        (replace(target, id=named[target.id]) for target in question.targets), key=lambda each: int(each.id)
    )
    return replace(
        question,
        options=tuple(replace(option, id=str(n)) for n, option in enumerate(question.options, start=1)),
        items=tuple(
            replace(item, id=str(n), match=named.get(item.match, ""))
            for n, item in enumerate(question.items, start=1)
        ),
        targets=tuple(targets),
    )


def _filled(question: Question) -> tuple[Question, list[str]]:
    """Return the question with what it must have, and what that is."""
    if not question.is_graded:
        return question, []
    lacking: list[str] = []
    filled = replace(question, level=question.level or Level.APPLY)
    if question.kind in CHOICES:
        lacking += [] if all(option.feedback for option in question.options) else ["feedback"]
        filled = replace(filled, options=tuple(map(_with_feedback, question.options)))
    elif question.kind is Kind.WRITTEN:
        lacking += [] if question.model else ["the model answer"]
        filled = replace(filled, model=question.model or NO_MODEL)
    else:
        lacking += [] if question.right and question.wrong else ["feedback"]
        filled = replace(filled, right=question.right or NO_FEEDBACK, wrong=question.wrong or NO_FEEDBACK)
    lacking += [] if question.explanation else ["the explanation"]
    return replace(filled, explanation=question.explanation or NO_EXPLANATION), lacking


def _with_feedback(option: Option) -> Option:
    return replace(option, feedback=option.feedback or NO_FEEDBACK)
