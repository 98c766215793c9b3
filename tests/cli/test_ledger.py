"""`tutorbot deliveries`: what is owed is listed, owed again and given up."""

from datetime import UTC, datetime, timedelta

from tests.cli.conftest import Run
from tutorbot.records import deliveries
from tutorbot.store import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def owe(url: str, key: str) -> int:
    """Owe a note in a channel."""
    store = open_store(url)
    number = store.write(
        lambda conn: deliveries.owe(
            conn,
            key,
            {"show": "note", "text": "x"},
            team="T",
            channel="C1",
            due_at=NOW,
            now=NOW - timedelta(1),
        )
    )
    store.close()
    return number


def test_what_is_owed_is_listed_with_its_number_state_and_instant(run: Run, sqlite_url: str) -> None:
    number = owe(sqlite_url, "note/1")

    listed = run("deliveries")

    assert f"{number}  due      2026-11-23 09:00 UTC  C1" in listed.output
    assert "note/1" in listed.output


def test_what_is_dropped_is_owed_again_by_retry(run: Run, sqlite_url: str) -> None:
    number = owe(sqlite_url, "note/1")

    dropped = run("deliveries", "drop", str(number))
    hidden = run("deliveries")
    shown = run("deliveries", "--all")
    retried = run("deliveries", "retry", str(number))

    assert dropped.output == f"Delivery {number} is dropped.\n"
    assert "note/1" not in hidden.output
    assert "dropped by staff" in shown.output
    assert retried.output == f"Delivery {number} is owed again.\n"
    assert "note/1" in run("deliveries").output


def test_what_cannot_be_done_is_told(run: Run, sqlite_url: str) -> None:
    number = owe(sqlite_url, "note/1")

    retried = run("deliveries", "retry", str(number))
    missing = run("deliveries", "drop", "99")

    assert retried.exit_code == missing.exit_code == 1
    assert "is due; only what is parked or dropped is retried" in retried.output
    assert "There is no delivery 99" in missing.output
