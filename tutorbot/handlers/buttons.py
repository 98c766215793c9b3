"""Somebody presses a button that asks for something: to join, a lesson, its questions, the exam, progress."""

from typing import Any

from slack_bolt import Ack, App

from tutorbot.blocks import courses, grades, ids
from tutorbot.drawing import Drawer
from tutorbot.handlers.gestures import channel_of, gesture_of, learner_of, pressed_in
from tutorbot.handlers.windows import show
from tutorbot.tutor import cases, exams, joining, offering, overview, persons, quizzes, reading
from tutorbot.tutor.reading import NoLesson, Sent
from tutorbot.tutor.tutor import Tutor

Body = dict[str, Any]


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Listen to the buttons of menus, cards, texts and App Home."""

    def is_at_home(body: Body) -> bool:
        """Say whether it was pressed in the direct message, where what comes of it speaks for itself."""
        pressed = pressed_in(body)
        return pressed is not None and persons.is_at_home(tutor, learner_of(body), pressed.channel)

    def sent(body: Body, sent: Sent) -> None:
        """Say elsewhere that what was asked for is in the direct message."""
        if not is_at_home(body):
            show(drawer, body, courses.sent(sent))
        if (body.get("view") or {}).get("type") == "home":
            drawer.home(learner_of(body))

    @app.action(ids.listens(ids.COHORT_JOIN))
    def join_cohort(ack: Ack, body: Body, action: Body) -> None:
        learner = learner_of(body)
        drawer.meet(learner)
        joined = joining.join_cohort(tutor, learner, *ids.numbers_of(action["action_id"]))
        show(drawer, body, courses.joined_briefly(joined))
        ack()

        drawer.home(learner, at_once=False)

    @app.action(ids.listens(ids.JOIN_COURSE))
    def join_course(ack: Ack, body: Body, action: Body) -> None:
        learner = learner_of(body)
        drawer.meet(learner)
        joined = joining.join(tutor, learner, name=ids.parts_of(action["action_id"])[0])
        if joined.already or not is_at_home(body):
            show(drawer, body, courses.joined_briefly(joined))
        ack()

        drawer.home(learner)

    @app.action(ids.listens(ids.ABOUT))
    def about(ack: Ack, body: Body, action: Body) -> None:
        name = ids.parts_of(action["action_id"])[0]
        told = offering.about(tutor, learner_of(body), name, channel=channel_of(body))
        show(drawer, body, courses.about(told))
        ack()

    @app.action(ids.listens(ids.COHORT_READ))
    def read_in_channel(ack: Ack, body: Body, action: Body) -> None:
        cohort, lesson = ids.parts_of(action["action_id"])
        told = reading.read_cohort_lesson(
            tutor, learner_of(body), int(cohort), lesson, gesture=gesture_of(body)
        )
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.COHORT_QUIZ))
    def quiz_in_channel(ack: Ack, body: Body, action: Body) -> None:
        cohort, lesson = ids.parts_of(action["action_id"])
        told = quizzes.ask_cohort_quiz(tutor, learner_of(body), int(cohort), lesson, gesture=gesture_of(body))
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.READ))
    def read(ack: Ack, body: Body, action: Body) -> None:
        enrollment, lesson = ids.parts_of(action["action_id"])
        told = reading.read_lesson_by_button(
            tutor, learner_of(body), int(enrollment), lesson, gesture=gesture_of(body)
        )
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.OPEN_LESSON))
    def open_lesson(ack: Ack, body: Body, action: Body) -> None:
        enrollment = ids.numbers_of(action["action_id"])[0]
        lesson = action["selected_option"]["value"]
        told = reading.read_lesson_by_button(
            tutor, learner_of(body), enrollment, lesson, gesture=gesture_of(body)
        )
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.NEXT_LESSON))
    def next_lesson(ack: Ack, body: Body, action: Body) -> None:
        enrollment = ids.numbers_of(action["action_id"])[0]
        told = reading.next_lesson(
            tutor, learner_of(body), gesture=gesture_of(body), enrollment_id=enrollment
        )
        if isinstance(told, NoLesson):
            show(drawer, body, courses.no_lesson(told))
        ack()

        if isinstance(told, Sent):
            sent(body, told)

    @app.action(ids.listens(ids.QUIZ))
    def quiz(ack: Ack, body: Body, action: Body) -> None:
        enrollment, lesson = ids.parts_of(action["action_id"])
        told = quizzes.ask_quiz_by_button(
            tutor, learner_of(body), int(enrollment), lesson, gesture=gesture_of(body)
        )
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.CASE))
    def case(ack: Ack, body: Body, action: Body) -> None:
        enrollment = ids.numbers_of(action["action_id"])[0]
        told = cases.send_exercise(
            tutor, learner_of(body), "", gesture=gesture_of(body), enrollment_id=enrollment
        )
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.EXAM))
    def exam(ack: Ack, body: Body, action: Body) -> None:
        learner = learner_of(body)
        enrollment = ids.numbers_of(action["action_id"])[0]
        told = exams.ask_exam(tutor, learner, gesture=gesture_of(body), enrollment_id=enrollment)
        ack()

        sent(body, told)

    @app.action(ids.listens(ids.PROGRESS))
    def progress(ack: Ack, body: Body, action: Body) -> None:
        enrollment = ids.numbers_of(action["action_id"])[0]
        standing = overview.standing_in(tutor, learner_of(body), enrollment_id=enrollment)
        show(drawer, body, grades.progress(standing))
        ack()

    @app.action(ids.listens(ids.SYLLABUS))
    def syllabus(ack: Ack, body: Body, action: Body) -> None:
        enrollment = ids.numbers_of(action["action_id"])[0]
        standing = overview.standing_in(tutor, learner_of(body), enrollment_id=enrollment)
        show(drawer, body, courses.syllabus(standing))
        ack()
