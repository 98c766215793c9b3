"""A filled database of every released schema is brought up to date, and its courses go on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, text

from tests.store.test_migrations import STEPS, history, rows, step_of
from tests.store.upgrades.fill import ANNA, BEN, CARA, HERE, MORNING
from tutorbot.clock import Clocks
from tutorbot.records.people import Learner
from tutorbot.store import Store, open_store
from tutorbot.tutor import answering, quizzes
from tutorbot.tutor.overview import standing_in
from tutorbot.tutor.standing import CourseStanding
from tutorbot.tutor.tutor import Tutor

AGAIN = "python -m tests.store.upgrades.fill"
NOW = MORNING + timedelta(days=9)
_READ = {
    datetime: lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
    date: date.fromisoformat,
    time: time.fromisoformat,
    bool: bool,
}


def statements(step: str) -> str:
    """Return the filled database of a step."""
    file = HERE / f"v{step}.sql"
    assert file.exists(), f"{file.name} is missing: {AGAIN}"
    return file.read_text(encoding="utf-8")


@pytest.fixture(params=STEPS)
def step(request: pytest.FixtureRequest) -> str:
    """Give each step that was released, and the newest."""
    return str(request.param)


@pytest.fixture
def upgraded(database_url: str, step: str, tmp_path: Path) -> Iterator[tuple[Store, dict[str, int]]]:
    """Give the database of an older step, opened by the program of today, and how many rows it had."""
    before = (
        made_in_a_file(database_url, step)
        if database_url.startswith("sqlite")
        else made_on_postgresql(database_url, step, tmp_path)
    )
    store = open_store(database_url)
    yield store, before
    store.close()


def made_in_a_file(database_url: str, step: str) -> dict[str, int]:
    """Make the database as it was."""
    path = Path(database_url.removeprefix("sqlite:///"))
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements(step))
        return {table: len(found) for table, found in rows_in(connection).items()}


def made_on_postgresql(database_url: str, step: str, tmp_path: Path) -> dict[str, int]:
    """Make the tables by the migrations until that step, and copy the rows into them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(statements(step))
        found = rows_in(connection)
    store = open_store(database_url, migrations=history(tmp_path / "older", until=step))
    store.write(lambda conn: copy_rows(conn, found))
    store.close()
    return {table: len(copied) for table, copied in found.items()}


def rows_in(connection: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of a SQLite database, by table."""
    connection.row_factory = sqlite3.Row
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]
        for name in names
        if not name.startswith("sqlite_") and name != "alembic_version"
    }


def copy_rows(conn: Connection, found: dict[str, list[dict[str, Any]]]) -> None:
    """Insert rows, and let the numbers go on after them."""
    present = MetaData()
    present.reflect(conn)
    for table in present.sorted_tables:
        for row in found.get(table.name, ()):
            conn.execute(table.insert().values({name: read(table, name, row[name]) for name in row}))
        if table.name in found and "id" in table.c:
            conn.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
                )
            )


def read(table: Table, name: str, value: Any) -> Any:
    """Return a value as PostgreSQL takes it."""
    of_type = _READ.get(table.c[name].type.python_type)
    return value if value is None or of_type is None else of_type(value)


def tutor(store: Store) -> Tutor:
    return Tutor(store, Clocks(course=lambda: NOW), Random(1))


def standing(store: Store, learner: Learner) -> CourseStanding:
    return standing_in(tutor(store), learner, course="es")


def test_every_step_has_its_filled_database() -> None:
    assert {file.stem.removeprefix("v") for file in HERE.glob("v*.sql")} == set(STEPS)


def test_the_newest_one_is_of_the_newest_tables(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    schema = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
    with (
        closing(sqlite3.connect(":memory:")) as stored,
        closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as present,
    ):
        stored.executescript(statements(STEPS[0]))

        assert stored.execute(schema).fetchall() == present.execute(schema).fetchall(), AGAIN


def test_no_row_is_lost(upgraded: tuple[Store, dict[str, int]]) -> None:
    store, before = upgraded

    after = store.write(rows)

    assert step_of(store) == STEPS[0]
    assert min(before.values()) > 0
    assert {table: after[table] for table in before if table in after} == before


def test_grades_and_awards_are_what_they_were(upgraded: tuple[Store, dict[str, int]]) -> None:
    store, _ = upgraded

    anna, ben, cara = (standing(store, learner) for learner in (ANNA, BEN, CARA))

    assert anna.award
    assert (anna.grade.mark, anna.award.mark, anna.award.name) == (Fraction(95), Fraction(95), "Anna Muster")
    assert (ben.grade.mark, ben.enrollment.cohort_id) == (Fraction(0), 1)
    assert ben.award is None
    assert [state.read for state in ben.lessons] == [True, True]
    assert not cara.enrollment.active


def test_who_was_in_the_middle_of_it_goes_on(upgraded: tuple[Store, dict[str, int]]) -> None:
    store, _ = upgraded
    page = quizzes.open_page(tutor(store), BEN)
    assert page is not None
    right = [n for n, shown in enumerate(page.drawing.shown_order) if shown == "right"]

    answering.answer_shown(
        tutor(store), BEN, page.drawing.id, n=page.n, positions=right, gesture="after the upgrade"
    )

    assert standing(store, BEN).grade.mark == 20
