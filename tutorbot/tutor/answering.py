"""A learner answers a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import BadInput, Nothing, TutorError
from tutorbot.lessons import marking
from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, fingerprint
from tutorbot.lessons.forms import Unreadable
from tutorbot.lessons.grading import Standing, standing
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.reading import read_answer
from tutorbot.records import answers, attempts, deliveries, enrollments, people, sittings
from tutorbot.records.answers import Shown
from tutorbot.records.people import Learner
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.pages import EXAM, QuestionPage, question_page
from tutorbot.tutor.passing import award_if_passed_by
from tutorbot.tutor.quizzes import QuestionGone, own_shown, shown_question
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
        return asked.shown.place_id

    return tutor.store.write(work)


def answer_in_window(
    tutor: Tutor,
    learner: Learner,
    drawing_id: int,
    *,
    n: int,
    given: str | Sequence[int],
    gesture: str,
) -> int:
    """Record what was given in a modal, or in the exam keep it as the choice; return the place to redraw.

    It is a text, or for each input the position, as shown, of what was picked there. Raises Unreadable when
    it cannot be read as an answer to this question.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        answer = asked.read(given) if isinstance(given, str) else asked.placed(given)
        if asked.is_exam:
            asked.refuse_when_settled()
            attempts.keep_choice(conn, asked.shown.drawing_id, answer)
        else:
            _record(conn, tutor, asked, n, answer, gesture)
        return asked.shown.place_id

    return tutor.store.write(work)


def choose(tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int]) -> int:
    """Keep a choice of the exam, which may change and never counts; return the place to redraw.

    A button of an earlier try changes nothing.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        if not asked.standing.settled and n == asked.standing.used + 1:
            attempts.keep_choice(conn, asked.shown.drawing_id, asked.chosen(positions) if positions else None)
        return asked.shown.place_id

    return tutor.store.write(work)


def keep_picks(tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int]) -> None:
    """Keep what is checked in an exam, so that it is there on another device; elsewhere Slack keeps it."""
    page = shown_question(tutor, learner, drawing_id)
    if page.exam_open:
        choose(tutor, learner, drawing_id, n=n, positions=positions)


def confirm(
    tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, shown: Sequence[int] | str, gesture: str
) -> int:
    """Record what the pressed button showed as the n-th answer, and return the place to redraw.

    `shown` are positions, or the fingerprint of what was given in a window. Raises Nothing when nothing is
    chosen, or when what was given has been changed meanwhile.
    """

    def work(conn: Connection) -> int:
        asked = _asked(conn, tutor, learner, drawing_id)
        place_id = asked.shown.place_id
        if asked.standing.settled or n != asked.standing.used + 1:
            return place_id  # confirmed already; the redrawn place shows it
        choice = _kept_choice(conn, drawing_id, shown) if isinstance(shown, str) else asked.chosen(shown)
        if choice == Chosen(()):
            raise Nothing("Choose an answer first, then confirm it.")
        if _record(conn, tutor, asked, n, choice, gesture):
            attempts.keep_choice(conn, asked.shown.drawing_id, None)
        return place_id

    return tutor.store.write(work)


def _kept_choice(conn: Connection, drawing_id: int, shown: str) -> Answer:
    choice = attempts.read_choice(conn, drawing_id)
    if choice is None or fingerprint(choice) != shown:
        raise Nothing("Your answer was changed meanwhile. Look at it, and confirm it once more.")
    return choice


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was shown to a learner, with everything that decides what an answer to it does."""

    shown: Shown
    question: Question
    standing: Standing

    @property
    def is_exam(self) -> bool:
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
        if self.standing.settled:
            raise Nothing("This question is settled and takes no more answers.")


def _asked(conn: Connection, tutor: Tutor, learner: Learner, drawing_id: int) -> _Asked:
    return _asked_in(conn, tutor, own_shown(conn, learner, drawing_id))


def _asked_in(conn: Connection, tutor: Tutor, shown: Shown) -> _Asked:
    if shown.quiz == EXAM:
        sitting = sittings.read_sitting(conn, shown.enrollment_id, shown.run)
        if sitting is None or sitting.is_closed(tutor.now()):
            raise ExamOver
    elif shown.digest != shown.enrolled_digest:
        _refuse_when_gone(conn, tutor, shown)
    question = tutor.question(conn, shown.digest, shown.question_id)
    return _Asked(shown, question, standing(question, shown.tried))


def _refuse_when_gone(conn: Connection, tutor: Tutor, shown: Shown) -> None:
    """Refuse an answer to a question that the version which the learner takes now has no more."""
    try:
        tutor.question(conn, shown.enrolled_digest, shown.question_id)
    except KeyError:
        raise QuestionGone from None


def _shown_last(conn: Connection, learner: Learner) -> Shown | None:
    """Return the drawing that the learner saw last and still sees, with the enrollment locked."""
    mine = [enrollment.id for enrollment in enrollments.enrollments_of(conn, learner)]
    drawing = attempts.shown_last(conn, mine)
    return answers.lock_shown(conn, drawing.id) if drawing else None


def _open(conn: Connection, tutor: Tutor, shown: Shown | None) -> _Asked:
    if shown is None:
        raise NothingOpen
    asked = _asked_in(conn, tutor, shown)
    if asked.standing.settled:
        raise NothingOpen(
            "That question is settled. Type `next` for the next one, or `/tutor` for what there is."
        )
    return asked


def _take_words(conn: Connection, tutor: Tutor, asked: _Asked, text: str, gesture: str) -> bool:
    """Take what was typed; return whether it was only chosen, and waits to be confirmed."""
    n, shown = asked.standing.used + 1, asked.shown
    if asked.is_exam and text.strip().lower() in {"confirm", "yes", "ok"}:
        choice = attempts.read_choice(conn, shown.drawing_id)
        if choice is None:
            raise Nothing("Choose an answer first: type its letter, then confirm.")
        _record(conn, tutor, asked, n, choice, gesture)
        attempts.keep_choice(conn, shown.drawing_id, None)
        return False
    answer = asked.read(text)
    if asked.is_exam:
        attempts.keep_choice(conn, shown.drawing_id, answer)
        return True
    _record(conn, tutor, asked, n, answer, gesture)
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


def _record(conn: Connection, tutor: Tutor, asked: _Asked, n: int, answer: Answer, gesture: str) -> bool:
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
