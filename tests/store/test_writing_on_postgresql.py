"""What is PostgreSQL's alone: writers at the same time, in transactions of their own."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.store.waiting import PATIENCE
from tutorbot.records.tables import learners
from tutorbot.store import Store, open_store


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    """Give a store with two learners."""
    opened = open_store(postgres_url)
    opened.write(
        lambda conn: conn.execute(
            insert(learners), [{"team": "T1", "user": "U1"}, {"team": "T1", "user": "U2"}]
        )
    )
    yield opened
    opened.close()


def names(store: Store) -> list[str]:
    """Return the learners' names."""
    with store.read() as conn:
        return list(conn.execute(select(learners.c.name).order_by(learners.c.user)).scalars())


def test_of_two_writes_that_wait_for_each_other_both_are_made(store: Store) -> None:
    both_hold_one = Barrier(2)
    runs: Counter[str] = Counter()

    def append(letter: str, first: str, second: str) -> None:
        def write(conn: Connection) -> None:
            runs[letter] += 1
            append_to(conn, first, letter)
            if runs[letter] == 1:
                both_hold_one.wait(PATIENCE)
            append_to(conn, second, letter)

        store.write(write)

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(append, "a", "U1", "U2")
        other = threads.submit(append, "b", "U2", "U1")

    assert one.exception() is None
    assert other.exception() is None
    assert runs.total() >= 3  # one of them was broken off, and was made again
    assert {"".join(sorted(name)) for name in names(store)} == {"ab"}


def append_to(conn: Connection, user: str, letter: str) -> None:
    """Append a letter to a learner's name, whose row is locked from then on."""
    conn.execute(update(learners).where(learners.c.user == user).values(name=learners.c.name + letter))


def test_an_error_that_a_function_hides_does_not_pass_for_success(store: Store) -> None:
    def hide(conn: Connection) -> str:
        conn.execute(update(learners).values(name="changed"))
        with pytest.raises(IntegrityError):
            conn.execute(insert(learners).values(team="T1", user="U1"))
        return "all went well"

    with pytest.raises(RuntimeError, match="nothing of this write can be kept"):
        store.write(hide)

    assert names(store) == ["", ""]


def test_a_lost_connection_is_raised_and_the_function_is_not_run_again(store: Store) -> None:
    runs = []

    def lose(conn: Connection) -> None:
        runs.append(conn)
        conn.execute(update(learners).values(name="changed"))
        conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(OperationalError):
        store.write(lose)

    assert len(runs) == 1
    assert names(store) == ["", ""]


def test_connections_that_were_needed_at_once_stay(store: Store) -> None:
    at_once = 12

    def servers() -> set[int]:
        all_here = Barrier(at_once)

        def write(conn: Connection) -> int:
            all_here.wait(PATIENCE)
            return conn.scalar(select(func.pg_backend_pid())) or 0

        with ThreadPoolExecutor(at_once) as threads:
            return set(threads.map(store.write, [write] * at_once))

    first, second = servers(), servers()

    assert len(first) == at_once
    assert second == first
