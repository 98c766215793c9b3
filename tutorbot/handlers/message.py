"""Somebody types into the direct message."""

import html
import re
from typing import Any

from slack_bolt import Ack, App

from tutorbot.blocks import courses
from tutorbot.drawing import Drawer
from tutorbot.errors import TutorError
from tutorbot.handlers.gestures import gesture_of, learner_of
from tutorbot.lessons import marking
from tutorbot.lessons.answers import Typed
from tutorbot.lessons.forms import Unreadable
from tutorbot.lessons.question import Kind
from tutorbot.records.people import Learner
from tutorbot.tutor import cases, exams, quizzes, reading, typedanswers
from tutorbot.tutor.pages import QuestionPage
from tutorbot.tutor.tutor import Tutor


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Listen to what people write; our own posts, other bots, edits and deletions are not for us."""

    @app.event("message")
    def message(ack: Ack, body: dict[str, Any], event: dict[str, Any]) -> None:
        if _is_typed_by_a_person(event):
            learner, gesture = learner_of(body), gesture_of(body)
            text = html.unescape(event.get("text", "")).strip()
            if text and not typedanswers.has_been_taken(tutor, gesture):
                _take(tutor, drawer, learner, text, gesture)
        ack()


def _is_typed_by_a_person(event: dict[str, Any]) -> bool:
    return (
        event.get("channel_type") == "im"
        and not event.get("subtype")
        and not event.get("bot_id")
        and bool(event.get("user"))
    )


def _take(tutor: Tutor, drawer: Drawer, learner: Learner, text: str, gesture: str) -> None:
    """Take what was typed as a word that asks for something, else as an answer."""
    page = quizzes.open_page(tutor, learner)
    try:
        if not (page and _may_answer(page, text)) and _asks(tutor, drawer, learner, text, gesture, page):
            return
        replied = typedanswers.answer_typed(tutor, learner, text, gesture=gesture, owe_reply=True)
        drawer.draw(replied.place_id)
        drawer.home(learner, at_once=False)
    except (TutorError, Unreadable) as fault:
        typedanswers.owe_note(tutor, learner, str(fault), gesture=gesture)


def _may_answer(page: QuestionPage, text: str) -> bool:
    """Whether these words answer the open question, also where they could ask for something.

    A single word such as "next" that asks for something else is no answer, unless it is the right one.
    """
    if page.settled or page.question.kind not in {Kind.TEXT, Kind.WRITTEN, Kind.COMMENT}:
        return False
    return not ASKING.fullmatch(text) or marking.mark(page.question, Typed(text)).right is True


def _asks(
    tutor: Tutor, drawer: Drawer, learner: Learner, text: str, gesture: str, page: QuestionPage | None
) -> bool:
    """Do what was asked for, if that is what was typed."""
    word, _, rest = text.partition(" ")
    match word.lower(), rest:
        case "next", "" if page:
            quizzes.go_on_below(tutor, learner, page.drawing.id, gesture=gesture)
            if not page.settled:
                drawer.draw(page.drawing.place_id)  # the question makes way; it can be gone back to
        case "next", "":
            following = reading.next_lesson(tutor, learner, gesture=gesture)
            if isinstance(following, reading.NoLesson):
                typedanswers.owe_note(tutor, learner, courses.no_lesson(following).text, gesture=gesture)
        case (("quiz" | "questions"), _):
            quizzes.ask_lesson_quiz(tutor, learner, rest, gesture=gesture, channel=None)
        case "lesson", _:
            reading.read_lesson(tutor, learner, rest, gesture=gesture, channel=None)
        case "case", _:
            cases.send_exercise(tutor, learner, rest, gesture=gesture)
        case "exam", "":
            exams.ask_exam(tutor, learner, gesture=gesture)
        case (("help" | "hello" | "hi"), ""):
            typedanswers.owe_note(tutor, learner, HELP, gesture=gesture)
        case _:
            return False
    return True


ASKING = re.compile(
    r"(next|help|hello|hi|exam|(quiz|questions|lesson|case)( +[0-9]+(\.[0-9]+)?)?)", re.IGNORECASE
)
HELP = (
    "You can type an answer here, for example `B`, or `next`, `lesson 1.2`, `quiz`, `case` and `exam`. "
    "Write `/tutor help` for all commands."
)
