"""The database: opened, read from and written to by one writer at a time."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Condition, Thread, local
from types import ModuleType
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, OperationalError

from tutorbot.errors import BadSetting, DatabaseTooNew

T = TypeVar("T")

WAKE = "wake"  # a function that makes a delivery due sets conn.info["wake"] (see records/deliveries.py)
MIGRATIONS = Path(__file__).with_name("migrations")

_MIGRATION_LOCK = 0x7475746F72  # "tutor": the number of our advisory lock on PostgreSQL
_ROLLED_BACK = {"40001", "40P01"}  # serialization failure, deadlock: PostgreSQL has undone all of it
_TRIES = 3

log = logging.getLogger(__name__)


class Store:
    """A database that is open: `read` gives a snapshot, `write` runs a function in a transaction."""

    def __init__(
        self, readers: Engine, writer: "SingleWriter | PooledWriter", wake: Callable[[], None]
    ) -> None:
        self.wake = wake
        self.dialect = readers.dialect.name
        self._readers = readers
        self._writer = writer
        self._here = _Here()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database throughout, and cannot write.

        Close it before any call to Slack: on the rollback journal an open read makes COMMIT wait.
        """
        self._here.reads += 1
        try:
            with self._readers.connect() as conn:
                yield conn
        finally:
            self._here.reads -= 1

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn(conn)` in a write transaction; return its result once that is committed.

        What `fn` raises is raised here, after all that `fn` did was undone. `fn` touches nothing
        but the database: where it loses a race against a deadlock it is run again. Raise
        RuntimeError within another `write` (hand on its `conn` instead) and within a `read` (on the
        rollback journal the writer would wait for that read, and that read for the writer).
        """
        if self._here.writes or self._here.reads:
            raise RuntimeError(f"write within {'write' if self._here.writes else 'read'}")
        result, due = self._writer.run(partial(self._call, fn))
        if due:
            self._tell()
        return result

    def close(self) -> None:
        """Finish every write that was accepted, refuse more, and let go of the database."""
        self._writer.close()
        self._readers.dispose()

    def _call(self, fn: Callable[[Connection], T], conn: Connection) -> tuple[T, bool]:
        """Return what `fn` returns, and whether it made a delivery due."""
        conn.info.pop(WAKE, None)  # the driver's connection outlives a transaction, and so does its info
        self._here.writes = True
        try:
            return fn(conn), bool(conn.info.pop(WAKE, False))
        finally:
            self._here.writes = False

    def _tell(self) -> None:
        try:
            self.wake()
        except Exception:  # what is committed must not look as if it had failed; the poller is the net
            log.exception("The sender could not be woken; the poller will find what is due.")


class _Here(local):
    """What this thread is in the middle of."""

    reads = 0
    writes = False


class SingleWriter:
    """One thread that takes all functions that wait, and commits them together.

    SQLite lets one connection write at a time and a durable COMMIT costs an fsync: one thread
    has nobody to wait for, and shares that cost among all who came meanwhile.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: list[tuple[Callable[[Connection], Any], Future[Any]]] = []
        self._closed = False
        self._changed = Condition()
        # A daemon, so that a program that dies without close() ends; SQLite undoes what was not committed.
        self._thread = Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    def run(self, fn: Callable[[Connection], T]) -> T:
        """Have `fn` run by the thread, and wait until its batch is committed."""
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._jobs.append((fn, future))
            self._changed.notify()
        return future.result()

    def close(self) -> None:
        """Finish what was accepted, then end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        self._engine.dispose()

    def _work(self) -> None:
        while batch := self._take():
            fns, futures = zip(*batch, strict=True)
            try:
                outcomes = self._commit(fns)
            except BaseException as error:
                # Nothing of the batch is stored. Who failed by himself gets this error too:
                # his own may rest on what another function of the batch had written.
                outcomes = [(None, error)] * len(batch)
            for future, (result, failure) in zip(futures, outcomes, strict=True):
                if failure is None:
                    future.set_result(result)
                else:
                    future.set_exception(failure)

    def _take(self) -> list[tuple[Callable[[Connection], Any], Future[Any]]]:
        """Wait for work and return all of it; nothing when the store was closed and all is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closed)
            batch, self._jobs = self._jobs, []
            return batch

    def _commit(self, fns: Sequence[Callable[[Connection], Any]]) -> list[tuple[Any, BaseException | None]]:
        with self._engine.begin() as conn:
            return [_in_savepoint(conn, fn) for fn in fns]


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


class PooledWriter:
    """Each caller writes in its own thread, on a connection of the pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._closed = False

    def run(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` and commit; once more where PostgreSQL chose this transaction to break a deadlock.

        Any other error is final: after a lost connection nobody knows whether it was committed.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
        for _ in range(_TRIES - 1):
            try:
                return self._commit(fn)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in _ROLLED_BACK:
                    raise
        return self._commit(fn)

    def close(self) -> None:
        """Refuse more; who is writing now finishes on the connection he has."""
        self._closed = True
        self._engine.dispose()

    def _commit(self, fn: Callable[[Connection], T]) -> T:
        with self._engine.begin() as conn:
            result = fn(conn)
            driver: Any = conn.connection.driver_connection
            if driver.info.transaction_status.name == "INERROR":
                # `fn` caught an error of the database. COMMIT would now roll back and report success.
                raise RuntimeError("a statement failed, so nothing of this write can be kept")
            return result


def open_store(
    database_url: str, *, wake: Callable[[], None] = lambda: None, sqlite: ModuleType | None = None
) -> Store:
    """Return the database at this URL, with its tables brought up to date.

    `wake` is called after each commit that made a delivery due. `sqlite` is the driver for a file,
    by default the best one installed. Raise BadSetting where the URL cannot be used or reached,
    DatabaseTooNew where a newer tutorbot wrote the database.
    """
    url = parse_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _open_file(url, sqlite or sqlite_driver(), wake)
    return _open_postgresql(url, wake)


def parse_url(database_url: str) -> URL:
    """Return the URL with the driver we use; raise BadSetting for one that cannot work."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):  # not shown: it may hold a password
        raise BadSetting(
            "DATABASE_URL is not a URL; write sqlite:///path/to/tutorbot.db or postgresql://user:password@host/name."
        ) from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite":
        raise BadSetting(
            f"DATABASE_URL begins with {url.drivername}; tutorbot works with sqlite:///… and postgresql://…."
        )
    if not url.database or ":memory:" in url.database or url.database.startswith("file:"):
        raise BadSetting(
            "DATABASE_URL must name a file, as in sqlite:///path/to/tutorbot.db: "
            "tutorbot uses several connections, and a database in memory belongs to one."
        )
    return url


def sqlite_driver() -> ModuleType:
    """Return the driver for SQLite: pysqlite3 where its SQLite is safe with WAL, else the standard one."""
    try:
        bundled = import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3
    return bundled if wal_is_safe(bundled.sqlite_version_info) else sqlite3


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite has the fix of the WAL-reset bug, which can corrupt a database.

    It is in 3.51.3 and later, and in 3.44.6 and 3.50.7: https://sqlite.org/wal.html#walresetbug
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _open_file(url: URL, driver: ModuleType, wake: Callable[[], None]) -> Store:
    path = Path(url.database or "").absolute()  # connections are made later, when the folder may be another
    connect = partial(_file_engine, path, driver)
    migrator = connect(begin="BEGIN EXCLUSIVE", busy_timeout=60_000, foreign_keys=0)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it will hold what people answered
        _choose_journal(migrator, "WAL" if wal_is_safe(driver.sqlite_version_info) else "DELETE")
        _migrate_file(migrator)
    except (OSError, driver.Error) as error:
        raise _cannot_open(url, error) from error
    finally:
        migrator.dispose()
    readers = connect(begin="BEGIN", busy_timeout=5_000, query_only=1)
    writer = connect(begin="BEGIN IMMEDIATE", busy_timeout=5_000, foreign_keys=1, synchronous="FULL")
    _never_without_transaction(writer)
    return Store(readers, SingleWriter(writer), wake)


def _file_engine(path: Path, driver: ModuleType, *, begin: str, **pragmas: int | str) -> Engine:
    """Return an engine whose transactions begin as told: the driver alone would begin them too late."""
    engine = create_engine(URL.create("sqlite", database=str(path)), module=driver, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")

    @event.listens_for(engine, "begin")
    def start(conn: Connection) -> None:
        conn.exec_driver_sql(begin)

    return engine


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


def _choose_journal(engine: Engine, mode: str) -> None:
    """Set the journal of the file, which keeps it: a WAL begun by another SQLite is ended here."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute(f"PRAGMA journal_mode = {mode}")
    finally:
        connection.close()


def _migrate_file(engine: Engine) -> None:
    with engine.begin() as conn:
        if not _migrate(conn):
            return
        if broken := conn.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError(
                f"the migration left a row of {broken[0]} that points at no row of {broken[2]}"
            )


def _open_postgresql(url: URL, wake: Callable[[], None]) -> Store:
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    try:
        engine.connect().close()
    except OperationalError as error:
        raise _cannot_open(url, error.orig) from error
    with engine.begin() as conn:
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        _migrate(conn)
    readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Store(readers, PooledWriter(engine), wake)


def _cannot_open(url: URL, error: BaseException | None) -> BadSetting:
    where, why = url.render_as_string(hide_password=True), " ".join(str(error).split())
    return BadSetting(f"DATABASE_URL is {where}, which cannot be opened: {why}")


def _migrate(conn: Connection) -> bool:
    """Bring the tables up to date in the caller's transaction; say whether there was anything to do."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    known = {script.revision for script in scripts.walk_revisions()}
    present = set(MigrationContext.configure(conn).get_current_heads())
    if not present <= known:
        raise DatabaseTooNew()
    if present == set(scripts.get_heads()):
        return False
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
    return True
