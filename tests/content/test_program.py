"""The program that goes with the course runs, tells its story and names lessons that there are."""

import re
import subprocess
import sys

import pytest

from tutorbot.app import bundled_courses
from tutorbot.authoring import load
from tutorbot.lessons.course import Course

(FOLDER,) = [folder for folder in bundled_courses() if folder.name == "cqrs-event-sourcing"]
CODE = FOLDER / "code"
NAMED = re.compile(r'Lesson "([^"]+)"', re.IGNORECASE)
ROW = re.compile(r"^\| `.*\| ([^|]+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def course() -> Course:
    return load(FOLDER).course


def run(module: str) -> subprocess.CompletedProcess[str]:
    """Run a module as a learner does, in the program's folder."""
    return subprocess.run(
        [sys.executable, "-B", "-W", "error", "-m", module],
        cwd=CODE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_programs_own_tests_pass() -> None:
    result = run("unittest")

    assert result.returncode == 0, result.stderr
    ran = re.search(r"Ran (\d+) tests", result.stderr)
    assert ran is not None
    assert int(ran[1]) >= 15


def test_the_program_tells_the_story_of_a_parcel() -> None:
    result = run("dovecote")

    assert (result.returncode, result.stderr) == (0, "")
    for told in (
        "DV-2094 DropParcel: refused: compartment 14 at Mill Street is taken",
        "DV-2093 DelegatePickup: done already",
        "DV-2093 ExtendPickup: refused: extended 2 times already",
        "built anew:         ['DV-2093: Mill Street, compartment 14, until Wed 11:05']",
        "DV-2094: taken back",
        '7 Sun 18:42 ParcelCollected 1 {"key": "K2"}',
        "{'message': 'days-waived', 'parcel': 'DV-2093', 'at': '2024-12-07 09:00', 'days': 1.0}",
        "{'message': 'custody-ended', 'parcel': 'DV-2093', 'at': '2024-12-08 18:42'}",
        "PickupExtended(hours=48, by='recipient', cause='not recorded')",
    ):
        assert told in result.stdout


def test_the_program_imports_the_standard_library_alone() -> None:
    imported = {
        name
        for file in CODE.rglob("*.py")
        for name in re.findall(r"^\s*(?:from|import) (\w+)", file.read_text(), re.MULTILINE)
    }

    assert imported <= sys.stdlib_module_names | {"dovecote"}


def test_each_lesson_that_the_program_names_is_in_the_course(course: Course) -> None:
    named = {title for file in CODE.rglob("*.py") for title in NAMED.findall(file.read_text())}
    read_in = {title for row in ROW.findall((CODE / "README.md").read_text()) for title in row.split(" · ")}

    assert named | read_in <= {lesson.title for lesson in course.lessons()}
