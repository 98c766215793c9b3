"""`tutorbot deliveries`: what is owed is listed, owed again and given up."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from tests.cli.conftest import Run
from tutorbot.records import deliveries
from tutorbot.records.tables import deliveries as table
from tutorbot.store import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def owe(url: str, key: str, *, due_at: datetime = NOW) -> int:
    """Owe a note in a channel."""
    store = open_store(url)
    number = store.write(
        lambda conn: deliveries.owe(
            conn,
            key,
            {"show": "note", "text": "x"},
            team="T",
            channel="C1",
            due_at=due_at,
            now=NOW - timedelta(1),
        )
    )
    store.close()
    return number


def park(url: str, number: int) -> None:
    """Park a delivery, as if Slack had refused it."""
    store = open_store(url)
    parked = update(table).where(table.c.id == number).values(state="parked", reason="not_in_channel")
    store.write(lambda conn: conn.execute(parked))
    store.close()


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


def test_what_is_late_or_parked_is_told_before_what_comes_next(run: Run, sqlite_url: str) -> None:
    for day in range(1, 4):
        owe(sqlite_url, f"lesson/{day}", due_at=datetime(2199, 1, day, 9, tzinfo=UTC))
    owe(sqlite_url, "late", due_at=datetime(2020, 1, 1, tzinfo=UTC))
    park(sqlite_url, owe(sqlite_url, "parked", due_at=datetime(2199, 2, 1, tzinfo=UTC)))

    told = run("deliveries", "--limit", "2").output
    whole = run("deliveries", "--limit", "0").output

    order = [
        "Parked, unknown",
        "parked   2199",
        "late\n",
        "To come:",
        "lesson/1",
        "lesson/2",
        "and 1 more until",
    ]
    assert sorted(order, key=told.index) == order
    assert "  and 1 more until 2199-01-03 09:00 UTC; --limit 0 lists all.\n" in told
    assert "In all: 4 due, 1 parked.\n" in told
    assert "lesson/3" not in told
    assert "lesson/3" in whole


def test_several_are_owed_again_at_once_and_those_that_cannot_be_are_named(run: Run, sqlite_url: str) -> None:
    parked = [owe(sqlite_url, f"lesson/{number}") for number in range(2)]
    for number in parked:
        park(sqlite_url, number)
    due = owe(sqlite_url, "due")

    told = run("deliveries")
    retried = run("deliveries", "retry", *map(str, (due, *parked, 99)))

    assert "the bot is not in the channel; invite it there (not_in_channel)" in told.output
    assert retried.exit_code == 1
    assert retried.stdout == "".join(f"Delivery {number} is owed again.\n" for number in parked)
    assert f"Delivery {due} is due; only what is parked" in retried.stderr
    assert "There is no delivery 99" in retried.stderr


def test_programs_are_told_all_of_it_unless_they_say_how_much(run: Run, sqlite_url: str) -> None:
    for day in range(1, 32):
        owe(sqlite_url, f"lesson/{day}", due_at=datetime(2199, 1, day, 9, tzinfo=UTC))

    people = run("deliveries").output
    programs = json.loads(run("deliveries", "--json").stdout)
    few = json.loads(run("deliveries", "--json", "--limit", "2").stdout)

    assert "and 11 more until 2199-01-31" in people
    assert (len(programs["coming"]), len(few["coming"])) == (31, 2)
    assert programs["counts"]["due"] == 31


def test_what_is_over_is_listed_with_the_latest_first(run: Run, sqlite_url: str) -> None:
    for day in (1, 2):
        number = owe(sqlite_url, f"lesson/{day}", due_at=datetime(2199, 1, day, 9, tzinfo=UTC))
        run("deliveries", "drop", str(number))

    told = run("deliveries", "--all").output

    assert told.index("Over, the latest first:") < told.index("lesson/2") < told.index("lesson/1")


def test_what_cannot_be_done_is_told(run: Run, sqlite_url: str) -> None:
    number = owe(sqlite_url, "note/1")

    retried = run("deliveries", "retry", str(number))
    missing = run("deliveries", "drop", "99")

    assert retried.exit_code == missing.exit_code == 1
    assert "is due; only what is parked or dropped is retried" in retried.output
    assert "There is no delivery 99" in missing.output
