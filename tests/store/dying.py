"""A process that writes and is killed, with a WAL left behind: `python -m tests.store.dying URL NAME`."""

import os
import signal
import sys

from tutorbot.records.people import Learner, remember
from tutorbot.store import open_store


def main(database_url: str, name: str) -> None:
    """Write a name, and die without closing anything."""
    store = open_store(database_url)
    store.write(lambda conn: remember(conn, Learner("T1", "U1"), name=name))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
