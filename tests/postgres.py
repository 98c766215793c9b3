"""A PostgreSQL for the tests: the one that is named, or a private one that is started here."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

NAMED = "TUTORBOT_TEST_POSTGRES"
_numbers = count(1)


class PostgresMissingError(Exception):
    """PostgreSQL is not here; the message says what is missing."""


@contextmanager
def server(*, durable: bool = False) -> Iterator[URL]:
    """Give the URL of a server on which we may create databases; raise PostgresMissingError without one.

    Only a `durable` one waits for the disk, which tests need not.
    """
    if named := os.environ.get(NAMED):
        yield make_url(named)
        return
    programs, account = _programs(), _account()
    folder = Path(tempfile.mkdtemp(prefix="tutorbot-"))  # a short path: a socket's name has 107 bytes at most
    try:
        if account:
            shutil.chown(folder, account, account)
        with _cluster(programs, folder, account, [] if durable else ["-F"]):
            yield URL.create(
                "postgresql", username="tutorbot", database="postgres", query={"host": str(folder)}
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: URL) -> Iterator[str]:
    """Give the URL of an empty database that is gone afterwards."""
    name = f"tutorbot_{os.getpid()}_{next(_numbers)}"
    _execute(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _execute(server: URL, statement: sql.Composed) -> None:
    url = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _programs() -> Path:
    """Return the folder with PostgreSQL's own programs, which Debian keeps off the PATH."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if not versions:
        raise PostgresMissingError(
            f"PostgreSQL is not installed (apt-get install postgresql), and {NAMED} names none"
        )
    return versions[-1].parent


def _account() -> str | None:
    """Return the account that runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise PostgresMissingError(
            "PostgreSQL refuses to run as root, and there is no account postgres"
        ) from None


@contextmanager
def _cluster(programs: Path, folder: Path, account: str | None, options: list[str]) -> Iterator[None]:
    """Run a cluster that listens on a socket in `folder` alone, and is not meant to last."""
    data, log = folder / "data", folder / "log"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [programs / program, "--pgdata", data, *arguments],
            user=account,
            group=account,
            extra_groups=None if account is None else [],
            cwd=folder,
            stdout=subprocess.DEVNULL,  # the server would keep a pipe open
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            said = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{program} failed with {done.returncode}\n{said}")

    run("initdb", "--auth=trust", "--username=tutorbot", "--encoding=UTF8", "--locale=C", "--no-sync")
    given = " ".join([*options, f"-k {folder} -c listen_addresses="])
    run("pg_ctl", "start", "--wait", f"--log={log}", f"--options={given}")
    try:
        yield
    finally:
        run("pg_ctl", "stop", "--wait", "--mode=immediate")
