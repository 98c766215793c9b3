"""Somebody opens the App Home."""

from typing import Any

from slack_bolt import Ack, App

from tutorbot.drawing import Drawer
from tutorbot.handlers.gestures import learner_of
from tutorbot.tutor.tutor import Tutor


def register(app: App, _tutor: Tutor, drawer: Drawer) -> None:
    """Publish the Home when it is opened; the messages tab sends the same event and needs nothing."""

    @app.event("app_home_opened")
    def opened(ack: Ack, body: dict[str, Any], event: dict[str, Any]) -> None:
        ack()

        if event.get("tab") == "home":
            drawer.home(learner_of(body))
