"""`tutorbot mark`: what waits is listed, shown and marked."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.wire.classroom import classroom, play
from tutorbot.cli import main
from tutorbot.clock import machine_now
from tutorbot.errors import BadInput
from tutorbot.tutor import staffmarking

EVERY_KIND = Path(__file__).parents[1] / "authoring/courses/every-kind"


def test_a_written_answer_is_listed_shown_and_marked(sqlite_url: str) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, words, env={"DATABASE_URL": sqlite_url})
        assert result.exit_code == 0, result.output
        return result.output

    with classroom(sqlite_url) as room:
        anna = room.pupil("anna")
        play(anna, (anna.writes("join bread"), "Welcome to"), (anna.writes("case"), "Question 1 of"))
        anna.answers_all()

        listed = run("mark")
        number = listed.split()[0]
        shown = run("mark", number)
        [waiting] = json.loads(run("mark", "--json"))["waiting"]
        alone = json.loads(run("mark", number, "--json"))
        marked = run("mark", number, "--credit", "80 %", "--comment", "Clear.", "--by", "reto")

        assert "Anna Keller" in listed
        assert re.search(r"[?.]$", listed.splitlines()[0])  # a prompt that is short stands there whole
        assert (waiting["answer"], waiting["text"]) == (int(number), "My reasons, at length.")
        assert {**alone, **waiting} == alone
        assert alone["marks"] == []
        assert "My reasons, at length." in shown
        assert "Model answer" in shown
        assert marked == f"Answer {number} is marked with 80 %, and the learner is told.\n"
        assert run("mark") == "No written answer waits for a mark.\n"
        assert "Mark" not in shown
        assert re.search(r"\n\nMark\n20..-..-.., by reto: 80 %\n  Clear\.\n$", run("mark", number))
        room.clock.now = machine_now()  # the command goes by the machine's time
        room.let_happen()
        anna.sees("Your written answer is marked: 80 % of its points.", "Clear.")


def test_what_is_no_credit_is_refused(sqlite_url: str) -> None:
    for credit in ("120", "-1", "good", "1/0"):
        result = CliRunner().invoke(main, ["mark", "1", "--credit", credit], env={"DATABASE_URL": sqlite_url})

        assert result.exit_code == 1
        assert "Give a percentage from 0 to 100" in result.output


def test_an_answer_that_is_not_there_cannot_be_shown(sqlite_url: str) -> None:
    result = CliRunner().invoke(main, ["mark", "99"], env={"DATABASE_URL": sqlite_url})

    assert result.exit_code == 1
    assert "There is no written answer 99" in result.output


def test_an_answer_with_a_rubric_is_marked_by_its_levels(sqlite_url: str) -> None:
    def run(*words: str, fails: bool = False) -> str:
        result = CliRunner().invoke(main, words, env={"DATABASE_URL": sqlite_url})
        assert result.exit_code == int(fails), result.output
        return result.output

    with classroom(sqlite_url) as room:
        room.offer(EVERY_KIND)
        anna = room.pupil("anna")
        play(anna, (anna.writes("join proofing"), "Welcome to"), (anna.writes("case"), "Question 1 of"))
        anna.answers_all()
        number = run("mark").split()[0]

        shown = run("mark", number)
        refused = [
            run("mark", number, "--credit", "80", fails=True),
            run("mark", number, "--levels", "2", fails=True),
            run("mark", number, "--levels", "3,1", fails=True),
            run("mark", number, "--levels", "good", fails=True),
        ]
        marked = run("mark", number, "--levels", "1,1", "--comment", "Name what the cold does.")
        run("mark", number, "--levels", "2,1", "--by", "reto")

        assert "1. The cause" in shown
        assert "     2  The cold, and that yeast slows down in it" in shown
        assert all("--levels" in words for words in refused)
        assert marked == f"Answer {number} is marked with 66.66 %, and the learner is told.\n"
        again = run("mark", number)
        assert again.index("Marks, of which the last counts") < again.index("66.66 % (1, 1)\n  Name what the")
        assert again.endswith(", by reto: 100 % (2, 1)\n")
        room.clock.now = machine_now()
        room.let_happen()
        anna.sees("66.66 % of its points", "The cause (1 of 2): The cold, without what it does", "Name what")


def test_levels_where_there_is_no_rubric_are_refused(sqlite_url: str) -> None:
    with classroom(sqlite_url) as room:
        anna = room.pupil("anna")
        play(anna, (anna.writes("join bread"), "Welcome to"), (anna.writes("case"), "Question 1 of"))
        anna.answers_all()

        [written] = staffmarking.waiting(room.bot.tutor)

        with pytest.raises(BadInput, match="has no rubric"):
            staffmarking.give_mark(room.bot.tutor, written.handed.attempt_id, [1], "", "sam")
