"""Small courses for the tests of the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tutorbot.lessons.answers import Answer, Chosen, Typed
from tutorbot.lessons.course import (
    Badge,
    CaseStudy,
    Course,
    Draw,
    Exam,
    Exercise,
    Lesson,
    Module,
    Part,
    PartKind,
    Scheme,
)
from tutorbot.lessons.grading import Attempt
from tutorbot.lessons.question import Kind, Level, Option, Question
from tutorbot.lessons.text import Prose, Span, prose

RIGHT = Chosen(("right",))
WRONG = Chosen(("wrong",))
ESSAY = Typed("Because a stream of events can be read again.")

OPTIONS = (
    Option("right", (Span("An event"),), right=True, feedback=prose("It has happened.")),
    Option("wrong", (Span("A command"),), right=False, feedback=prose("It can be refused.")),
    Option("other", (Span("A query"),), right=False, feedback=prose("It changes nothing.")),
)


def question(
    question_id: str,
    *,
    kind: Kind = Kind.ONE,
    topic: str = "events",
    points: int = 1,
    tries: int = 2,
    situation: Prose = (),
    shuffle: bool = True,
) -> Question:
    return Question(
        id=question_id,
        kind=kind,
        topic=topic,
        level=Level.APPLY,
        prompt=prose("What is it?"),
        explanation=prose("An event has happened."),
        points=points,
        tries=tries,
        situation=situation,
        options=OPTIONS if kind is Kind.ONE else (),
        shuffle=shuffle,
        model=prose("It can be read again.") if kind is Kind.WRITTEN else (),
    )


def written(question_id: str, *, points: int = 1, tries: int = 1) -> Question:
    return question(question_id, kind=Kind.WRITTEN, points=points, tries=tries)


def questions(prefix: str, count: int) -> tuple[Question, ...]:
    return tuple(question(f"{prefix}{n}") for n in range(1, count + 1))


def exam(*pool: Question) -> Exam:
    """Make an exam that draws its whole pool."""
    return Exam(pool, (Draw("events", len(pool)),))


def course(
    *,
    review: Sequence[Question] = (),
    case: Sequence[Question] = (),
    final: Exam | None = None,
    weights: tuple[int, int, int] = (40, 30, 30),
    pass_mark: Fraction = Fraction(75),
) -> Course:
    kinds = (PartKind.REVIEW, PartKind.CASE, PartKind.EXAM)
    return Course(
        id="es",
        title="Event sourcing",
        tagline="What happened, and in which order.",
        about=(),
        gives=(),
        effort="An hour",
        staff=(),
        information=(),
        scheme=Scheme(
            tuple(Part(kind, kind.value, weight) for kind, weight in zip(kinds, weights, strict=True)),
            pass_mark,
        ),
        policies=(),
        badge=Badge("Event sourcerer", (), "#203040", "#f0c040"),
        syllabus=(),
        modules=(Module("m1", "Events", (), (_lesson("l1", review[::2]), _lesson("l2", review[1::2]))),),
        case_study=CaseStudy("shop", "The shop", (), (Exercise("x1", "Orders", 10, (), tuple(case)),)),
        exam=final,
    )


def _lesson(lesson_id: str, asked: Sequence[Question]) -> Lesson:
    return Lesson(lesson_id, "Events", "events", 5, (), prose("An event has happened."), tuple(asked))


def answers(question_id: str, *given: Answer) -> list[Attempt]:
    """Make the attempts at a question, the first with n = 1."""
    return [Attempt(question_id, n, answer) for n, answer in enumerate(given, start=1)]


def marked(attempts: Iterable[Attempt], marks: Mapping[tuple[str, int], Fraction]) -> list[Attempt]:
    """Return the attempts with the marks that staff gave, by question id and n."""
    return [replace(attempt, mark=marks.get((attempt.question_id, attempt.n))) for attempt in attempts]
