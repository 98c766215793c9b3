"""A person's data is given to them as files, and erased, while the bot runs."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.wire.classroom import Classroom, Pupil
from tests.wire.exams import sit
from tutorbot.cli import main
from tutorbot.tutor.overview import standing_in
from tutorbot.tutor.standing import CourseStanding

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str) -> Run:
    """Give a function that runs `tutorbot …` beside the bot."""

    def run(*words: str, says: str = "") -> Result:
        return CliRunner().invoke(main, words, input=says, env={"DATABASE_URL": sqlite_url})

    return run


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody who has answered, has handed in words of her own, and is in the middle of the exam."""
    anna.takes("bread")
    anna.command("case")
    anna.answers_all()
    anna.command("exam")
    anna.room.let_happen()
    anna.press("Start the exam")
    anna.sees("Question 1 of 3")
    return anna


@pytest.fixture
def ben(ben: Pupil) -> Pupil:
    """Give somebody who takes the same course."""
    ben.takes("bread")
    ben.command("case")
    ben.answers_all()
    return ben


def standing(pupil: Pupil) -> CourseStanding:
    """Return where somebody stands in the course."""
    return standing_in(pupil.room.bot.tutor, pupil.learner, course="bread")


def test_everything_about_a_person_is_written_to_files(
    anna: Pupil, ben: Pupil, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "for anna"

    told = run("export", anna.person.id, "--into", str(folder))

    assert told.exit_code == 0, told.output
    assert f"({anna.person.id}) is in {folder}: " in told.output
    with (folder / "attempts.csv").open(encoding="utf-8-sig", newline="") as file:
        answers = list(csv.DictReader(file))
    assert len(answers) == len(anna.attempts())
    assert "My reasons, at length." in {row["answer"] for row in answers}
    assert all(row["question"] and row["answer"] for row in answers)
    everything = json.loads((folder / "everything.json").read_text())
    assert everything["enrollments"][0]["course"] == "Bread, from the beginning"
    assert everything["grades"][0]["percent"].endswith("%")
    assert len(everything["sittings"][0]["questions"]) == 3
    whole = "".join(path.read_text() for path in folder.iterdir())
    assert ben.person.id not in whole
    assert "README.txt" in {path.name for path in folder.iterdir()}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())


def test_an_export_tells_nothing_of_which_answer_is_right(anna: Pupil, run: Run) -> None:
    told = json.loads(run("export", anna.person.id, "--json").output)

    course = standing(anna).course
    ids = {option.id for question in course.questions().values() for option in question.options}
    shown = [words for drawing in told["drawings"] for words in drawing["shown_order"]]
    assert shown
    assert not ids & set(shown)
    assert not ids & {word for row in told["attempts"] for word in row["answer"]}
    assert "right" not in {name for rows in told.values() for row in rows for name in row}


def test_files_are_not_mixed_with_others(anna: Pupil, run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    told = run("export", anna.person.id, "--into", str(tmp_path))

    assert told.exit_code == 1
    assert "is not empty" in told.output


def test_what_a_spreadsheet_would_run_is_only_shown(anna: Pupil, run: Run, tmp_path: Path) -> None:
    anna.room.bot.tutor.store.write(
        lambda conn: conn.exec_driver_sql("UPDATE learners SET name = '=1+1' WHERE name <> ''")
    )

    run("export", anna.person.id, "--into", str(tmp_path / "anna"))

    with (tmp_path / "anna" / "learners.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["name"] == "'=1+1"


def test_nobody_is_exported_or_erased_by_a_name_that_nobody_has(anna: Pupil, run: Run) -> None:
    exported, erased = run("export", "Nobody"), run("erase", "U0NOBODY", "--yes")

    assert exported.exit_code == 1
    assert "Nothing is stored about Nobody." in exported.output
    assert erased.output == "Nothing is stored about U0NOBODY.\n"
    assert anna.attempts()


@pytest.mark.parametrize("written", ["anna", "Keller", "Anna Kelller", "keller anna"])
def test_who_may_be_meant_by_a_part_of_a_name_is_told_and_not_erased(
    anna: Pupil, run: Run, written: str
) -> None:
    erased = run("erase", written, "--yes")

    assert erased.exit_code == 1
    assert f"Nothing is stored about {written}. Did you mean Anna Keller ({anna.person.id})?" in erased.output
    assert anna.attempts()


def test_it_is_asked_before_anybody_is_erased(anna: Pupil, run: Run) -> None:
    before = anna.attempts()

    told = run("erase", anna.person.id, says="n\n")

    assert "attempts" in told.output
    assert told.output.endswith("Nothing was erased.\n")
    assert anna.attempts() == before


def test_an_erased_person_is_gone_while_the_bot_runs_and_others_are_as_they_were(
    room: Classroom, anna: Pupil, ben: Pupil, run: Run, sqlite_url: str
) -> None:
    before, hers = standing(ben), anna.posts()
    label = next(button.text for button in hers[-1].buttons if button.text.startswith("A"))

    erased = run("erase", anna.person.id, "--yes")

    assert erased.exit_code == 0, erased.output
    assert "Backups still hold what they held" in erased.output
    assert standing(ben) == before
    anna.person.click(hers[-1], label)
    anna.sees("That question is gone. Write /tutor to see what is yours.")
    assert "You take no course yet" in anna.reply("progress")
    room.later(hours=2)  # beyond the end of her exam
    assert len(anna.posts()) == len(hers)
    assert anna.attempts() == []
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"My reasons, at length." in left  # Ben's
    assert left.count(anna.person.id.encode()) == 0


def test_who_was_erased_may_join_again_as_somebody_new(anna: Pupil, run: Run) -> None:
    old = anna.posts()[-1]
    run("erase", anna.person.id, "--yes")

    anna.takes("bread")

    assert standing(anna).grade.mark == 0
    assert anna.attempts() == []
    assert standing(anna).sitting is None
    anna.command("exam")
    sit(anna)
    assert len(anna.attempts()) == 3
    assert old.ts in {message.ts for message in anna.person.direct_messages()}
