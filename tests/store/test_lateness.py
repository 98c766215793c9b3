"""What is owed is counted by state, and by how late it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from tests.store.rows import add
from tutorbot.records.deliveries import State
from tutorbot.records.lateness import Owed, count_answers, count_owed
from tutorbot.records.tables import attempts, deliveries, erasures
from tutorbot.store import Store

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def owed(store: Store, *rows: dict[str, Any]) -> Owed:
    """Return what is counted when these rows are in the ledger."""

    def add_all(conn: Connection) -> None:
        for row in rows:
            add(conn, deliveries, **{"kind": "post", "channel": "C1", "due_at": NOW, **row})

    store.write(add_all)
    with store.read() as conn:
        return count_owed(conn, now=NOW)


def test_nothing_owed_is_nothing_late(store: Store) -> None:
    found = owed(store)

    assert found == Owed(dict.fromkeys(found.states, 0), 0, timedelta())


def test_what_is_not_over_is_counted_by_state(store: Store) -> None:
    found = owed(store, *({"state": state.value, "due_at": NOW + HOUR} for state in [*State, State.PARKED]))

    assert found.states == {State.DUE: 1, State.CLAIMED: 1, State.UNKNOWN: 1, State.PARKED: 2}
    assert (found.overdue, found.late) == (0, timedelta())


def test_what_is_due_and_not_posted_is_overdue_since_the_first_was_due(store: Store) -> None:
    found = owed(
        store,
        {"due_at": NOW - HOUR},
        {"due_at": NOW - 3 * HOUR, "state": "unknown"},
        {"due_at": NOW - 2 * HOUR, "kind": "act"},
        {"due_at": NOW - 9 * HOUR, "state": "posted"},
        {"due_at": NOW - 9 * HOUR, "state": "parked"},
    )

    assert (found.overdue, found.late) == (3, 3 * HOUR)


def test_what_expired_or_waits_for_something_parked_is_not_late(store: Store) -> None:
    found = owed(
        store,
        {"id": 900, "state": "parked", "due_at": NOW - 9 * HOUR},
        {"after_id": 900, "due_at": NOW - 8 * HOUR},
        {"due_at": NOW - 7 * HOUR, "expires_at": NOW - HOUR},
    )

    assert (found.overdue, found.late) == (0, timedelta())


def test_answers_are_counted(store: Store) -> None:
    store.write(lambda conn: [add(conn, attempts) for _ in range(3)])

    with store.read() as conn:
        assert count_answers(conn) == 3


def test_answers_of_somebody_who_was_erased_still_count(store: Store) -> None:
    store.write(lambda conn: [add(conn, attempts), add(conn, erasures, rows={"attempts": 12, "awards": 1})])

    with store.read() as conn:
        assert count_answers(conn) == 13
