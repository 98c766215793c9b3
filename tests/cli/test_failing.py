"""What keeps a command from its work is told in a sentence; who ends it is told nothing."""

import os
import shlex
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.terminal import ERASED, PROGRAM, ROOT, on_terminal
from tests.wire.classroom import SMALL
from tutorbot.cli.failing import INTERRUPTED
from tutorbot.sandbox import Sandbox
from tutorbot.store import Store

START = ("cohort", "start", "--course", "cqrs-event-sourcing", "--zone", "UTC", "--from", "2099-03-02")


@pytest.fixture
def silent() -> Iterator[str]:
    """Give the address of a Slack that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api/"


def test_ctrl_c_ends_work_without_a_word(silent: str, sqlite_url: str) -> None:
    settings = {"DATABASE_URL": sqlite_url, "SLACK_API_URL": silent, "SLACK_BOT_TOKEN": "xoxb-1"}

    with on_terminal("doctor", **settings) as terminal:
        terminal.wait_for("Looking at Slack")
        terminal.interrupt()
        status, output = terminal.ended()

    assert (status, output) == (INTERRUPTED, "")
    assert terminal.shown.endswith(ERASED)


@pytest.mark.parametrize("command", ["run", "worker", "web"])
def test_ctrl_c_ends_a_start_without_a_word(silent: str, sqlite_url: str, command: str) -> None:
    settings = {
        "DATABASE_URL": sqlite_url,
        "SLACK_API_URL": silent,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_SIGNING_SECRET": "a secret",
    }

    with on_terminal(command, **settings) as terminal:
        terminal.wait_for("asking Slack who the bot is")
        terminal.interrupt()
        status, _ = terminal.ended()

    assert status == INTERRUPTED
    assert terminal.shown.endswith(ERASED)


def test_ctrl_c_at_a_question_ends_without_a_word(sandbox: Sandbox, sqlite_url: str) -> None:
    sandbox.add_channel("autumn")
    settings = {
        "DATABASE_URL": sqlite_url,
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
    }

    with on_terminal(*START, "--channel", "autumn", "--json", **settings) as terminal:
        terminal.wait_for("Start this cohort? [y/N]:")
        terminal.interrupt()
        terminal.press_enter()  # Python sees a signal from just before it reads when it has read
        status, output = terminal.ended()

    assert (status, output.strip()) == (INTERRUPTED, "")
    assert terminal.shown.strip().endswith("Start this cohort? [y/N]:")


def test_a_question_that_nobody_answers_is_told(run: Run, sandbox: Sandbox) -> None:
    sandbox.add_channel("autumn")

    result = run(*START, "--channel", "autumn")

    assert result.exit_code == 1
    assert result.stderr.endswith("Error: Nobody answered, so nothing was done. --yes asks nobody.\n")


def test_work_goes_on_where_there_is_no_standard_error() -> None:
    words = shlex.join([*PROGRAM, "check", str(SMALL)])

    told = subprocess.run(["sh", "-c", f"{words} 2>&-"], cwd=ROOT, capture_output=True, check=True)

    assert told.stdout.startswith(b"No faults.")


def test_who_reads_the_first_line_alone_is_told_no_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing) as closed:
        told = subprocess.run(
            [*PROGRAM, "check", str(SMALL)], cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, check=False
        )

    assert told.stderr == b""


def test_a_database_that_fails_while_it_is_used_is_told(run: Run, store: Store, database_url: str) -> None:
    store.write(lambda conn: conn.exec_driver_sql("ALTER TABLE deliveries RENAME TO lost"))

    result = run("deliveries", DATABASE_URL=database_url)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database cannot be used: ")


def test_a_full_disk_below_the_output_is_told() -> None:
    with open("/dev/full", "wb") as full:
        told = subprocess.run(
            [*PROGRAM, "check", str(SMALL)], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert told.returncode == 1
    assert told.stderr == b"Error: Something could not be read or written: No space left on device.\n"


@pytest.mark.parametrize(
    "words", [("mark",), ("cohort", "stop"), ("deliveries", "retry"), ("deliveries", "--limit")], ids=" ".join
)
def test_a_number_beyond_all_numbers_is_told(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, str(10**20))

    assert result.exit_code == 2
    assert "is not in the range" in result.stderr


def test_a_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()

    result = run("schema", "--into", str(tmp_path / "taken" / "below"))

    assert result.exit_code == 1
    assert str(tmp_path / "taken") in result.stderr
    assert isinstance(result.exception, SystemExit)
