"""A process that adds to a counter: `python -m tests.store.counting URL TIMES` (its parent says when)."""

import sys
from typing import Any

from sqlalchemy import Connection, select, update

from tests.store.processes import say, wait_until_told
from tutorbot.records.tables import learners
from tutorbot.store import Store, open_store


def add_one(conn: Connection) -> int:
    """Read the counter, add one, and write it: what is lost where two do so at once."""
    number = int(conn.execute(select(learners.c.name).with_for_update()).scalar_one()) + 1
    conn.execute(update(learners).values(name=str(number)))
    return number


def start(conn: Connection) -> None:
    """Make the counter, at nought."""
    conn.execute(learners.insert().values(team="T1", user="U1", name="0"))


def counted(store: Store) -> int:
    """Return what the counter says."""
    with store.read() as conn:
        name: Any = conn.execute(select(learners.c.name)).scalar_one()
    return int(name)


def main(database_url: str, times: str) -> None:
    """Count, and say each number once it is stored."""
    store = open_store(database_url)
    wait_until_told()
    for _ in range(int(times)):
        say(store.write(add_one))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
