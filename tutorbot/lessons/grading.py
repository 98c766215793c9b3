"""How attempts become a grade."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.lessons.course import Course, Kind, Part, PartKind, Question
from tutorbot.lessons.marking import Answer, mark


@dataclass(frozen=True, slots=True)
class Attempt:
    """The n-th answer to a question; `n` counts from 1."""

    question_id: str
    n: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands with one question.

    `right` is None while nobody has marked a written answer; `credit` is between 0 and 1.
    """

    used: int
    tries: int
    right: bool | None
    credit: Fraction

    @property
    def settled(self) -> bool:
        """Whether the question takes no more answers: it was right, or its tries are used up."""
        return self.right is True or self.used >= self.tries

    @property
    def pending(self) -> bool:
        """Whether a written answer waits for its mark."""
        return self.right is None and self.used > 0

    @property
    def left(self) -> int:
        """How many tries are left."""
        return 0 if self.settled else self.tries - self.used


@dataclass(frozen=True, slots=True)
class PartGrade:
    """One part of the course mark, in points; `reachable` is the most that can still be had."""

    part: Part
    earned: Fraction
    possible: Fraction
    reachable: Fraction
    settled: int
    questions: int
    pending: int

    @property
    def percent(self) -> Fraction:
        """Return what is earned, in percent of this part, exactly."""
        return 100 * self.earned / self.possible if self.possible else Fraction(0)


@dataclass(frozen=True, slots=True)
class Grade:
    """The course mark and what it is made of; all figures are in percent and exact."""

    parts: tuple[PartGrade, ...]
    mark: Fraction
    reachable: Fraction
    pass_mark: Fraction

    @property
    def passed(self) -> bool:
        """Whether the course mark reaches the pass mark; nothing is rounded before this comparison."""
        return self.mark >= self.pass_mark

    @property
    def pending(self) -> int:
        """How many written answers wait for their mark."""
        return sum(part.pending for part in self.parts)


def standing(
    question: Question, attempts: Iterable[Attempt], marks: Mapping[str, Fraction] | None = None
) -> Standing:
    """Fold the attempts at one question; a right answer gives full credit on any try.

    `marks` holds the credit that staff gave to written answers, by question id.
    """
    used = 0
    right: bool | None = False
    credit = Fraction(0)
    for attempt in attempts:
        used += 1
        if question.kind is Kind.WRITTEN:
            given = (marks or {}).get(question.id)
            right = None if given is None else given > 0
            credit = given or Fraction(0)
        elif mark(question, attempt.answer).right:
            right, credit = True, Fraction(1)
    return Standing(used=used, tries=question.tries, right=right, credit=credit)


def course_grade(
    course: Course,
    attempts: Iterable[Attempt],
    *,
    exam: Sequence[Question] | None = None,
    exam_attempts: Iterable[Attempt] = (),
    exam_closed: bool = False,
    marks: Mapping[str, Fraction] | None = None,
) -> Grade:
    """Return the grade, exactly: a pure function of the course and what was answered.

    `exam` are the questions drawn for the sitting, None before it; an open sitting counts
    nothing yet, and a closed one has nothing left to reach.
    """
    by_question = _by_question(attempts)
    sat = _by_question(exam_attempts) if exam_closed else {}
    grades = tuple(
        _exam_part(part, exam, sat, closed=exam_closed)
        if part.kind is PartKind.EXAM
        else _part(part, part_questions(course, part.kind), by_question, marks)
        for part in course.scheme.parts
    )
    return Grade(
        parts=grades,
        mark=sum((_weighted(grade, grade.earned) for grade in grades), Fraction(0)),
        reachable=sum((_weighted(grade, grade.reachable) for grade in grades), Fraction(0)),
        pass_mark=course.scheme.pass_mark,
    )


def part_questions(course: Course, kind: PartKind) -> tuple[Question, ...]:
    """Return the questions that count for the review questions or the case study, in order."""
    if kind is PartKind.CASE:
        return tuple(question for exercise in course.exercises() for question in exercise.questions)
    return tuple(question for lesson in course.lessons() for question in lesson.questions)


def show_percent(value: Fraction) -> str:
    """Return a percentage for people, cut (never rounded up) after two decimals: 74.996 is "74.99 %".

    So the figure that is shown never reaches a pass mark that the exact one misses.
    """
    hundredths = value * 100 // 1
    whole, rest = divmod(int(hundredths), 100)
    decimals = f"{rest:02d}".rstrip("0")
    return f"{whole}.{decimals} %" if decimals else f"{whole} %"


def _by_question(attempts: Iterable[Attempt]) -> dict[str, list[Attempt]]:
    grouped: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        grouped.setdefault(attempt.question_id, []).append(attempt)
    return grouped


def _part(
    part: Part,
    questions: Sequence[Question],
    attempts: Mapping[str, Sequence[Attempt]],
    marks: Mapping[str, Fraction] | None,
) -> PartGrade:
    standings = [(question, standing(question, attempts.get(question.id, ()), marks)) for question in questions]
    earned = sum((q.points * s.credit for q, s in standings), Fraction(0))
    still_open = sum(q.points for q, s in standings if not s.settled or s.pending)
    return PartGrade(
        part=part,
        earned=earned,
        possible=Fraction(sum(question.points for question in questions)),
        reachable=earned + still_open,
        settled=sum(s.settled for _, s in standings),
        questions=len(questions),
        pending=sum(s.pending for _, s in standings),
    )


def _exam_part(
    part: Part, exam: Sequence[Question] | None, attempts: Mapping[str, Sequence[Attempt]], *, closed: bool
) -> PartGrade:
    counted = _part(part, exam or (), attempts, None)
    if closed:
        return PartGrade(
            part, counted.earned, counted.possible, counted.earned, counted.settled, counted.questions, 0
        )
    whole = Fraction(100) if exam is None else counted.possible  # nothing drawn yet: all of it can be had
    return PartGrade(part, Fraction(0), whole, whole, 0, counted.questions, 0)


def _weighted(grade: PartGrade, points: Fraction) -> Fraction:
    return grade.part.weight * points / grade.possible if grade.possible else Fraction(0)
