"""The steps from an older database to this one."""

import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, func, inspect, select, table

from tests.store.processes import line, processes, tell
from tests.store.rows import add
from tutorbot.migrating import steps
from tutorbot.records import tables
from tutorbot.records.schema import metadata
from tutorbot.store import MIGRATIONS, Store, open_store

STEPS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]  # newest first


def history(folder: Path, *, until: str, then: str = "") -> Path:
    """Make a copy of the steps that ends with one of them, or with another after it."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for later in STEPS[: STEPS.index(until)]:
        next((folder / "versions").glob(f"v{later}_*.py")).unlink()
    if then:
        head = f'from alembic import op\n\nrevision = "9999"\ndown_revision = "{until}"\n\n\n'
        (folder / "versions" / "v9999_next.py").write_text(head + dedent(then))
    return folder


def fill_every_table(conn: Connection) -> None:
    """Add rows to all tables, as they are at this step."""
    present = MetaData()
    present.reflect(conn)
    for each in present.sorted_tables:
        if each.name != "alembic_version":
            add(conn, each)


def rows(conn: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    names = set(inspect(conn).get_table_names()) - {"alembic_version"}
    return {name: conn.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}


def step_of(store: Store) -> str:
    """Return the step at which the database is."""
    with store.read() as conn:
        step: str = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        return step


def described(conn: Connection) -> dict[str, Any]:
    """Return all that the database knows of its tables."""
    inspector = inspect(conn)
    return {
        name: {
            "columns": [in_words(column) for column in inspector.get_columns(name)],
            "primary key": in_words(inspector.get_pk_constraint(name)),
            "foreign keys": sorted(map(in_words, inspector.get_foreign_keys(name))),
            "unique": sorted(map(in_words, inspector.get_unique_constraints(name))),
            "indexes": sorted(map(in_words, inspector.get_indexes(name))),
            "checks": sorted(map(in_words, inspector.get_check_constraints(name))),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def in_words(found: Any) -> str:
    """Return what was found as text that can be compared: a condition of SQL is equal to itself alone."""
    if isinstance(found, dict):
        return str(sorted((key, in_words(value)) for key, value in found.items()))
    return str(found)


def test_the_steps_lead_to_the_tables_that_the_program_knows(store: Store) -> None:
    with store.read() as conn:
        differences = compare_metadata(MigrationContext.configure(conn), metadata)

    assert differences == []


def test_the_steps_lead_to_the_same_names_constraints_and_indexes(store: Store) -> None:
    with store.read() as conn:
        migrated = described(conn)

    def make_anew(conn: Connection) -> dict[str, Any]:
        metadata.drop_all(conn)
        metadata.create_all(conn)
        return described(conn)

    assert store.write(make_anew) == migrated
    assert set(migrated) == {each.name for each in metadata.sorted_tables}


@pytest.mark.parametrize("step", STEPS)
def test_no_row_is_lost_on_the_way_from_a_step(database_url: str, tmp_path: Path, step: str) -> None:
    older = open_store(database_url, migrations=history(tmp_path / "older", until=step))
    older.write(fill_every_table)
    before = older.write(rows)
    older.close()

    store = open_store(database_url)

    after = store.write(rows)
    assert min(before.values()) > 0
    assert {name: after[name] for name in before if name in after} == {
        name: number for name, number in before.items() if name in after
    }
    assert step_of(store) == STEPS[0]
    store.close()


def test_a_table_that_is_rebuilt_keeps_the_rows_that_point_at_it(database_url: str, tmp_path: Path) -> None:
    store = open_store(database_url)
    store.write(fill_every_table)
    before = store.write(rows)
    store.close()
    rebuild = """
        def upgrade() -> None:
            with op.batch_alter_table("enrollments", recreate="auto") as batch:
                batch.alter_column("course_id", new_column_name="course")
                batch.create_check_constraint("course_named", "course <> ''")
    """

    newer = open_store(database_url, migrations=history(tmp_path / "newer", until=STEPS[0], then=rebuild))

    assert newer.write(rows) == before
    assert newer.write(foreign_keys_are_enforced)
    newer.close()


def foreign_keys_are_enforced(conn: Connection) -> bool:
    """Say whether the rebuilt table is still the one that others point at."""
    targets = {key["referred_table"] for key in inspect(conn).get_foreign_keys("attempts")}
    return "enrollments" in targets


def test_who_starts_while_another_migrates_waits_for_it(database_url: str, tmp_path: Path) -> None:
    open_store(database_url).close()
    slow = """
        import sys


        def upgrade() -> None:
            sys.stdout.write("migrating\\n")
            sys.stdout.flush()
            sys.stdin.readline()
            op.execute("CREATE TABLE made_slowly (id INTEGER)")
    """
    steps = history(tmp_path / "slow", until=STEPS[0], then=slow)

    with processes(2, "tests.store.opening", database_url, str(steps)) as (first, second):
        assert [line(first), line(second)] == ["ready", "ready"]
        tell(first)
        assert line(first) == "migrating"
        tell(second)
        tell(first)
        said = [each.communicate(timeout=60)[0].split() for each in (first, second)]

    assert said == [["open", "closed"], ["open", "closed"]]  # the second one found nothing to migrate


def test_a_step_that_leaves_rows_pointing_at_nothing_is_undone(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    store.write(lambda conn: add(conn, tables.attempts))
    before = store.write(rows)
    store.close()
    orphan = """
        def upgrade() -> None:
            op.execute("DELETE FROM drawings")
    """

    with pytest.raises(RuntimeError, match="a row of attempts that points at no row of drawings"):
        open_store(sqlite_url, migrations=history(tmp_path / "newer", until=STEPS[0], then=orphan))

    again = open_store(sqlite_url)
    assert again.write(rows) == before
    again.close()


def test_a_step_that_fails_halfway_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    open_store(database_url).close()
    fail = """
        def upgrade() -> None:
            op.execute("CREATE TABLE half (id integer)")
            raise LookupError("halfway")
    """

    with pytest.raises(LookupError, match="halfway"):
        open_store(database_url, migrations=history(tmp_path / "newer", until=STEPS[0], then=fail))

    again = open_store(database_url)
    assert "half" not in again.write(rows)
    assert step_of(again) == STEPS[0]
    again.close()


def test_a_database_is_not_touched_when_nothing_is_missing(store: Store, database_url: str) -> None:
    store.write(fill_every_table)
    before = store.write(rows)

    again = open_store(database_url)

    assert again.write(rows) == before
    again.close()


def test_the_files_of_the_history_are_named_by_its_steps() -> None:
    assert steps(MIGRATIONS) == STEPS[::-1]


def test_what_migrates_is_loaded_when_there_is_something_to_migrate(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    opens = f"from tutorbot.store import open_store; open_store({sqlite_url!r}).close()"

    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {opens}; print('alembic' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n"
