"""Every command that a document shows is run: here, one after the other, or in the test that is named."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection

from tests.house.places import ROOT, documents
from tests.wire.classroom import SMALL, Classroom, classroom, play
from tutorbot.cli import main
from tutorbot.records import deliveries
from tutorbot.tutor import staffmarking

HERE = ("README.md", "operate.md", "run-a-cohort.md", "deploy.md", "exchange.md")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = {
    "tutorbot run": "cli/test_stopping.py",
    "tutorbot web": "cli/test_stopping.py",
    "tutorbot worker": "cli/test_stopping.py",
    "tutorbot demo": "cli/test_demo.py",
    "tutorbot restore --put-back": "store/test_backups.py",
    "tutorbot import": "exchange/test_commands.py",
}
"""Commands that go on until they are stopped, or need what is not here, and where they are run."""


def commands_in(document: Path) -> list[str]:
    """Return the commands of ours that a document shows, in order, without remarks."""
    blocks = "".join(CONSOLE.findall(document.read_text())).replace("\\\n", "")
    lines = [re.sub(r"(?:^| ) *#(?!\w).*$", "", line).strip() for line in blocks.splitlines()]
    return [line for line in lines if line.startswith("tutorbot ")]


def is_run_elsewhere(command: str) -> bool:
    return any(command == known or command.startswith(f"{known} ") for known in ELSEWHERE)


@contextmanager
def workspace(url: str) -> Iterator[tuple[Classroom, dict[str, str]]]:
    """Give a workspace as an operator has it, and what stands in the documents for which of its names."""
    with classroom(url, over_http=True) as room:
        anna = room.pupil("anna")
        play(anna, (anna.writes("join bread"), "Welcome to"), (anna.writes("case"), "Question 1 of"))
        anna.answers_all()
        [written] = staffmarking.waiting(room.bot.tutor)
        yield (
            room,
            {
                "U0123ABCD": anna.person.id,
                "mark 17": f"mark {written.handed.attempt_id}",
                "--levels 2,1": "--credit 80",
            },
        )


def given_up(room: Classroom) -> int:
    """Return the number of a delivery that can be owed again, or given up."""
    now = room.clock.now
    what = {"show": "note", "text": "x"}

    def owe(conn: Connection) -> int:
        number = deliveries.owe(conn, "note/1", what, team="T", channel=room.channel, due_at=now, now=now)
        deliveries.drop(conn, number)
        return number

    return room.bot.store.write(owe)


@pytest.mark.parametrize(
    "document",
    [each for each in documents() if each.name in HERE and commands_in(each)],
    ids=lambda path: path.name,
)
def test_the_commands_of_a_document_do_what_they_should(
    document: Path, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, "my-course")
    asked = [command for command in commands_in(document) if not is_run_elsewhere(command)]
    with workspace(sqlite_url) as (room, names):
        names |= {"/var/backups": str(tmp_path), "retry 17": f"retry {given_up(room)}"}
        names["drop 17"] = names["retry 17"].replace("retry", "drop")
        settings = {
            "DATABASE_URL": sqlite_url,
            "SLACK_BOT_TOKEN": room.sandbox.bot_token,
            "SLACK_APP_TOKEN": room.sandbox.app_token,
            "SLACK_API_URL": room.sandbox.api_url,
            "TUTORBOT_ENV_FILE": os.devnull,
        }
        for command in asked:
            for shown, ours in names.items():
                command = command.replace(shown, ours)
            if command.startswith("tutorbot restore"):
                room.bot.stop()

            done = CliRunner().invoke(main, shlex.split(command)[1:], input="y\n", env=settings)

            assert done.exit_code == 0, (command, done.output)
            assert done.output, command


@pytest.mark.parametrize("place", sorted(set(ELSEWHERE.values())))
def test_what_is_run_elsewhere_has_its_test(place: str) -> None:
    assert (ROOT / "tests" / place).exists()
