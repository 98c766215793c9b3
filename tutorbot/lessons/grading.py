"""How attempts become a grade."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType

from tutorbot.lessons.answers import Answer
from tutorbot.lessons.course import Course, Exam, Part, PartKind
from tutorbot.lessons.marking import mark
from tutorbot.lessons.question import Kind, Question


@dataclass(frozen=True, slots=True)
class Attempt:
    """The n-th answer to a question, and when it was given (UTC); `n` counts from 1.

    `mark` is the credit (0 to 1) that staff gave to a written answer, None while nobody has.
    """

    question_id: str
    n: int
    answer: Answer
    mark: Fraction | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Until when an answer counts whole, that instant included, and what a later one counts: 0 to 1.

    From `until` on nothing is late any more.
    """

    at: datetime
    late: Fraction
    until: datetime | None = None

    def counts(self, given_at: datetime | None) -> Fraction:
        """Return what an answer of that instant counts for."""
        if given_at is None or given_at <= self.at or (self.until is not None and given_at >= self.until):
            return Fraction(1)
        return self.late


NOTHING_DUE: Mapping[str, Due] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands with one question.

    `right` means that an answer was right, on whichever try; it is None while one that may be waits for
    its mark. `credit` is what counts of it, and `reachable` the most that still may; both are between 0
    and 1.
    """

    used: int
    tries: int
    right: bool | None
    credit: Fraction
    reachable: Fraction

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
    """One part of the course mark: what is earned of it and the most that can still be, from 0 to 1.

    `dropped` questions are left out of both. Before the exam is drawn its questions are not known.
    """

    part: Part
    earned: Fraction
    reachable: Fraction
    settled: int
    questions: int
    pending: int
    dropped: int = 0

    @property
    def percent(self) -> Fraction:
        """Return what is earned, in percent of this part, exactly."""
        return 100 * self.earned


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
    question: Question, attempts: Iterable[Attempt], due: Due | None = None, *, now: datetime | None = None
) -> Standing:
    """Fold the attempts at one question: the best one counts.

    Answers after the question was settled count nothing. `now` is when a further answer would be given.
    """
    used, right, pending = 0, False, False
    credit, reachable = Fraction(0), Fraction(0)
    for attempt in sorted(attempts, key=attrgetter("n")):
        if used >= question.tries or right:
            break
        used += 1
        given, whole = _credit(question, attempt), _whole(question, used, due, attempt.at)
        right = given == 1
        pending = pending or given is None
        credit = max(credit, (given or Fraction(0)) * whole)
        reachable = max(reachable, whole if given is None else credit)
    if not right and used < question.tries:
        reachable = max(reachable, _whole(question, used + 1, due, now))
    return Standing(used, question.tries, right or (None if pending else False), credit, reachable)


def _whole(question: Question, n: int, due: Due | None, at: datetime | None) -> Fraction:
    """Return what a right answer counts on the n-th try and at that instant."""
    return question.credit_on(n) * (due.counts(at) if due else 1)


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
    due: Mapping[str, Due] = NOTHING_DUE,
    now: datetime | None = None,
) -> Grade:
    """Return the grade, exactly: a pure function of the course and what was answered.

    `exam` are the questions drawn for the sitting, None before it. An open sitting gives nothing
    yet, though what was lost in it can no longer be reached; in a closed one only written answers
    without a mark can still gain. `due` says by when which questions (by id) are to be answered; `now` is
    for what can still be reached.
    """
    tried, sat = _by_question(attempts), _by_question(exam_attempts)
    grades = []
    for part in course.scheme.parts:
        if part.kind is not PartKind.EXAM:
            asked = part_questions(course, part.kind)
            standings = [(q, standing(q, tried.get(q.id, ()), due.get(q.id), now=now)) for q in asked]
            grades.append(_part(part, standings))
        elif exam is None:
            grades.append(_undrawn(part, course.exam))
        else:
            standings = [(q, standing(q, sat.get(q.id, ()))) for q in exam]
            whole = _part(part, standings, closed=exam_closed)
            grades.append(whole if exam_closed else replace(whole, earned=Fraction(0), pending=0))
    return Grade(
        parts=tuple(grades),
        mark=sum((grade.part.weight * grade.earned for grade in grades), Fraction(0)),
        reachable=sum((grade.part.weight * grade.reachable for grade in grades), Fraction(0)),
        pass_mark=course.scheme.pass_mark,
    )


def part_questions(course: Course, kind: PartKind) -> tuple[Question, ...]:
    """Return the questions that count for the review questions or the case study, in order."""
    if kind is PartKind.CASE:
        asked = [question for exercise in course.exercises() for question in exercise.questions]
    else:
        asked = [question for lesson in course.lessons() for question in lesson.questions]
    return tuple(question for question in asked if question.is_graded)


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


def _part(part: Part, standings: Sequence[tuple[Question, Standing]], *, closed: bool = False) -> PartGrade:
    """Return the grade of a part; a closed one takes no more answers, as if every question were settled."""
    most = [(q.points, s.credit if closed and not s.pending else s.reachable) for q, s in standings]
    return PartGrade(
        part=part,
        earned=_share([(q.points, s.credit) for q, s in standings], part.drop),
        reachable=_share(most, part.drop),
        settled=sum(closed or s.settled for _, s in standings),
        questions=len(standings),
        pending=sum(s.pending for _, s in standings),
        dropped=part.drop,
    )


def _share(results: Sequence[tuple[int, Fraction]], drop: int) -> Fraction:
    """Return what is earned of the points, from 0 to 1, without the results that pull it down most.

    Where points differ, which ones these are depends on the share that is left: it is raised until it
    stays (Dinkelbach, *On Nonlinear Fractional Programming*, 1967).
    """
    share, raised = Fraction(-1), Fraction(0)
    while raised > share:
        share = raised
        kept = sorted(results, key=lambda result: result[0] * (result[1] - share))[drop:]
        possible = sum(points for points, _ in kept)
        raised = sum((points * credit for points, credit in kept), Fraction(0)) / (possible or 1)
    return share


def _undrawn(part: Part, exam: Exam | None) -> PartGrade:
    whole = Fraction(exam is not None and any(draw.count for draw in exam.draws))
    return PartGrade(part, Fraction(0), whole, settled=0, questions=0, pending=0)
