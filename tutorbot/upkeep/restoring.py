"""A backup takes the place of the database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tutorbot.errors import DatabaseTooNew, TutorError
from tutorbot.presence import Presence
from tutorbot.records import doubting
from tutorbot.store import APPLICATION, open_store, parse_url
from tutorbot.upkeep.backing_up import HOW_ON_POSTGRESQL
from tutorbot.upkeep.files import (
    FAMILY,
    Doing,
    UpkeepFailed,
    check_whole,
    copy_whole,
    explained,
    file_of,
    opened,
    put_in_place,
    quietly,
    refuse_special,
)


class InUse(TutorError):
    """The database is in use: the bot runs, or another command of tutorbot. Stop it, then try again."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A database that was put back; `doubted` messages are looked for in Slack before they are posted.

    `kept` is where the one stands that was there before, if there was one; `step` is that of the
    backup, before its tables were brought up to date.
    """

    database: str
    kept: Path | None
    step: str
    doubted: int


def restore(database_url: str, file: Path, *, now: datetime, doing: Doing = quietly) -> Restored:
    """Put a backup in the place of the database, once it is checked and its tables are up to date.

    Raise InUse while anybody has the database open, NotATutorDatabase, NotWhole or DatabaseTooNew for
    a file that is no such backup, and UpkeepFailed on PostgreSQL, with how it is done there. Then the
    database is as it was.
    """
    database = file_of(database_url)
    if database is None:
        raise UpkeepFailed(HOW_ON_POSTGRESQL.format(file=file))
    with explained(database):
        refuse_special(database)
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            _alone(database),
            tempfile.TemporaryDirectory(prefix=".restore-", dir=database.absolute().parent) as folder,
        ):
            copy = Path(folder) / database.name
            doing("Copying the backup")
            copy_whole(file, copy)
            doing("Checking the copy")
            step = check_whole(copy, of=file)
            doing("Bringing its tables up to date")
            doubted = _doubt(f"sqlite:///{copy}", now=now)
            _end_journal(copy)
            doing("Putting it in the place of the database")
            kept = _keep(database, f"{database}.before-restore-{now:%Y%m%dT%H%M%SZ}")
            put_in_place(copy, database)
    return Restored(str(database), kept, step, doubted)


def settle_put_back(database_url: str, *, now: datetime, doing: Doing = quietly) -> Restored:
    """Do what is left to do when the database was put back by other means, such as pg_restore."""
    database = file_of(database_url)
    if database is not None:
        return restore(database_url, database, now=now, doing=doing)
    _refuse_while_used(database_url)
    doing("Bringing its tables up to date")
    shown = parse_url(database_url).render_as_string(hide_password=True)
    return Restored(shown, None, "", _doubt(database_url, now=now))


def _doubt(database_url: str, *, now: datetime) -> int:
    """Bring the tables up to date and doubt what may have been posted since; return how many messages."""
    try:
        store = open_store(database_url)
    except DatabaseTooNew:
        raise DatabaseTooNew(
            "The backup was written by a newer tutorbot. Upgrade tutorbot, then restore it."
        ) from None
    try:
        return store.write(lambda conn: doubting.doubt_what_was_due(conn, now=now))
    finally:
        store.close()


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    try:
        presence = Presence(database, alone=True)
    except BlockingIOError:
        raise InUse from None
    try:
        yield
    except PermissionError:
        if os.name == "nt":  # it lets nobody rename a file that is open
            raise InUse from None
        raise
    finally:
        presence.leave()


def _keep(database: Path, name: str) -> Path | None:
    """Give the present database a second name, and leave nothing beside its first one.

    A journal that is left there would be taken for the new database's.
    """
    if not database.exists():
        return None
    with suppress(TutorError):  # it may be what it is replaced for
        _end_journal(database)
    for ending in FAMILY:
        with suppress(FileNotFoundError):
            os.replace(f"{database}{ending}", f"{name}{ending}")
    kept = Path(name)
    try:
        os.link(database, kept)  # so that there is a database at every moment
    except OSError:  # not on every file system
        shutil.copy2(database, kept)
    return kept


def _end_journal(path: Path) -> None:
    """Let a database be one file, with all that was committed to it."""
    with opened(path, mode="rw") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _refuse_while_used(database_url: str) -> None:
    """Raise InUse where another process of tutorbot is connected to PostgreSQL."""
    engine = create_engine(parse_url(database_url), hide_parameters=True)
    others = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = :name"
    )
    try:
        with engine.connect() as conn:
            if conn.execute(others, {"name": APPLICATION}).scalar_one():
                raise InUse
    except OperationalError as error:
        raise UpkeepFailed(f"The database cannot be reached: {' '.join(str(error.orig).split())}.") from error
    finally:
        engine.dispose()
