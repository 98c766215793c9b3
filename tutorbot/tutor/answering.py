"""A learner answers a question by buttons, or in a window."""

from collections.abc import Sequence

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.lessons.answers import Answer, Chosen, fingerprint
from tutorbot.records import attempts
from tutorbot.records.people import Learner
from tutorbot.tutor.asked import asked_of, record
from tutorbot.tutor.quizzes import shown_question
from tutorbot.tutor.tutor import Tutor


def answer_shown(
    tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int], gesture: str
) -> int:
    """Record the options at these positions, as shown, as the n-th answer; return the place to redraw.

    If that n exists or is not the current one (a double click, an old message), nothing is
    recorded: the redrawn place shows what is. Raises SameAnswer, ExamOver, NotForYou.
    """

    def work(conn: Connection) -> int:
        asked = asked_of(conn, tutor, learner, drawing_id)
        record(conn, tutor, asked, n, asked.chosen(positions), gesture)
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
        asked = asked_of(conn, tutor, learner, drawing_id)
        answer = asked.read(given) if isinstance(given, str) else asked.placed(given)
        if asked.is_exam:
            asked.refuse_when_settled()
            attempts.keep_choice(conn, asked.shown.drawing_id, answer)
        else:
            record(conn, tutor, asked, n, answer, gesture)
        return asked.shown.place_id

    return tutor.store.write(work)


def choose(tutor: Tutor, learner: Learner, drawing_id: int, *, n: int, positions: Sequence[int]) -> int:
    """Keep a choice of the exam, which may change and never counts; return the place to redraw.

    A button of an earlier try changes nothing.
    """

    def work(conn: Connection) -> int:
        asked = asked_of(conn, tutor, learner, drawing_id)
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
        asked = asked_of(conn, tutor, learner, drawing_id)
        place_id = asked.shown.place_id
        if asked.standing.settled or n != asked.standing.used + 1:
            return place_id  # confirmed already; the redrawn place shows it
        choice = _kept_choice(conn, drawing_id, shown) if isinstance(shown, str) else asked.chosen(shown)
        if choice == Chosen(()):
            raise Nothing("Choose an answer first, then confirm it.")
        if record(conn, tutor, asked, n, choice, gesture):
            attempts.keep_choice(conn, asked.shown.drawing_id, None)
        return place_id

    return tutor.store.write(work)


def _kept_choice(conn: Connection, drawing_id: int, shown: str) -> Answer:
    choice = attempts.read_choice(conn, drawing_id)
    if choice is None or fingerprint(choice) != shown:
        raise Nothing("Your answer was changed meanwhile. Look at it, and confirm it once more.")
    return choice
