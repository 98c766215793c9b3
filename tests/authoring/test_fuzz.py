"""Whatever stands in the files, an author is told of it and nothing breaks."""

import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutorbot.authoring import check

SMALL = Path(__file__).parent / "courses" / "small"
FILES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*") if path.is_file())

PIECES = st.sampled_from(
    [
        *"\n \t:-#'\"|>[{*&!%@`\\0é\u2028\x00",
        "  ",
        ": ",
        "- ",
        " #",
        "---\n",
        "```\n",
        "<b>",
        "[^1]",
        "](",
        "![",
        "-1",
        "9" * 20,
        "situation: x\n",
        "topic: x\n",
        "kind: several\n",
        "right: true\n",
        "../",
        "<!here>",
    ]
)


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, Callable[[str], str]]:
    """Draw a file, and how its text is damaged."""
    file = draw(st.sampled_from(FILES))
    size = len((SMALL / file).read_text())
    at = draw(st.integers(0, size))
    until = draw(st.integers(at, min(size, at + 40)))
    piece = draw(PIECES)
    return file, lambda text: text[:at] + piece + text[until:]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(damages(), min_size=1, max_size=3))
def test_a_damaged_course_is_loaded_or_its_faults_are_told(
    copy: Path, damaged: list[tuple[str, Callable[[str], str]]]
) -> None:
    for file in FILES:
        shutil.copy(SMALL / file, copy / file)
    for file, damage in damaged:
        (copy / file).write_text(damage((copy / file).read_text()))

    report = check(copy)

    for fault in report.faults:
        if (copy / fault.file).is_file():
            lines = (copy / fault.file).read_text().split("\n")
            assert fault.line <= len(lines)
            assert fault.column <= len(lines[fault.line - 1]) + 1
    assert report.faults or report.summary
