"""Staff mark written answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import Connection

from tutorbot.errors import BadInput
from tutorbot.lessons.question import Kind, Question
from tutorbot.records import courses, enrollments, marks
from tutorbot.records.marks import Handed, Mark, MarkOnRecord
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.passing import award_if_passed
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Written:
    """A written answer, with its question as it was asked, and its marks, of which the last counts."""

    handed: Handed
    course: str
    question: Question
    marks: tuple[MarkOnRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """What a learner is told of a written answer that was marked."""

    question: Question
    mark: Mark


def waiting(tutor: Tutor) -> list[Written]:
    """Return the written answers that nobody has marked, the oldest first."""
    with tutor.store.read() as conn:
        ids = {
            question.id
            for digest in courses.all_digests(conn)
            for question in tutor.course(conn, digest).questions().values()
            if question.kind is Kind.WRITTEN
        }
        found = (_written(conn, tutor, handed) for handed in marks.unmarked(conn, ids))
        # In another course or version the same id may be that of a question of another kind.
        return [each for each in found if each.question.kind is Kind.WRITTEN]


def find_written(tutor: Tutor, number: int) -> Written:
    """Return one written answer by its number, with its marks; BadInput when there is none."""
    with tutor.store.read() as conn:
        return replace(_find(conn, tutor, number), marks=tuple(marks.marks_of(conn, number)))


def give_mark(tutor: Tutor, number: int, given: Fraction | Sequence[int], comment: str, by: str) -> Fraction:
    """Record what a written answer is worth, tell the learner, and award if that passes; return the credit.

    Given are the credit (0 to 1) or, where the question has a rubric, the points of a level for each
    criterion in turn. A later mark replaces an earlier one in the grade; both stay on record. Raises
    BadInput.
    """

    def work(conn: Connection) -> Fraction:
        written = _find(conn, tutor, number)
        mark = _mark(written.question, given, comment)
        enrollment = enrollments.lock_enrollment(conn, written.handed.enrollment_id)
        mark_id = marks.add_mark(conn, number, mark, by, now=tutor.now())
        owe_learner(
            conn,
            tutor,
            enrollment.learner,
            f"mark/{mark_id}",
            {"show": Show.MARKED, "mark": mark_id},
            enrollment=enrollment,
        )
        award_if_passed(conn, tutor, enrollment)
        return mark.credit

    return tutor.store.write(work)


def _mark(question: Question, given: Fraction | Sequence[int], comment: str) -> Mark:
    if isinstance(given, Fraction):
        if question.rubric:
            raise BadInput(f"This question is marked by its rubric: {_ask_levels(question)}.")
        return Mark(given, None, comment)
    if not question.rubric:
        raise BadInput("This question has no rubric; give a percentage, for example --credit 80.")
    known = [{level.points for level in criterion.levels} for criterion in question.rubric]
    if len(given) != len(known) or any(points not in each for points, each in zip(given, known, strict=True)):
        raise BadInput(f"For each criterion give the points of one of its levels: {_ask_levels(question)}.")
    most = sum(criterion.most for criterion in question.rubric)
    return Mark(Fraction(sum(given), most), tuple(given), comment)


def _ask_levels(question: Question) -> str:
    best = ",".join(str(criterion.most) for criterion in question.rubric)
    return f"give --levels, which for the best answer is {best}"


def marked(conn: Connection, tutor: Tutor, mark_id: int) -> Marked | None:
    """Return what the message about a mark shows."""
    found = marks.read_mark(conn, mark_id)
    if found is None:
        return None
    attempt_id, mark = found
    return Marked(_find(conn, tutor, attempt_id).question, mark)


def _find(conn: Connection, tutor: Tutor, number: int) -> Written:
    handed = marks.read_handed(conn, number)
    written = _written(conn, tutor, handed) if handed else None
    if written is None or written.question.kind is not Kind.WRITTEN:
        raise BadInput(f"There is no written answer {number}; `tutorbot mark` lists those that wait.")
    return written


def _written(conn: Connection, tutor: Tutor, handed: Handed) -> Written:
    title = tutor.course(conn, handed.digest).title
    return Written(handed, title, tutor.question(conn, handed.digest, handed.question_id))
