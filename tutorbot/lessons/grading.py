"""How attempts become a grade."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import attrgetter

from tutorbot.lessons.course import Course, Exam, Kind, Part, PartKind, Question
from tutorbot.lessons.marking import Answer, mark


@dataclass(frozen=True, slots=True)
class Attempt:
    """The n-th answer to a question; `n` counts from 1.

    `mark` is the credit (0 to 1) that staff gave to a written answer, None while nobody has.
    """

    question_id: str
    n: int
    answer: Answer
    mark: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands with one question.

    `right` means full credit; it is None while an answer that may yet have it waits for its mark.
    `credit` is between 0 and 1.
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
    """One part of the course mark, in points; `reachable` is the most that can still be had.

    Before the exam is drawn its points are not known: it has no questions, and all of it stands as one point.
    """

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


def standing(question: Question, attempts: Iterable[Attempt]) -> Standing:
    """Fold the attempts at one question: the best one counts, a right one with full credit on any try.

    Answers after the question was settled count nothing.
    """
    used, pending, credit = 0, False, Fraction(0)
    for attempt in sorted(attempts, key=attrgetter("n")):
        if used >= question.tries or credit == 1:
            break
        used += 1
        given = _credit(question, attempt)
        pending = pending or given is None
        credit = max(credit, given or Fraction(0))
    right = True if credit == 1 else None if pending else False
    return Standing(used=used, tries=question.tries, right=right, credit=credit)


def _credit(question: Question, attempt: Attempt) -> Fraction | None:
    """Return what an attempt is worth, or None while that is not known."""
    if question.kind is Kind.WRITTEN:
        return attempt.mark
    return mark(question, attempt.answer).credit


def course_grade(
    course: Course,
    attempts: Iterable[Attempt],
    *,
    exam: Sequence[Question] | None = None,
    exam_attempts: Iterable[Attempt] = (),
    exam_closed: bool = False,
) -> Grade:
    """Return the grade, exactly: a pure function of the course and what was answered.

    `exam` are the questions drawn for the sitting, None before it. An open sitting gives nothing
    yet, though what was lost in it can no longer be reached; in a closed one only written answers
    without a mark can still gain.
    """
    tried = _by_question(attempts)
    sat = _by_question(exam_attempts)
    grades = []
    for part in course.scheme.parts:
        if part.kind is not PartKind.EXAM:
            grades.append(_part(part, part_questions(course, part.kind), tried))
        elif exam is None:
            grades.append(_undrawn(part, course.exam))
        elif exam_closed:
            grades.append(_part(part, exam, sat, closed=True))
        else:
            grades.append(replace(_part(part, exam, sat), earned=Fraction(0), pending=0))
    return Grade(
        parts=tuple(grades),
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

    So the figure that is shown reaches a pass mark just when the exact one does, provided that the
    pass mark has no more than two decimals itself.
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
    *,
    closed: bool = False,
) -> PartGrade:
    """Return the grade of a part; a closed one takes no more answers, as if every question were settled."""
    standings = [(question, standing(question, attempts.get(question.id, ()))) for question in questions]
    earned = sum((q.points * s.credit for q, s in standings), Fraction(0))
    gain = sum(q.points * (1 - s.credit) for q, s in standings if s.pending or not (closed or s.settled))
    return PartGrade(
        part=part,
        earned=earned,
        possible=Fraction(sum(question.points for question in questions)),
        reachable=earned + gain,
        settled=sum(closed or s.settled for _, s in standings),
        questions=len(questions),
        pending=sum(s.pending for _, s in standings),
    )


def _undrawn(part: Part, exam: Exam | None) -> PartGrade:
    whole = Fraction(exam is not None and any(draw.count for draw in exam.draws))
    return PartGrade(part, Fraction(0), whole, whole, settled=0, questions=0, pending=0)


def _weighted(grade: PartGrade, points: Fraction) -> Fraction:
    return grade.part.weight * points / grade.possible if grade.possible else Fraction(0)
