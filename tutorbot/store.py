"""The database: opened, read from and written to."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import local
from time import sleep
from types import ModuleType
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from tutorbot.errors import BadSetting
from tutorbot.migrating import migrate
from tutorbot.presence import Presence
from tutorbot.writer import PooledWriter, SingleWriter

T = TypeVar("T")

WAKE = "wake"  # a function that makes a delivery due sets conn.info["wake"] (see records/deliveries.py)
MIGRATIONS = Path(__file__).with_name("migrations")

APPLICATION = "tutorbot"
"""By which PostgreSQL knows our connections (see upkeep)."""

_PATIENCE = {"connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_SERVER = {"fallback_application_name": APPLICATION, "tcp_user_timeout": 30_000} | _PATIENCE
"""That a PostgreSQL is gone without a word the system notices in a quarter of an hour, we in one minute."""

_CONNECTIONS = 15
"""How many connections to PostgreSQL a process opens at most; it keeps those that were needed at once."""

_MIGRATION_LOCK = 0x7475746F72  # "tutor": the number of our advisory lock on PostgreSQL

AWAY = (OperationalError, NoConnectionLeft)
"""What is raised where the database is away, locked or full, or has no connection left: it may work later."""

_JOURNAL_TRIES, _JOURNAL_PAUSE = 100, 0.05  # seconds

DECIDED, COMMITTED = "decided", "committed"
"""How far a write has come, between which a process may die: logged, at DEBUG, as `record.point`."""

log = logging.getLogger(__name__)


class Store:
    """A database that is open: `read` gives a snapshot, `write` runs a function in a transaction."""

    def __init__(
        self,
        readers: Engine,
        writer: SingleWriter | PooledWriter,
        wake: Callable[[], None],
        presence: Presence | None = None,
    ) -> None:
        self.wake = wake
        self.dialect = readers.dialect.name
        self._readers = readers
        self._writer = writer
        self._presence = presence
        self._here = _Here()
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database throughout, and cannot write.

        Close it before any call to Slack: on the rollback journal an open read makes COMMIT wait.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
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
        context = copy_context()
        result, due = self._writer.run(lambda conn: context.run(self._call, fn, conn))
        log.debug("A write is committed", extra={"point": COMMITTED})
        if due:
            self._tell()
        return result

    def prove_writable(self) -> None:
        """Write one row as it is; raise what keeps the database from being written."""
        self.write(lambda conn: conn.exec_driver_sql("UPDATE alembic_version SET version_num = version_num"))

    def close(self) -> None:
        """Finish every write that was accepted, refuse more, and let go of the database."""
        self._closed = True
        self._writer.close()
        self._readers.dispose()
        if self._presence:
            self._presence.leave()

    @property
    def waiting(self) -> int:
        """Say how many functions wait for the writer; on PostgreSQL nobody waits in line."""
        return self._writer.waiting

    def _call(self, fn: Callable[[Connection], T], conn: Connection) -> tuple[T, bool]:
        """Return what `fn` returns, and whether it made a delivery due."""
        conn.info.pop(WAKE, None)  # the driver's connection outlives a transaction, and so does its info
        self._here.writes = True
        try:
            result = fn(conn)
            log.debug("A write is to be committed", extra={"point": DECIDED})
            return result, bool(conn.info.pop(WAKE, False))
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


def open_store(
    database_url: str,
    *,
    wake: Callable[[], None] = lambda: None,
    sqlite: ModuleType | None = None,
    migrations: Path = MIGRATIONS,
) -> Store:
    """Return the database at this URL, with its tables brought up to date.

    `wake` is called after each commit that made a delivery due. `sqlite` is the driver for a file,
    by default the best one installed. Raise BadSetting where the URL cannot be used or reached,
    DatabaseTooNew where a newer tutorbot wrote the database.
    """
    url = parse_url(database_url)
    bring_up_to_date = partial(migrate, migrations)
    if url.get_backend_name() == "sqlite":
        readers, writer, presence = _open_file(url, sqlite or sqlite_driver(), bring_up_to_date)
        return Store(readers, SingleWriter(writer), wake, presence)
    readers, writer = _open_postgresql(url, bring_up_to_date)
    return Store(readers, PooledWriter(writer), wake)


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
    """Return the driver for SQLite: pysqlite3 where its SQLite is safe with WAL, else the standard one.

    Whatever else opens the file in this process must use it too: between two copies of SQLite in
    one process locks mean nothing (https://sqlite.org/howtocorrupt.html, section 2.2.1).
    """
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


def _open_file(
    url: URL, driver: ModuleType, migrate: Callable[[Connection], bool]
) -> tuple[Engine, Engine, Presence]:
    """Return what reads and what writes; the file is made, or its tables are brought up to date."""
    path = Path(url.database or "")
    connect = partial(_file_engine, path, driver)
    migrator = connect(begin="BEGIN EXCLUSIVE", busy_timeout=60_000, foreign_keys=0)
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no ordinary file")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it will hold what people answered,
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # which nobody else is to read
        presence = Presence(path)
        _choose_journal(migrator, "WAL" if wal_is_safe(driver.sqlite_version_info) else "DELETE")
        _migrate_file(migrator, migrate)
    except (OSError, driver.Error) as error:
        raise _cannot_open(url, error) from error
    finally:
        migrator.dispose()
    readers = connect(begin="BEGIN", busy_timeout=5_000, query_only=1)
    writer = connect(begin="BEGIN IMMEDIATE", busy_timeout=5_000, foreign_keys=1, synchronous="FULL")
    return readers, writer, presence


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


def _choose_journal(engine: Engine, mode: str) -> None:
    """Set the journal of the file, which keeps it: a WAL begun by another SQLite is ended here.

    SQLite waits for every other lock, but not for the one of another process that is choosing too.
    """
    connection = engine.raw_connection()
    try:
        for _ in range(_JOURNAL_TRIES):
            try:
                connection.cursor().execute(f"PRAGMA journal_mode = {mode}")
                return
            except engine.dialect.loaded_dbapi.OperationalError as error:
                if "locked" not in str(error):
                    raise
                sleep(_JOURNAL_PAUSE)
        raise OSError("another program is using the file")
    finally:
        connection.close()


def _migrate_file(engine: Engine, migrate: Callable[[Connection], bool]) -> None:
    """Migrate in an exclusive transaction, without foreign keys; check them before the COMMIT.

    SQLite changes a table by a new one in its place. With foreign keys on, dropping the old one
    would delete every row that points at it by a cascade, silently.
    """
    with engine.begin() as conn:
        if not migrate(conn):
            return
        if broken := conn.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError(
                f"the migration left a row of {broken[0]} that points at no row of {broken[2]}"
            )


def _open_postgresql(url: URL, migrate: Callable[[Connection], bool]) -> tuple[Engine, Engine]:
    """Return what reads and what writes, with the tables brought up to date."""
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=0,  # these would be opened for one write each, which costs the server a process
        hide_parameters=True,
        connect_args={name: value for name, value in _SERVER.items() if name not in url.query},
    )
    try:
        with engine.begin() as conn:
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            migrate(conn)
    except OperationalError as error:
        raise _cannot_open(url, error.orig) from error
    finally:
        engine.dispose()  # the connections of the pool come when they are needed
    readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return readers, engine


def _cannot_open(url: URL, error: BaseException | None) -> BadSetting:
    where, why = url.render_as_string(hide_password=True), " ".join(str(error).split())
    if isinstance(error, OSError) and error.filename:
        why = f"{error.filename}: {error.strerror}"  # without the number of the error
    return BadSetting(f"DATABASE_URL is {where}, which cannot be opened: {why}")
