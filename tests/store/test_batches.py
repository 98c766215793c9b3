"""SQLite's one writer: functions committed together, each undone alone, or all of them failed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Connection, insert, make_url, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from tests.store.waiting import write_together
from tutorbot.records.tables import learners, pictures
from tutorbot.store import Store, open_store, sqlite_driver

DRIVERS = {driver.__name__: driver for driver in (sqlite_driver(), sqlite3)}


Function = Callable[[Connection], Any]


@pytest.fixture(params=DRIVERS)
def driver(request: pytest.FixtureRequest) -> ModuleType:
    """Give each driver: the better one has WAL, the standard one may have the rollback journal."""
    return DRIVERS[request.param]


@pytest.fixture
def store(driver: ModuleType, sqlite_url: str) -> Iterator[Store]:
    """Give a store on a file."""
    opened = open_store(sqlite_url, sqlite=driver)
    yield opened
    opened.close()


def stored(store: Store) -> set[str]:
    """Return the learners that are stored."""
    with store.read() as conn:
        return set(conn.execute(select(learners.c.user)).scalars())


def adds(user: str) -> Function:
    """Return a function that adds this learner."""

    def add(conn: Connection) -> str:
        conn.execute(insert(learners).values(team="T1", user=user))
        return user

    return add


def raises(user: str) -> Function:
    """Return a function that adds this learner, and fails."""

    def add(conn: Connection) -> None:
        adds(user)(conn)
        raise LookupError(user)

    return add


def fails_at_commit(conn: Connection) -> str:
    """Do what is refused at the end of the transaction."""
    conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    conn.exec_driver_sql("INSERT INTO current_courses VALUES ('cqrs', 'missing')")
    return "all went well"


def fill_the_disk(conn: Connection) -> None:
    """Write more than the disk has room for (see `full_disk`)."""
    conn.execute(insert(pictures).values(digest="d", name="n", media_type="m", content=bytes(1_000_000)))


@pytest.fixture
def full_disk(store: Store) -> None:
    """Leave room for a few pages."""

    def limit(conn: Connection) -> None:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")

    store.write(limit)


def test_a_function_that_raises_takes_nobody_along(store: Store) -> None:
    first, failed, last = write_together(store, adds("U1"), raises("U2"), adds("U3"))

    assert (first.result(), last.result()) == ("U1", "U3")
    assert isinstance(failed.exception(), LookupError)
    assert stored(store) == {"U1", "U3"}


def test_a_function_sees_what_those_before_it_in_the_batch_have_done(store: Store) -> None:
    first, same = write_together(store, adds("U1"), adds("U1"))

    assert first.result() == "U1"
    assert isinstance(same.exception(), IntegrityError)
    assert stored(store) == {"U1"}


def test_a_commit_that_fails_fails_every_caller_of_its_batch(store: Store) -> None:
    futures = write_together(store, adds("U1"), fails_at_commit, raises("U2"), adds("U3"))

    failures = [future.exception() for future in futures]
    assert isinstance(failures[0], IntegrityError)
    assert failures == [failures[0]] * 4
    assert stored(store) == set()


def test_a_batch_after_a_failed_one_is_stored(store: Store) -> None:
    write_together(store, fails_at_commit, adds("U1"))

    store.write(adds("U2"))

    assert stored(store) == {"U2"}


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_fails_every_caller_of_the_batch(store: Store) -> None:
    futures = write_together(store, adds("U1"), fill_the_disk, adds("U2"))

    failures = [future.exception() for future in futures]
    assert "database or disk is full" in str(failures[0])
    assert failures == [failures[0]] * 3
    assert stored(store) == set()


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_that_a_function_hides_still_fails_the_batch(store: Store) -> None:
    def hide(conn: Connection) -> str:
        with suppress(OperationalError):
            fill_the_disk(conn)
        adds("U2")(conn)
        return "all went well"

    futures = write_together(store, adds("U1"), hide, adds("U3"))

    assert all(future.exception() for future in futures)
    assert stored(store) == set()


@pytest.mark.usefixtures("full_disk")
def test_when_there_is_room_again_writing_goes_on(store: Store) -> None:
    with pytest.raises(DBAPIError):
        store.write(fill_the_disk)

    store.write(adds("U1"))

    assert stored(store) == {"U1"}


def test_a_file_that_another_program_holds_fails_the_write_and_nothing_else(
    store: Store, driver: ModuleType, sqlite_url: str
) -> None:
    store.write(lambda conn: conn.exec_driver_sql("PRAGMA busy_timeout = 10"))

    with closing(driver.connect(make_url(sqlite_url).database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            store.write(adds("U1"))

    store.write(adds("U2"))
    assert stored(store) == {"U2"}


def test_a_function_that_is_stopped_by_force_leaves_the_writer_at_work(store: Store) -> None:
    def stop(conn: Connection) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        store.write(stop)

    assert store.write(adds("U1")) == "U1"
