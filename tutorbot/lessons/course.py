"""What a course is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tutorbot.lessons.question import Question
from tutorbot.lessons.text import Picture, Prose, Spans


class PartKind(StrEnum):
    """The three parts of a course mark."""

    REVIEW = "review questions"
    CASE = "case study"
    EXAM = "final exam"


class TextIn(StrEnum):
    """Where a cohort's lesson text goes."""

    THREAD = "thread"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson and its review questions; the summary is one or two sentences for the channel."""

    id: str
    title: str
    topic: str
    minutes: int
    summary: Spans
    text: Prose
    questions: tuple[Question, ...]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """A chapter of the course."""

    id: str
    title: str
    summary: Spans
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A step of the case study: its situation, and marked questions about it.

    `after` is the id of the lesson that it opens with; without one it opens with the exercise ahead of it.
    """

    id: str
    title: str
    minutes: int
    text: Prose
    questions: tuple[Question, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """One story told in exercises."""

    id: str
    title: str
    text: Prose
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """How many exam questions are drawn from a topic."""

    topic: str
    count: int


@dataclass(frozen=True, slots=True)
class Exam:
    """The final exam: what it draws from; `minutes` is its time limit, if it has one."""

    pool: tuple[Question, ...]
    draws: tuple[Draw, ...]
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the course mark; the weights of all parts sum to 100.

    The `drop` questions of it that pull the mark down most are left out. In a cohort the questions of a
    lesson are due `due_days` after the lesson opened, by which an answer counts whole; a later one counts
    `late` of that, from 0 to 1. The case study's are due that long after the last lesson opened.
    """

    kind: PartKind
    title: str
    weight: int
    drop: int = 0
    due_days: int | None = None
    late: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the course is graded; the pass mark is in percent of the course mark."""

    parts: tuple[Part, ...]
    pass_mark: Fraction


@dataclass(frozen=True, slots=True)
class Person:
    """One of the course's staff, or somebody it owes something to."""

    name: str
    role: str
    bio: Prose
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Information:
    """A titled paragraph of general information."""

    title: str
    text: Prose


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the syllabus, by which questions are drawn and results told."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SyllabusModule:
    """A module as the syllabus announces it, also where its lessons are still to come."""

    id: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """What the learner earns: colours are `#rrggbb`, `emblem` is an SVG picture drawn on the badge."""

    title: str
    text: Spans
    colour: str
    accent: str
    emblem: Picture | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A course, whole; `text_in` says where a cohort's lesson text goes."""

    id: str
    title: str
    tagline: str
    about: Prose
    gives: tuple[Spans, ...]
    effort: str
    staff: tuple[Person, ...]
    information: tuple[Information, ...]
    scheme: Scheme
    policies: tuple[Information, ...]
    badge: Badge
    syllabus: tuple[SyllabusModule, ...]
    modules: tuple[Module, ...]
    case_study: CaseStudy | None
    exam: Exam | None
    text_in: TextIn = TextIn.DIRECT

    def lessons(self) -> Iterator[Lesson]:
        """Yield the lessons in the order in which they are taken."""
        for module in self.modules:
            yield from module.lessons

    def exercises(self) -> tuple[Exercise, ...]:
        """Return the exercises of the case study, in order."""
        return self.case_study.exercises if self.case_study else ()

    def opens_with(self) -> dict[str, str]:
        """Return the lesson that each exercise opens with, by their ids; nothing for one that opens at once.

        The case study is one story, so none opens before the one ahead of it.
        """
        order = [lesson.id for lesson in self.lessons()]
        opens, latest = dict[str, str](), -1
        for exercise in self.exercises():
            latest = max(latest, order.index(exercise.after) if exercise.after in order else -1)
            opens[exercise.id] = order[latest] if latest >= 0 else ""
        return opens

    def question(self, question_id: str) -> Question:
        """Return the question with this id, wherever it stands; KeyError when there is none."""
        return self.questions()[question_id]

    def questions(self) -> dict[str, Question]:
        """Return all questions by their ids: of lessons, exercises and the exam's pool."""
        asked = [question for lesson in self.lessons() for question in lesson.questions]
        asked += [question for exercise in self.exercises() for question in exercise.questions]
        asked += self.exam.pool if self.exam else ()
        return {question.id: question for question in asked}
