"""A backup is whole and of one instant, and takes the place of the database only when nobody uses it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Connection, update

from tests.store.processes import ROOT, line, processes, tell
from tests.store.rows import NOON, add
from tests.store.test_migrations import STEPS
from tutorbot.errors import DatabaseTooNew, TutorError
from tutorbot.presence import Presence
from tutorbot.records.deliveries import Delivery, Kind, State, find, list_deliveries, retry
from tutorbot.records.doubting import GAP, RESTORED
from tutorbot.records.people import Learner, read_profile, remember
from tutorbot.records.tables import attempts, deliveries, drawings, learners
from tutorbot.store import Store, open_store
from tutorbot.upkeep.backing_up import back_up
from tutorbot.upkeep.files import NotATutorDatabase, NotWhole, UpkeepFailed, check_whole
from tutorbot.upkeep.restoring import InUse, Restored, restore, settle_put_back

ANNA = Learner("T1", "U1")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def database(sqlite_url: str) -> Path:
    """Give the file of a database in which somebody is called Anna."""
    with used(sqlite_url) as store:
        store.write(lambda conn: remember(conn, ANNA, name="Anna"))
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def backup(sqlite_url: str, database: Path, tmp_path: Path) -> Path:
    """Give a backup of that database."""
    return back_up(sqlite_url, tmp_path / "backup.db").file


@contextmanager
def used(database_url: str) -> Iterator[Store]:
    """Give a store that is closed afterwards."""
    store = open_store(database_url)
    try:
        yield store
    finally:
        store.close()


def name_in(database_url: str) -> str:
    """Return what Anna is called there."""
    with used(database_url) as store, store.read() as conn:
        return read_profile(conn, ANNA).name


def files_beside(path: Path) -> set[str]:
    """Return the names of what stands in a file's folder, but for the lock."""
    return {each.name for each in path.parent.iterdir() if not each.name.endswith(".running")}


@contextmanager
def writing(store: Store, threads: int) -> Iterator[Callable[[], int]]:
    """Let threads add attempts with all that they rest on; give how many are committed by now."""
    stop, committed = Event(), [0] * threads

    def write(number: int) -> None:
        while not stop.is_set():
            store.write(lambda conn: add(conn, attempts))
            committed[number] += 1

    working = [Thread(target=write, args=(number,)) for number in range(threads)]
    for thread in working:
        thread.start()
    try:
        yield lambda: sum(committed)
    finally:
        stop.set()
        for thread in working:
            thread.join()


def test_a_backup_under_eight_writers_is_of_one_instant(sqlite_url: str, tmp_path: Path) -> None:
    with used(sqlite_url) as store, writing(store, 8) as committed:
        for number in range(5):
            before = committed()

            copy = back_up(sqlite_url, tmp_path / f"{number}.db").file

            with closing(sqlite3.connect(copy)) as connection:
                count = {
                    table.name: connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
                    for table in (attempts, drawings)
                }
                broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            assert before <= count["attempts"] <= committed() + 8
            assert count["drawings"] == count["attempts"]  # each is committed with what it rests on
            assert broken == []


def test_a_backup_is_one_file_for_its_owner_alone(backup: Path) -> None:
    assert files_beside(backup) == {"backup.db", "data"}
    assert backup.stat().st_mode & 0o777 == 0o600
    assert check_whole(backup, of=backup) == STEPS[0]


def test_a_file_of_that_name_is_overwritten_only_when_told(sqlite_url: str, backup: Path) -> None:
    with used(sqlite_url) as store:
        store.write(lambda conn: remember(conn, ANNA, name="Annette"))

    with pytest.raises(UpkeepFailed, match=r"is there already\. Choose another name, or add --replace"):
        back_up(sqlite_url, backup)

    assert name_in(f"sqlite:///{backup}") == "Anna"
    back_up(sqlite_url, backup, replace=True)
    assert name_in(f"sqlite:///{backup}") == "Annette"


def test_a_folder_that_is_not_there_is_named(sqlite_url: str, backup: Path) -> None:
    nowhere = backup.parent / "nowhere"

    with pytest.raises(UpkeepFailed, match=f"There is no folder {nowhere}"):
        back_up(sqlite_url, nowhere / "backup.db")


def test_what_is_no_file_is_not_replaced(sqlite_url: str, backup: Path, tmp_path: Path) -> None:
    special = tmp_path / "special"
    os.mkfifo(special)

    with pytest.raises(UpkeepFailed, match="is no ordinary file"):
        back_up(sqlite_url, special, replace=True)
    with pytest.raises(UpkeepFailed, match="is no ordinary file"):
        restore(f"sqlite:///{special}", backup, now=NOON)

    assert special.is_fifo()


def test_the_database_is_not_replaced_by_a_copy_of_itself(sqlite_url: str, database: Path) -> None:
    with pytest.raises(UpkeepFailed, match="is the database itself"):
        back_up(sqlite_url, database, replace=True)


def test_a_damaged_database_is_told_and_leaves_no_copy(
    sqlite_url: str, database: Path, tmp_path: Path
) -> None:
    damage(database)

    with pytest.raises(TutorError, match=r"damaged|malformed"):
        back_up(sqlite_url, tmp_path / "backup.db")

    assert files_beside(tmp_path / "backup.db") == {"data"}


def damage(path: Path) -> None:
    """Write over the middle of a file."""
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + b"x" * 8_192 + content[middle + 8_192 :])


@pytest.mark.parametrize("target", ["nowhere/backup.db", "data"])
def test_a_place_that_cannot_be_written_is_told(
    sqlite_url: str, database: Path, tmp_path: Path, target: str
) -> None:
    with pytest.raises(UpkeepFailed):
        back_up(sqlite_url, tmp_path / target, replace=True)

    assert files_beside(tmp_path / "backup.db") == {"data"}


def test_without_a_database_there_is_nothing_to_copy_and_none_is_made(
    sqlite_url: str, tmp_path: Path
) -> None:
    with pytest.raises(UpkeepFailed, match="There is no database yet"):
        back_up(sqlite_url, tmp_path / "backup.db")

    assert list(tmp_path.iterdir()) == []


def test_on_postgresql_it_is_said_how(tmp_path: Path) -> None:
    url = "postgresql://tutor:secret@localhost/tutor"

    with pytest.raises(UpkeepFailed, match="pg_dump --format=custom") as told:
        back_up(url, tmp_path / "backup.dump")
    with pytest.raises(UpkeepFailed, match="pg_restore --clean"):
        restore(url, tmp_path / "backup.dump", now=NOON)

    assert "secret" not in str(told.value)


def test_what_was_there_before_is_kept_beside(sqlite_url: str, backup: Path, database: Path) -> None:
    with used(sqlite_url) as store:
        store.write(lambda conn: remember(conn, ANNA, name="Annette"))

    restored = restore(sqlite_url, backup, now=NOON)

    kept = database.with_name("tutorbot.db.before-restore-20261102T120000Z")
    assert restored == Restored(str(database), kept, STEPS[0], doubted=0)
    assert files_beside(database) == {database.name, kept.name}
    assert name_in(sqlite_url) == "Anna"
    assert name_in(f"sqlite:///{kept}") == "Annette"


def test_a_backup_is_put_where_no_database_was(backup: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'machine' / 'tutorbot.db'}"

    restored = restore(url, backup, now=NOON)

    assert restored.kept is None
    assert name_in(url) == "Anna"


def test_what_a_killed_process_had_committed_is_kept_and_does_not_leak_into_the_backup(
    sqlite_url: str, backup: Path, database: Path
) -> None:
    subprocess.run([sys.executable, "-m", "tests.store.dying", sqlite_url, "Annette"], cwd=ROOT, check=False)
    assert files_beside(database) > {database.name}  # its journal

    kept = restore(sqlite_url, backup, now=NOON).kept

    assert name_in(sqlite_url) == "Anna"
    assert name_in(f"sqlite:///{kept}") == "Annette"


def test_a_database_too_damaged_to_be_opened_is_replaced_and_kept_with_its_journal(
    sqlite_url: str, backup: Path, database: Path
) -> None:
    subprocess.run([sys.executable, "-m", "tests.store.dying", sqlite_url, "Annette"], cwd=ROOT, check=False)
    journal = {each for each in files_beside(database) if each.endswith("-wal")}
    database.write_bytes(b"no database any more")

    kept = restore(sqlite_url, backup, now=NOON).kept

    assert name_in(sqlite_url) == "Anna"
    assert kept is not None
    assert kept.read_bytes() == b"no database any more"
    assert journal
    assert kept.with_name(f"{kept.name}-wal").exists()


def not_sqlite(path: Path) -> None:
    path.write_text("Dear diary, " * 1_000)


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE deliveries (id integer)")


def from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def with_a_lost_parent(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO readings VALUES (17, 'es-1', '2026-11-02 12:00:00')")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (not_sqlite, NotATutorDatabase, "is no SQLite database"),
        (of_another_program, NotATutorDatabase, "not one of tutorbot"),
        (from_the_future, DatabaseTooNew, "written by a newer tutorbot"),
        (with_a_lost_parent, NotWhole, "a row of readings points at no row of enrollments"),
        (damage, TutorError, r"damaged|malformed"),
        (Path.unlink, UpkeepFailed, "There is no file"),
    ],
)
def test_a_file_that_is_no_such_backup_is_refused_and_nothing_changes(
    sqlite_url: str,
    backup: Path,
    database: Path,
    spoil: Callable[[Path], None],
    error: type[Exception],
    words: str,
) -> None:
    spoil(backup)

    with pytest.raises(error, match=words):
        restore(sqlite_url, backup, now=NOON)

    assert files_beside(database) == {database.name}
    assert name_in(sqlite_url) == "Anna"


def test_nobody_replaces_a_database_that_another_process_has_open(
    sqlite_url: str, backup: Path, database: Path
) -> None:
    with processes(2, "tests.store.counting", sqlite_url, "0") as [first, second]:
        for process in (first, second):
            assert line(process) == "ready"  # with the database open
        for process in (first, second):
            with pytest.raises(InUse):
                restore(sqlite_url, backup, now=NOON)
            tell(process)
            process.wait()

    assert files_beside(database) == {database.name}
    assert restore(sqlite_url, backup, now=NOON).kept


def test_who_starts_while_the_database_is_replaced_waits(sqlite_url: str, database: Path) -> None:
    opened = Event()
    presence = Presence(database, alone=True)

    def start() -> None:
        with used(sqlite_url):
            opened.set()

    starting = Thread(target=start)
    starting.start()

    assert not opened.wait(0.2)
    presence.leave()
    assert opened.wait(30)
    starting.join()


def test_several_may_use_it_and_a_backup_is_taken_meanwhile(sqlite_url: str, tmp_path: Path) -> None:
    with used(sqlite_url), used(sqlite_url):
        back_up(sqlite_url, tmp_path / "backup.db")
        with pytest.raises(InUse):
            restore(sqlite_url, tmp_path / "backup.db", now=NOON)


def all_by_key(store: Store) -> dict[str, Delivery]:
    with store.read() as conn:
        return {each.key: each for each in list_deliveries(conn)}


def owe_one_in_each_state(conn: Connection) -> None:
    for state in State:
        for kind in Kind:
            key = f"{kind} {state}"
            add(conn, deliveries, key=key, kind=kind, state=state, channel="C1", what={}, claimed_until=None)
    add(conn, deliveries, key="to come", kind=Kind.POST, due_at=LATER, channel="C1", what={})
    add(conn, deliveries, key="exam to come", kind=Kind.ACT, due_at=LATER, what={})
    conn.execute(update(deliveries).where(deliveries.c.key == "post claimed").values(claimed_by="x"))


def test_what_may_have_been_posted_since_is_unknown_and_all_else_is_as_it_was(database_url: str) -> None:
    with used(database_url) as store:
        store.write(owe_one_in_each_state)
        before = all_by_key(store)

    doubted = settle_put_back(database_url, now=NOON + timedelta(minutes=1)).doubted

    with used(database_url) as store:
        after = all_by_key(store)
    changed = {key for key in after if after[key].state is not before[key].state}
    assert changed == {"post due", "post claimed"}
    assert {after[key].state for key in changed} == {State.UNKNOWN}
    assert doubted == 3  # the one that was unknown before is counted with them
    assert after["to come"] == before["to come"]
    assert after["post posted"] == before["post posted"]
    assert after["post due"].sent_at == NOON  # since then it may stand there
    assert after["act due"].claimed_by == RESTORED
    assert after["exam to come"].claimed_by is None


def test_what_was_parked_is_looked_for_when_it_is_tried_again(database_url: str) -> None:
    with used(database_url) as store:
        number = store.write(lambda conn: add(conn, deliveries, kind="post", state="parked", channel="C"))[
            "id"
        ]

    settle_put_back(database_url, now=LATER)

    with used(database_url) as store:
        store.write(lambda conn: retry(conn, number, now=LATER))
        with store.read() as conn:
            found = find(conn, number)
    assert found
    assert found.state is State.UNKNOWN


def test_no_number_is_given_that_may_stand_in_a_message_already(database_url: str) -> None:
    with used(database_url) as store:
        last = store.write(lambda conn: add(conn, attempts))

    settle_put_back(database_url, now=LATER)

    with used(database_url) as store:
        added = store.write(lambda conn: add(conn, attempts))
    assert added["id"] > last["id"] + GAP
    assert added["drawing_id"] > last["drawing_id"] + GAP
    assert added["enrollment_id"] > GAP


def test_a_second_restore_gives_no_number_that_was_given_after_the_first(
    sqlite_url: str, backup: Path
) -> None:
    given = []
    for restored_at in (LATER, LATER + timedelta(minutes=1)):
        restore(sqlite_url, backup, now=restored_at)
        with used(sqlite_url) as store:
            given += [store.write(lambda conn: add(conn, attempts)) for _ in range(3)]

    for name in ("id", "drawing_id", "enrollment_id"):
        assert len({row[name] for row in given}) == 6


def test_numbers_go_further_than_those_of_the_backup_though_a_clock_is_wrong(database_url: str) -> None:
    with used(database_url) as store:
        numbers = [store.write(lambda conn: add(conn, attempts))["id"]]
    for put_back_at in (LATER, NOON):
        settle_put_back(database_url, now=put_back_at)
        with used(database_url) as store:
            numbers.append(store.write(lambda conn: add(conn, attempts))["id"])

    assert numbers[2] > numbers[1] + GAP


def test_on_postgresql_nothing_is_settled_while_the_bot_is_connected(postgres_url: str) -> None:
    with used(postgres_url) as store:
        store.write(lambda conn: add(conn, learners))
        with pytest.raises(InUse):
            settle_put_back(postgres_url, now=NOON)
