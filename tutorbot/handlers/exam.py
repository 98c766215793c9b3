"""A learner sits the final exam: choose, then confirm, then hand in."""

from typing import Any

from slack_bolt import Ack, App

from tutorbot.blocks import ids
from tutorbot.drawing import Drawer
from tutorbot.handlers.gestures import checked_positions, gesture_of, learner_of, pressed_in
from tutorbot.tutor import answering, exams, passing, quizzes, typedanswers
from tutorbot.tutor.tutor import Tutor


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Listen to the buttons of the exam."""

    @app.action(ids.listens(ids.CHOOSE))
    def choose(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, n, position = ids.numbers_of(action["action_id"])
        place = answering.choose(tutor, learner_of(body), drawing, n=n, positions=[position])
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.CONFIRM))
    def confirm(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, n, shown = _shown_choice(body, action)
        place = answering.confirm(
            tutor, learner_of(body), drawing, n=n, shown=shown, gesture=gesture_of(body)
        )
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.CONFIRM_BELOW))
    def confirm_below(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        drawing, n, shown = _shown_choice(body, action)
        learner, gesture = learner_of(body), gesture_of(body)
        place = answering.confirm(tutor, learner, drawing, n=n, shown=shown, gesture=gesture)
        typedanswers.owe_reply(tutor, learner, drawing, chosen=False, gesture=gesture)
        ack()

        drawer.draw(place)

    @app.action(ids.listens(ids.START))
    def start(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = exams.start_exam(tutor, learner_of(body), *ids.numbers_of(action["action_id"]))
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.OVERVIEW))
    def overview(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = quizzes.show_overview(tutor, learner_of(body), *ids.numbers_of(action["action_id"]))
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.SHOW_QUESTION))
    def show_question(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        place, number = ids.numbers_of(action["action_id"])
        quizzes.show_question(tutor, learner_of(body), place, number=number or None)
        ack()

        drawer.draw(place, pressed=pressed_in(body))

    @app.action(ids.listens(ids.HAND_IN))
    def hand_in(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        learner = learner_of(body)
        place = exams.hand_in(tutor, learner, *ids.numbers_of(action["action_id"]))
        ack()

        drawer.draw(place, pressed=pressed_in(body))
        drawer.home(learner)

    @app.action(ids.listens(ids.BADGE_PLACE))
    def badge_place(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        chosen = action["selected_option"]["value"]
        enrollment = ids.numbers_of(action["action_id"])[0]
        passing.choose_badge_place(tutor, learner_of(body), enrollment, in_channel=chosen == ids.IN_CHANNEL)
        ack()  # nothing is redrawn: the button shows by itself what is chosen


def _shown_choice(body: dict[str, Any], action: dict[str, Any]) -> tuple[int, int, list[int] | str]:
    """Return drawing, try and the choice that was shown: positions, or a fingerprint."""
    drawing, n, *shown = ids.parts_of(action["action_id"])
    if shown and shown[0] == ids.KEPT_CHOICE:
        return int(drawing), int(n), shown[1]
    checked = checked_positions(body, int(drawing), int(n)) or []
    return int(drawing), int(n), ids.positions_from_text(shown[0]) if shown else checked
