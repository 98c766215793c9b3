"""An author is told how good a course's questions and lessons are."""

from fractions import Fraction
from pathlib import Path

import pytest

from tutorbot.authoring import load
from tutorbot.authoring.quality.course import Quality, quality_of
from tutorbot.lessons.course import PartKind
from tutorbot.lessons.question import Level


@pytest.fixture
def quality(small: Path) -> Quality:
    return quality_of(load(small).course)


def test_the_questions_of_each_part_are_counted_by_level(quality: Quality) -> None:
    counted = {part.part: (part.questions, part.by_level) for part in quality.parts}

    assert counted == {
        PartKind.REVIEW: (5, {Level.RECALL: 1, Level.APPLY: 3, Level.ANALYSE: 1}),
        PartKind.CASE: (2, {Level.RECALL: 0, Level.APPLY: 0, Level.ANALYSE: 2}),
        PartKind.EXAM: (6, {Level.RECALL: 0, Level.APPLY: 6, Level.ANALYSE: 0}),
    }


def test_the_right_options_place_and_length_are_told_where_one_of_three_or_more_is_right(
    quality: Quality,
) -> None:
    exam = next(part for part in quality.parts if part.part is PartKind.EXAM)

    assert exam.longest.questions == 6
    assert exam.positions == (6, 0, 0)  # the author of the bread course puts the right one first
    assert exam.expected == (Fraction(2), Fraction(2), Fraction(2))
    assert (exam.longest.right, exam.longest.luck) == (Fraction(2), Fraction(2))  # "Bread flour" and "Warmth"
    assert (exam.right_length, exam.wrong_length) == (10.5, 10.0)


def test_guesses_are_told_of_the_exams_pool(quality: Quality) -> None:
    assert [guessed.questions for guessed in quality.guessed] == [6] * 6


def test_topics_without_lessons_questions_or_levels_are_seen(quality: Quality) -> None:
    covers = {cover.topic: cover for cover in quality.topics}

    weighing = covers["weighing"]
    assert (weighing.lessons, weighing.drawn) == (1, 0)
    assert weighing.questions == {PartKind.REVIEW: 2, PartKind.CASE: 1, PartKind.EXAM: 0}
    assert covers["proving"].drawn == 1
    assert covers["proving"].levels == {Level.APPLY}


def test_a_lesson_has_its_words_minutes_and_ease(quality: Quality) -> None:
    lesson = quality.lessons[0]

    assert (lesson.lesson, lesson.said, lesson.questions, lesson.above_recall) == ("the-flat-loaf", 5, 2, 2)
    assert lesson.reading == Fraction(lesson.words, 180) + 1 + 1  # a picture, a sample of code
    assert lesson.ease is not None
    assert 60 < lesson.ease < 121


def test_a_course_without_an_exam_is_told_without_one(copy: Path) -> None:
    for file in (copy / "exam").iterdir():
        file.unlink()
    course = (copy / "course.yaml").read_text().replace("weight: 40", "weight: 70")
    part = "    - part: final exam\n      title: Final exam\n      weight: 30\n"
    (copy / "course.yaml").write_text(course.replace(part, ""))

    quality = quality_of(load(copy).course)

    assert [part.part for part in quality.parts] == [PartKind.REVIEW, PartKind.CASE]
    assert {guessed.questions for guessed in quality.guessed} == {0}


def test_what_is_not_graded_counts_as_no_question_and_has_no_level(every_kind: Path) -> None:
    quality = quality_of(load(every_kind).course)

    review, case = quality.parts
    assert (review.part, review.questions) == (PartKind.REVIEW, 6)
    assert review.by_level == {Level.RECALL: 1, Level.APPLY: 4, Level.ANALYSE: 1}
    assert (case.part, case.questions) == (PartKind.CASE, 1)
    assert quality.topics[0].questions == {PartKind.REVIEW: 6, PartKind.CASE: 1, PartKind.EXAM: 0}
    assert quality.topics[0].levels == frozenset(Level)
    (lesson,) = quality.lessons
    assert (lesson.questions, lesson.above_recall) == (6, 5)


def test_of_the_kinds_with_letters_only_one_right_of_three_is_guessed_at(every_kind: Path) -> None:
    review, case = quality_of(load(every_kind).course).parts

    assert (review.longest.questions, review.positions) == (1, (1, 0, 0))
    assert (case.longest.questions, case.right_length) == (0, None)
