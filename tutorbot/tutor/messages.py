"""What a delivery shows when it is sent, and what an act does."""

from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.records import attempts, awards, deliveries, enrollments
from tutorbot.records.deliveries import Delivery
from tutorbot.tutor.cases import ExercisePart, exercise_part
from tutorbot.tutor.cohorts import CohortWelcome, LessonCard, cohort_welcome, lesson_card
from tutorbot.tutor.exams import ExamResult, close_at_deadline, exam_result
from tutorbot.tutor.joining import Joined, deliver_paced_lesson
from tutorbot.tutor.owing import Show
from tutorbot.tutor.pages import Page, QuestionPage, page_at, question_page
from tutorbot.tutor.passing import BadgePost
from tutorbot.tutor.reading import LessonPart, lesson_part
from tutorbot.tutor.staffmarking import Marked, marked
from tutorbot.tutor.standing import course_standing
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for one learner."""

    text: str


@dataclass(frozen=True, slots=True)
class TypedReply:
    """What answers a typed answer: the question as it stands; `chosen` waits to be confirmed in the exam."""

    page: QuestionPage
    chosen: bool


@dataclass(frozen=True, slots=True)
class ParkedNotice:
    """What staff are told of a delivery that could not be made."""

    delivery: Delivery


Message = (
    CohortWelcome
    | LessonCard
    | LessonPart
    | Joined
    | ExercisePart
    | Page
    | TypedReply
    | Note
    | ExamResult
    | BadgePost
    | Marked
    | ParkedNotice
)

PARKED = "parked"
"""What the ledger itself owes to staff."""


def message_of(tutor: Tutor, delivery: Delivery) -> Message | None:
    """Return what a delivery shows now, read from the store; None when it shows nothing any more."""
    with tutor.store.read() as conn:
        try:
            return _load(conn, tutor, delivery)
        except Nothing:
            return None


def words_for(tutor: Tutor, delivery: Delivery) -> str:
    """Return in a few words what a delivery is, for those who look after the ledger."""
    what = delivery.what
    if what["show"] in {Show.LESSON_CARD, Show.THREAD_TEXT}:
        with tutor.store.read() as conn:
            card = lesson_card(conn, tutor, what["cohort"], what["lesson"])
        if card:
            return f"lesson {card.number}, {card.lesson.title}"
    words = {Show.CLOSE_EXAM: "the exam closes", Show.PACED_LESSON: "a lesson at a learner's own pace"}
    return words.get(what["show"], str(what["show"]))


def do_act(conn: Connection, tutor: Tutor, delivery: Delivery) -> None:
    """Let happen what a delivery of kind `act` stands for, in the caller's transaction."""
    match delivery.what["show"]:
        case Show.CLOSE_EXAM:
            close_at_deadline(conn, tutor, delivery)
        case Show.PACED_LESSON:
            deliver_paced_lesson(conn, tutor, delivery)
        case other:
            raise ValueError(f"no act is called {other!r}")


def _load(conn: Connection, tutor: Tutor, delivery: Delivery) -> Message | None:
    what = delivery.what
    match what["show"]:
        case Show.COHORT_WELCOME:
            return cohort_welcome(conn, tutor, what["cohort"])
        case Show.LESSON_CARD:
            return lesson_card(conn, tutor, what["cohort"], what["lesson"])
        case Show.THREAD_TEXT:
            card = lesson_card(conn, tutor, what["cohort"], what["lesson"])
            if card is None:
                return None
            return lesson_part(card.course, what["lesson"], what["part"], cohort_id=card.cohort_id)
        case Show.LESSON_TEXT:
            course = tutor.course(conn, what["digest"])
            standing = course_standing(conn, tutor, enrollments.read_enrollment(conn, what["enrollment"]))
            return lesson_part(course, what["lesson"], what["part"], standing=standing)
        case Show.EXERCISE_TEXT:
            return exercise_part(tutor.course(conn, what["digest"]), what["exercise"], what["part"])
        case Show.JOINED:
            enrollment = enrollments.read_enrollment(conn, what["enrollment"])
            return Joined(course_standing(conn, tutor, enrollment), already=False, resumed=what["resumed"])
        case Show.PLACE:
            place = attempts.read_place(conn, what["place"])
            return page_at(conn, tutor, place) if place else None
        case Show.TYPED_REPLY:
            return _typed_reply(conn, tutor, what["drawing"], chosen=what["chosen"])
        case Show.NOTE:
            return Note(what["text"])
        case Show.EXAM_RESULT:
            return exam_result(conn, tutor, what["enrollment"])
        case Show.BADGE:
            return badge_post(conn, tutor, what["award"], own=what["own"])
        case Show.MARKED:
            return marked(conn, tutor, what["mark"])
        case other if other == PARKED:
            parked = deliveries.find(conn, what["delivery"])
            return ParkedNotice(parked) if parked else None
        case other:
            raise ValueError(f"no message is called {other!r}")


def _typed_reply(conn: Connection, tutor: Tutor, drawing_id: int, *, chosen: bool) -> TypedReply | None:
    drawing = attempts.read_drawing(conn, drawing_id)
    place = attempts.read_place(conn, drawing.place_id) if drawing else None
    if drawing is None or place is None:
        return None
    enrollment = enrollments.read_enrollment(conn, drawing.enrollment_id)
    return TypedReply(question_page(conn, tutor, enrollment, drawing, place.quiz), chosen)


def badge_post(conn: Connection, tutor: Tutor, award_id: int, *, own: bool) -> BadgePost | None:
    """Return what the post of a badge shows, or None when there is no such award."""
    award = awards.read_award(conn, award_id)
    if award is None:
        return None
    enrollment = enrollments.read_enrollment(conn, award.enrollment_id)
    return BadgePost(award, tutor.course(conn, award.digest), enrollment.learner, own)
