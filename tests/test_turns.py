"""Numbers wait for their turn, without a thread for each."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Event, Thread

from tutorbot.turns import Turns

HELD = 0


class Given:
    """Takes the turns; the one of HELD is over when it is let go."""

    def __init__(self) -> None:
        self.numbers: Queue[int] = Queue()
        self.begun, self.let_go = Event(), Event()
        self.turns = Turns(self.again, every=0.01)

    def again(self, number: int) -> None:
        if number == HELD:
            self.begun.set()
            assert self.let_go.wait(60)
        self.numbers.put(number)

    def first(self, count: int) -> list[int]:
        return [self.numbers.get(timeout=60) for _ in range(count)]


@contextmanager
def held(given: Given) -> Iterator[Turns]:
    """Let nobody have a turn meanwhile."""
    given.turns.wait(HELD)
    assert given.begun.wait(60)
    yield given.turns
    given.let_go.set()


def test_each_gets_one_turn_the_first_first() -> None:
    given = Given()

    with held(given) as turns:
        for number in (3, 1, 3, 2):
            turns.wait(number)

    assert given.first(4) == [HELD, 3, 1, 2]
    turns.stop()
    assert given.numbers.empty()


def test_who_must_wait_once_more_waits_behind_the_others() -> None:
    given = Given()

    with held(given) as turns:
        turns.wait(1)
        turns.wait(HELD)

    assert given.first(3) == [HELD, 1, HELD]
    turns.stop()


def test_who_has_left_gets_no_turn() -> None:
    given = Given()

    with held(given) as turns:
        for number in (1, 2, 3):
            turns.wait(number)
        turns.leave(2)

    assert given.first(3) == [HELD, 1, 3]
    turns.stop()


def test_the_end_waits_for_the_turn_that_is_given_and_leaves_out_the_rest() -> None:
    given = Given()

    with held(given) as turns:
        ending = Thread(target=turns.stop)
        ending.start()
        ending.join(0.05)
        still_ending = ending.is_alive()
    ending.join(60)
    turns.wait(1)
    turns.stop()

    assert still_ending
    assert not ending.is_alive()
    assert given.first(1) == [HELD]
    assert given.numbers.empty()
