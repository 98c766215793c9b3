"""A SQLite file that is opened as it stands, checked, and put in its place."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from tutorbot.errors import TutorError
from tutorbot.store import parse_url, sqlite_driver

Doing = Callable[[str], object]
"""Is told what is being done, in words."""

FAMILY = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a database, by the end of the name."""

_TABLES = {"alembic_version", "deliveries", "enrollments"}


def quietly(words: str) -> None:
    """Tell nobody what is being done."""


class NotATutorDatabase(TutorError):
    """This file is no database of tutorbot."""


class NotWhole(TutorError):
    """This database is damaged."""


class UpkeepFailed(TutorError):
    """The database could not be looked after."""


def file_of(database_url: str) -> Path | None:
    """Return the file of a SQLite database, or None for a database on a server."""
    url = parse_url(database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


@contextmanager
def opened(path: Path, *, mode: str = "ro") -> Iterator[Any]:
    """Give a connection of the driver, without a transaction; `mode` is SQLite's: ro, rw or rwc.

    Errors of SQLite and of files are told as UpkeepFailed, with the path.
    """
    driver = sqlite_driver()
    with explained(path, driver), closing(_connect(driver, path, mode)) as connection:
        connection.isolation_level = None
        yield connection


@contextmanager
def explained(path: Path, driver: ModuleType | None = None) -> Iterator[None]:
    """Tell what goes wrong with a file as a sentence."""
    try:
        yield
    except OSError as error:
        raise UpkeepFailed(f"{error.filename or path}: {error.strerror or error}.") from error
    except (driver or sqlite_driver()).Error as error:
        if "not a database" in str(error):
            raise NotATutorDatabase(f"{path} is no SQLite database.") from error
        raise UpkeepFailed(f"{path}: {error}.") from error


def copy_whole(source: Path, target: Path, *, mode: str = "ro") -> None:
    """Copy a database into a new file that stands alone, readable by its owner only.

    It is copied in one step: SQLite begins a copy by pages anew whenever somebody writes, and under
    steady writing that never ends. A database in use is opened `rw`: who only reads leaves the files of
    its journal behind.
    """
    with explained(target):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with opened(source, mode=mode) as from_, opened(target, mode="rw") as to:
        with explained(source):  # what goes wrong is the source's fault, but for a full disk, which says so
            from_.execute("PRAGMA busy_timeout = 60000")
            from_.backup(to, pages=-1)
        to.execute("PRAGMA journal_mode = DELETE")  # no second file beside it, wherever it goes


def check_whole(copy: Path, *, of: Path) -> str:
    """Return at which step of the migrations a copy is; faults are told as the original's.

    Raise NotWhole for one that is damaged, and NotATutorDatabase for another program's.
    """
    with opened(copy) as connection, explained(of):
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        if not tables >= _TABLES:
            raise NotATutorDatabase(f"{of} is a SQLite database, but not one of tutorbot.")
        faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        if faults != ["ok"]:
            raise NotWhole(f"{of} is damaged: {faults[0]}.")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise NotWhole(f"{of} is damaged: a row of {broken[0]} points at no row of {broken[2]}.")
        step = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if step is None:
            raise NotATutorDatabase(f"{of} is a database of tutorbot that was never finished.")
        return str(step[0])


def refuse_special(place: Path) -> None:
    """Raise UpkeepFailed where something else than a file is there, such as a device: it would be lost."""
    if place.exists() and not place.is_file():
        raise UpkeepFailed(f"{place} is no ordinary file. Choose another name.")


def put_in_place(path: Path, place: Path) -> None:
    """Let a file take its place, whole or not at all, also when the power fails."""
    with explained(path):
        _sync(path)
        path.replace(place)
        if sys.platform != "win32":  # where a folder cannot be opened
            _sync(place.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _connect(driver: ModuleType, path: Path, mode: str) -> Any:
    if not path.is_file():
        raise UpkeepFailed(f"There is no file {path}.")
    return driver.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
