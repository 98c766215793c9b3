"""`tutorbot backup` and `restore`: what docs/operate.md tells an operator to type works as it says."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_ledger import owe
from tutorbot.store import open_store


def test_a_backup_is_taken_beside_the_bot_and_put_back_when_it_is_stopped(
    run: Run, sqlite_url: str, tmp_path: Path
) -> None:
    owe(sqlite_url, "note/1")
    file = tmp_path / "backup.db"
    store = open_store(sqlite_url)

    taken = run("backup", str(file))
    refused = run("restore", str(file))
    store.close()
    restored = run("restore", str(file))

    assert taken.exit_code == restored.exit_code == 0
    assert f"The database is copied to {file}" in taken.output
    assert "Tokens and keys are not in it" in taken.output
    assert refused.exit_code == 1
    assert "The database is in use" in refused.output
    assert "tutorbot.db.before-restore-" in restored.output
    assert "1 message that was due by now may be posted already." in restored.output
    assert "unknown" in run("deliveries").output


def test_both_tell_programs_what_they_did(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    owe(sqlite_url, "note/1")
    file = tmp_path / "backup.db"

    taken = json.loads(run("backup", str(file), "--json").output)
    restored = json.loads(run("restore", str(file), "--json").output)

    assert taken == {"file": str(file), "bytes": file.stat().st_size, "step": restored["step"]}
    assert restored["doubted"] == 1
    assert Path(restored["kept"]).exists()


def test_what_was_put_back_by_other_means_is_settled(run: Run, sqlite_url: str) -> None:
    owe(sqlite_url, "note/1")

    settled = run("restore", "--put-back")

    assert settled.exit_code == 0
    assert "unknown" in run("deliveries").output


@pytest.mark.parametrize("words", [["restore"], ["restore", "{file}", "--put-back"]])
def test_either_a_file_is_named_or_it_was_put_back_already(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    file = tmp_path / "backup.db"
    file.touch()

    told = run(*(word.format(file=file) for word in words))

    assert told.exit_code == 2
    assert "Name the FILE of a backup, or write --put-back without one." in told.output


def test_a_file_that_is_no_backup_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Bread needs time. " * 1_000)

    told = run("restore", str(file))

    assert told.exit_code == 1
    assert told.output == f"Error: {file} is no SQLite database.\n"


def test_on_postgresql_it_is_said_how(run: Run, tmp_path: Path) -> None:
    told = run("backup", str(tmp_path / "b.dump"), DATABASE_URL="postgresql://tutor:secret@localhost/tutor")

    assert told.exit_code == 1
    assert f'pg_dump --format=custom --file={tmp_path / "b.dump"} "$DATABASE_URL"' in told.output
    assert "tutorbot restore --put-back" in told.output
    assert "secret" not in told.output
