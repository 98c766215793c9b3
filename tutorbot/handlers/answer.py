"""A learner answers a question by button, by check boxes or in a window."""

from typing import Any

from slack_bolt import Ack, App

from tutorbot.blocks import answerwindow, ids
from tutorbot.drawing import Drawer
from tutorbot.errors import BadInput
from tutorbot.handlers.gestures import checked_positions, gesture_of, given_in, learner_of, pressed_in
from tutorbot.lessons.question import CHOICES
from tutorbot.tutor import answering, quizzes
from tutorbot.tutor.tutor import Tutor


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Listen to the buttons under a question and to the window in which an answer is written."""

    @app.action(ids.listens(ids.ANSWER))
    def answer(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, n, position = ids.numbers_of(action["action_id"])
        learner = learner_of(body)

        place = answering.answer_shown(
            tutor, learner, drawing, n=n, positions=[position], gesture=gesture_of(body)
        )
        ack()  # after the commit: an acknowledged answer is a stored answer

        drawer.draw(place, pressed=pressed_in(body))
        drawer.home(learner, at_once=False)

    @app.action(ids.listens(ids.SUBMIT))
    def submit(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, n = ids.numbers_of(action["action_id"])
        learner, positions = learner_of(body), checked_positions(body, drawing, n)
        if positions == []:
            raise BadInput("Check at least one box, then press Answer.")

        place = (
            quizzes.shown_question(tutor, learner, drawing).drawing.place_id
            if positions is None  # the boxes of this try are gone: it was answered already
            else answering.answer_shown(
                tutor, learner, drawing, n=n, positions=positions, gesture=gesture_of(body)
            )
        )
        ack()

        drawer.draw(place, pressed=pressed_in(body))
        drawer.home(learner, at_once=False)

    @app.action(ids.listens(ids.PICK))
    def pick(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, n = ids.numbers_of(action["action_id"])
        positions = checked_positions(body, drawing, n) or []

        answering.keep_picks(tutor, learner_of(body), drawing, n=n, positions=positions)
        ack()  # nothing is redrawn: the boxes show by themselves what is checked

    @app.action(ids.listens(ids.WRITE))
    def write(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, _ = ids.numbers_of(action["action_id"])
        page = quizzes.shown_question(tutor, learner_of(body), drawing)
        if page.settled or page.question.kind in CHOICES:
            raise BadInput("That question takes no more answers. Write `/tutor` to see what is next.")

        drawer.open(answerwindow.answer_window(page), body["trigger_id"])
        ack()

    @app.view(ids.listens(ids.WRITTEN))
    def written(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        drawing, n = ids.numbers_of(view["callback_id"])
        learner, given = learner_of(body), given_in(view)

        place = answering.answer_in_window(
            tutor, learner, drawing, n=n, given=given, gesture=gesture_of(body)
        )
        ack()

        drawer.draw(place)
        drawer.home(learner, at_once=False)

    @app.action(ids.listens(ids.HINT))
    def hint(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = quizzes.show_hint(tutor, learner_of(body), *ids.numbers_of(action["action_id"]))
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.NEXT))
    def turn(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = quizzes.turn_page(tutor, learner_of(body), *ids.numbers_of(action["action_id"]))
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.NEXT_BELOW))
    def go_on(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing = ids.numbers_of(action["action_id"])[0]
        quizzes.go_on_below(tutor, learner_of(body), drawing, gesture=gesture_of(body))
        ack()
