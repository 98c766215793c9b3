"""A mistake in a course, and how it is told."""

from pathlib import Path

from tutorbot.authoring import check

Mistake = tuple[str, str, str, str]
"""A file, a piece of it, what an author wrote instead (with ¦ just before the fault), and what is said."""


def assert_told_once(course: Path, mistake: Mistake) -> None:
    """Make the mistake in the course and see that it is told once, at its place."""
    file, right, wrong, said = mistake
    text = (course / file).read_text()
    assert right in text
    spoilt = text.replace(right, wrong, 1)
    (course / file).write_text(spoilt.replace("¦", ""))

    faults = check(course).faults

    assert [said in str(fault) for fault in faults] == [True], "\n".join(map(str, faults))
    if "¦" in spoilt:
        before = spoilt[: spoilt.index("¦")]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert (faults[0].file, faults[0].line, faults[0].column) == (file, line, column)
