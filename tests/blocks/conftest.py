"""The courses whose messages are judged: a small one, the bundled ones, and one as large as it may be."""

from functools import cache
from pathlib import Path

import pytest

from tests.authoring.every_kind import EVERY_KIND, with_exam
from tests.blocks.largest import largest
from tests.blocks.samples import Sample, samples
from tutorbot import authoring
from tutorbot.lessons.course import Course

SMALL = Path(__file__).parent.parent / "authoring" / "courses" / "small"
BUNDLED = sorted(each.parent for each in (Path(__file__).parents[2] / "content").glob("*/course.yaml"))
COURSES = {"small": SMALL, "every-kind": EVERY_KIND, **{folder.name: folder for folder in BUNDLED}}


@cache
def load(name: str) -> Course:
    """Return a course by its name."""
    if name == "largest":
        return largest(load("small"), tuple(load("every-kind").questions().values()))
    course = authoring.load(COURSES[name]).course
    return with_exam(course) if name == "every-kind" else course


@cache
def draw_all(name: str, *, pictures: bool = True) -> tuple[Sample, ...]:
    """Return every message of a course, drawn once."""
    return tuple(samples(load(name), pictures=pictures))


@pytest.fixture(params=[*COURSES, "largest"])
def name(request: pytest.FixtureRequest) -> str:
    """Give the name of each course in turn."""
    given: str = request.param
    return given


@pytest.fixture
def course(name: str) -> Course:
    """Give each course in turn."""
    return load(name)


@pytest.fixture
def drawn(name: str) -> tuple[Sample, ...]:
    """Give every message of each course in turn."""
    return draw_all(name)


@pytest.fixture
def without_pictures(name: str) -> tuple[Sample, ...]:
    """Give every message of each course in turn, as it is while Slack has none of its pictures."""
    return draw_all(name, pictures=False)
