"""Whose is what: every column is classified, and a person is erased without a trace and without harm."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, Text, inspect, select
from sqlalchemy.types import String, TypeDecorator

from tests.store.rows import NOON, add
from tutorbot.records import erasing, people
from tutorbot.records.deliveries import find
from tutorbot.records.people import Learner
from tutorbot.records.personal import IMPERSONAL, PERSONAL, rows_of
from tutorbot.records.schema import Json, metadata
from tutorbot.records.tables import (
    attempts,
    awards,
    closings,
    cohorts,
    deliveries,
    drawings,
    enrollments,
    erasures,
    learners,
    marks,
    memberships,
    openings,
    places,
    readings,
    sittings,
    uploads,
)
from tutorbot.store import Store, open_store
from tutorbot.upkeep.sweeping import sweep

ANNA, BEN = Learner("T1", "UZEBRA"), Learner("T1", "UYAK")
_numbers = count(1)

CHECKED = {("deliveries", "state"), ("deliveries", "team"), ("learners", "team"), ("enrollments", "team")}
"""Personal columns with a text that is no person's own: a state, a workspace."""


class Owner:
    """Fills every personal column of every table for a person, with words that hold the name of an animal."""

    def __init__(self, conn: Connection, learner: Learner) -> None:
        self.conn = conn
        self.learner = learner
        self.animal = learner.user.removeprefix("U")

    def add(self, table: Table, **given: object) -> dict[str, Any]:
        """Add a row; what is personal in it, and text, is marked unless it is given."""
        marked = {
            name: self.mark(table.c[name])
            for name in PERSONAL[table.name]
            if name not in given and (table.name, name) not in CHECKED and is_text(table.c[name])
        }
        if "user" in table.c and "user" not in given:
            given |= {"team": self.learner.team, "user": self.learner.user}
        return add(self.conn, table, **marked | given)

    def mark(self, column: Column[Any]) -> object:
        """Return a value that tells whose it is."""
        words = f"{self.animal} {column.table.name} {column.name} {next(_numbers)}"
        if isinstance(column.type, Json):
            return {"typed": words} if column.name in ("answer", "choice") else [words]
        return words

    def fill(self) -> dict[str, Any]:
        """Add rows to every table that has personal columns; return the delivery of the place."""
        self.add(learners)
        enrollment = self.add(enrollments)["id"]
        cohort = add(self.conn, cohorts)["id"]
        self.add(memberships, enrollment_id=enrollment, cohort_id=cohort)
        for table in (openings, readings):
            self.add(table, enrollment_id=enrollment)
        told = self.add(deliveries, enrollment_id=enrollment)
        self.add(deliveries, user=None, team="T1", enrollment_id=enrollment, after_id=told["id"])
        notice = {"show": "parked", "delivery": told["id"]}
        self.add(deliveries, user=None, team="T1", what=notice)
        place = self.add(places, enrollment_id=enrollment, delivery_id=told["id"], shows=1)["id"]
        drawing = self.add(drawings, enrollment_id=enrollment, place_id=place)["id"]
        attempt = self.add(attempts, enrollment_id=enrollment, drawing_id=drawing)["id"]
        self.add(marks, attempt_id=attempt)
        sitting = self.add(sittings, enrollment_id=enrollment)["id"]
        self.add(closings, sitting_id=sitting)
        award = self.add(awards, enrollment_id=enrollment)["id"]
        self.add(uploads, team="T1", digest=f"award:{award}")
        return told


def is_text(column: Column[Any]) -> bool:
    """Say whether a column holds words."""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, (Text, String))


def everything(store: Store) -> dict[str, set[str]]:
    """Return all rows of all tables, as text."""
    with store.read() as conn:
        return {
            table.name: {repr(tuple(row)) for row in conn.execute(select(table))}
            for table in metadata.sorted_tables
        }


def filled(store: Store) -> None:
    """Fill the database with two people."""

    def fill(conn: Connection) -> None:
        Owner(conn, ANNA).fill()
        Owner(conn, BEN).fill()

    store.write(fill)


def erase(store: Store, learner: Learner = ANNA) -> dict[str, int]:
    """Erase somebody."""

    def work(conn: Connection) -> dict[str, int]:
        rows = erasing.erase_rows(conn, learner)
        erasing.note_erasure(conn, rows, by="olga", now=NOON)
        return rows

    return store.write(work)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_column_is_classified_once(table: Table) -> None:
    personal, impersonal = PERSONAL.get(table.name, frozenset()), IMPERSONAL.get(table.name, frozenset())

    assert personal | impersonal == set(table.c.keys())
    assert not personal & impersonal


def test_only_tables_are_classified() -> None:
    assert {*PERSONAL, *IMPERSONAL} == {table.name for table in metadata.sorted_tables}


def test_every_table_with_a_personal_column_says_whose_its_rows_are() -> None:
    assert {table.name for table in rows_of(ANNA)} == set(PERSONAL)


def test_a_person_is_in_every_column_that_is_personal(store: Store) -> None:
    filled(store)

    with store.read() as conn:
        for table, condition in rows_of(ANNA).items():
            rows = conn.execute(select(table).where(condition)).mappings().all()
            for name in PERSONAL[table.name]:
                if is_text(table.c[name]) and (table.name, name) not in CHECKED:
                    assert any("ZEBRA" in repr(row[name]) or name == "digest" for row in rows), (table, name)
            assert not any("YAK" in repr(row) for row in rows), table


def test_nothing_of_an_erased_person_is_left_in_any_row_and_all_others_are_as_they_were(store: Store) -> None:
    filled(store)
    before = everything(store)

    counted = erase(store)

    after = everything(store)
    assert "ZEBRA" not in repr(after)
    assert len(after.pop("erasures")) == 1
    before.pop("erasures")
    lost = {name: before[name] - after[name] for name in before}
    assert {name: len(rows) for name, rows in lost.items() if rows} == counted
    assert all(after[name] <= before[name] for name in before)
    assert not any("YAK" in row for rows in lost.values() for row in rows)
    assert counted.keys() == set(PERSONAL)


def test_the_erasure_is_on_record_without_the_person(store: Store) -> None:
    filled(store)

    counted = erase(store)

    with store.read() as conn:
        (row,) = conn.execute(select(erasures))
    assert (row.at, row.by, row.rows) == (NOON, "olga", counted)


def test_what_waited_for_a_message_of_theirs_waits_no_more(store: Store) -> None:
    def fill(conn: Connection) -> int:
        before = Owner(conn, ANNA).fill()
        return int(add(conn, deliveries, key="of ben", after_id=before["id"])["id"])

    number = store.write(fill)

    erase(store)

    with store.read() as conn:
        waiting = find(conn, number)
    assert waiting
    assert waiting.after_id is None


def test_a_mark_that_an_erased_person_gave_to_another_stays_without_them(store: Store) -> None:
    filled(store)
    store.write(lambda conn: conn.execute(marks.update().values(by=ANNA.user, credit="1/2")))

    erase(store)

    with store.read() as conn:
        assert [tuple(row) for row in conn.execute(select(marks.c.by, marks.c.credit))] == [("", "1/2")]


def test_who_was_erased_is_nobody_until_they_join_again_as_somebody_new(store: Store) -> None:
    filled(store)
    erase(store)

    assert erase(store) == {}
    with store.read() as conn:
        assert people.with_id(conn, ANNA.user) == []
    store.write(lambda conn: Owner(conn, ANNA).fill())

    with store.read() as conn:
        assert people.with_id(conn, ANNA.user) == [ANNA]


def test_people_are_found_by_id_and_by_name_whatever_its_capitals(store: Store) -> None:
    def fill(conn: Connection) -> None:
        people.remember(conn, ANNA, name="Änne Größe")
        people.remember(conn, Learner("T2", ANNA.user), name="Somebody else")
        people.remember(conn, BEN, name="")
        add(conn, deliveries, team="T3", user="U3")

    store.write(fill)

    with store.read() as conn:
        assert people.called(conn, "ÄNNE GRÖSSE") == [ANNA]
        assert people.called(conn, "") == []
        assert people.with_id(conn, ANNA.user) == [ANNA, Learner("T2", ANNA.user)]
        assert people.with_id(conn, "U3") == [Learner("T3", "U3")]


def test_no_byte_of_an_erased_person_is_left_in_the_file_while_others_use_it(sqlite_url: str) -> None:
    store, another = open_store(sqlite_url), open_store(sqlite_url)
    filled(store)
    for number in range(300):  # enough to split pages, and to leave room that was used before
        store.write(lambda conn: filled_once(conn, Learner("T1", f"UZEBRA{number}")))  # noqa: B023 - at once
        store.write(lambda conn: people.remember(conn, ANNA, name=f"ZEBRA once {number}"))  # noqa: B023
    assert "ZEBRA" in bytes_beside(sqlite_url)

    for number in range(300):
        erase(store, Learner("T1", f"UZEBRA{number}"))
    erase(store)
    sweep(sqlite_url)

    assert "ZEBRA" not in bytes_beside(sqlite_url)
    assert "YAK" in bytes_beside(sqlite_url)
    with another.read() as conn:
        assert people.with_id(conn, BEN.user) == [BEN]
    another.write(lambda conn: people.remember(conn, BEN, name="Ben"))
    store.close()
    another.close()
    assert "ZEBRA" not in bytes_beside(sqlite_url)


def filled_once(conn: Connection, learner: Learner) -> None:
    """Add somebody with long words."""
    add(conn, learners, team=learner.team, user=learner.user, name=f"{learner.user} " * 40)
    add(conn, deliveries, team=learner.team, user=learner.user, what={"text": f"{learner.user} " * 60})


def bytes_beside(database_url: str) -> str:
    """Return all that stands in the folder of the database."""
    folder = Path(database_url.removeprefix("sqlite:///")).parent
    return "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())


def test_a_swept_database_is_as_it_was(store: Store, database_url: str) -> None:
    filled(store)
    before = everything(store)

    sweep(database_url)

    assert everything(store) == before
    with store.read() as conn:
        assert "attempts" in inspect(conn).get_table_names()
