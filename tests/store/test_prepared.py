"""Statements that the driver runs itself mean what they mean in SQLAlchemy's hands."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.store.waiting import PATIENCE, write_together
from tutorbot.records.prepared import Prepared
from tutorbot.records.tables import deliveries, learners, pictures
from tutorbot.store import Store, open_store

NOW = datetime(2026, 11, 2, 8, 30, 0, 250, tzinfo=UTC)
OWE = Prepared(insert(deliveries).returning(deliveries.c.id))
OWE_EACH = Prepared(insert(deliveries))
FIND = Prepared(select(deliveries).where(deliveries.c.key == bindparam("wanted")))
LOCK = Prepared(select(learners).where(learners.c.user == bindparam("who")).with_for_update())


def owe(conn: Connection, key: str) -> int:
    """Owe something, with values of every type that is converted."""
    (row,) = OWE.rows(
        conn,
        key=key,
        kind="post",
        what={"text": "Grüezi 100 %"},
        team="T1",
        in_thread=True,
        due_at=NOW,
        state="due",
        created_at=NOW,
    )
    return int(row.id)


def test_values_and_columns_are_converted_by_their_types(store: Store) -> None:
    delivery_id = store.write(lambda conn: owe(conn, "one"))

    with store.read() as conn:
        (prepared,) = FIND.rows(conn, wanted="one")
        usual = conn.execute(select(deliveries)).one()
    assert prepared._asdict() == usual._asdict()
    assert (prepared.id, prepared.what, prepared.in_thread) == (delivery_id, {"text": "Grüezi 100 %"}, True)
    assert (prepared.due_at, prepared.channel) == (NOW, None)


def test_a_statement_that_finds_nothing_returns_no_rows(store: Store) -> None:
    with store.read() as conn:
        assert FIND.rows(conn, wanted="nothing") == []


def test_many_rows_are_converted_too_and_counted(store: Store) -> None:
    due = {"kind": "post", "team": "T1", "in_thread": True, "state": "due"}
    rows = [{"key": key, "what": {"text": f"Grüezi {key}"}, "due_at": NOW} for key in ("one", "two")]

    new = store.write(lambda conn: OWE_EACH.many(conn, iter(rows), **due, created_at=NOW))
    none = store.write(lambda conn: OWE_EACH.many(conn, []))

    with store.read() as conn:
        found = conn.execute(select(deliveries).order_by(deliveries.c.id)).all()
    assert (new, none) == (2, 0)
    assert [(row.key, row.what, row.due_at, row.in_thread, row.created_at) for row in found] == [
        (key, {"text": f"Grüezi {key}"}, NOW, True, NOW) for key in ("one", "two")
    ]


def test_an_error_among_many_rows_is_that_of_sqlalchemy(store: Store) -> None:
    same = {"kind": "post", "what": {"text": "Grüezi"}, "team": "T1", "in_thread": True, "state": "due"}

    with pytest.raises(IntegrityError, match="INSERT INTO deliveries") as refused:
        store.write(
            lambda conn: OWE_EACH.many(conn, [{"key": "twice"}] * 2, **same, due_at=NOW, created_at=NOW)
        )

    assert "Grüezi" not in str(refused.value)


def test_an_error_is_that_of_sqlalchemy_and_undoes_the_write_alone(store: Store) -> None:
    def owe_twice(conn: Connection) -> None:
        owe(conn, "twice")
        owe(conn, "twice")

    with pytest.raises(IntegrityError, match="INSERT INTO deliveries") as refused:
        store.write(owe_twice)
    assert "Grüezi" not in str(refused.value)

    store.write(lambda conn: owe(conn, "after"))
    with store.read() as conn:
        assert list(conn.scalars(select(deliveries.c.key))) == ["after"]


def test_a_full_disk_that_a_function_hides_still_fails_the_batch(sqlite_url: str) -> None:
    picture = Prepared(insert(pictures))  # without RETURNING SQLite gives the whole transaction up

    def limit(conn: Connection) -> None:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")

    def hide(conn: Connection) -> None:
        with suppress(OperationalError):
            picture.rows(conn, digest="d", name="n", media_type="m", content=bytes(1_000_000))
        owe(conn, "hidden")

    store = open_store(sqlite_url)
    store.write(limit)
    futures = write_together(store, lambda conn: owe(conn, "before"), hide, lambda conn: owe(conn, "after"))

    assert all(future.exception() for future in futures)
    with store.read() as conn:
        assert list(conn.scalars(select(deliveries.c.key))) == []
    store.close()


def test_of_two_writes_that_lock_each_other_out_both_are_made(postgres_url: str) -> None:
    both_hold_one = Barrier(2)
    runs: Counter[str] = Counter()
    store = open_store(postgres_url)
    store.write(
        lambda conn: conn.execute(
            insert(learners), [{"team": "T1", "user": "U1"}, {"team": "T1", "user": "U2"}]
        )
    )

    def lock(first: str, second: str) -> None:
        def write(conn: Connection) -> None:
            runs[first] += 1
            LOCK.rows(conn, who=first)
            if runs[first] == 1:
                both_hold_one.wait(PATIENCE)
            LOCK.rows(conn, who=second)

        store.write(write)

    with ThreadPoolExecutor(2) as threads:
        locking = [threads.submit(lock, *order) for order in (("U1", "U2"), ("U2", "U1"))]
    store.close()

    assert [each.exception() for each in locking] == [None, None]
    assert runs.total() >= 3  # who gave way began anew, perhaps more than once
