"""What learners answered to the questions that are not graded."""

from collections import Counter
from dataclasses import dataclass

from tutorbot.lessons.answers import Answer, Chosen, Typed
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Question
from tutorbot.records import attempts
from tutorbot.tutor.choosing import find_course
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Opinions:
    """The answers to one question: how often each option was chosen, by its id, and what was written."""

    question: Question
    answered: int
    chosen: dict[str, int]
    comments: tuple[str, ...]


def opinions(tutor: Tutor, name: str) -> tuple[Course, list[Opinions]]:
    """Return what was answered in a course, whatever version people took, by the questions it has now.

    Nobody is named: who says what they think need not weigh who reads it. Raises BadInput for a course
    that is not offered.
    """
    with tutor.store.read() as conn:
        course = find_course(conn, tutor, name)
        asked = [question for question in course.questions().values() if not question.is_graded]
        given = attempts.answers_to(conn, course.id, [question.id for question in asked])
    return course, [_opinions(question, given.get(question.id, [])) for question in asked]


def _opinions(question: Question, answers: list[Answer]) -> Opinions:
    chosen = Counter(each for answer in answers if isinstance(answer, Chosen) for each in answer.ids)
    return Opinions(
        question=question,
        answered=len(answers),
        chosen={option.id: chosen[option.id] for option in question.options},
        comments=tuple(answer.text for answer in answers if isinstance(answer, Typed)),
    )
