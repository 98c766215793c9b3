"""With which lesson an exercise of the case study opens."""

from dataclasses import replace

import pytest

from tests.lessons.courses import course, questions
from tutorbot.lessons.course import CaseStudy, Exercise

TWO_LESSONS = course(review=questions("q", 2))  # l1 and l2


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        (("", ""), ("", "")),
        (("l1", "l2"), ("l1", "l2")),
        (("", "l2"), ("", "l2")),
        (("l2", ""), ("l2", "l2")),
        (("l2", "l1"), ("l2", "l2")),
        (("gone", "l1"), ("", "l1")),
    ],
)
def test_an_exercise_opens_with_its_lesson_and_not_before_the_one_ahead_of_it(
    after: tuple[str, str], opens: tuple[str, str]
) -> None:
    exercises = tuple(Exercise(f"x{n}", "Orders", 6, (), (), lesson) for n, lesson in enumerate(after))
    told = replace(TWO_LESSONS, case_study=CaseStudy("shop", "The shop", (), exercises))

    assert tuple(told.opens_with().values()) == opens


def test_a_course_without_a_case_study_opens_no_exercise() -> None:
    assert replace(TWO_LESSONS, case_study=None).opens_with() == {}
