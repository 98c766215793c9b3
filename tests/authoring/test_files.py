"""Only plain text and pictures that lie in the folder are read."""

import os
from pathlib import Path

import pytest

from tutorbot.authoring import check, digest_of, load


def told(folder: Path) -> list[str]:
    return list(map(str, check(folder).faults))


def test_a_byte_order_mark_is_told(copy: Path) -> None:
    lesson = copy / "2-time/the-dough-that-waited.md"
    lesson.write_bytes(b"\xef\xbb\xbf" + lesson.read_bytes())

    assert told(copy) == [
        "2-time/the-dough-that-waited.md:1:1: a byte order mark; save the file as UTF-8 without one"
    ]


def test_utf_16_is_told(copy: Path) -> None:
    lesson = copy / "2-time/the-dough-that-waited.md"
    lesson.write_bytes(lesson.read_text().encode("utf-16"))

    assert told(copy) == ["2-time/the-dough-that-waited.md:1:1: written in UTF-16; save it as UTF-8"]


def test_a_byte_of_another_encoding_is_told_at_its_place(copy: Path) -> None:
    lesson = copy / "2-time/the-dough-that-waited.md"
    lesson.write_bytes(lesson.read_bytes() + "\nÄhre é ".encode() + "é".encode("latin-1"))

    assert told(copy) == [
        "2-time/the-dough-that-waited.md:10:8: the byte 0xe9 is not UTF-8; save the file as UTF-8"
    ]


def test_places_are_counted_in_characters_whatever_the_line_ends(copy: Path) -> None:
    lesson = copy / "2-time/the-dough-that-waited.md"
    lesson.write_bytes(lesson.read_text().replace("\n", "\r\n").encode() + "\r\näöü𝄞 <b>".encode())

    (fault,) = check(copy).faults

    assert (fault.line, fault.column) == (10, 6)


def test_windows_line_ends_change_nothing_in_the_course(small: Path, copy: Path) -> None:
    for file in [*copy.rglob("*.md"), *copy.rglob("*.yaml")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert load(copy).course == load(small).course


def test_a_symbolic_link_is_told_wherever_it_leads(copy: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("A secret.")
    (copy / "2-time/link.md").symlink_to(outside)
    (copy / "all").symlink_to(tmp_path)

    assert told(copy) == [
        "2-time/link.md:1:1: a symbolic link; put the file itself here",
        "all:1:1: a symbolic link; put the file itself here",
    ]


def test_a_pipe_is_told_and_not_opened(copy: Path) -> None:
    os.mkfifo(copy / "exam/pipe.yaml")

    assert told(copy) == ["exam/pipe.yaml:1:1: not a plain file; take it out of the folder"]


def test_a_file_that_is_too_large_is_told(copy: Path) -> None:
    (copy / "2-time/module.yaml").write_text("#" * 300_000)
    (copy / "1-flour/pictures/two-loaves.svg").write_bytes(b" " * 3_000_000)

    assert told(copy) == [
        "1-flour/pictures/two-loaves.svg:1:1: larger than 2048 KB; make it smaller, or split it",
        "2-time/module.yaml:1:1: larger than 256 KB; make it smaller, or split it",
    ]


def test_a_lesson_that_is_too_long_is_told(copy: Path) -> None:
    lesson = copy / "2-time/the-dough-that-waited.md"
    lesson.write_text(lesson.read_text() + "Bread.\n\n" * 6_000)

    (fault,) = check(copy).faults

    assert "characters of text; at most 40,000 make a lesson" in str(fault)


def test_files_that_nothing_uses_are_told_once(copy: Path) -> None:
    (copy / "1-flour/pictures/old.svg").write_text("<svg/>")
    (copy / "2-time/a-draft.md").write_text("Not yet.")
    (copy / "2-time/a-draft.questions.yaml").write_text("questions:")

    assert told(copy) == [
        (
            "1-flour/pictures/old.svg:1:1: no part of the course uses this file; "
            "use it, mend its name, or delete it"
        ),
        (
            "2-time/a-draft.md:1:1: no part of the course uses this file; "
            "list it in the `.yaml` file of its folder, or delete it"
        ),
    ]


def test_a_module_that_is_not_listed_is_told_once(copy: Path) -> None:
    course = copy / "course.yaml"
    course.write_text(course.read_text().replace("\n  - 2-time\n", "\n"))

    assert told(copy) == [
        (
            "2-time/module.yaml:1:1: no part of the course uses this file; "
            "list `2-time` under `modules` in course.yaml, or delete it"
        ),
    ]


def test_questions_without_a_lesson_are_told_to_take_its_name(copy: Path) -> None:
    (copy / "2-time/a-draft.questions.yaml").write_text("questions:")

    assert told(copy) == [
        (
            "2-time/a-draft.questions.yaml:1:1: no part of the course uses this file; "
            "give it the name of its lesson, or delete it"
        ),
    ]


def test_a_folder_with_too_many_files_is_told_once(copy: Path) -> None:
    for n in range(2_010):
        (copy / "exam" / f"{n}.txt").touch()

    assert any("more than 2,000 files" in line for line in told(copy))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_told(copy: Path) -> None:
    (copy / "exam/exam.yaml").chmod(0)

    assert told(copy) == ["exam/exam.yaml:1:1: cannot be read (Permission denied); let it be readable"]


def test_pictures_may_also_be_png_and_have_to_be_what_they_are_called(copy: Path) -> None:
    lesson = copy / "2-time/the-dough-that-waited.md"
    lesson.write_text(lesson.read_text() + "\n![Dough.](a.png)\n\n![More dough.](b.png)\n")
    (copy / "2-time/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (copy / "2-time/b.png").write_bytes(b"GIF89a")

    assert told(copy) == ["2-time/b.png:1:1: its content is not image/png; save it again, or rename it"]


def test_the_digest_of_a_folder_is_that_of_the_course_in_it(copy: Path) -> None:
    before, loaded_before = digest_of(copy), load(copy).digest
    (copy / "course.yaml").write_text(
        (copy / "course.yaml").read_text().replace("Flour, water", "Water, flour")
    )

    assert before == loaded_before
    assert digest_of(copy) == load(copy).digest != before
