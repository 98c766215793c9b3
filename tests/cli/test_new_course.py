"""`tutorbot new-course`: a course that passes its check and can be played at once."""

import re
from pathlib import Path

from click.testing import CliRunner

from tests.authoring.formats.test_schema import data_of, validator
from tests.wire.classroom import classroom, play
from tutorbot.cli import main


def test_a_new_course_passes_its_check(tmp_path: Path) -> None:
    folder = tmp_path / "bread-basics"

    made = CliRunner().invoke(main, ["new-course", str(folder)])
    checked = CliRunner().invoke(main, ["check", str(folder)])

    assert made.exit_code == 0
    assert f"The course bread-basics is in {folder}." in made.stdout
    assert checked.exit_code == 0
    assert checked.stdout.startswith("No faults. ")


def test_the_commands_that_come_next_can_be_typed_as_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "Bread basics"

    made = CliRunner().invoke(main, ["new-course", str(folder)])

    assert f"tutorbot demo --course '{folder}'\n" in made.output
    assert made.output.endswith(f"tutorbot check '{folder}'\n")


def test_a_new_course_can_be_played_at_once(tmp_path: Path, sqlite_url: str) -> None:
    CliRunner().invoke(main, ["new-course", str(tmp_path / "bread-basics")])

    with classroom(sqlite_url, courses=[tmp_path / "bread-basics"], over_http=True) as room:
        anna = room.pupil("anna")
        anna.takes("bread-basics")
        play(
            anna,
            (anna.writes("quiz 1.1"), "Question 1 of 4"),
            (anna.answers_all, "4 of 4 questions right"),
            (anna.writes("quiz 1.2"), "Question 1 of 6"),
            (anna.answers_all, "3 of 3 questions right"),
            (anna.writes("case"), ["The first draft", "Question 1 of 2"]),
            (anna.answers_all, "1 of 2 questions right"),
            (anna.writes("exam"), "You have one attempt"),
            (anna.presses("Start the exam"), "Question 1 of 3"),
        )


def test_every_yaml_file_names_its_schema_which_is_there_and_fits(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["new-course", str(tmp_path)])

    for file in tmp_path.rglob("*.yaml"):
        modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text())
        assert modeline, file
        schema = file.parent / modeline[1]
        assert schema.is_file()
        assert validator(schema.name.removesuffix(".schema.json")).is_valid(data_of(file))


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep me")

    result = CliRunner().invoke(main, ["new-course", str(tmp_path)])

    assert result.exit_code == 1
    assert "is not empty. Name an empty folder, or one that is not there yet." in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_folder_for_a_course(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep me")

    result = CliRunner().invoke(main, ["new-course", str(tmp_path / "notes.txt")])

    assert result.exit_code == 2
