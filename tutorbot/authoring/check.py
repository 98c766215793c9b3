"""What an author is told about a course."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from tutorbot.authoring.faults import Fault
from tutorbot.authoring.load import read_folder
from tutorbot.lessons.course import Course, Kind, Lesson, Level
from tutorbot.lessons.text import Block, Code, Listing, Picture, Prose, Quote, plain_text

WORDS_A_MINUTE = 180
MINUTES_A_SHOWN = 1
MINUTES_A_REVIEW_QUESTION = Fraction(3, 4)
MINUTES_AN_EXERCISE = 6
MINUTES_AN_EXAM_QUESTION = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Summary:
    """A course in figures; `minutes` is what a learner needs for all of it.

    Prose is counted at 180 words a minute, a picture or sample of code at one minute, a review question
    at 45 seconds, an exercise at six minutes and a question that the exam draws at 90 seconds.
    """

    modules: int
    lessons: int
    review_questions: int
    exercises: int
    pool: int
    drawn: int
    by_kind: dict[Kind, int]
    by_level: dict[Level, int]
    words: int
    pictures: int
    samples: int
    minutes: Fraction


@dataclass(frozen=True, slots=True)
class Report:
    """The faults of a course, and its figures as far as it could be read."""

    faults: list[Fault]
    summary: Summary | None


def check(folder: Path) -> Report:
    """Return every fault of the course in the folder, and its figures."""
    read = read_folder(folder)
    return Report(read.faults, summarize(read.loaded.course) if read.loaded else None)


def summarize(course: Course) -> Summary:
    """Return the course in figures."""
    lessons = list(course.lessons())
    blocks = [block for lesson in lessons for block in _leaves(lesson.text)]
    words = sum(len(plain_text([block]).split()) for block in blocks if not isinstance(block, Code | Picture))
    pictures = sum(map(_pictures, lessons))
    samples = sum(isinstance(block, Code) for block in blocks)
    review = sum(len(lesson.questions) for lesson in lessons)
    drawn = sum(draw.count for draw in course.exam.draws) if course.exam else 0
    questions = course.questions().values()
    return Summary(
        modules=len(course.modules),
        lessons=len(lessons),
        review_questions=review,
        exercises=len(course.exercises()),
        pool=len(course.exam.pool) if course.exam else 0,
        drawn=drawn,
        by_kind=_counted(Kind, (question.kind for question in questions)),
        by_level=_counted(Level, (question.level for question in questions)),
        words=words,
        pictures=pictures,
        samples=samples,
        minutes=Fraction(words, WORDS_A_MINUTE)
        + (pictures + samples) * MINUTES_A_SHOWN
        + review * MINUTES_A_REVIEW_QUESTION
        + len(course.exercises()) * MINUTES_AN_EXERCISE
        + drawn * MINUTES_AN_EXAM_QUESTION,
    )


def _pictures(lesson: Lesson) -> int:
    """Return how many pictures the lesson shows; one that stands on its card and in its text counts once."""
    shown = {block.digest for block in _leaves(lesson.text) if isinstance(block, Picture)}
    return len(shown | {lesson.picture.digest} if lesson.picture else shown)


def _leaves(blocks: Prose) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Quote(blocks=inner):
                yield from _leaves(inner)
            case Listing(items=items):
                for item in items:
                    yield from _leaves(item)
            case _:
                yield block


E = TypeVar("E", Kind, Level)


def _counted(words: type[E], said: Iterable[E]) -> dict[E, int]:
    counts = Counter(said)
    return {word: counts[word] for word in words}
