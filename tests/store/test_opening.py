"""Opening a database: its URL, its file, its journal, and who else is at it."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.store.processes import line, processes, tell
from tutorbot.errors import BadSetting, DatabaseTooNew
from tutorbot.store import Store, open_store, parse_url, sqlite_driver, wal_is_safe

SAFE_WITH_WAL = wal_is_safe(sqlite_driver().sqlite_version_info)


def journal(store: Store) -> str:
    """Return the journal that the file has."""
    with store.read() as conn:
        mode: str = conn.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        return mode


@pytest.mark.parametrize(
    "given", ["postgres://u:p@h/n", "postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"]
)
def test_every_way_to_write_a_postgresql_url_means_the_one_driver(given: str) -> None:
    assert parse_url(given).render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/n"


def test_a_database_can_be_opened_by_the_url_that_hosts_give(postgres_url: str) -> None:
    store = open_store(postgres_url.replace("postgresql://", "postgres://"))

    assert store.dialect == "postgresql"
    store.close()


def test_a_server_that_is_gone_without_a_word_is_not_waited_for_long(postgres_url: str) -> None:
    own = make_url(postgres_url).update_query_dict({"connect_timeout": "2"})

    usual = connection_parameters(postgres_url)
    chosen = connection_parameters(own.render_as_string(hide_password=False))

    assert (usual["connect_timeout"], usual["tcp_user_timeout"]) == ("5", "30000")
    assert (chosen["connect_timeout"], chosen["tcp_user_timeout"]) == ("2", "30000")


def connection_parameters(url: str) -> dict[str, str]:
    """Return how the store is connected to its server."""
    store = open_store(url)
    with store.read() as conn:
        driver: Any = conn.connection.driver_connection
        told: dict[str, str] = driver.info.get_parameters()
    store.close()
    return told


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file::memory:?cache=shared"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL must name a file"):
        open_store(url)


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL begins with mysql; tutorbot works with sqlite"):
        open_store("mysql://u:secret@h/n")


def test_what_is_no_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL is not a URL") as refused:
        open_store("postgres:/u:secret@h")

    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="which cannot be opened: ") as refused:
        open_store(f"postgresql://tutor:secret@/name?host={tmp_path}")

    assert "secret" not in str(refused.value)
    assert "tutor:***@" in str(refused.value)


def test_the_folder_is_made_for_its_owner_alone(sqlite_url: str) -> None:
    folder = Path(make_url(sqlite_url).database or "").parent

    open_store(sqlite_url).close()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_file_is_made_for_its_owner_alone_also_in_a_folder_that_is_open(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'tutorbot.db'}").close()

    assert stat.S_IMODE((tmp_path / "tutorbot.db").stat().st_mode) == 0o600


def test_a_path_is_the_same_when_the_process_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite:///tutorbot.db")

    monkeypatch.chdir(elsewhere)
    store.write(lambda conn: conn.exec_driver_sql("SELECT 1"))
    store.close()

    assert not list(elsewhere.iterdir())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(BadSetting, match=r"which cannot be opened: .*(Not a directory|File exists)"):
        open_store(f"sqlite:///{tmp_path}/file/tutorbot.db")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 1000)

    with pytest.raises(BadSetting, match="which cannot be opened: file is not a database"):
        open_store(f"sqlite:///{file}")

    assert file.read_text() == "Dear diary, " * 1000


def test_what_is_no_ordinary_file_is_refused_and_nothing_is_put_beside_it(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(BadSetting, match="which cannot be opened: it is no ordinary file"):
        open_store(f"sqlite:///{tmp_path}/folder")

    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_a_database_of_a_newer_tutorbot_is_refused_and_left_alone(database_url: str) -> None:
    store = open_store(database_url)
    store.write(lambda conn: conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    store.close()

    for _ in range(2):
        with pytest.raises(DatabaseTooNew, match="written by a newer tutorbot"):
            open_store(database_url)


def test_processes_that_start_at_once_wait_for_each_other(database_url: str) -> None:
    with processes(4, "tests.store.opening", database_url) as openers:
        assert [line(opener) for opener in openers] == ["ready"] * 4
        for opener in openers:
            tell(opener)
        said = [opener.communicate(timeout=60)[0].split() for opener in openers]

    assert said == [["open", "closed"]] * 4


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_wal_is_safe_only_where_its_bug_is_mended(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.skipif(not SAFE_WITH_WAL, reason="no SQLite is installed here that is safe with WAL")
def test_a_safe_sqlite_uses_wal(sqlite_url: str) -> None:
    store = open_store(sqlite_url)

    assert journal(store) == "wal"
    store.close()


@pytest.mark.skipif(
    not SAFE_WITH_WAL or wal_is_safe(sqlite3.sqlite_version_info),
    reason="it takes one SQLite that is safe with WAL and one that is not",
)
def test_an_sqlite_that_is_not_safe_goes_back_to_the_rollback_journal(sqlite_url: str) -> None:
    open_store(sqlite_url).close()

    store = open_store(sqlite_url, sqlite=sqlite3)

    assert journal(store) == "delete"
    store.close()


@pytest.mark.parametrize(("name", "value"), [("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)])
def test_the_writer_is_durable_checks_and_waits(sqlite_url: str, name: str, value: int) -> None:
    store = open_store(sqlite_url)

    assert store.write(lambda conn: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()) == value
    store.close()


def test_an_error_shows_no_values(store: Store) -> None:
    insert = "INSERT INTO uploads (team, digest, file_id) VALUES (%s)"

    with pytest.raises(Exception, match="hidden") as refused:
        store.write(
            lambda conn: conn.exec_driver_sql(
                insert % ("?, ?, ?" if store.dialect == "sqlite" else "%s, %s, %s"), ("T1", "private", "F1")
            )
        )

    assert "parameters hidden" in str(refused.value)


def test_a_database_that_another_program_made_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite_driver().connect(path)) as other:
        other.execute("CREATE TABLE notes (text)")

    store = open_store(f"sqlite:///{path}")

    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM notes").scalar_one() == 0
    store.close()
