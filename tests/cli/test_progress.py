"""Long work is told on a terminal while it lasts, and nowhere else."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ERASED, PROGRAM, ROOT, on_terminal
from tests.wire.classroom import SMALL
from tutorbot import authoring
from tutorbot.cli.progress import Progress
from tutorbot.store import open_store
from tutorbot.upkeep.backing_up import back_up

CHECK = ("check", str(SMALL))


def piped(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `tutorbot …` without a terminal."""
    return subprocess.run([*PROGRAM, *words], cwd=ROOT, capture_output=True, text=True, check=True)


def test_a_terminal_shows_what_is_being_done_until_it_is_done() -> None:
    with on_terminal(*CHECK) as terminal:
        status, output = terminal.ended()

    assert status == 0
    assert "Reading the course" in terminal.shown
    assert terminal.shown.endswith(ERASED)
    assert output == piped(*CHECK).stdout


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    assert piped(*CHECK).stderr == ""


def test_a_terminal_that_cannot_go_back_is_sent_nothing() -> None:
    with on_terminal(*CHECK, TERM="dumb") as terminal:
        terminal.ended()

    assert terminal.shown == ""


def test_nothing_is_coloured_for_those_who_want_no_colour() -> None:
    with on_terminal(*CHECK, NO_COLOR="1") as terminal:
        terminal.ended()

    assert "Reading the course" in terminal.shown
    assert not [code for code in range(30, 50) if f"\x1b[{code}m" in terminal.shown]


def test_what_draws_is_loaded_only_where_something_is_shown() -> None:
    loading = [sys.executable, "-X", "importtime", *PROGRAM[1:], *CHECK]

    told = subprocess.run(loading, cwd=ROOT, capture_output=True, text=True, check=True).stderr

    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert "click" in loaded
    assert "rich" not in loaded


class Counting(Progress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.counted: list[tuple[int, int]] = []

    def count(self, done: int, total: int) -> None:
        self.counted.append((done, total))


def test_what_is_gone_through_is_counted() -> None:
    counting = Counting()

    assert list(counting.over(["a", "b"])) == ["a", "b"]

    assert counting.counted == [(0, 2), (1, 2)]


def test_every_file_of_a_course_is_counted() -> None:
    counting = Counting()

    authoring.check(SMALL, counting.count)

    done, total = zip(*counting.counted, strict=True)
    assert list(done) == list(range(1, total[0] + 1))
    assert set(total) == {len(done)}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("doctor", ["Looking at the settings", "Looking at the courses", "Looking at Slack"]),
        ("backup {}/copy.db", ["Copying the database", "Checking the copy"]),
        ("restore {}/taken.db", ["Looking whether the bot is stopped", "Bringing its tables up to date"]),
        ("import {}/quiz.gift --into {}", ["Reading the files", "Writing the questions"]),
        (f"export-course {SMALL} --to gift --into {{}}/course.gift", ["Reading the course", "Writing "]),
        ("erase U0123ABCD --yes", ["Looking up what is stored", "Rewriting the database without it"]),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)
def test_each_part_of_the_work_is_told(words: str, told: list[str], sqlite_url: str, tmp_path: Path) -> None:
    open_store(sqlite_url).close()
    back_up(sqlite_url, tmp_path / "taken.db")
    (tmp_path / "quiz.gift").write_text("::Ripe::The dent stays. {=Too late ~Too cold}\n")

    with on_terminal(*words.replace("{}", str(tmp_path)).split(), DATABASE_URL=sqlite_url) as terminal:
        terminal.ended()

    at = [terminal.shown.index(each) for each in told]
    assert at == sorted(at)
    assert ERASED in terminal.shown.rpartition(told[-1])[2]


def test_what_is_logged_meanwhile_stands_above_what_is_shown(sqlite_url: str) -> None:
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_API_URL": "http://127.0.0.1:9/",
    }

    with on_terminal("run", DATABASE_URL=sqlite_url, **settings) as terminal:
        terminal.ended()

    before, _, after = terminal.shown.partition("WARNING migrating The database is new")
    assert "asking Slack who the bot is" in before
    assert ERASED in before.rpartition("asking Slack who the bot is")[2]
    assert "asking Slack who the bot is" in after
