"""`tutorbot check`: an author is told every fault with its place."""

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.wire.classroom import SMALL
from tutorbot.app import bundled_courses
from tutorbot.authoring import check
from tutorbot.authoring.quality.course import Quality
from tutorbot.authoring.quality.guessing import Guessed, Strategy
from tutorbot.cli import main
from tutorbot.cli.checking import figures
from tutorbot.cli.report import report
from tutorbot.lessons.question import Kind


def test_the_course_that_comes_with_the_program_has_no_faults() -> None:
    for folder in bundled_courses():
        result = CliRunner().invoke(main, ["check", str(folder)])

        assert result.exit_code == 0, result.output
        assert result.output.startswith("No faults. ")


@pytest.mark.parametrize(("minutes", "said"), [(19, "About 19 min"), (60, "About 1 h 00 min")])
def test_the_time_a_course_takes_is_told_in_hours_once_there_are_any(minutes: int, said: str) -> None:
    summary = check(SMALL).summary
    assert summary

    told = figures(replace(summary, minutes=Fraction(minutes)))

    assert told.endswith(f"\n{said} in all.")


def misspelt(folder: Path) -> tuple[Path, int]:
    """Make a course with one misspelt key; return its folder and the key's line."""
    shutil.copytree(SMALL, folder)
    text = (folder / "course.yaml").read_text()
    (folder / "course.yaml").write_text(text.replace("tagline:", "taglien:"))
    return folder, text[: text.index("tagline:")].count("\n") + 1


def test_a_fault_is_printed_with_file_line_and_column(tmp_path: Path) -> None:
    folder, line = misspelt(tmp_path / "course")

    result = CliRunner().invoke(main, ["check", str(folder)])

    assert result.exit_code == 1
    assert f"{folder}/course.yaml:{line}:1: " in result.output
    assert "tagline" in result.output


def test_the_course_of_a_folder_within_it_is_named(tmp_path: Path) -> None:
    course = Path(shutil.copytree(SMALL, tmp_path / "course"))

    result = CliRunner().invoke(main, ["check", str(course / "1-flour")])

    assert result.exit_code == 1
    assert f"there is no such file; did you mean the folder `{course}`?" in result.output


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path / "nowhere")])

    assert result.exit_code == 2


def test_programs_read_the_faults_and_the_figures_as_json(tmp_path: Path) -> None:
    folder, line = misspelt(tmp_path / "course")

    result = CliRunner().invoke(main, ["check", "--json", str(folder)])

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["faults"] == [
        {
            "file": "course.yaml",
            "line": line,
            "column": 1,
            "what": "unknown key `taglien`",
            "mend": "did you mean `tagline`?",
        }
    ]
    assert told["summary"]["lessons"] == 3


def test_json_without_faults_has_the_figures_alone() -> None:
    result = CliRunner().invoke(main, ["check", "--json", str(SMALL)])

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["faults"] == []
    there = {"one": 9, "several": 1, "number": 1, "text": 1, "written": 1}
    assert told["summary"]["by_kind"] == dict.fromkeys(Kind, 0) | there
    assert (told["summary"]["minutes"], told["summary"]["words"]) == (17, 113)


def test_json_of_what_is_no_course_has_no_figures(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--json", str(tmp_path)])

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["summary"] is None
    assert [fault["file"] for fault in told["faults"]] == ["course.yaml"]


def test_an_option_that_nobody_knows_is_a_wrong_call() -> None:
    result = CliRunner().invoke(main, ["check", "--jason", str(SMALL)])

    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_report_tells_how_good_questions_and_lessons_are() -> None:
    result = CliRunner().invoke(main, ["check", "--report", str(SMALL)])

    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "final exam 6 0 6 0 33% 33% 10 10" in lines
    assert "final exam 6 (2.0) 0 (2.0) 0 (2.0)" in lines
    assert "the first 33% 33% 72%" in lines
    assert "proving 1 1 0 2 1 recall, analyse" in lines
    assert any(line.startswith("the-flat-loaf ") for line in lines)


def test_luck_gets_no_more_right_than_all_of_it() -> None:
    few = Guessed(Strategy.FIRST, questions=3, right=Fraction(1), luck=Fraction(1), deviation=1.4)

    told = report(Quality(parts=(), guessed=(few,), topics=(), lessons=()))

    assert told.split()[-3:] == ["33%", "33%", "100%"]


def test_a_report_is_there_for_programs_too() -> None:
    result = CliRunner().invoke(main, ["check", "--report", "--json", str(SMALL)])

    quality = json.loads(result.stdout)["quality"]
    assert [guessed["strategy"] for guessed in quality["guessed"]][:2] == ["the longest", "the shortest"]
    assert quality["topics"][2]["levels"] == ["apply"]


def test_a_course_with_faults_is_reported_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    folder, _ = misspelt(tmp_path / "course")

    result = CliRunner().invoke(main, ["check", "--report", str(folder)])

    assert result.exit_code == 1
    assert "Topics of the syllabus" in result.stdout
