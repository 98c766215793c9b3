"""`tutorbot check`: an author is told every fault with its place."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from tests.wire.classroom import SMALL
from tutorbot.app import bundled_courses
from tutorbot.cli import main


def test_the_course_that_comes_with_the_program_has_no_faults() -> None:
    for folder in bundled_courses():
        result = CliRunner().invoke(main, ["check", str(folder)])

        assert result.exit_code == 0, result.output
        assert result.output.startswith("No faults. ")


def test_a_fault_is_printed_with_file_line_and_column(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(SMALL, folder)
    text = (folder / "course.yaml").read_text()
    (folder / "course.yaml").write_text(text.replace("tagline:", "taglien:"))

    result = CliRunner().invoke(main, ["check", str(folder)])

    line = text[: text.index("tagline:")].count("\n") + 1
    assert result.exit_code == 1
    assert f"{folder}/course.yaml:{line}:1: " in result.output
    assert "tagline" in result.output


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path / "nowhere")])

    assert result.exit_code == 2
