"""A learner answers a question by typing."""

from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import Nothing, TutorError
from tutorbot.records import answers, attempts, deliveries, enrollments
from tutorbot.records.answers import Shown
from tutorbot.records.people import Learner
from tutorbot.tutor.asked import Asked, asked_in, record
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.pages import QuestionPage, question_page
from tutorbot.tutor.tutor import Tutor


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


def answer_typed(
    tutor: Tutor, learner: Learner, text: str, *, gesture: str, owe_reply: bool = False
) -> Replied:
    """Take typed letters, a number or words as the answer to the learner's one open question.

    In the exam this chooses, and "confirm" confirms. With `owe_reply` a message that answers is owed
    along with it. What was typed once is taken once: a repeated event gets the same reply. Raises
    NothingOpen, SameAnswer, Unreadable (which is not a try).
    """

    def work(conn: Connection) -> Replied:
        shown = _shown_last(conn, learner)
        drawing_id = answers.answered_by(conn, gesture)
        chosen = False
        if drawing_id is None:
            asked = _open(conn, tutor, shown)
            drawing_id, chosen = asked.shown.drawing_id, _take_words(conn, tutor, asked, text, gesture)
        if owe_reply:
            _owe_reply(conn, tutor, learner, drawing_id, chosen=chosen, gesture=gesture)
        return _replied(conn, tutor, drawing_id, chosen=chosen)

    return tutor.store.write(work)


def owe_reply(tutor: Tutor, learner: Learner, drawing_id: int, *, chosen: bool, gesture: str) -> None:
    """Owe the message that answers what was confirmed below; `chosen` that it waits to be confirmed."""

    def work(conn: Connection) -> None:
        _owe_reply(conn, tutor, learner, drawing_id, chosen=chosen, gesture=gesture)

    tutor.store.write(work)


def owe_note(tutor: Tutor, learner: Learner, text: str, *, gesture: str) -> None:
    """Owe a note that answers a typed message which was no answer."""

    def work(conn: Connection) -> None:
        owe_learner(conn, tutor, learner, f"note/{gesture}", {"show": Show.NOTE, "text": text})

    tutor.store.write(work)


def has_been_taken(tutor: Tutor, gesture: str) -> bool:
    """Whether an event was answered before: Slack sends it again when our answer came late."""

    with tutor.store.read() as conn:
        return any(deliveries.find(conn, f"{kind}/{gesture}") for kind in ("typed", "next", "note"))


def _shown_last(conn: Connection, learner: Learner) -> Shown | None:
    """Return the drawing that the learner saw last and still sees, with the enrollment locked."""
    mine = [enrollment.id for enrollment in enrollments.enrollments_of(conn, learner)]
    drawing = attempts.shown_last(conn, mine)
    return answers.lock_shown(conn, drawing.id) if drawing else None


def _open(conn: Connection, tutor: Tutor, shown: Shown | None) -> Asked:
    if shown is None:
        raise NothingOpen
    asked = asked_in(conn, tutor, shown)
    if asked.standing.settled:
        raise NothingOpen(
            "That question is settled. Type `next` for the next one, or `/tutor` for what there is."
        )
    return asked


def _take_words(conn: Connection, tutor: Tutor, asked: Asked, text: str, gesture: str) -> bool:
    """Take what was typed; return whether it was only chosen, and waits to be confirmed."""
    n, shown = asked.standing.used + 1, asked.shown
    if asked.is_exam and text.strip().lower() in {"confirm", "yes", "ok"}:
        choice = attempts.read_choice(conn, shown.drawing_id)
        if choice is None:
            raise Nothing("Choose an answer first: type its letter, then confirm.")
        record(conn, tutor, asked, n, choice, gesture)
        attempts.keep_choice(conn, shown.drawing_id, None)
        return False
    answer = asked.read(text)
    if asked.is_exam:
        attempts.keep_choice(conn, shown.drawing_id, answer)
        return True
    record(conn, tutor, asked, n, answer, gesture)
    return False


def _replied(conn: Connection, tutor: Tutor, drawing_id: int, *, chosen: bool) -> Replied:
    drawing = attempts.read_drawing(conn, drawing_id)
    assert drawing is not None
    place = attempts.read_place(conn, drawing.place_id)
    assert place is not None
    enrollment = enrollments.read_enrollment(conn, drawing.enrollment_id)
    return Replied(place.id, question_page(conn, tutor, enrollment, drawing, place.quiz), chosen)


def _owe_reply(
    conn: Connection, tutor: Tutor, learner: Learner, drawing_id: int, *, chosen: bool, gesture: str
) -> None:
    what: dict[str, object] = {"show": Show.TYPED_REPLY, "drawing": drawing_id, "chosen": chosen}
    owe_learner(conn, tutor, learner, f"typed/{gesture}", what)
