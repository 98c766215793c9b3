"""Somebody writes `/tutor` and a word."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from slack_bolt import Ack, App

from tutorbot.blocks import courses, grades, kit, replies
from tutorbot.blocks.kit import Drawn
from tutorbot.drawing import Drawer
from tutorbot.errors import BadInput
from tutorbot.handlers.gestures import gesture_of, learner_of
from tutorbot.records.people import Learner
from tutorbot.tutor import cases, exams, joining, offering, overview, persons, quizzes, reading, typedanswers
from tutorbot.tutor.reading import Sent
from tutorbot.tutor.standing import CourseStanding
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it was written: who, where, and what stands behind the word."""

    tutor: Tutor
    drawer: Drawer
    learner: Learner
    channel: str
    gesture: str
    rest: str


Answer = Callable[[Asked], Drawn | None]
"""Returns what to say; nothing where what was asked for appears in this very place."""


def register(app: App, tutor: Tutor, drawer: Drawer) -> None:
    """Listen to `/tutor`; the answer goes into the acknowledgement and is seen by the writer alone."""

    @app.command("/tutor")
    def command(ack: Ack, body: dict[str, Any]) -> None:
        word, _, rest = html.unescape(body.get("text", "")).strip().partition(" ")
        asked = Asked(tutor, drawer, learner_of(body), body["channel_id"], gesture_of(body), rest.strip())

        drawn = _answer_to(word.lower())(asked)
        if drawn is None:
            ack()
        else:
            ack(response_type="ephemeral", text=kit.escape(drawn.text), blocks=drawn.blocks)


def _answer_to(word: str) -> Answer:
    if word in ANSWERS:
        return ANSWERS[word]
    likely = get_close_matches(word, ANSWERS, n=1, cutoff=0.5)
    mend = f"Did you mean `/tutor {likely[0]}`?" if likely else "`/tutor help` lists the words there are."
    raise BadInput(f"There is no command “{kit.cut(word, 40)}”. {mend}")


def _menu(asked: Asked) -> Drawn:
    return courses.menu(overview.overview(asked.tutor, asked.learner, channel=asked.channel))


def _join(asked: Asked) -> Drawn | None:
    asked.drawer.meet(asked.learner)
    joined = joining.join(asked.tutor, asked.learner, name=asked.rest, channel=asked.channel)
    asked.drawer.home(asked.learner, at_once=False)
    if not joined.already and _is_at_home(asked):
        return None  # the welcome comes right here
    return courses.joined_briefly(joined)


def _leave(asked: Asked) -> Drawn:
    return courses.left(joining.leave(asked.tutor, asked.learner, name=asked.rest, channel=asked.channel))


def _about(asked: Asked) -> Drawn:
    return courses.about(offering.about(asked.tutor, asked.learner, asked.rest, channel=asked.channel))


def _syllabus(asked: Asked) -> Drawn:
    return courses.syllabus(_standing(asked))


def _progress(asked: Asked) -> Drawn:
    return grades.progress(_standing(asked))


def _standing(asked: Asked) -> CourseStanding:
    return overview.standing_in(asked.tutor, asked.learner, course=asked.rest, channel=asked.channel)


def _where(asked: Asked, sent: Sent) -> Drawn | None:
    """Say where to find what was asked for, unless it appears right here."""
    return None if _is_at_home(asked) else courses.sent(sent)


def _is_at_home(asked: Asked) -> bool:
    return persons.is_at_home(asked.tutor, asked.learner, asked.channel)


def _lesson(asked: Asked) -> Drawn | None:
    sent = reading.read_lesson(
        asked.tutor, asked.learner, asked.rest, gesture=asked.gesture, channel=asked.channel
    )
    return _where(asked, sent)


def _next(asked: Asked) -> Drawn | None:
    found = reading.next_lesson(
        asked.tutor, asked.learner, gesture=asked.gesture, channel=asked.channel, course=asked.rest
    )
    return _where(asked, found) if isinstance(found, Sent) else courses.no_lesson(found)


def _quiz(asked: Asked) -> Drawn | None:
    sent = quizzes.ask_lesson_quiz(
        asked.tutor, asked.learner, asked.rest, gesture=asked.gesture, channel=asked.channel
    )
    return _where(asked, sent)


def _answer(asked: Asked) -> Drawn:
    if not asked.rest:
        raise BadInput("Say your answer, for example `/tutor answer B`.")
    replied = typedanswers.answer_typed(asked.tutor, asked.learner, asked.rest, gesture=asked.gesture)
    asked.drawer.draw(replied.place_id)
    asked.drawer.home(asked.learner, at_once=False)
    return replies.reply(replied.page, {}, chosen=replied.chosen, beside=_is_at_home(asked))


def _case(asked: Asked) -> Drawn | None:
    sent = cases.send_exercise(
        asked.tutor, asked.learner, asked.rest, gesture=asked.gesture, channel=asked.channel
    )
    return _where(asked, sent)


def _exam(asked: Asked) -> Drawn | None:
    sent = exams.ask_exam(
        asked.tutor, asked.learner, gesture=asked.gesture, channel=asked.channel, course=asked.rest
    )
    return _where(asked, sent)


def _pace(asked: Asked) -> Drawn:
    asked.drawer.meet(asked.learner, wait=1.5)  # the hour is one of their own zone
    return courses.pace(joining.set_pace(asked.tutor, asked.learner, asked.rest, channel=asked.channel))


def _help(_asked: Asked) -> Drawn:
    return courses.help_()


ANSWERS: dict[str, Answer] = {
    "": _menu,
    "join": _join,
    "leave": _leave,
    "about": _about,
    "syllabus": _syllabus,
    "lesson": _lesson,
    "next": _next,
    "quiz": _quiz,
    "answer": _answer,
    "case": _case,
    "exam": _exam,
    "progress": _progress,
    "pace": _pace,
    "help": _help,
}
