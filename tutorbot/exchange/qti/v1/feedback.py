"""What QTI 1.2 says to which answers."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from itertools import chain

from tutorbot.exchange.qti.item import ItemReading
from tutorbot.exchange.qti.v1.material import material
from tutorbot.exchange.qti.v1.rules import Rules, value_of
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.question import Kind, Option, Question
from tutorbot.lessons.text import Prose


@dataclass(slots=True)
class _Replies:
    """Which feedback is shown to which answers, by the names of the feedback."""

    all: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    by_value: dict[str, list[str]] = field(default_factory=dict)


def with_feedback(reading: ItemReading, rules: Rules, question: Question) -> Question:
    """Return the question with what is said to answers, as far as its kind has a place for it."""
    replies = _replies(rules, {option.id for option in question.options})
    _add_by_name(replies)
    said = _Said(reading)
    explanation = (*said.of(replies.all), *said.solutions)
    right, wrong, hint = said.of(replies.right), said.of(replies.wrong), said.hints
    match question.kind:
        case Kind.ONE | Kind.SEVERAL:
            options = tuple(
                replace(option, feedback=said.of(_to_option(replies, option))) for option in question.options
            )
            done = replace(question, options=options, explanation=explanation, hint=hint)
        case Kind.WRITTEN:
            general = (*said.of(replies.all), *right, *wrong)
            done = replace(question, explanation=general, model=said.solutions, hint=hint)
        case Kind.POLL:
            if feedback := reading.item.first("itemfeedback"):
                reading.miss("a poll has no feedback: it is not taken", feedback)
            return question
        case _:
            done = replace(question, right=right, wrong=wrong, explanation=explanation, hint=hint)
    said.tell_unused()
    return done


class _Said:
    """The feedback of an item, by its names."""

    def __init__(self, reading: ItemReading) -> None:
        self._reading = reading
        self._feedback = {each.get("ident"): each for each in reading.item.within("itemfeedback")}
        self._used: set[str] = set()

    def of(self, names: Iterable[str]) -> Prose:
        """Return what the feedback of these names says, each once."""
        self._used.update(names := list(dict.fromkeys(names)))
        return tuple(block for name in names if name in self._feedback for block in self._own(name))

    @property
    def solutions(self) -> Prose:
        """What solutions say."""
        return self._parts("solution")

    @property
    def hints(self) -> Prose:
        """What hints say."""
        return self._parts("hint")

    def tell_unused(self) -> None:
        """Tell of feedback that has no place."""
        for name, feedback in self._feedback.items():
            if name not in self._used and self._own(name):
                self._reading.miss("feedback to answers of one sort alone is not taken", feedback)

    def _own(self, name: str) -> Prose:
        parts = (each for each in self._feedback[name].elements if each.name not in ("solution", "hint"))
        return self._reading.texts.prose(material(*parts))

    def _parts(self, kind: str) -> Prose:
        parts = (part for feedback in self._feedback.values() for part in feedback.within(kind))
        return tuple(block for part in parts for block in self._reading.texts.prose(material(part)))


def _replies(rules: Rules, options: Set[str]) -> _Replies:
    """Return which feedback is for whom: those who chose one of the options, and all others."""
    replies = _Replies()
    scored = False
    for rule in rules.rules:
        scored = scored or (rule.adds is not None and not rule.is_else)
        if value := _only_value(rule.condition, options):
            replies.by_value.setdefault(value, []).extend(rule.feedback)
        elif rule.is_else:
            (replies.wrong if scored or rule.adds is not None else replies.all).extend(rule.feedback)
        elif rule.adds is not None and rule.adds > 0:
            replies.right.extend(rule.feedback)
        elif all(test.name == "not" for test in rule.condition.elements):
            replies.wrong.extend(rule.feedback)
    return replies


def _only_value(condition: Element, options: Set[str]) -> str:
    """Return the option that the condition asks for, where it asks for nothing else."""
    while len(condition.elements) == 1 and condition.elements[0].name in ("and", "or"):
        condition = condition.elements[0]
    tests = condition.elements
    alone = len(tests) == 1 and tests[0].name == "varequal" and value_of(tests[0]) in options
    return value_of(tests[0]) if alone else ""


def _add_by_name(replies: _Replies) -> None:
    """Add the feedback that Canvas shows though no rule of the item does."""
    named = {"general_fb": replies.all, "correct_fb": replies.right, "general_incorrect_fb": replies.wrong}
    linked = {*replies.all, *replies.right, *replies.wrong, *chain(*replies.by_value.values())}
    for name, audience in named.items():
        if name not in linked:
            audience.append(name)


def _to_option(replies: _Replies, option: Option) -> list[str]:
    return [*replies.by_value.get(option.id, ()), *(replies.right if option.right else replies.wrong)]
