"""Over Socket Mode nothing is lost or doubled when connections break, are renewed, or end."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from tests.wire.classroom import Classroom, Pupil, classroom
from tutorbot.sandbox import Sandbox
from tutorbot.sandbox.sent import Sort

NAMES = ("anna", "ben")

# A connection that breaks in the middle of its handshake is left to the garbage collector by the SDK.
pytestmark = pytest.mark.filterwarnings("ignore:.*socket.socket:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def no_sockets_left() -> Iterator[None]:
    """Leave no such connection to a later test."""
    yield
    gc.collect()


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Classroom]:
    """Give a bot that is reached by two connections, and people each with a question before them."""
    with classroom(sqlite_url) as opened:
        opened.sandbox.connected(connections=2)
        for name in NAMES:
            pupil = opened.pupil(name)
            pupil.takes("bread")
            pupil.command("quiz 1.1")
            opened.let_happen()
            pupil.sees("Question 1 of")
        opened.drawn()
        yield opened


@contextmanager
def stuck(room: Classroom) -> Iterator[None]:
    """Let nothing be committed meanwhile: what comes is taken, and not yet answered."""
    entered, go_on = Event(), Event()

    def hold(_conn: object) -> None:
        entered.set()
        assert go_on.wait(60)

    holding = Thread(target=room.bot.store.write, args=[hold])
    holding.start()
    assert entered.wait(60)
    try:
        yield
    finally:
        go_on.set()
        holding.join()


def taken(room: Classroom, number: int) -> Callable[[], bool]:
    """Return the condition that so many wait for the store."""
    return lambda: room.bot.store.waiting >= number


def recorded(pupil: Pupil) -> Callable[[], bool]:
    return lambda: len(pupil.attempts()) > 0


def type_while_stuck(room: Classroom, pupils: list[Pupil], happen: Callable[[], None]) -> None:
    """Let each type the right answer, and something happen while none is acknowledged."""
    with ThreadPoolExecutor() as pool:
        with stuck(room):
            typing = [pool.submit(each.person.type, each.letters(right=True)[0]) for each in pupils]
            room.sandbox.wait_for(taken(room, len(pupils)))
            happen()
        for each in typing:
            each.result(60)


@pytest.mark.parametrize(
    "breaking", [Sandbox.drop_connections, Sandbox.refresh_connections], ids=["dropped", "renewed"]
)
def test_answers_on_their_way_when_connections_break_are_recorded_once(
    room: Classroom, breaking: Callable[[Sandbox], None]
) -> None:
    pupils = [room.pupil(name) for name in NAMES]

    type_while_stuck(room, pupils, lambda: breaking(room.sandbox))
    room.sandbox.connected(connections=2)
    room.sandbox.retry_events()
    for pupil in pupils:
        room.sandbox.wait_for(recorded(pupil))
    room.sandbox.settled()
    room.let_happen()

    assert [sent for sent in room.sandbox.sent if sent.sort is Sort.EVENT and sent.retry]
    for pupil in pupils:
        assert len(pupil.attempts()) == 1
        assert len([post for post in pupil.posts() if post.text.startswith("You answered")]) == 1


def test_requests_come_by_both_connections_and_by_one_while_the_other_is_gone(room: Classroom) -> None:
    anna = room.pupil("anna")
    first = room.sandbox.courier.sockets.links[0]

    room.sandbox.run(first.socket.close())
    for _ in range(4):
        assert "What you can write" in anna.reply("help")

    room.sandbox.connected(connections=2)


def test_what_was_taken_is_answered_before_the_connections_end(sqlite_url: str) -> None:
    with classroom(sqlite_url, over_http=True) as room:
        anna = room.pupil("anna")
        anna.takes("bread")
        anna.command("quiz 1.1")
        room.let_happen()
        anna.sees("Question 1 of")
        room.drawn()
        url = room.sandbox.courier.http.url
        room.sandbox.deliver_over_http(None)
        link = room.bot.socket_mode()
        link.connect()
        room.sandbox.connected(connections=2)

        with ThreadPoolExecutor() as pool:
            with stuck(room):
                pressing = pool.submit(anna.press, anna.letters(right=True)[0])
                room.sandbox.wait_for(taken(room, 1))
                closing = pool.submit(link.close)
            assert pressing.result(60).ok
            closing.result(60)

        assert not link.is_connected()
        assert len(anna.attempts()) == 1
        room.sandbox.deliver_over_http(url)
