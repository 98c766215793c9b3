"""Questions are shown one at a time, at a place that is redrawn."""

from sqlalchemy import Connection

from tutorbot.errors import NotForYou, Nothing
from tutorbot.lessons.question import Question
from tutorbot.lessons.sitting import FIRST_RUN, shuffled_order
from tutorbot.records import answers, attempts, enrollments
from tutorbot.records.answers import Shown
from tutorbot.records.attempts import Drawing, Place
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import find_enrollment, own_enrollment
from tutorbot.tutor.owing import Show, asked_before, owe_learner
from tutorbot.tutor.pages import EXAM, Context, QuestionPage, question_page, quiz_context
from tutorbot.tutor.reading import Sent, enrollment_in_cohort, find_lesson, opens_later, touch
from tutorbot.tutor.standing import CourseStanding, LessonState, course_standing
from tutorbot.tutor.tutor import Tutor


class QuestionGone(Nothing):
    """That question is gone. Write `/tutor` to see what is yours."""


def ask_lesson_quiz(
    tutor: Tutor, learner: Learner, name: str, *, gesture: str, channel: str | None, course: str = ""
) -> Sent:
    """Show the review questions of a lesson in the direct message: the named, or the one read last."""

    def work(conn: Connection) -> Sent:
        enrollment = find_enrollment(conn, tutor, learner, course=course, channel=channel)
        standing = course_standing(conn, tutor, enrollment)
        return send_lesson_quiz(conn, tutor, standing, _lesson_to_ask(standing, name), gesture)

    return tutor.store.write(work)


def ask_quiz_by_button(
    tutor: Tutor, learner: Learner, enrollment_id: int, lesson_id: str, *, gesture: str
) -> Sent:
    """Show the review questions that a button in the learner's own messages names."""

    def work(conn: Connection) -> Sent:
        standing = course_standing(conn, tutor, own_enrollment(conn, learner, enrollment_id))
        return send_lesson_quiz(conn, tutor, standing, find_lesson(standing, lesson_id), gesture)

    return tutor.store.write(work)


def ask_cohort_quiz(tutor: Tutor, learner: Learner, cohort_id: int, lesson_id: str, *, gesture: str) -> Sent:
    """Show the review questions of the lesson whose card stands in a cohort's channel."""

    def work(conn: Connection) -> Sent:
        standing = course_standing(conn, tutor, enrollment_in_cohort(conn, tutor, learner, cohort_id))
        return send_lesson_quiz(conn, tutor, standing, find_lesson(standing, lesson_id), gesture)

    return tutor.store.write(work)


def send_lesson_quiz(
    conn: Connection, tutor: Tutor, standing: CourseStanding, state: LessonState, gesture: str
) -> Sent:
    """Owe a place with the questions of an open lesson, and record that it is open: no cohort closes it."""
    if not state.is_open:
        raise Nothing(opens_later(standing, state))
    if not state.lesson.questions:
        raise Nothing(f"Lesson {state.number} has no review questions.")
    enrollments.open_lessons(conn, standing.enrollment.id, [state.lesson.id], now=tutor.now())
    return open_quiz(conn, tutor, standing.enrollment, f"lesson:{state.lesson.id}", gesture)


def open_quiz(
    conn: Connection,
    tutor: Tutor,
    enrollment: Enrollment,
    quiz: str,
    gesture: str,
    *,
    after_id: int | None = None,
) -> Sent:
    """Owe a message that shows the quiz from its first question that still takes answers."""
    touch(conn, enrollment)
    context = quiz_context(conn, tutor, enrollment, quiz)
    purpose = f"ask/{enrollment.id}/quiz/{quiz}/"
    if not asked_before(conn, tutor, enrollment, purpose, gesture):
        place_id = _owe_place(conn, tutor, context, f"{purpose}{gesture}", after_id=after_id)
        if quiz != EXAM or context.sitting_open(tutor.now()):
            _show(conn, tutor, context, place_id, shown=None, question=context.first_unsettled(0))
    return Sent(context.title)


def turn_page(tutor: Tutor, learner: Learner, drawing_id: int) -> int:
    """Let a drawing's place go on to the next question, once for each drawing; return it to be redrawn."""

    def work(conn: Connection) -> int:
        context, place_id, following = _following(conn, tutor, learner, drawing_id)
        _show(conn, tutor, context, place_id, shown=drawing_id, question=following)
        return place_id

    return tutor.store.write(work)


def go_on_below(tutor: Tutor, learner: Learner, drawing_id: int, *, gesture: str) -> None:
    """Show the next question in a new message, once for each drawing: for those who type."""

    def work(conn: Connection) -> None:
        context, place_id, following = _following(conn, tutor, learner, drawing_id)
        if attempts.read_shown(conn, place_id) != drawing_id:
            return
        below_id = _owe_place(conn, tutor, context, f"next/{gesture}")
        attempts.turn_page(conn, place_id, shown=drawing_id, to=None)
        if following is not None:
            _show(conn, tutor, context, below_id, shown=None, question=following)

    tutor.store.write(work)


def _following(
    conn: Connection, tutor: Tutor, learner: Learner, drawing_id: int
) -> tuple[Context, int, Question | None]:
    """Return a drawing's quiz, its place, and what comes after it."""
    shown = own_shown(conn, learner, drawing_id)
    enrollment = enrollments.read_enrollment(conn, shown.enrollment_id)
    context = quiz_context(conn, tutor, enrollment, shown.quiz)
    following = context.after(shown.question_id, exam_open=context.sitting_open(tutor.now()))
    return context, shown.place_id, following


def shown_question(tutor: Tutor, learner: Learner, drawing_id: int) -> QuestionPage:
    """Return a question that was shown to the learner, as it stands now."""
    with tutor.store.read() as conn:
        drawing = own_drawing(conn, learner, drawing_id)
        return _page_of(conn, tutor, drawing)


def open_page(tutor: Tutor, learner: Learner) -> QuestionPage | None:
    """Return the question that was shown to the learner last and is shown still, or None."""
    with tutor.store.read() as conn:
        mine = [enrollment.id for enrollment in enrollments.enrollments_of(conn, learner)]
        drawing = attempts.shown_last(conn, mine)
        return _page_of(conn, tutor, drawing) if drawing else None


def _page_of(conn: Connection, tutor: Tutor, drawing: Drawing) -> QuestionPage:
    place = attempts.read_place(conn, drawing.place_id)
    assert place is not None
    enrollment = enrollments.read_enrollment(conn, drawing.enrollment_id)
    return question_page(conn, tutor, enrollment, drawing, place.quiz)


def show_question(tutor: Tutor, learner: Learner, place_id: int, *, number: int | None = None) -> int:
    """Let a place show a question: the one with this number (from 1), else the first that takes answers."""

    def work(conn: Connection) -> int:
        context, place = own_place(conn, tutor, learner, place_id)
        question = (
            context.questions[number - 1]
            if number is not None and 1 <= number <= len(context.questions)
            else context.first_unsettled(0)
        )
        _show(conn, tutor, context, place.id, shown=place.shows, question=question)
        return place.id

    return tutor.store.write(work)


def show_first(conn: Connection, tutor: Tutor, context: Context, place: Place) -> None:
    """Turn the place to the first question that takes answers."""
    turn_to(conn, tutor, context, place, context.first_unsettled(0))


def turn_to(
    conn: Connection, tutor: Tutor, context: Context, place: Place, question: Question | None
) -> None:
    """Turn the place to a question, in the version that the learner takes now; None: the page at the end."""
    _show(conn, tutor, context, place.id, shown=place.shows, question=question)


def show_overview(tutor: Tutor, learner: Learner, place_id: int) -> int:
    """Let the exam's place show the page before handing in."""

    def work(conn: Connection) -> int:
        _, place = own_place(conn, tutor, learner, place_id)
        attempts.turn_page(conn, place.id, shown=place.shows, to=None)
        return place.id

    return tutor.store.write(work)


def show_hint(tutor: Tutor, learner: Learner, drawing_id: int) -> int:
    """Let the drawing show its hint and return the place to redraw."""

    def work(conn: Connection) -> int:
        drawing = own_drawing(conn, learner, drawing_id)
        attempts.show_hint(conn, drawing.id)
        return drawing.place_id

    return tutor.store.write(work)


def own_shown(conn: Connection, learner: Learner, drawing_id: int) -> Shown:
    """Return a drawing of the learner's own, with the enrollment locked; NotForYou for somebody else's."""
    shown = answers.lock_shown(conn, drawing_id)
    if shown is None:
        raise QuestionGone
    if shown.learner != learner:
        raise NotForYou
    return shown


def own_drawing(conn: Connection, learner: Learner, drawing_id: int) -> Drawing:
    """Return a drawing of the learner's own; NotForYou for somebody else's."""
    drawing = attempts.read_drawing(conn, drawing_id)
    if drawing is None:
        raise QuestionGone
    own_enrollment(conn, learner, drawing.enrollment_id)
    return drawing


def own_place(conn: Connection, tutor: Tutor, learner: Learner, place_id: int) -> tuple[Context, Place]:
    """Return a place of the learner's own and what it asks, with the enrollment locked."""
    place = attempts.read_place(conn, place_id)
    if place is None:
        raise Nothing("That message is out of date. Write `/tutor` to see what is yours.")
    if (place.team, place.user) != (learner.team, learner.user):
        raise NotForYou
    enrollment = enrollments.lock_enrollment(conn, place.enrollment_id)
    return quiz_context(conn, tutor, enrollment, place.quiz), place


def _owe_place(
    conn: Connection, tutor: Tutor, context: Context, key: str, *, after_id: int | None = None
) -> int:
    enrollment = context.enrollment
    place_id = attempts.add_place(conn, enrollment.id, context.quiz, FIRST_RUN, now=tutor.now())
    delivery_id = owe_learner(
        conn,
        tutor,
        enrollment.learner,
        key,
        {"show": Show.PLACE, "place": place_id},
        enrollment=enrollment,
        after_id=after_id,
    )
    attempts.post_place_by(conn, place_id, delivery_id)
    return place_id


def _show(
    conn: Connection,
    tutor: Tutor,
    context: Context,
    place_id: int,
    *,
    shown: int | None,
    question: Question | None,
) -> None:
    """Turn the place to a question (None: the page at the end), drawn there before or now."""
    drawing_id = None if question is None else _drawing_for(conn, tutor, context, place_id, question)
    attempts.turn_page(conn, place_id, shown=shown, to=drawing_id)


def _drawing_for(conn: Connection, tutor: Tutor, context: Context, place_id: int, question: Question) -> int:
    last = attempts.latest_drawing(conn, context.enrollment.id, question.id, FIRST_RUN)
    as_before = last is not None and last.digest == context.digest
    if last and last.place_id == place_id and as_before:
        return last.id
    keep_order = as_before and context.quiz == EXAM
    order = last.shown_order if last and keep_order else _order_at(tutor, place_id, question, last)
    drawing_id = attempts.add_drawing(
        conn,
        place_id,
        context.enrollment.id,
        question.id,
        FIRST_RUN,
        context.digest,
        order,
        now=tutor.now(),
    )
    if last and keep_order:
        attempts.keep_choice(conn, drawing_id, last.choice)
    return drawing_id


def _order_at(tutor: Tutor, place_id: int, question: Question, last: Drawing | None) -> tuple[str, ...]:
    """Return an order for the options: a new one, but in the same place that of an earlier version."""
    order = shuffled_order(question, tutor.chance)
    if last and last.place_id == place_id and sorted(last.shown_order) == sorted(order):
        return last.shown_order
    return order


def _lesson_to_ask(standing: CourseStanding, name: str) -> LessonState:
    if name:
        return find_lesson(standing, name)
    read = [state for state in standing.lessons if state.read and state.lesson.questions]
    unanswered = [state for state in read if state.unanswered]
    if not read:
        raise Nothing("You have not opened a lesson yet. Write `/tutor next` to read one first.")
    return (unanswered or read)[0 if unanswered else -1]
