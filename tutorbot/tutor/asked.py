"""A question that was asked of a learner, and what an answer to it does."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import BadInput, Nothing, TutorError
from tutorbot.lessons import marking
from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered
from tutorbot.lessons.forms import Unreadable
from tutorbot.lessons.grading import Standing, standing
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.reading import read_answer
from tutorbot.records import answers, people, sittings
from tutorbot.records.answers import Shown
from tutorbot.records.people import Learner
from tutorbot.tutor.pages import EXAM
from tutorbot.tutor.passing import award_if_passed_by
from tutorbot.tutor.quizzes import QuestionGone, own_shown
from tutorbot.tutor.tutor import Tutor


class SameAnswer(TutorError):
    """You have given that answer to this question before. It does not use up a try; choose another one."""


class ExamOver(TutorError):
    """The exam is closed and takes no more answers. `/tutor exam` shows how it went."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was shown to a learner, with everything that decides what an answer to it does."""

    shown: Shown
    question: Question
    standing: Standing

    @property
    def is_exam(self) -> bool:
        """Whether it is one of the final exam, where an answer is chosen before it is confirmed."""
        return self.shown.quiz == EXAM

    def chosen(self, positions: Sequence[int]) -> Chosen:
        """Return the options at these positions as shown; BadInput for one that was not."""
        order = self.shown.shown_order
        if not all(0 <= position < len(order) for position in positions):
            raise BadInput("That button is out of date. Write `/tutor` to see your question again.")
        return Chosen(tuple(sorted({order[position] for position in positions})))

    def read(self, text: str) -> Answer:
        """Return what was typed as an answer; raises Unreadable."""
        return read_answer(text, self.question, self.shown.shown_order)

    def placed(self, positions: Sequence[int]) -> Answer:
        """Return the order or the match that was picked, by the positions as shown, for each input.

        Raises Unreadable for an order in which something stands twice.
        """
        self.chosen(positions)  # refuses what was not shown
        ids = [self.shown.shown_order[position] for position in positions]
        if self.question.kind is Kind.MATCH:
            return Matched(tuple(zip((item.id for item in self.question.items), ids, strict=True)))
        for place, picked in enumerate(ids):
            if picked in ids[:place]:
                first = ids.index(picked) + 1
                raise Unreadable(f"That stands in place {first} already. Choose another one.", at=place)
        return Ordered(tuple(ids))

    def refuse_when_settled(self) -> None:
        """Raise Nothing where the question takes no more answers."""
        if self.standing.settled:
            raise Nothing("This question is settled and takes no more answers.")


def asked_of(conn: Connection, tutor: Tutor, learner: Learner, drawing_id: int) -> Asked:
    """Return what a drawing of the learner's own asks; raises what `asked_in` does, and NotForYou."""
    return asked_in(conn, tutor, own_shown(conn, learner, drawing_id))


def asked_in(conn: Connection, tutor: Tutor, shown: Shown) -> Asked:
    """Return what a drawing asks that was locked before; ExamOver or QuestionGone where it asks no more."""
    if shown.quiz == EXAM:
        sitting = sittings.read_sitting(conn, shown.enrollment_id, shown.run)
        if sitting is None or sitting.is_closed(tutor.now()):
            raise ExamOver
    elif shown.digest != shown.enrolled_digest:
        _refuse_when_gone(conn, tutor, shown)
    question = tutor.question(conn, shown.digest, shown.question_id)
    return Asked(shown, question, standing(question, shown.tried))


def _refuse_when_gone(conn: Connection, tutor: Tutor, shown: Shown) -> None:
    """Refuse an answer to a question that the version which the learner takes now has no more."""
    try:
        tutor.question(conn, shown.enrolled_digest, shown.question_id)
    except KeyError:
        raise QuestionGone from None


def record(conn: Connection, tutor: Tutor, asked: Asked, n: int, answer: Answer, gesture: str) -> bool:
    """Record the n-th answer if n is the current try; say whether it was recorded."""
    shown = asked.shown
    if asked.standing.settled or n != asked.standing.used + 1:
        return False
    if any(marking.same_answer(asked.question, answer, attempt.answer) for attempt in shown.tried):
        raise SameAnswer
    added = answers.add_attempt(conn, shown, n, answer, gesture, now=tutor.now())
    if added is None:
        return False
    if shown.last_course != shown.course_id:
        people.remember(conn, shown.learner, last_course=shown.course_id)
    gained = marking.mark(asked.question, answer).credit > 0 and asked.question.is_graded
    if gained and not asked.is_exam:  # an open sitting counts nothing yet
        award_if_passed_by(
            conn, tutor, shown.enrollment_id, shown.enrolled_digest, exam_begun=added.exam_begun
        )
    return True
