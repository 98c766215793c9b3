"""How properties are searched, what no test changes for the next, and the databases that tests ask for.

The databases are imported when a test asks for one: the tests of the rules run with pytest, hypothesis and
freezegun alone.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from sqlalchemy import URL

    from tutorbot.store import Store

# A machine that is busy with something else is no fault in what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """Let no test change what the next one sees of the log: a command that is run here sets levels."""
    logs = [logging.getLogger(name) for name in (None, "tutorbot", "tutorbot.migrating")]
    handlers, levels = logs[0].handlers[:], [log.level for log in logs]
    yield
    logs[0].handlers[:] = handlers
    for log, level in zip(logs, levels, strict=True):
        log.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """Let what tests start hear Ctrl-C, which whatever runs in the background of a shell ignores."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """Give a PostgreSQL server, one for each process of pytest; in CI it must be there."""
    from tests.postgres import PostgresMissingError, server

    with ExitStack() as stack:
        try:
            url = stack.enter_context(server())
        except PostgresMissingError as missing:
            if os.environ.get("CI") == "true":
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'data' / 'tutorbot.db'}"


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """Give the URL of an empty database on PostgreSQL."""
    from tests.postgres import fresh_database

    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of an empty database, on SQLite and on PostgreSQL in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give an open store, on SQLite and on PostgreSQL in turn."""
    from tutorbot.store import open_store

    opened = open_store(database_url)
    yield opened
    opened.close()
