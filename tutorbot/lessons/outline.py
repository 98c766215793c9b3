"""The things that a course is made of, each with its name."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from tutorbot.lessons.course import (
    Badge,
    CaseStudy,
    Course,
    Draw,
    Exam,
    Exercise,
    Information,
    Lesson,
    Module,
    Part,
    Person,
    Scheme,
    SyllabusModule,
    Topic,
)
from tutorbot.lessons.question import Question

KNOWN_BY: Mapping[type, str] = {
    Course: "",
    Scheme: "",
    Badge: "",
    CaseStudy: "",
    Exam: "",
    Part: "kind",
    Draw: "topic",
    Person: "name",
    Information: "title",
    SyllabusModule: "id",
    Topic: "id",
    Module: "id",
    Lesson: "id",
    Exercise: "id",
    Question: "id",
}
"""The things, and by which field each is known again in another version; none where there is but one.

What is not listed here, such as a picture, an option or a rubric, is a field of the thing that has it.
"""

Key = tuple[type, Hashable, int]
"""What a thing is, what it is known by, and the how manieth of these it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A part of a course that has a name; it stands at a position, from 1, in a field of another."""

    key: Key
    value: Any
    within: "Thing | None" = None
    field: str = ""
    position: int = 1

    @property
    def number(self) -> str:
        """The number that people know it by: 2.1 is the first lesson of the second module."""
        is_lesson = isinstance(self.value, Lesson) and self.within
        return f"{self.within.number}.{self.position}" if is_lesson and self.within else f"{self.position}"

    @property
    def name(self) -> str:
        """What it is called in the middle of a sentence."""
        match self.value:
            case Course():
                return "the course"
            case Scheme():
                return "the grading"
            case Badge():
                return "the badge"
            case CaseStudy():
                return "the case study"
            case Exam():
                return "the final exam"
            case Part(title=title):
                return f"the part “{title}”"
            case Draw(topic=topic):
                return f"the exam's draw of the topic {topic}"
            case Person(name=name):
                return f"{name} of the staff"
            case Information(title=title):
                return f"{'policy' if self.field == 'policies' else 'information'} “{title}”"
            case SyllabusModule(title=title):
                return f"module “{title}” of the syllabus"
            case Topic(title=title):
                return f"topic “{title}” of the syllabus"
            case Question(id=name):
                return f"{self._asked_as()} {name}"
            case _:
                return f"{type(self.value).__name__.lower()} {self.number} “{self.value.title}”"

    def _asked_as(self) -> str:
        match self.within.value if self.within else None:
            case Lesson():
                return "review question"
            case Exam():
                return "exam question"
            case _:
                return "case study question"


def outline(course: Course) -> dict[Key, Thing]:
    """Return all things of a course by their keys; each stands before what is in it."""
    return {thing.key: thing for thing in _things(course, Counter())}


def _things(
    value: Any, seen: Counter[Hashable], within: Thing | None = None, field: str = "", position: int = 1
) -> Iterator[Thing]:
    kind: type = type(value)
    identity = getattr(value, KNOWN_BY[kind]) if KNOWN_BY[kind] else ""
    seen[kind, identity] += 1
    thing = Thing((kind, identity, seen[kind, identity]), value, within, field, position)
    yield thing
    for holder in fields_of_things(kind):
        for n, inner in enumerate(_held(getattr(value, holder)), 1):
            yield from _things(inner, seen, thing, holder, n)


@cache
def fields_of_things(kind: type) -> tuple[str, ...]:
    """Return which fields of a thing hold things: one, none or several."""
    hints = get_type_hints(kind)
    return tuple(
        each.name for each in fields(kind) if {hints[each.name], *get_args(hints[each.name])} & set(KNOWN_BY)
    )


def _held(held: Any) -> tuple[Any, ...]:
    if isinstance(held, tuple):
        return held
    return () if held is None else (held,)
