"""Brings the tables of a database up to date."""

import logging
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from tutorbot.errors import DatabaseTooNew

log = logging.getLogger(__name__)

STEP = "alembic_version"
"""The table that says at which step the database is."""


def steps(migrations: Path) -> list[str]:
    """Return the steps of the history in order; the name of each file begins with its own: `v0001_…`."""
    return sorted(file.stem[1:].partition("_")[0] for file in (migrations / "versions").glob("v*_*.py"))


def present_steps(conn: Connection) -> set[str]:
    """Return the step at which the database is; none where it has no tables of ours."""
    if not inspect(conn).has_table(STEP):
        return set()
    return set(conn.scalars(text(f"SELECT version_num FROM {STEP}")))  # noqa: S608 - a constant


def migrate(migrations: Path, conn: Connection) -> bool:
    """Bring the tables up to date in the caller's transaction; say whether there was anything to do.

    Raises DatabaseTooNew for a step that this program does not know.
    """
    known, present = steps(migrations), present_steps(conn)
    if not present <= set(known):
        raise DatabaseTooNew()
    if present == {known[-1]}:
        return False
    if not present:
        log.warning(
            "The database is new: %s. If there should be one already, look at DATABASE_URL.",
            _where(conn.engine.url),
        )
    from alembic import command  # a tenth of an idle bot's memory, needed once an upgrade
    from alembic.config import Config

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    command.upgrade(config, "head")
    return True


def _where(url: URL) -> str:
    """Return the file, whole where the URL names it from the folder in which one is, or the address."""
    if url.get_backend_name() == "sqlite" and url.database:
        return str(Path(url.database).absolute())
    return url.render_as_string(hide_password=True)
