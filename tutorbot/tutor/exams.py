"""A learner sits the final exam."""

from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.lessons import sitting as rules
from tutorbot.lessons.grading import Standing, standing
from tutorbot.lessons.question import Question
from tutorbot.lessons.sitting import FIRST_RUN, Sitting
from tutorbot.records import attempts, deliveries, enrollments, sittings
from tutorbot.records.deliveries import Delivery, Kind
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.records.sittings import Closed
from tutorbot.tutor.choosing import find_enrollment, own_enrollment
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.pages import EXAM, quiz_context
from tutorbot.tutor.passing import award_if_passed
from tutorbot.tutor.quizzes import open_quiz, own_place, show_first
from tutorbot.tutor.reading import Sent
from tutorbot.tutor.standing import CourseStanding, course_standing
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class ExamResult:
    """How the exam went, a line for each question, and what it means for the course."""

    standing: CourseStanding
    questions: tuple[tuple[Question, Standing], ...]
    by_deadline: bool


def ask_exam(
    tutor: Tutor,
    learner: Learner,
    *,
    gesture: str,
    channel: str | None = None,
    enrollment_id: int | None = None,
    course: str = "",
) -> Sent:
    """Show the exam in the direct message: its rules before it, where one was while it is open, its end."""

    def work(conn: Connection) -> Sent:
        enrollment = (
            own_enrollment(conn, learner, enrollment_id)
            if enrollment_id is not None
            else find_enrollment(conn, tutor, learner, course=course, channel=channel)
        )
        if tutor.course(conn, enrollment.digest).exam is None:
            raise Nothing("This course has no final exam.")
        return open_quiz(conn, tutor, enrollment, EXAM, gesture)

    return tutor.store.write(work)


def start_exam(tutor: Tutor, learner: Learner, place_id: int) -> int:
    """Draw the questions, begin the one sitting and show its first question; return the place to redraw.

    Pressed again, it goes on with the sitting there is.
    """

    def work(conn: Connection) -> int:
        context, place = own_place(conn, tutor, learner, place_id)
        if context.sitting is None:
            _begin(conn, tutor, context.enrollment)
            context = quiz_context(conn, tutor, context.enrollment, EXAM)
        if context.sitting_open(tutor.now()):
            show_first(conn, tutor, context, place)
        return place.id

    return tutor.store.write(work)


def hand_in(tutor: Tutor, learner: Learner, place_id: int) -> int:
    """Close the sitting, grade it, award if that passes, and owe the result; return the place to redraw.

    Other messages that show the exam stay as they are, but what is typed is meant for it no more.
    """

    def work(conn: Connection) -> int:
        context, place = own_place(conn, tutor, learner, place_id)
        if context.sitting and context.sitting_open(tutor.now()):
            _close(conn, tutor, context.enrollment, context.sitting, Closed.HANDED_IN)
            attempts.close_places(conn, place)
        attempts.turn_page(conn, place.id, shown=place.shows, to=None)
        return place.id

    return tutor.store.write(work)


def close_at_deadline(conn: Connection, tutor: Tutor, delivery: Delivery) -> None:
    """Close a sitting whose time is over, with grade, award and message in this transaction."""
    assert delivery.enrollment_id is not None
    enrollment = enrollments.lock_enrollment(conn, delivery.enrollment_id)
    sitting = sittings.read_sitting(conn, enrollment.id, FIRST_RUN)
    if sitting and sitting.closed_at is None:
        _close(conn, tutor, enrollment, sitting, Closed.DEADLINE)


def exam_result(conn: Connection, tutor: Tutor, enrollment_id: int) -> ExamResult:
    """Return how the exam went."""
    enrollment = enrollments.read_enrollment(conn, enrollment_id)
    context = quiz_context(conn, tutor, enrollment, EXAM)
    closed = sittings.how_closed(conn, context.sitting.id) if context.sitting else None
    return ExamResult(
        standing=course_standing(conn, tutor, enrollment),
        questions=tuple(
            (question, standing(question, context.tried.get(question.id, ())))
            for question in context.questions
        ),
        by_deadline=closed is Closed.DEADLINE,
    )


def closing_key(sitting_id: int) -> str:
    """Return the key of the act that closes a sitting at its deadline."""
    return f"sitting/{sitting_id}/close"


def _begin(conn: Connection, tutor: Tutor, enrollment: Enrollment) -> None:
    exam = tutor.course(conn, enrollment.digest).exam
    if exam is None:
        raise Nothing("This course has no final exam.")
    now = tutor.now()
    deadline = rules.deadline(exam, now)
    sitting_id = sittings.begin_sitting(
        conn,
        enrollment.id,
        FIRST_RUN,
        enrollment.digest,
        rules.draw_questions(exam, tutor.chance),
        now=now,
        deadline=deadline,
    )
    if sitting_id is not None and deadline is not None:
        deliveries.owe(
            conn,
            closing_key(sitting_id),
            {"show": Show.CLOSE_EXAM},
            kind=Kind.ACT,
            team=enrollment.learner.team,
            user=enrollment.learner.user,
            enrollment_id=enrollment.id,
            due_at=deadline,
            now=now,
        )


def _close(conn: Connection, tutor: Tutor, enrollment: Enrollment, sitting: Sitting, how: Closed) -> None:
    at = sitting.deadline if how is Closed.DEADLINE and sitting.deadline else tutor.now()
    if not sittings.close_sitting(conn, sitting.id, how, at=at):
        return
    if closing := deliveries.find(conn, closing_key(sitting.id)):
        deliveries.drop(conn, closing.id, reason="the exam was handed in")
    what: dict[str, object] = {"show": Show.EXAM_RESULT, "enrollment": enrollment.id}
    owe_learner(conn, tutor, enrollment.learner, f"sitting/{sitting.id}/result", what, enrollment=enrollment)
    award_if_passed(conn, tutor, enrollment)
