"""A workspace with learners, and a bot in this process that prepares what others race for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from time import time

from sqlalchemy import ColumnElement, Table, func, select

from tests.lessons.courses import course, exam, questions
from tests.wire.running import Leaping
from tutorbot import app
from tutorbot.app import Bot
from tutorbot.blocks import ids
from tutorbot.lessons.course import Course
from tutorbot.records import enrollments, people
from tutorbot.records.people import Learner
from tutorbot.records.tables import deliveries, places
from tutorbot.sandbox import Limits, Sandbox, payloads
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.requests_http import encoded, signed_headers
from tutorbot.sandbox.sent import Sort
from tutorbot.settings import Settings
from tutorbot.slack.manifest import app_manifest
from tutorbot.tutor import answering, exams, joining, offering, quizzes
from tutorbot.tutor.overview import standing_in
from tutorbot.tutor.pages import EXAM, QuestionPage
from tutorbot.tutor.standing import CourseStanding

TWO_QUESTIONS = course(review=questions("q", 2), weights=(100, 0, 0))
"""Lessons 1.1 and 1.2 with a question each: both must be right to pass."""

EXAM_ALONE = course(final=exam(*questions("e", 2)), weights=(0, 0, 100))
"""The exam is everything."""

QUESTION_AND_EXAM = course(review=questions("q", 1), final=exam(*questions("e", 2)), weights=(40, 0, 60))
"""Neither the one review question nor the exam is enough to pass, only both."""


@dataclass(frozen=True, slots=True)
class Request:
    """What Slack sends: signed headers and the body."""

    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class School:
    """A sandbox, a database, and the bot in this process, which posts nothing until it is told to."""

    sandbox: Sandbox
    settings: Settings
    bot: Bot
    badges: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def offer(self, offered: Course) -> None:
        """Offer a course."""
        offering.offer_course(self.bot.tutor, offered, f"digest of {offered.id}", {})

    def learners(self, number: int) -> list[Learner]:
        """Let so many new people begin the course."""
        return [self.joined(self.newcomer()) for _ in range(number)]

    def newcomer(self) -> Learner:
        """Return somebody new, known by name."""
        name = f"learner-{next(self._numbers)}"
        learner = Learner(self.sandbox.team, self.sandbox.add_person(name).id)
        self.bot.store.write(lambda conn: people.remember(conn, learner, name=name))
        return learner

    def joined(self, learner: Learner) -> Learner:
        """Let somebody begin the course."""
        joining.join(self.bot.tutor, learner, name="es")
        return learner

    def shown(self, learner: Learner, lesson: str) -> QuestionPage:
        """Show somebody the question of a lesson, in a message of its own."""
        quizzes.ask_lesson_quiz(
            self.bot.tutor, learner, lesson, gesture=self.gesture(), channel=None, course="es"
        )
        return self.seen(learner)

    def exam(self, learner: Learner) -> int:
        """Show somebody the exam, and return its place."""
        exams.ask_exam(self.bot.tutor, learner, gesture=self.gesture(), course="es")
        newest = select(func.max(places.c.id)).where(places.c.quiz == EXAM)
        with self.bot.store.read() as conn:
            return int(conn.execute(newest).scalar_one())

    def sat_exam(self, learner: Learner) -> int:
        """Let somebody answer the whole exam right without handing it in, and return its place."""
        place = self.exam(learner)
        exams.start_exam(self.bot.tutor, learner, place)
        total = self.seen(learner).total
        for number in range(1, total + 1):
            quizzes.show_question(self.bot.tutor, learner, place, number=number)
            page = self.seen(learner)
            positions = [self.position(page, right=True)]
            drawing, gesture = page.drawing.id, self.gesture()
            answering.confirm(self.bot.tutor, learner, drawing, n=page.n, shown=positions, gesture=gesture)
        return place

    def seen(self, learner: Learner) -> QuestionPage:
        """Return the question that somebody saw last."""
        page = quizzes.open_page(self.bot.tutor, learner)
        assert page is not None
        return page

    def send(self) -> None:
        """Post whatever is owed."""
        self.bot.poller.poll_once()
        assert self.bot.sender.quiet(60)

    def count(self, table: Table, *where: ColumnElement[bool]) -> int:
        """Return how many rows there are."""
        with self.bot.store.read() as conn:
            return conn.execute(select(func.count()).select_from(table).where(*where)).scalar_one()

    def keys(self, learner: Learner) -> list[str]:
        """Return the keys of all that is owed to somebody, or because of them."""
        with self.bot.store.read() as conn:
            mine = [enrollment.id for enrollment in enrollments.enrollments_of(conn, learner)]
            owed = deliveries.c.enrollment_id.in_(mine) | (deliveries.c.user == learner.user)
            return list(conn.scalars(select(deliveries.c.key).where(owed).order_by(deliveries.c.key)))

    def standing(self, learner: Learner) -> CourseStanding:
        """Return where somebody stands in the course."""
        return standing_in(self.bot.tutor, learner, course="es")

    @staticmethod
    def position(page: QuestionPage, *, right: bool) -> int:
        """Return the place of the right option as shown, or of the first wrong one."""
        key = {option.id for option in page.question.options if option.right}
        return next(n for n, option in enumerate(page.drawing.shown_order) if (option in key) is right)

    # What Slack sends

    def gesture(self) -> str:
        """Return the id of a new gesture."""
        return f"gesture-{next(self._numbers)}"

    def press(self, learner: Learner, action_id: str) -> Request:
        """Press a button in a message that was posted long ago."""
        container = {"type": "message", "message_ts": "1.000100", "channel_id": "D0LONGAGO"}
        with self.sandbox.workspace.lock:
            payload = payloads.gesture(self.sandbox.service, "block_actions", learner.user, None) | {
                "container": container,
                "channel": {"id": "D0LONGAGO", "name": "directmessage"},
                "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1.0"}],
            }
        return self._signed(Sort.INTERACTIVE, payload)

    def answer(self, learner: Learner, page: QuestionPage, *, right: bool) -> Request:
        """Press the right option of a question, or a wrong one."""
        position = self.position(page, right=right)
        return self.press(learner, ids.action(ids.ANSWER, page.drawing.id, page.n, position))

    def command(self, learner: Learner, words: str) -> Request:
        """Write a command in the direct message."""
        channel = self.sandbox.workspace.dm_of(learner.user)
        with self.sandbox.workspace.lock:
            payload = payloads.command_payload(self.sandbox.service, learner.user, channel, "/tutor", words)
        return self._signed(Sort.COMMAND, payload)

    def typed(self, learner: Learner, words: str, event_id: str) -> Request:
        """Type into the direct message."""
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": self.sandbox.workspace.dm_of(learner.user).id,
            "user": learner.user,
            "text": words,
            "ts": "1.000200",
        }
        payload = {
            "type": "event_callback",
            "team_id": learner.team,
            "api_app_id": self.sandbox.app_id,
            "event_id": event_id,
            "event": event,
        }
        return self._signed(Sort.EVENT, payload)

    def _signed(self, sort: Sort, payload: Json) -> Request:
        content_type, body = encoded(sort, payload)
        secret = self.settings.signing_secret
        return Request(signed_headers(secret, content_type, body, str(int(time()))), body)


@contextmanager
def school(database_url: str, offered: Course) -> Iterator[School]:
    """Open a school with one course of ours; passing it puts a badge into a channel."""
    with Sandbox(limits=Limits().times(1_000), manifest=app_manifest()) as sandbox:
        sandbox.be_patient()
        badges = sandbox.add_channel("badges")
        settings = Settings(
            database_url=database_url,
            bot_token=sandbox.bot_token,
            signing_secret=sandbox.signing_secret,
            slack_api_url=sandbox.api_url,
            badge_channel=badges,
        )
        bot = app.build(settings, pacing=Leaping())
        opened = School(sandbox, settings, bot, badges)
        opened.offer(offered)
        try:
            yield opened
        finally:
            bot.stop()
