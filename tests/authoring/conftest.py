"""Courses that are as they should be, and courses that are not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.authoring.every_kind import EVERY_KIND

SMALL = Path(__file__).parent / "courses" / "small"

Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def small() -> Path:
    """The folder of a small course without faults."""
    return SMALL


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the small course, to be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def spoil(copy: Path) -> Spoil:
    """Replace a piece of a file in the copy."""

    def replace(file: str, old: str, new: str) -> Path:
        text = (copy / file).read_text()
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1))
        return copy

    return replace


@pytest.fixture
def every_kind(tmp_path: Path) -> Path:
    """A copy of the course in which every kind of question is asked, to be changed."""
    return Path(shutil.copytree(EVERY_KIND, tmp_path / "every-kind"))
