"""Measures the ledger: a poll that finds nothing to do in a long one, and planning into it."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text

from benchmarks.report import Figure, Section
from benchmarks.turns import in_turns, middle, middle_ratio, seconds
from tutorbot.clock import Clocks, machine_now
from tutorbot.delivery import Poller, Sender
from tutorbot.records.deliveries import Delivery
from tutorbot.records.planning import Owed, owe_all
from tutorbot.records.tables import deliveries
from tutorbot.slack import Slack
from tutorbot.store import Store, open_store

FEW, MANY = 1_000, 1_000_000
POLLS = 300
PLANNED = 100_000
_COLUMNS = tuple(column.name for column in deliveries.columns if column.name != "id")

# A year of a busy workspace: nine of ten are posted, the rest is due from tomorrow on.
_FILL = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
INSERT INTO deliveries (key, kind, what, team, channel, due_at, state, posted_ts, created_at)
SELECT 'cohort/' || n || '/lesson/es-1', 'post', '{"cohort": 1, "lesson": "es-1", "show": "lesson card"}',
    'T1', 'C' || (n % 1000),
    strftime('%Y-%m-%d %H:%M:%f000', 'now', iif(n % 10, '-', '+') || (86400 + n * 30) || ' seconds'),
    iif(n % 10, 'posted', 'due'), iif(n % 10, n || '.000100', NULL), '2026-01-01 00:00:00.000000'
FROM numbers
"""


def measure(folder: Path, *, rounds: int) -> Section:
    """Poll two ledgers in turns, then plan into new ones in turns with the driver alone."""
    with ExitStack() as stack:
        polls = [stack.enter_context(_polled(folder, rows)) for rows in (FEW, MANY)]
        idle = in_turns(POLLS, *polls)
    planning = in_turns(rounds, lambda: _bare(folder), lambda: _planned(folder))
    return Section(
        figures=[
            Figure(
                f"an idle poll with {MANY:,} rows in the ledger, of one with {FEW:,}", middle_ratio(idle), 1.5
            ),
            Figure(f"planning {PLANNED:,} deliveries, of bare `executemany`", middle_ratio(planning), 2),
        ],
        how=f"SQLite. A poll that finds nothing to do ({POLLS} rounds in turns): one row of ten is still "
        f"due, later. Planning: `owe_all` of {PLANNED:,} lessons in a transaction, in turns with the "
        f"driver's `executemany` of the same rows, ready, into the same table and its "
        f"indexes ({rounds} rounds); medians.",
        details=f"- Idle polls: {middle(idle, 0) * 1e3:.2f} ms and {middle(idle, 1) * 1e3:.2f} ms.\n"
        f"- Planning: {middle(planning, 0):.2f} s by the driver alone, {middle(planning, 1):.2f} s by "
        "`owe_all`.",
    )


@contextmanager
def _polled(folder: Path, rows: int) -> Iterator[Callable[[], float]]:
    """Give what polls a ledger of so many rows once, and returns the seconds of it."""
    with _new_store(folder) as store, ThreadPoolExecutor(1) as executor:
        store.write(lambda conn: conn.execute(text(_FILL), {"rows": rows}))
        slack, clocks = Slack("xoxb-none", api_url="http://127.0.0.1:9/"), Clocks()
        sender = Sender(store, slack, _draw_nothing, clocks=clocks, executor=executor)
        poller = Poller(store, slack, sender, _act_nothing, clocks=clocks, executor=executor)
        poller.poll_once()  # statements are compiled once
        yield lambda: seconds(poller.poll_once)


def _planned(folder: Path) -> float:
    """Plan into a new ledger, and return the seconds of it."""
    now = machine_now()
    owed = _lessons(now)
    with _new_store(folder) as store:
        return seconds(lambda: store.write(lambda conn: owe_all(conn, owed, now=now)))


def _bare(folder: Path) -> float:
    """Hand the rows that planning makes to the driver, ready, and return the seconds of it."""
    with _new_store(folder) as store:
        rows = _ready_rows(store)
        names, values = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" for _ in _COLUMNS)
        statement = f"INSERT INTO deliveries ({names}) VALUES ({values})"
        return seconds(
            lambda: store.write(lambda conn: conn.connection.cursor().executemany(statement, rows))
        )


def _ready_rows(store: Store) -> list[tuple[object, ...]]:
    """Return the rows as planning leaves them."""
    found: list[tuple[object, ...]] = []

    def plan(conn: Connection) -> None:
        owe_all(conn, _lessons(machine_now()), now=machine_now())
        names = ", ".join(f'"{name}"' for name in _COLUMNS)
        found.extend(map(tuple, conn.exec_driver_sql(f"SELECT {names} FROM deliveries ORDER BY id")))
        raise _UndoneError

    try:
        store.write(plan)
    except _UndoneError:
        return found
    raise AssertionError("planning was not undone")


class _UndoneError(Exception):
    """What was written is not to be kept."""


def _lessons(now: datetime) -> list[Owed]:
    """Return the lessons of a thousand cohorts, a hundred days each."""
    return [
        Owed(
            f"cohort/{cohort}/lesson/es-{day}",
            {"show": "lesson card", "cohort": cohort, "lesson": f"es-{day}"},
            "T1",
            now + timedelta(days=1 + day, minutes=cohort),
            channel=f"C{cohort}",
        )
        for cohort in range(PLANNED // 100)
        for day in range(100)
    ]


@contextmanager
def _new_store(folder: Path) -> Iterator[Store]:
    with TemporaryDirectory(dir=folder) as name:
        store = open_store(f"sqlite:///{Path(name) / 'ledger.db'}")
        try:
            yield store
        finally:
            store.close()


def _draw_nothing(_delivery: Delivery, _files: Mapping[str, str]) -> None:
    return None


def _act_nothing(_conn: Connection, _delivery: Delivery, _now: datetime) -> None:
    """Have no effect."""
