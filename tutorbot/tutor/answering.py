"""A learner answers a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import BadInput, Nothing, TutorError
from tutorbot.lessons import marking
from tutorbot.lessons.course import Kind, Question
from tutorbot.lessons.grading import Attempt, Standing, standing
from tutorbot.lessons.marking import Answer, Chosen
from tutorbot.records import attempts, deliveries, enrollments, sittings
from tutorbot.records.attempts import Drawing
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.pages import EXAM, QuestionPage, question_page
from tutorbot.tutor.passing import award_if_passed
from tutorbot.tutor.quizzes import own_drawing, shown_question
from tutorbot.tutor.reading import touch
from tutorbot.tutor.tutor import Tutor


class SameAnswer(TutorError):
    """You have given that answer to this question before. It does not use up a try; choose another one."""


class ExamOver(TutorError):
    """The exam is closed and takes no more answers. `/tutor exam` shows how it went."""


class NothingOpen(TutorError):
    """No question is waiting for an answer. Write `/tutor` to see what comes next."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What a typed answer came to: the place to redraw, and the question as it stands now.

    `chosen` says that in the exam the answer was only chosen and waits to be confirmed.
    """

    place_id: int
    page: QuestionPage
    chosen: bool


def answer_shown(
    tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int], gesture: str
) -> int:
    """Record the options at these positions, as shown, as the n-th answer; return the place to redraw.

    If that n exists or is not the current one (a double click, an old message), nothing is
    recorded: the redrawn place shows what is. Raises SameAnswer, ExamOver, NotForYou.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        _record(conn, tutor, asked, n, asked.chosen(positions), gesture)
        return asked.drawing.place_id

    return tutor.store.write(work)


def answer_written(
    tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, text: str, gesture: str
) -> int:
    """Record what was written in a modal, or in the exam keep it as the choice; return the place to redraw.

    Raises marking.Unreadable when it cannot be read as an answer to this question.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        answer = marking.read_letters(text, asked.question, asked.drawing.shown_order)
        if asked.is_exam:
            asked.refuse_when_settled()
            attempts.keep_choice(conn, asked.drawing.id, answer)
        else:
            _record(conn, tutor, asked, n, answer, gesture)
        return asked.drawing.place_id

    return tutor.store.write(work)


def choose(tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int]) -> int:
    """Keep a choice of the exam, which may change and never counts; return the place to redraw.

    A button of an earlier try changes nothing.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        if not asked.standing.settled and n == asked.standing.used + 1:
            attempts.keep_choice(conn, asked.drawing.id, asked.chosen(positions) if positions else None)
        return asked.drawing.place_id

    return tutor.store.write(work)


def keep_picks(tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int]) -> None:
    """Keep what is checked in an exam, so that it is there on another device; elsewhere Slack keeps it."""
    page = shown_question(tutor, learner, drawing_id)
    if page.exam_open:
        choose(tutor, learner, drawing_id, n=n, positions=positions)


def confirm(
    tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int] | None, gesture: str
) -> int:
    """Record the choice as the n-th answer: what the pressed button showed, or (None) what was written.

    Returns the place to redraw; raises Nothing when nothing is chosen.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        choice = asked.drawing.choice if positions is None else asked.chosen(positions)
        if choice is None or choice == Chosen(()):
            raise Nothing("Choose an answer first, then confirm it.")
        if _record(conn, tutor, asked, n, choice, gesture):
            attempts.keep_choice(conn, asked.drawing.id, None)
        return asked.drawing.place_id

    return tutor.store.write(work)


def answer_typed(tutor: Tutor, learner: Learner, text: str, *, gesture: str) -> Replied:
    """Take typed letters, a number or words as the answer to the learner's one open question.

    In the exam this chooses, and "confirm" confirms. Raises NothingOpen, SameAnswer,
    Unreadable (which is not a try).
    """

    def work(conn: Connection) -> Replied:
        asked = _open_question(conn, tutor, learner)
        n = asked.standing.used + 1
        wants_confirming = asked.is_exam and text.strip().lower() in {"confirm", "yes", "ok"}
        if wants_confirming and asked.drawing.choice is None:
            raise Nothing("Choose an answer first: type its letter, then confirm.")
        if wants_confirming and asked.drawing.choice is not None:
            _record(conn, tutor, asked, n, asked.drawing.choice, gesture)
            attempts.keep_choice(conn, asked.drawing.id, None)
        else:
            answer = marking.read_letters(text, asked.question, asked.drawing.shown_order)
            if asked.is_exam:
                attempts.keep_choice(conn, asked.drawing.id, answer)
            else:
                _record(conn, tutor, asked, n, answer, gesture)
        drawing = attempts.read_drawing(conn, asked.drawing.id)
        assert drawing is not None
        page = question_page(conn, tutor, asked.enrollment, drawing, asked.quiz)
        return Replied(drawing.place_id, page, chosen=asked.is_exam and not wants_confirming)

    return tutor.store.write(work)


def owe_reply(tutor: Tutor, learner: Learner, drawing_id: int, *, chosen: bool, gesture: str) -> None:
    """Owe the message that answers a typed answer; `chosen` that it waits to be confirmed."""

    def work(conn: Connection) -> None:
        what: dict[str, object] = {"show": Show.TYPED_REPLY, "drawing": drawing_id, "chosen": chosen}
        owe_learner(conn, tutor, learner, f"typed/{gesture}", what)

    tutor.store.write(work)


def owe_note(tutor: Tutor, learner: Learner, text: str, *, gesture: str) -> None:
    """Owe a note that answers a typed message which was no answer."""

    def work(conn: Connection) -> None:
        owe_learner(conn, tutor, learner, f"note/{gesture}", {"show": Show.NOTE, "text": text})

    tutor.store.write(work)


def has_been_taken(tutor: Tutor, gesture: str) -> bool:
    """Whether an event was answered before: Slack sends it again when our answer came late."""

    with tutor.store.read() as conn:
        return any(deliveries.find(conn, f"{kind}/{gesture}") for kind in ("typed", "note"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was shown to a learner, with everything that decides what an answer to it does."""

    drawing: Drawing
    enrollment: Enrollment
    quiz: str
    question: Question
    tried: list[Attempt]
    standing: Standing

    @property
    def is_exam(self) -> bool:
        return self.quiz == EXAM

    def chosen(self, positions: Sequence[int]) -> Chosen:
        """Return the options at these positions as shown; BadInput for one that was not."""
        order = self.drawing.shown_order
        if not all(0 <= position < len(order) for position in positions):
            raise BadInput("That button is out of date. Write `/tutor` to see your question again.")
        return Chosen(tuple(sorted({order[position] for position in positions})))

    def refuse_when_settled(self) -> None:
        if self.standing.settled:
            raise Nothing("This question is settled and takes no more answers.")


def _asked(conn: Connection, tutor: Tutor, learner: Learner, drawing_id: int) -> _Asked:
    drawing = own_drawing(conn, learner, drawing_id)
    enrollment = enrollments.lock_enrollment(conn, drawing.enrollment_id)
    place = attempts.read_place(conn, drawing.place_id)
    assert place is not None
    return _asked_at(conn, tutor, enrollment, drawing, place.quiz)


def _asked_at(conn: Connection, tutor: Tutor, enrollment: Enrollment, drawing: Drawing, quiz: str) -> _Asked:
    if quiz == EXAM:
        sitting = sittings.read_sitting(conn, enrollment.id, drawing.run)
        if sitting is None or sitting.is_closed(tutor.now()):
            raise ExamOver
    question = tutor.course(conn, drawing.digest).question(drawing.question_id)
    tried = [
        attempt
        for attempt in attempts.attempts_of(conn, enrollment.id, drawing.run)
        if attempt.question_id == question.id
    ]
    return _Asked(drawing, enrollment, quiz, question, tried, standing(question, tried))


def _open_question(conn: Connection, tutor: Tutor, learner: Learner) -> _Asked:
    mine = [enrollment.id for enrollment in enrollments.enrollments_of(conn, learner)]
    drawing = attempts.shown_last(conn, mine)
    place = attempts.read_place(conn, drawing.place_id) if drawing else None
    if drawing is None or place is None:
        raise NothingOpen
    enrollment = enrollments.lock_enrollment(conn, drawing.enrollment_id)
    asked = _asked_at(conn, tutor, enrollment, drawing, place.quiz)
    if asked.standing.settled:
        raise NothingOpen(
            "That question is settled. Type `next` for the next one, or `/tutor` for what there is."
        )
    return asked


def _record(conn: Connection, tutor: Tutor, asked: _Asked, n: int, answer: Answer, gesture: str) -> bool:
    """Record the n-th answer if n is the current try; say whether it was recorded."""
    if asked.standing.settled or n != asked.standing.used + 1:
        return False
    if any(marking.same_answer(asked.question, answer, attempt.answer) for attempt in asked.tried):
        raise SameAnswer
    if not attempts.add_attempt(conn, asked.drawing, n, answer, gesture, now=tutor.now()):
        return False
    touch(conn, asked.enrollment)
    if not asked.is_exam and asked.question.kind is not Kind.WRITTEN:
        award_if_passed(conn, tutor, asked.enrollment)  # an open sitting counts nothing yet
    return True
