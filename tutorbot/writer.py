"""How functions that write become committed transactions."""

import time
from collections.abc import Callable, Sequence
from random import SystemRandom
from threading import Condition, Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

T = TypeVar("T")

_ROLLED_BACK = {"40001", "40P01"}  # serialization failure, deadlock: PostgreSQL has undone all of it
_TRIES = 5
_APART = SystemRandom()


class _Job:
    """A function that waits for the writer, and what came of it.

    Much of what a short write costs is the waiting: a lock is a fifth of a Future.
    """

    __slots__ = ("_ended", "_failure", "_result", "fn")

    def __init__(self, fn: Callable[[Connection], Any]) -> None:
        self.fn = fn
        self._ended = Lock()
        self._ended.acquire()

    def end(self, result: Any, failure: BaseException | None) -> None:
        """Wake the caller, once."""
        self._result, self._failure = result, failure
        self._ended.release()

    def outcome(self) -> Any:
        """Wait for the end; return the result or raise the failure."""
        self._ended.acquire()
        if self._failure is not None:
            raise self._failure
        return self._result


class SingleWriter:
    """One thread that takes all functions that wait, and commits them together.

    SQLite lets one connection write at a time and a durable COMMIT costs an fsync: one thread
    has nobody to wait for, and shares that cost among all who came meanwhile.
    """

    def __init__(self, engine: Engine) -> None:
        _never_without_transaction(engine)
        self._engine = engine
        self._jobs: list[_Job] = []
        self._closed = False
        self._changed = Condition()
        self._conn: Connection | None = None
        # A daemon, so that a program that dies without close() ends; SQLite undoes what was not committed.
        self._thread = Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    def run(self, fn: Callable[[Connection], T]) -> T:
        """Have `fn` run by the thread, and wait until its batch is committed."""
        job = _Job(fn)
        with self._changed:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._jobs.append(job)
            self._changed.notify()
        result: T = job.outcome()
        return result

    @property
    def waiting(self) -> int:
        """Say how many functions wait for the next batch."""
        return len(self._jobs)

    def close(self) -> None:
        """Finish what was accepted, then end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        self._engine.dispose()

    def _work(self) -> None:
        while batch := self._take():
            try:
                outcomes = self._commit(batch)
            except BaseException as error:
                # Nothing of the batch is stored. A function that failed by itself gets this error
                # too: its own may rest on what another one of the batch had written.
                outcomes = [(None, error)] * len(batch)
                self._let_go()
            for job, (result, failure) in zip(batch, outcomes, strict=True):
                job.end(result, failure)
        self._let_go()

    def _take(self) -> list[_Job]:
        """Wait for work and return all of it; nothing when the store was closed and all is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closed)
            batch, self._jobs = self._jobs, []
            return batch

    def _commit(self, batch: Sequence[_Job]) -> list[tuple[Any, BaseException | None]]:
        conn = self._conn = self._conn or self._engine.connect()  # kept: to take one anew costs a fifth
        with conn.begin():
            if len(batch) == 1:
                return [(batch[0].fn(conn), None)]
            return [_in_savepoint(conn, job.fn) for job in batch]

    def _let_go(self) -> None:
        """Give the connection back, since it may be broken or is needed no more."""
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()


def _in_savepoint(conn: Connection, fn: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
    """Return what `fn` returned or raised; if it raised, nothing of it is left.

    Raise its error if that ended the whole transaction. The statements are explicit because
    `begin_nested` costs twice as much.
    """
    result, failure = None, None
    conn.exec_driver_sql("SAVEPOINT fn")
    try:
        result = fn(conn)
    except BaseException as error:
        if conn.invalidated:  # see _never_without_transaction
            raise
        failure = error
        conn.exec_driver_sql("ROLLBACK TO fn")
    conn.exec_driver_sql("RELEASE fn")
    return result, failure


def _never_without_transaction(engine: Engine) -> None:
    """Give a connection up when an error has left it without its transaction.

    A full disk makes SQLite roll everything back. The next SAVEPOINT or INSERT would then begin
    and commit by itself; given up, the connection takes no more statements until its rollback.
    """

    @event.listens_for(engine, "handle_error")
    def give_up(context: ExceptionContext) -> None:
        conn = context.connection
        if conn is None or conn.invalidated:
            return
        driver: Any = conn.connection.driver_connection
        if not driver.in_transaction:
            context.is_disconnect = True


class PooledWriter:
    """Each caller writes in its own thread, on a connection of the pool."""

    waiting = 0  # nobody waits for another's batch

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = 0
        self._closed = False
        self._changed = Condition()

    def run(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` and commit; again where PostgreSQL broke a deadlock at the cost of this transaction.

        Any other error is final: after a lost connection nobody knows whether it was committed.
        """
        self._enter()
        try:
            for tried in range(1, _TRIES):
                try:
                    return self._commit(fn)
                except OperationalError as error:
                    if getattr(error.orig, "sqlstate", None) not in _ROLLED_BACK:
                        raise
                time.sleep(_APART.uniform(0, 0.02 * tried))  # so that two do not meet again and again
            return self._commit(fn)
        finally:
            self._leave()

    def close(self) -> None:
        """Refuse more, and wait for those who are writing."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: not self._writing)
        self._engine.dispose()

    def _enter(self) -> None:
        with self._changed:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._writing += 1

    def _leave(self) -> None:
        with self._changed:
            self._writing -= 1
            self._changed.notify_all()

    def _commit(self, fn: Callable[[Connection], T]) -> T:
        with self._engine.begin() as conn:
            result = fn(conn)
            driver: Any = conn.connection.driver_connection
            if driver.info.transaction_status.name == "INERROR":
                # `fn` caught an error of the database: COMMIT would now roll back and report success.
                raise RuntimeError("a statement failed, so nothing of this write can be kept")
            return result
