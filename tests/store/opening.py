"""A process that opens a database when its parent says so: `python -m tests.store.opening URL [STEPS]`."""

import sys
from pathlib import Path

from tests.store.processes import say, wait_until_told
from tutorbot.store import MIGRATIONS, open_store


def main(database_url: str, migrations: str = str(MIGRATIONS)) -> None:
    """Open the database, use it, and close it."""
    wait_until_told()
    store = open_store(database_url, migrations=Path(migrations))
    store.write(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM attempts"))
    say("open")
    store.close()
    say("closed")


if __name__ == "__main__":
    main(*sys.argv[1:])
