"""Threads of tests, and waiting for what they do."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection

from tutorbot.store import Store

PATIENCE = 30  # seconds, after which a test has failed


def eventually(happens: Callable[[], bool]) -> None:
    """Wait until it happens; raise TimeoutError if it does not."""
    for _ in range(PATIENCE * 1000):
        if happens():
            return
        threading.Event().wait(0.001)
    raise TimeoutError


def write_together(store: Store, *fns: Callable[[Connection], Any]) -> list[Future[Any]]:
    """Write all functions in one batch of SQLite's writer, in this order; return what came of each."""
    gate, held = threading.Event(), threading.Event()

    def hold(conn: Connection) -> None:
        held.set()
        gate.wait(PATIENCE)

    with ThreadPoolExecutor(len(fns) + 1) as threads:
        threads.submit(store.write, hold)
        held.wait(PATIENCE)
        futures: list[Future[Any]] = []
        for fn in fns:
            futures.append(threads.submit(store.write, fn))
            eventually(lambda: store.waiting == len(futures))
        gate.set()
    return futures
