"""What was deleted is overwritten in the file, too."""

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from tutorbot.records.schema import metadata
from tutorbot.store import parse_url
from tutorbot.upkeep.files import UpkeepFailed, file_of, opened

PATIENCE = 60_000  # milliseconds, for those who read and write meanwhile


def sweep(database_url: str) -> None:
    """Rewrite the database so that nothing is left in it of rows that were deleted.

    It may be used meanwhile: who writes waits until it is done. On PostgreSQL the room of those rows
    is given free; what the server keeps on its disk until it is used again, in its log and in its
    backups is the server's. Raise UpkeepFailed where others keep the database busy too long.
    """
    database = file_of(database_url)
    if database is None:
        _vacuum_postgresql(database_url)
        return
    with opened(database, mode="rw") as connection:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise UpkeepFailed(f"{database} is being read without a pause.")


def _vacuum_postgresql(database_url: str) -> None:
    engine = create_engine(parse_url(database_url), isolation_level="AUTOCOMMIT", hide_parameters=True)
    names = ", ".join(
        engine.dialect.identifier_preparer.format_table(each) for each in metadata.sorted_tables
    )
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql(f"VACUUM {names}")
    except OperationalError as error:
        raise UpkeepFailed(" ".join(str(error.orig).split())) from error
    finally:
        engine.dispose()
