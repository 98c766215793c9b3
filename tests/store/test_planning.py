"""What is owed all at once is what would be owed one by one."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.store.rows import add
from tutorbot.records.deliveries import Delivery, Kind, find, list_deliveries, owe
from tutorbot.records.planning import Owed, owe_all
from tutorbot.records.tables import cohorts, enrollments, learners
from tutorbot.store import Store

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
CARD = Owed("card", {"show": "lesson card"}, "T1", NOW + HOUR, channel="C1")
TEXT = replace(CARD, key="text/1", after="card", in_thread=True)


def one_of_each(conn: Connection) -> list[Owed]:
    """Return what uses every field, in the order in which it can be owed."""
    cohort = add(conn, cohorts, team="T1")["id"]
    enrollment = add(conn, enrollments, team="T1", user="U2")["id"]
    add(conn, learners, team="T1", user="U1", direct_channel="D1")
    add(conn, learners, team="T2", user="U2", direct_channel="D2")
    return [
        replace(CARD, cohort_id=cohort),
        replace(TEXT, cohort_id=cohort),
        replace(TEXT, key="text/2", after="text/1"),
        Owed("known", {"text": "Grüezi 100 %"}, "T1", NOW, user="U1"),
        Owed("not known in T1", {}, "T1", NOW, user="U2", enrollment_id=enrollment, expires_at=NOW + HOUR),
        Owed("both", {}, "T1", NOW, user="U1", channel="D3"),
        Owed("act", {"show": "close exam"}, "T1", NOW + HOUR, kind=Kind.ACT),
    ]


def owe_each(conn: Connection, owed: list[Owed]) -> None:
    """Owe it one by one."""
    ids: dict[str | None, int] = {}
    for each in owed:
        given = {field.name: getattr(each, field.name) for field in fields(each)}
        after = given.pop("after")
        ids[each.key] = owe(conn, **given, after_id=ids.get(after), now=NOW)


def ledger(store: Store) -> list[Delivery]:
    with store.read() as conn:
        return sorted(list_deliveries(conn), key=lambda delivery: delivery.id)


def keys(store: Store) -> list[str]:
    return [delivery.key for delivery in ledger(store)]


def read(store: Store, key: str) -> Delivery:
    with store.read() as conn:
        found = find(conn, key)
    assert found is not None
    return found


def test_all_at_once_are_the_same_rows_as_one_by_one(store: Store) -> None:
    owed = store.write(one_of_each)
    undone = RuntimeError("undone")
    one_by_one: list[Delivery] = []

    def owe_and_undo(conn: Connection) -> None:
        owe_each(conn, owed)
        one_by_one.extend(sorted(list_deliveries(conn), key=lambda delivery: delivery.id))
        raise undone

    with pytest.raises(RuntimeError, match="undone"):
        store.write(owe_and_undo)
    new = store.write(lambda conn: owe_all(conn, owed, now=NOW))

    assert new == len(owed) == len(one_by_one)
    assert comparable(ledger(store)) == comparable(one_by_one)
    assert [each.channel for each in ledger(store)][3:6] == ["D1", None, "D3"]


def comparable(rows: list[Delivery]) -> list[Delivery]:
    """Number rows from 1: PostgreSQL gives a number once, also where its row was undone."""
    first = rows[0].id - 1
    return [
        replace(row, id=row.id - first, after_id=None if row.after_id is None else row.after_id - first)
        for row in rows
    ]


def test_planned_again_only_what_is_new_is_added(store: Store) -> None:
    store.write(lambda conn: owe_all(conn, [CARD, TEXT], now=NOW))
    moved = [replace(CARD, due_at=NOW), TEXT, replace(TEXT, key="text/2", after="text/1")]

    again = store.write(lambda conn: owe_all(conn, [CARD, TEXT], now=NOW))
    longer = store.write(lambda conn: owe_all(conn, moved, now=NOW))

    assert (again, longer) == (0, 1)
    assert keys(store) == ["card", "text/1", "text/2"]
    assert read(store, "card").due_at == NOW + HOUR
    assert read(store, "text/2").after_id == read(store, "text/1").id


def test_what_was_owed_before_can_be_waited_for(store: Store) -> None:
    card = store.write(lambda conn: owe(conn, "card", {}, team="T1", channel="C1", due_at=NOW, now=NOW))

    store.write(lambda conn: owe_all(conn, [TEXT], now=NOW))

    assert read(store, "text/1").after_id == card


def test_what_waits_for_nothing_that_is_owed_is_refused_and_nothing_is_owed(store: Store) -> None:
    with pytest.raises(ValueError, match="text/1 is to wait for card, which is not owed"):
        store.write(lambda conn: owe_all(conn, [TEXT, CARD], now=NOW))

    assert keys(store) == []


def test_the_sender_is_woken_for_what_is_new_and_due(store: Store) -> None:
    wakes: list[str] = []
    store.wake = lambda: wakes.append("woken")
    due = replace(CARD, key="due", due_at=NOW)

    store.write(lambda conn: owe_all(conn, [CARD], now=NOW))
    assert wakes == []
    store.write(lambda conn: owe_all(conn, [CARD, due], now=NOW))
    assert wakes == ["woken"]
    store.write(lambda conn: owe_all(conn, [CARD, due], now=NOW))
    assert wakes == ["woken"]


def test_nothing_can_be_owed(store: Store) -> None:
    assert store.write(lambda conn: owe_all(conn, [], now=NOW)) == 0


def test_a_message_to_nowhere_is_refused() -> None:
    given: dict[str, Any] = {"what": {}, "team": "T1", "due_at": NOW}

    with pytest.raises(ValueError, match="needs a channel or a user"):
        Owed("lost", **given)
    assert Owed("act", kind=Kind.ACT, **given).channel is None
