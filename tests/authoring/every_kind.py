"""The course in which every kind of question is asked, and what it has besides for some tests."""

from dataclasses import replace
from pathlib import Path

from tutorbot.lessons.course import Course, Draw, Exam, Part, PartKind

EVERY_KIND = Path(__file__).parent / "courses" / "every-kind"


def with_exam(course: Course, minutes: int | None = 30) -> Course:
    """Return the course with an exam that asks each of its graded review questions again."""
    pool = tuple(
        replace(question, id=f"exam-{question.id}")
        for lesson in course.lessons()
        for question in lesson.questions
        if question.is_graded
    )
    review, case = course.scheme.parts
    parts = (review, replace(case, weight=20), Part(PartKind.EXAM, "Final exam", 20))
    return replace(
        course,
        exam=Exam(pool, (Draw(pool[0].topic, len(pool)),), minutes),
        scheme=replace(course.scheme, parts=parts),
    )
