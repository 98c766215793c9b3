"""What the import rules cannot say of the rooms."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.places import PACKAGE, ROOT

NOT_IN_LESSONS = {
    "io",
    "logging",
    "os",
    "pathlib",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
}
"""What the standard library has of clocks, files, networks, logs and threads."""

SUBJECTLESS = {"base", "common", "core", "helpers", "manager", "misc", "util", "utils"}


def modules(folder: Path) -> list[Path]:
    """Return the modules in a folder and below it."""
    return sorted(folder.rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    """Yield the full names of the modules that a module imports anywhere."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize("module", modules(PACKAGE / "lessons"), ids=lambda module: module.stem)
def test_the_lessons_use_nothing_but_the_pure_part_of_the_standard_library(module: Path) -> None:
    theirs = {name for name in imported(module) if not name.startswith("tutorbot.")}
    roots = {name.partition(".")[0] for name in theirs}

    assert roots <= sys.stdlib_module_names
    assert not roots & NOT_IN_LESSONS


def test_the_lessons_neither_ask_the_time_nor_throw_dice_of_their_own() -> None:
    asked = [
        f"{module.name}:{node.lineno}"
        for module in modules(PACKAGE / "lessons")
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime.now", "date.today", "Random"}
    ]

    assert asked == []


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        module.relative_to(PACKAGE).as_posix()
        for module in modules(PACKAGE)
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    }

    assert readers == {"settings/given.py"}


def test_only_the_command_line_knows_the_terminal() -> None:
    roots = {
        module.relative_to(PACKAGE).as_posix(): {name.partition(".")[0] for name in imported(module)}
        for module in modules(PACKAGE)
    }
    importers = {name: {path for path, found in roots.items() if name in found} for name in ("click", "rich")}

    assert {path.partition("/")[0] for path in importers["click"]} == {"cli"}
    assert importers["rich"] == {"cli/display.py"}


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        module.relative_to(ROOT).as_posix()
        for module in modules(PACKAGE)
        if not ast.get_docstring(ast.parse(module.read_text()))
    ]

    assert silent == []


def test_a_room_is_named_after_its_subject() -> None:
    assert not SUBJECTLESS & {module.stem for module in modules(PACKAGE)}
