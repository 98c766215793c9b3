"""Reading and writing, the same on both databases."""

import logging
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.store.counting import add_one, counted, start
from tests.store.processes import line, processes, tell
from tests.store.waiting import PATIENCE
from tutorbot.records.tables import learners
from tutorbot.store import Store, open_store


def add_learner(conn: Connection, user: str) -> str:
    """Insert a learner, and return them."""
    conn.execute(insert(learners).values(team="T1", user=user))
    return user


def users(store: Store) -> set[str]:
    """Return who is stored."""
    with store.read() as conn:
        return set(conn.execute(select(learners.c.user)).scalars())


def test_a_write_returns_what_its_function_returned_and_is_stored(store: Store) -> None:
    result = store.write(lambda conn: add_learner(conn, "U1"))

    assert result == "U1"
    assert users(store) == {"U1"}


def test_what_a_function_raises_is_raised_and_nothing_of_it_is_left(store: Store) -> None:
    def fail(conn: Connection) -> None:
        add_learner(conn, "U1")
        raise LookupError("no such lesson")

    with pytest.raises(LookupError, match="no such lesson"):
        store.write(fail)

    store.write(lambda conn: add_learner(conn, "U2"))
    assert users(store) == {"U2"}


def test_a_read_sees_one_state_while_others_write(store: Store) -> None:
    count = select(func.count()).select_from(learners)

    with store.read() as conn, ThreadPoolExecutor(1) as other:
        before = conn.execute(count).scalar_one()
        other.submit(store.write, lambda conn: add_learner(conn, "U1")).result(PATIENCE)
        meanwhile = conn.execute(count).scalar_one()

    assert (before, meanwhile) == (0, 0)
    assert users(store) == {"U1"}


def test_a_read_cannot_write(store: Store) -> None:
    with store.read() as conn, pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
        add_learner(conn, "U1")

    assert users(store) == set()


def test_a_connection_that_has_read_can_write_when_it_is_used_again(store: Store) -> None:
    for user in ("U1", "U2", "U3"):
        assert user not in users(store)
        store.write(partial(add_learner, user=user))

    assert users(store) == {"U1", "U2", "U3"}


def test_a_write_within_a_write_raises_and_ends_both(store: Store) -> None:
    def outer(conn: Connection) -> None:
        add_learner(conn, "U1")
        store.write(lambda inner: add_learner(inner, "U2"))

    with pytest.raises(RuntimeError, match="write within write"):
        store.write(outer)

    assert users(store) == set()


def test_a_write_within_a_read_raises(store: Store) -> None:
    with store.read(), pytest.raises(RuntimeError, match="write within read"):
        store.write(lambda conn: add_learner(conn, "U1"))

    store.write(lambda conn: add_learner(conn, "U2"))
    assert users(store) == {"U2"}


def test_a_function_may_read_while_it_writes(store: Store) -> None:
    def write(conn: Connection) -> set[str]:
        add_learner(conn, "U1")
        return users(store)

    seen_from_outside = store.write(write)

    assert seen_from_outside == set()


def test_a_commit_that_fails_is_raised_and_nothing_is_stored(store: Store) -> None:
    def fail_at_commit(conn: Connection) -> str:
        add_learner(conn, "U1")
        if store.dialect == "sqlite":
            conn.execute(text("PRAGMA defer_foreign_keys = ON"))
            conn.execute(text("INSERT INTO current_courses VALUES ('cqrs', 'missing')"))
        else:
            conn.execute(
                text("CREATE TABLE later (id int REFERENCES deliveries (id) DEFERRABLE INITIALLY DEFERRED)")
            )
            conn.execute(text("INSERT INTO later VALUES (1)"))
        return "all went well"

    with pytest.raises(IntegrityError):
        store.write(fail_at_commit)

    assert users(store) == set()
    store.write(lambda conn: add_learner(conn, "U2"))
    assert users(store) == {"U2"}


def test_of_320_read_modify_writes_from_threads_none_is_lost(store: Store) -> None:
    store.write(start)

    with ThreadPoolExecutor(16) as threads:
        numbers = list(threads.map(lambda _: store.write(add_one), range(320)))

    assert sorted(numbers) == list(range(1, 321))
    assert counted(store) == 320


def test_of_320_read_modify_writes_from_four_processes_none_is_lost(store: Store, database_url: str) -> None:
    store.write(start)

    with processes(4, "tests.store.counting", database_url, "80") as counters:
        assert [line(counter) for counter in counters] == ["ready"] * 4
        for counter in counters:
            tell(counter)
        said = [counter.communicate(timeout=60)[0].split() for counter in counters]

    assert sorted(int(number) for numbers in said for number in numbers) == list(range(1, 321))
    assert counted(store) == 320


def test_what_a_process_said_was_stored_is_there_after_it_is_killed(store: Store, database_url: str) -> None:
    store.write(start)

    with processes(1, "tests.store.counting", database_url, "1000000") as [counter]:
        assert line(counter) == "ready"
        tell(counter)
        while line(counter) != "50":
            pass
        counter.send_signal(signal.SIGKILL)
        assert counter.stdout
        said = [50, *(int(number) for number in counter.stdout.read().split("\n")[:-1])]

    assert counted(store) in (said[-1], said[-1] + 1)  # killed between the commit and the saying of it


def test_the_sender_is_woken_after_the_commit_that_made_something_due(database_url: str) -> None:
    seen: list[set[str]] = []
    store = open_store(database_url, wake=lambda: seen.append(users(store)))

    def make_due(conn: Connection) -> None:
        add_learner(conn, "U1")
        conn.info["wake"] = True

    store.write(make_due)
    store.write(lambda conn: add_learner(conn, "U2"))
    store.close()

    assert seen == [{"U1"}]


def test_the_sender_is_not_woken_for_what_was_undone(store: Store) -> None:
    woken: list[None] = []
    store.wake = lambda: woken.append(None)

    def make_due_and_fail(conn: Connection) -> None:
        conn.info["wake"] = True
        raise LookupError

    with pytest.raises(LookupError):
        store.write(make_due_and_fail)
    store.write(lambda conn: add_learner(conn, "U1"))

    assert woken == []


def test_a_sender_that_cannot_be_woken_is_logged_and_fails_no_write(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def wake() -> None:
        raise OSError("no sender")

    def make_due(conn: Connection) -> str:
        conn.info["wake"] = True
        return add_learner(conn, "U1")

    store.wake = wake
    with caplog.at_level(logging.ERROR):
        assert store.write(make_due) == "U1"

    assert "The sender could not be woken" in caplog.text


def test_closing_finishes_what_was_accepted_and_refuses_the_rest(database_url: str) -> None:
    store = open_store(database_url)
    begun, gate = threading.Event(), threading.Event()

    def slow(conn: Connection) -> str:
        begun.set()
        gate.wait(PATIENCE)
        return add_learner(conn, "U1")

    with ThreadPoolExecutor(2) as threads:
        accepted = threads.submit(store.write, slow)
        begun.wait(PATIENCE)
        closing = threads.submit(store.close)
        gate.set()
        closing.result(PATIENCE)

    assert accepted.result() == "U1"
    with pytest.raises(RuntimeError, match="the store is closed"):
        store.write(lambda conn: add_learner(conn, "U2"))
    with pytest.raises(RuntimeError, match="the store is closed"), store.read():
        pass
    again = open_store(database_url)
    assert users(again) == {"U1"}
    again.close()
