"""Whatever goes wrong in a gesture is told to the person where they look."""

import json
import logging
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from tutorbot import logs
from tutorbot.blocks import ids, kit, messages
from tutorbot.blocks.kit import Drawn
from tutorbot.drawing import Drawer, PressAgain
from tutorbot.errors import TutorError
from tutorbot.handlers.gestures import gesture_of, learner_of, pressed_in
from tutorbot.handlers.windows import window
from tutorbot.lessons.forms import Unreadable
from tutorbot.slack import SlackError
from tutorbot.tutor import typedanswers
from tutorbot.tutor.tutor import Tutor

log = logging.getLogger(__name__)


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Answer for all listeners: status 200, and a sentence that says what to do."""

    @app.error
    def explain(error: Exception, body: dict[str, Any]) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        words = _words(error)
        try:
            return _answer(tutor, drawer, body, words, at=error.at if isinstance(error, Unreadable) else 0)
        except (SlackError, PressAgain) as failure:
            log.warning("A fault could not be told: %s", failure)
            return BoltResponse(status=200)


def _words(error: Exception) -> str:
    """Return what a person is told: the fault itself if they can act on it, else an id to ask with."""
    if isinstance(error, (TutorError, Unreadable)):
        return str(error)
    number = logs.request()
    log.error("Fault %s", number, exc_info=error)
    return (
        f"Something went wrong on our side, and nothing was lost. Try it once more; if it happens again, "
        f"tell whoever runs this bot the number {number}."
    )


def _answer(tutor: Tutor, drawer: Drawer, body: dict[str, Any], words: str, *, at: int) -> BoltResponse:
    note = messages.note(words)
    if "command" in body:
        return _json({"response_type": "ephemeral", "text": kit.escape(note.text), "blocks": note.blocks})
    if body.get("type") == "view_submission":
        return _json(_in_window(body, words, note, at))
    if pressed := pressed_in(body):
        drawer.whisper(pressed, note)
    elif body.get("type") == "block_actions":
        in_modal = (body.get("view") or {}).get("type") == "modal"
        drawer.open(window(note), body["trigger_id"], push=in_modal)
    elif "event" in body and (body["event"].get("channel_type") == "im"):
        typedanswers.owe_note(tutor, learner_of(body), words, gesture=gesture_of(body))
    return BoltResponse(status=200)


def _in_window(body: dict[str, Any], words: str, note: Drawn, at: int) -> dict[str, Any]:
    """Return the words under the input that they are about, or in the place of the window."""
    inputs = {block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"}
    for wanted in inputs & {ids.ANSWER_INPUT, ids.place_input(at)}:
        return {"response_action": "errors", "errors": {wanted: kit.cut(words, 300)}}
    return {"response_action": "update", "view": window(note)}


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(body), headers={"content-type": "application/json; charset=utf-8"}
    )
