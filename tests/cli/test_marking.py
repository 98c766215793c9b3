"""`tutorbot mark`: what waits is listed, shown and marked."""

from click.testing import CliRunner

from tests.wire.classroom import classroom, play
from tutorbot.cli import main
from tutorbot.clock import machine_now


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
        marked = run("mark", number, "--credit", "80 %", "--comment", "Clear.")

        assert "Anna Keller" in listed
        assert "My reasons, at length." in shown
        assert "Model answer" in shown
        assert marked == f"Answer {number} is marked, and the learner is told.\n"
        assert run("mark") == "No written answer waits for a mark.\n"
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
