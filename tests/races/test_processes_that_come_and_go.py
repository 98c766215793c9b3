"""Several processes of each kind, as an operator starts them, come and go while people answer.

What was acknowledged is stored once, and what is owed stands in Slack once.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from itertools import cycle

import psycopg
import pytest
from sqlalchemy import select

from tests.processes import Bot, free_port, killed, started, status_of, terminated, wait_for_words
from tests.races.school import TWO_QUESTIONS, School, school
from tests.wire.running import Leaping
from tutorbot import app
from tutorbot.blocks import ids
from tutorbot.clock import Clocks, OffsetClock
from tutorbot.records.deliveries import Delivery, State, list_deliveries
from tutorbot.records.people import Learner
from tutorbot.records.tables import attempts, awards
from tutorbot.sandbox import Message
from tutorbot.tutor.pages import QuestionPage
from tutorbot.web import EVENTS

TWO_OF_EACH = ("web", "web", "worker", "worker")
ROUNDS = [{2: killed, 0: terminated}, {1: killed, 3: terminated}]
"""Which of these end in which round, and how."""

LEARNERS = 6
"""How many begin in each round."""

READY = {"web": "Listening at", "worker": "delivers what is due"}


@pytest.fixture
def room(postgres_url: str) -> Iterator[School]:
    """Give a school whose course is two review questions, both needed to pass."""
    with school(postgres_url, TWO_QUESTIONS) as opened:
        yield opened


class Fleet:
    """Processes of the bot; the addresses of `web` take turns."""

    def __init__(self, room: School, commands: Sequence[str]) -> None:
        self._room = room
        self._members = [(command, free_port()) for command in commands]
        self._processes: dict[int, Bot] = {}
        self._turns = cycle(port for command, port in self._members if command == "web")

    def start(self, *numbers: int) -> None:
        """Start processes, and wait until they are ready."""
        for number in numbers:
            command, port = self._members[number]
            url = self._room.settings.database_url
            more = {
                "PORT": str(port),
                "TUTORBOT_BADGE_CHANNEL": self._room.badges,
                "TUTORBOT_POLL_SECONDS": "1",
            }
            self._processes[number] = started(self._room.sandbox, url, command, **more)
        for number in numbers:
            command, port = self._members[number]
            wait_for_words(self._processes[number], READY[command])
            if command == "web":
                assert status_of(port, "/healthz") == 200

    def replace(self, ends: Mapping[int, Callable[[Bot], int]]) -> None:
        """End processes, and start others in their places."""
        for number, end in ends.items():
            assert end(self._processes.pop(number)) == (-signal.SIGKILL if end is killed else 0)
        self.start(*ends)

    def turn(self) -> None:
        """Let the next request go to the next `web`."""
        self._room.sandbox.deliver_over_http(f"http://127.0.0.1:{next(self._turns)}{EVENTS}")

    def end(self) -> None:
        """End all that run."""
        self._room.sandbox.deliver_over_http(None)
        for process in self._processes.values():
            assert terminated(process) == 0


@contextmanager
def fleet(room: School, *commands: str) -> Iterator[Fleet]:
    """Run these commands, each in a process of its own."""
    running = Fleet(room, commands)
    with ExitStack() as ending:
        ending.callback(running.end)
        running.start(*range(len(commands)))
        yield running


def answer(room: School, fleet: Fleet, learner: Learner, page: QuestionPage) -> None:
    """Answer a question wrong and then right."""
    for n in (1, 2):
        position = room.position(page, right=n == 2)
        press(room, fleet, learner, ids.action(ids.ANSWER, page.drawing.id, n, position))


def press(room: School, fleet: Fleet, learner: Learner, button: str) -> None:
    """Press a button until it is seen that it worked: the process that takes it, or draws, may die."""
    person = room.sandbox.person(learner.user)

    def shown() -> Message | None:
        found = [m for m in person.direct_messages() if any(b.answers_to(button) for b in m.buttons)]
        return found[-1] if found else None

    message = room.sandbox.wait_for(shown, 60)
    while shown():
        fleet.turn()
        person.click(message, button, as_seen=True)
        with suppress(TimeoutError):
            room.sandbox.wait_for(lambda: not shown(), 2)


def settle(room: School) -> None:
    """Look for what the killed have left, with a clock by which their claims have run out."""
    machine = OffsetClock(timedelta(minutes=5))
    bot = app.build(room.settings, Clocks(machine=machine), pacing=Leaping())
    while [each for each in ledger(room) if each.state not in (State.POSTED, State.DONE)]:
        bot.poller.poll_once()
        assert bot.sender.quiet(30)
        machine.offset += timedelta(seconds=30)
    bot.stop()


def ledger(room: School) -> list[Delivery]:
    with room.bot.store.read() as conn:
        return list_deliveries(conn, limit=1_000)


def posts(room: School) -> list[tuple[str, str]]:
    """Return where everything stands that all can see."""
    with room.sandbox.workspace.lock:
        channels = list(room.sandbox.workspace.channels.values())
        return [(each.id, ts) for each in channels for ts, post in each.posts.items() if not post.only_for]


def has_more(room: School, before: int) -> bool:
    """Say whether something was posted since."""
    return len(posts(room)) > before


def let_answer(room: School, running: Fleet, learners: Sequence[Learner], happen: Callable[[], None]) -> int:
    """Let all answer two questions while something happens; return how many questions were asked."""
    before = len(posts(room))
    asked = [(learner, room.shown(learner, lesson)) for learner in learners for lesson in ("l1", "l2")]
    with ThreadPoolExecutor(len(asked)) as people:
        at_work = [people.submit(answer, room, running, learner, page) for learner, page in asked]
        room.sandbox.wait_for(partial(has_more, room, before), 60)
        happen()
        settle(room)
        for each in at_work:
            each.result(60)
    return len(asked)


def assert_all_is_there_once(room: School, learners: Sequence[Learner], questions: int) -> None:
    """Two tries of each question, a whole grade, an award and a badge each, and every message once."""
    with room.bot.store.read() as conn:
        stored = Counter(conn.scalars(select(attempts.c.drawing_id)))
        awarded = Counter(conn.scalars(select(awards.c.enrollment_id)))
    assert list(stored.values()) == [2] * questions
    assert {room.standing(learner).grade.mark for learner in learners} == {100}
    assert list(awarded.values()) == [1] * len(learners)
    assert len(room.sandbox.person("anna").messages(room.badges)) == len(learners)
    assert sorted(posts(room)) == sorted((each.channel or "", each.posted_ts) for each in ledger(room))


def test_where_processes_end_and_others_start(room: School) -> None:
    learners = room.learners(len(ROUNDS) * LEARNERS)
    questions = 0

    with fleet(room, *TWO_OF_EACH) as running:
        for number, ends in enumerate(ROUNDS):
            share = learners[number * LEARNERS :][:LEARNERS]
            questions += let_answer(room, running, share, partial(running.replace, ends))
    settle(room)

    assert_all_is_there_once(room, learners, questions)


def test_where_postgresql_ends_every_connection(room: School) -> None:
    learners = room.learners(2 * LEARNERS)
    questions = 0

    with fleet(room, "web", "worker") as running:
        for share in (learners[:LEARNERS], learners[LEARNERS:]):
            questions += let_answer(room, running, share, partial(end_connections, room))
    settle(room)

    assert_all_is_there_once(room, learners, questions)


def end_connections(room: School) -> None:
    """End every connection to the database but this one, as PostgreSQL does when it is restarted."""
    with psycopg.connect(room.settings.database_url, autocommit=True) as conn:
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
