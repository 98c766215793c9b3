"""Somebody types into the direct message."""

import html
from typing import Any

from slack_bolt import Ack, App

from tutorbot.drawing import Drawer
from tutorbot.errors import TutorError
from tutorbot.handlers.gestures import gesture_of, learner_of
from tutorbot.lessons.course import Kind
from tutorbot.lessons.marking import Unreadable
from tutorbot.records.people import Learner
from tutorbot.tutor import answering, cases, exams, quizzes, reading
from tutorbot.tutor.pages import QuestionPage
from tutorbot.tutor.tutor import Tutor


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Listen to what people write; our own posts, other bots, edits and deletions are not for us."""

    @app.event("message")
    def message(ack: Ack, body: dict[str, Any], event: dict[str, Any]) -> None:
        if _is_typed_by_a_person(event):
            learner, gesture = learner_of(body), gesture_of(body)
            text = html.unescape(event.get("text", "")).strip()
            if text and not answering.has_been_taken(tutor, gesture):
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
        if _asks(tutor, learner, text, gesture, page):
            return
        replied = answering.answer_typed(tutor, learner, text, gesture=gesture)
        answering.owe_reply(tutor, learner, replied.page.drawing.id, chosen=replied.chosen, gesture=gesture)
        drawer.draw(replied.place_id)
        drawer.home(learner, at_once=False)
    except (TutorError, Unreadable) as fault:
        answering.owe_note(tutor, learner, str(fault), gesture=gesture)


def _asks(tutor: Tutor, learner: Learner, text: str, gesture: str, page: QuestionPage | None) -> bool:
    """Do what a single word asks for, unless an open question may have that word for an answer."""
    answering_in_words = (
        page and not page.standing.settled and page.question.kind in {Kind.TEXT, Kind.WRITTEN}
    )
    if answering_in_words:
        return False
    word, _, rest = text.lower().partition(" ")
    match word:
        case "next" if page:
            quizzes.go_on_below(tutor, learner, page.drawing.id)
        case "next":
            following = reading.next_lesson(tutor, learner, gesture=gesture)
            if isinstance(following, reading.NoLesson):
                answering.owe_note(tutor, learner, NO_LESSON, gesture=gesture)
        case "quiz" | "questions":
            quizzes.ask_lesson_quiz(tutor, learner, rest, gesture=gesture, channel=None)
        case "lesson":
            reading.read_lesson(tutor, learner, rest, gesture=gesture, channel=None)
        case "case":
            cases.send_exercise(tutor, learner, rest, gesture=gesture)
        case "exam":
            exams.ask_exam(tutor, learner, gesture=gesture)
        case "help" | "hello" | "hi":
            answering.owe_note(tutor, learner, HELP, gesture=gesture)
        case _:
            return False
    return True


NO_LESSON = "There is no unread lesson open now. Write `/tutor` to see what comes next."
HELP = (
    "You can type an answer here, for example `B`, or `next`, `lesson 1.2`, `quiz`, `case` and `exam`. "
    "Write `/tutor help` for all commands."
)
