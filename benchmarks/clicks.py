"""Learners, the questions they were shown, and the signed requests of their clicks."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, func, select

from tutorbot.blocks import ids, messages
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.sitting import FIRST_RUN, shuffled_order
from tutorbot.records import attempts, courses, deliveries, enrollments, people, tables
from tutorbot.records.people import Learner
from tutorbot.sandbox import Sandbox, payloads
from tutorbot.sandbox.posting import Content, add
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.requests_http import encoded, signed_headers
from tutorbot.sandbox.sent import Sort
from tutorbot.tutor.owing import Show
from tutorbot.tutor.pages import page_at
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Click:
    """A button that a learner is about to press."""

    learner: Learner
    drawing: int
    position: int


def seed(tutor: Tutor, team: str, number: int, *, chance: random.Random) -> list[Click]:
    """Enroll learners and show each of them every question with one choice; return a click on each.

    The clicks go from question to question, through all learners; half of them are right.
    """

    def work(conn: Connection) -> list[Click]:
        (digest,) = courses.current_digests(conn).values()
        asked = list(_asked(tutor.course(conn, digest)))
        learners = [Learner(team, f"U{n:08}") for n in range(-(-number // len(asked)))]
        now = tutor.now()
        joined = [_join(conn, tutor, learner, digest, now) for learner in learners]
        shown = (
            _show(conn, learner, enrollment, digest, quiz, question, chance, now)
            for quiz, question in asked
            for learner, enrollment in zip(learners, joined, strict=True)
        )
        return list(islice(shown, number))

    return tutor.store.write(work)


def _asked(course: Course) -> Iterator[tuple[str, Question]]:
    parts = [(f"lesson:{lesson.id}", lesson.questions) for lesson in course.lessons()]
    parts += [(f"exercise:{exercise.id}", exercise.questions) for exercise in course.exercises()]
    for quiz, questions in parts:
        yield from ((quiz, question) for question in questions if question.kind is Kind.ONE)


def _join(conn: Connection, tutor: Tutor, learner: Learner, digest: str, now: datetime) -> int:
    course_id = tutor.course(conn, digest).id
    enrollment, _ = enrollments.enroll(conn, learner, course_id, digest, now=now)
    enrollments.begin_membership(conn, enrollment, None, now=now)
    people.remember(conn, learner, name=learner.user, zone="UTC", last_course=course_id)
    return enrollment


def _show(
    conn: Connection,
    learner: Learner,
    enrollment: int,
    digest: str,
    quiz: str,
    question: Question,
    chance: random.Random,
    now: datetime,
) -> Click:
    place = attempts.add_place(conn, enrollment, quiz, FIRST_RUN, now=now)
    what = {"show": Show.PLACE, "place": place}
    key = f"bench/{place}"
    delivery = deliveries.owe(conn, key, what, team=learner.team, user=learner.user, due_at=now, now=now)
    deliveries.settle_by_click(conn, delivery, channel=f"D{learner.user[1:]}", ts=f"{place}.000100")
    attempts.post_place_by(conn, place, delivery)
    order = shuffled_order(question, chance)
    drawing = attempts.add_drawing(conn, place, enrollment, question.id, FIRST_RUN, digest, order, now=now)
    attempts.turn_page(conn, place, shown=None, to=drawing)
    right = {option.id for option in question.options if option.right}
    wanted = chance.random() < 0.5
    position = next(n for n, option in enumerate(order) if (option in right) is wanted)
    return Click(learner, drawing, position)


def payload_of(sandbox: Sandbox, tutor: Tutor, click: Click) -> Json:
    """Return what Slack sends of a click, with the message as the bot draws it."""
    with tutor.store.read() as conn:
        drawing = attempts.read_drawing(conn, click.drawing)
        assert drawing is not None
        place = attempts.read_place(conn, drawing.place_id)
        assert place is not None
        drawn = messages.page(page_at(conn, tutor, place), {})
    person = sandbox.person("anna")
    channel = sandbox.workspace.channel_named(person.dm_id)
    content = Content(drawn.text, drawn.blocks)
    message = add(sandbox.service, channel, content, user=sandbox.workspace.bot_user_id)
    button = {"type": "button", "action_id": ids.action(ids.ANSWER, click.drawing, 1, click.position)}
    action = payloads.button_action(sandbox.service, {"block_id": "options"}, button)
    return payloads.message_action(sandbox.service, person.id, message, action)


def requests_for(clicks: Sequence[Click], payload: Json, secret: str, port: int) -> list[bytes]:
    """Return the requests of clicks, ready to be sent within the next minutes: `payload` is one of them."""
    return [_request(click, payload, secret, port) for click in clicks]


def _request(click: Click, payload: Json, secret: str, port: int) -> bytes:
    (action,) = payload["actions"]
    pressed = {"action_id": ids.action(ids.ANSWER, click.drawing, 1, click.position)}
    own = {
        "user": {**payload["user"], "id": click.learner.user},
        "trigger_id": f"{click.drawing}.{payload['trigger_id']}",
        "actions": [{**action, **pressed}],
    }
    content_type, body = encoded(Sort.INTERACTIVE, {**payload, **own})
    headers = signed_headers(secret, content_type, body, str(int(time.time())))
    headers |= {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(body)), "Accept": "*/*"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body


def stored(tutor: Tutor) -> int:
    """Return how many answers are stored."""
    with tutor.store.read() as conn:
        return conn.execute(select(func.count()).select_from(tables.attempts)).scalar_one()
