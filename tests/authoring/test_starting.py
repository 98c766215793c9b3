"""A course that somebody starts is whole from the first moment."""

from pathlib import Path

import pytest

from tutorbot.authoring import check, load
from tutorbot.authoring.starting import NoRoomForCourse, start_course
from tutorbot.lessons.course import PartKind
from tutorbot.lessons.question import Kind, Level
from tutorbot.lessons.text import Code, Listing, Picture, Quote, Table


def test_a_course_that_is_started_has_no_faults(tmp_path: Path) -> None:
    start_course(tmp_path / "bread-basics")

    report = check(tmp_path / "bread-basics")

    assert report.faults == []


@pytest.mark.parametrize(
    ("name", "course_id", "title"),
    [
        ("bread-basics", "bread-basics", "Bread basics"),
        ("Bread & Butter, 2nd ed.", "bread-butter-2nd-ed", "Bread butter 2nd ed"),
        ("2026", "2026", "2026"),
        ("no", "no", "No"),
        ("…", "my-course", "My course"),
        ("x" * 100, "x" * 80, "X" + "x" * 79),
    ],
)
def test_a_course_has_its_name_from_its_folder(name: str, course_id: str, title: str, tmp_path: Path) -> None:
    started = start_course(tmp_path / name)

    course = load(tmp_path / name).course
    assert (started, course.id, course.title) == (course_id, course_id, title)
    assert (tmp_path / name / "README.md").read_text().startswith(f"# {title}\n")


def test_it_shows_one_of_each_thing_that_a_course_can_have(tmp_path: Path) -> None:
    start_course(tmp_path / "course")

    course = load(tmp_path / "course").course

    questions = course.questions().values()
    blocks = {type(block) for lesson in course.lessons() for block in lesson.text}
    assert {question.kind for question in questions} == set(Kind)
    assert {question.level for question in questions if question.level} == set(Level)
    assert {part.kind for part in course.scheme.parts} == set(PartKind)
    assert any(question.situation for question in questions)
    assert any(question.hint for question in questions)
    assert any(not question.shuffle for question in questions)
    assert {Code, Listing, Picture, Quote, Table} <= blocks


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    start_course(tmp_path)

    assert check(tmp_path).faults == []


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".notes").write_text("keep me")

    with pytest.raises(NoRoomForCourse, match="is not empty"):
        start_course(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == [".notes"]


def test_a_place_that_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")

    with pytest.raises(NoRoomForCourse, match="cannot be written"):
        start_course(tmp_path / "file" / "course")
