"""What the tables themselves refuse, and what they give back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import IntegrityError, StatementError

from tests.store.rows import NOON, add
from tutorbot.records.schema import metadata
from tutorbot.records.tables import (
    attempts,
    awards,
    cohorts,
    deliveries,
    enrollments,
    memberships,
    places,
    sittings,
    uploads,
)
from tutorbot.store import Store


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (enrollments, ("team", "user", "course_id")),
        (attempts, ("enrollment_id", "question_id", "run", "n")),
        (attempts, ("gesture",)),
        (sittings, ("enrollment_id", "run")),
        (awards, ("enrollment_id", "run")),
        (deliveries, ("key",)),
        (cohorts, ("team", "channel")),
        (memberships, ("enrollment_id",)),
    ],
    ids=lambda value: value.name if isinstance(value, Table) else "-".join(value),
)
def test_there_is_one_row_for_a_key(store: Store, table: Table, key: tuple[str, ...]) -> None:
    first = store.write(lambda conn: add(conn, table))
    same = {name: first[name] for name in key}

    with pytest.raises(IntegrityError):
        store.write(lambda conn: add(conn, table, **same))

    for name in key:
        others = {other: first[other] for other in key if other != name}
        different = add_different(store, table, name, others)
        assert different[name] != first[name]


def add_different(store: Store, table: Table, name: str, others: dict[str, object]) -> dict[str, object]:
    """Add a row that shares all of a key but this column."""
    different = {name: 2} if name in ("n", "run") else {}
    return store.write(lambda conn: add(conn, table, **others, **different))


def test_a_channel_whose_cohort_has_stopped_takes_another(store: Store) -> None:
    store.write(lambda conn: add(conn, cohorts, team="T1", channel="C1", stopped_at=NOON))
    store.write(lambda conn: add(conn, cohorts, team="T1", channel="C1", stopped_at=NOON))

    running = store.write(lambda conn: add(conn, cohorts, team="T1", channel="C1"))

    assert running["stopped_at"] is None


def test_a_membership_that_has_ended_makes_room_for_the_next(store: Store) -> None:
    ended = store.write(lambda conn: add(conn, memberships, until=NOON))

    store.write(lambda conn: add(conn, memberships, enrollment_id=ended["enrollment_id"]))

    with pytest.raises(IntegrityError):
        store.write(lambda conn: add(conn, memberships, enrollment_id=ended["enrollment_id"]))


def test_a_row_cannot_point_at_nothing(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.write(lambda conn: add(conn, places, enrollment_id=1_000))


def test_a_row_that_others_point_at_cannot_go(store: Store) -> None:
    parent = store.write(lambda conn: add(conn, places))["enrollment_id"]

    with pytest.raises(IntegrityError):
        store.write(lambda conn: conn.execute(enrollments.delete().where(enrollments.c.id == parent)))


@pytest.mark.parametrize(
    ("table", "values"),
    [(attempts, {"n": 0}), (deliveries, {"kind": "letter"}), (deliveries, {"state": "lost"})],
)
def test_a_value_outside_the_rules_is_refused(store: Store, table: Table, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        store.write(lambda conn: add(conn, table, **values))


@pytest.mark.parametrize("table", [each for each in metadata.sorted_tables if "id" in each.c], ids=str)
def test_the_number_of_a_row_that_is_gone_is_not_given_again(store: Store, table: Table) -> None:
    gone = store.write(lambda conn: add(conn, table))["id"]
    store.write(lambda conn: conn.execute(table.delete().where(table.c.id == gone)))

    assert store.write(lambda conn: add(conn, table))["id"] > gone


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 2, 12)  # noqa: DTZ001  # that is the point

    with pytest.raises(StatementError, match="has no zone; store aware instants only"):
        store.write(lambda conn: add(conn, uploads, at=naive))


def test_a_question_asked_with_an_instant_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 2, 12)  # noqa: DTZ001  # that is the point

    with store.read() as conn, pytest.raises(StatementError, match="has no zone"):
        conn.execute(select(uploads).where(uploads.c.at < naive))


def test_an_instant_comes_back_as_the_same_instant_in_utc(store: Store) -> None:
    zurich_at_noon = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    store.write(lambda conn: add(conn, uploads, at=zurich_at_noon))

    with store.read() as conn:
        stored = conn.execute(select(uploads.c.at)).scalar_one()

    assert stored == zurich_at_noon
    assert stored.tzinfo is UTC


def test_instants_from_several_zones_are_in_order(store: Store) -> None:
    hours = [timezone(timedelta(hours=offset)) for offset in (-11, 0, 5, 14)]
    instants = [NOON.astimezone(zone) + timedelta(minutes=n) for n, zone in enumerate(hours)]

    def write(conn: Connection) -> None:
        for instant in reversed(instants):
            add(conn, uploads, at=instant)

    store.write(write)

    with store.read() as conn:
        assert list(conn.execute(select(uploads.c.at).order_by(uploads.c.at)).scalars()) == instants


@pytest.mark.parametrize("what", [{"show": "lesson card", "lesson": "größe ✅"}, [1, [2]], "text", 0, False])
def test_a_json_value_comes_back_as_it_was(store: Store, what: object) -> None:
    store.write(lambda conn: add(conn, deliveries, what=what))

    with store.read() as conn:
        assert conn.execute(select(deliveries.c.what)).scalar_one() == what
