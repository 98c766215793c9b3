"""Whether the database can be opened and written, is whole, and is of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from types import ModuleType

from sqlalchemy import URL, Connection, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from tutorbot.doctor.findings import Finding, Part, fault, ok, warning
from tutorbot.errors import DatabaseTooNew
from tutorbot.migrating import STEP, present_steps, steps
from tutorbot.store import MIGRATIONS, wal_is_safe

SECONDS_TO_CONNECT = 10


class Age(Enum):
    """Which version of tutorbot made the tables."""

    NONE_YET = "there are no tables"
    OLDER = "an older version"
    THIS = "this version"
    NEWER = "a newer version"
    FOREIGN = "another program"


@contextmanager
def connected(url: URL, driver: ModuleType) -> Iterator[Connection]:
    """Give a connection that makes no file and migrates nothing; raise SQLAlchemyError without one."""
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").absolute()
        existing = {"mode": "rw", "uri": "true"}
        engine = create_engine(URL.create("sqlite", database=file.as_uri(), query=existing), module=driver)
    else:
        engine = create_engine(url, connect_args={"connect_timeout": SECONDS_TO_CONNECT})
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            yield conn
    finally:
        engine.dispose()


def judge_address(url: URL) -> Finding:
    """Return which database it is; a file whose path begins in no root is another in each folder."""
    told = url.render_as_string(hide_password=True)
    file = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and not file.is_absolute():
        return warning(
            Part.DATABASE,
            f"It is {told}, which is {file.absolute()} for what is started in this folder, and no other.",
            f"Write the whole path, with four strokes: sqlite:///{file.absolute()}",
        )
    return ok(Part.DATABASE, f"It is {told}.")


def age_of(conn: Connection) -> Age:
    """Return which version of tutorbot made the tables."""
    tables = inspect(conn).get_table_names()
    if STEP not in tables:
        return Age.FOREIGN if tables else Age.NONE_YET
    known, present = steps(MIGRATIONS), present_steps(conn)
    if not present <= set(known):
        return Age.NEWER
    return Age.THIS if present == {known[-1]} else Age.OLDER


def judge_age(age: Age) -> Finding:
    """Return what the age of the tables means."""
    match age:
        case Age.THIS:
            return ok(Part.DATABASE, "Its tables are those of this version.")
        case Age.NONE_YET:
            return warning(
                Part.DATABASE,
                "It has no tables yet.",
                "The first start makes them; if there were some, DATABASE_URL names another database.",
            )
        case Age.OLDER:
            return warning(
                Part.DATABASE,
                "Its tables are those of an older version.",
                "Keep a copy of it; the next start brings them up to date.",
            )
        case Age.NEWER:
            says, _, do = str(DatabaseTooNew()).partition(". ")
            return fault(Part.DATABASE, f"{says}.", do)
        case Age.FOREIGN:
            return fault(
                Part.DATABASE,
                "It holds the tables of another program.",
                "Set DATABASE_URL to a database of its own for tutorbot.",
            )


def judge_library(version: tuple[int, ...]) -> Finding:
    """Return what this SQLite can be trusted with."""
    name = f"SQLite {'.'.join(map(str, version))}"
    if wal_is_safe(version):
        return ok(Part.DATABASE, f"{name} is safe with a write-ahead log.")
    return warning(
        Part.DATABASE,
        f"{name} can damage a database that has a write-ahead log, so tutorbot keeps "
        "a rollback journal: nothing is at risk, and all is slower.",
        "For many learners use a Python with SQLite 3.51.3 or newer, or PostgreSQL.",
    )


def look_at_file(conn: Connection, version: tuple[int, ...]) -> Iterator[Finding]:
    """Yield whether an SQLite file can be written and is whole; it writes nothing."""
    yield judge_library(version)
    yield _try_to_write(conn)
    conn.exec_driver_sql("PRAGMA query_only = 1")
    problems = [row[0] for row in conn.exec_driver_sql("PRAGMA quick_check(3)")]
    if problems == ["ok"]:
        yield ok(Part.DATABASE, "Its file is whole.")
    else:
        yield fault(
            Part.DATABASE,
            f"Its file is damaged: {'; '.join(problems)}.",
            "Stop tutorbot, keep a copy of the file as it is, and restore a backup.",
        )
    yield _judge_journal(str(conn.exec_driver_sql("PRAGMA journal_mode").scalar()), version)


def _try_to_write(conn: Connection) -> Finding:
    try:
        conn.exec_driver_sql("BEGIN IMMEDIATE")
        conn.exec_driver_sql("ROLLBACK")
    except SQLAlchemyError as error:
        if "locked" in str(error):
            return warning(
                Part.DATABASE,
                "Another program has been writing to it for several seconds.",
                "If that is not tutorbot at hard work, find out what holds the file.",
            )
        return fault(
            Part.DATABASE,
            f"It cannot be written: {reason_of(error)}.",
            "Let the user that runs tutorbot own the file and its folder.",
        )
    return ok(Part.DATABASE, "It can be written.")


def _judge_journal(mode: str, version: tuple[int, ...]) -> Finding:
    if mode == "wal" and wal_is_safe(version):
        return ok(Part.DATABASE, "It keeps a write-ahead log, so that reading waits for no writing.")
    if mode == "wal":
        return warning(
            Part.DATABASE,
            "It keeps a write-ahead log, which this SQLite can damage.",
            "Start no other tutorbot on the file; the next start changes it to a rollback journal.",
        )
    return ok(Part.DATABASE, "It keeps a rollback journal.")


def look_at_server(conn: Connection) -> Iterator[Finding]:
    """Yield whether a PostgreSQL can be written."""
    version = conn.scalar(text("SHOW server_version"))
    if conn.scalar(text("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool")):
        yield fault(
            Part.DATABASE,
            f"PostgreSQL {version} takes no writes: it is a standby, or read-only.",
            "Set DATABASE_URL to the primary server.",
        )
    else:
        yield ok(Part.DATABASE, f"PostgreSQL {version} can be written.")


def judge_failure(url: URL, error: SQLAlchemyError) -> Finding:
    """Return what it means that the database could not be looked at to the end."""
    return fault(
        Part.DATABASE,
        f"{url.render_as_string(hide_password=True)} cannot be read: {reason_of(error)}.",
        "Look whether DATABASE_URL names the right one, and whether it runs if it is a server; "
        "if the file is damaged, stop tutorbot and restore a backup.",
    )


def reason_of(error: SQLAlchemyError) -> str:
    """Return what the database said first."""
    said = str(getattr(error, "orig", None) or error)
    return said.strip().partition("\n")[0].rstrip(".")
