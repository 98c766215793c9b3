"""What an author is told about a course in figures."""

from fractions import Fraction
from pathlib import Path

from tutorbot.authoring import check
from tutorbot.lessons.question import Kind, Level


def test_a_course_without_faults_is_told_in_figures(small: Path) -> None:
    report = check(small)

    assert report.faults == []
    summary = report.summary
    assert summary is not None
    assert (summary.modules, summary.lessons, summary.review_questions) == (2, 3, 5)
    assert (summary.exercises, summary.pool, summary.drawn) == (1, 6, 3)
    asked = {kind: count for kind, count in summary.by_kind.items() if count}
    assert asked == {Kind.ONE: 9, Kind.SEVERAL: 1, Kind.NUMBER: 1, Kind.TEXT: 1, Kind.WRITTEN: 1}
    assert summary.by_level == {Level.RECALL: 1, Level.APPLY: 9, Level.ANALYSE: 3}


def test_minutes_are_words_pictures_code_questions_exercises_and_the_questions_drawn(small: Path) -> None:
    summary = check(small).summary

    assert summary is not None
    assert (summary.words, summary.pictures, summary.samples) == (113, 1, 1)
    assert summary.minutes == Fraction(113, 180) + 1 + 1 + 5 * Fraction(3, 4) + 6 + 3 * Fraction(3, 2)


def test_figures_are_told_as_far_as_a_course_with_faults_can_be_read(copy: Path) -> None:
    (copy / "2-time/module.yaml").unlink()

    report = check(copy)

    assert report.faults
    assert report.summary is not None
    assert report.summary.lessons == 2
