"""Transactions on PostgreSQL that wait for the same lock, in a known order."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

from sqlalchemy import Connection, Table, select, text

from tests.store.waiting import PATIENCE, eventually
from tutorbot.store import Store


def do_at_once(store: Store, waits_for: Table, *doing: Callable[[], object]) -> None:
    """Do things in this order while a table is locked which all of them need, then let it go."""
    begun: list[Future[Any]] = []
    with ThreadPoolExecutor(len(doing)) as threads:
        with _locked(store, waits_for):
            for each in doing:
                begun.append(threads.submit(each))
                eventually(lambda: begun[-1].done() or _waiting(store) == len(begun))
        for done in begun:
            done.result()


@contextmanager
def _locked(store: Store, table: Table) -> Iterator[None]:
    """Hold the lock of every row of a table."""
    held, over = Event(), Event()

    def hold(conn: Connection) -> None:
        conn.execute(select(*table.primary_key).with_for_update(key_share=True)).all()
        held.set()
        over.wait(PATIENCE)

    with ThreadPoolExecutor(1) as thread:
        holding = thread.submit(store.write, hold)
        held.wait(PATIENCE)
        try:
            yield
        finally:
            over.set()
    holding.result()


def _waiting(store: Store) -> int:
    """Return how many transactions wait for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with store.read() as conn:
        return int(conn.execute(waiting).scalar_one())
