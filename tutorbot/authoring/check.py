"""What an author is told about a course."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from tutorbot.authoring.faults import Fault
from tutorbot.authoring.files import Count
from tutorbot.authoring.load import read_folder
from tutorbot.authoring.quality.course import Quality, quality_of
from tutorbot.authoring.quality.figures import figures
from tutorbot.authoring.unwritten import Unwritten, unwritten_in
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Kind, Level

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
    """The faults of a course, what is still to be written, and the course as far as it could be read."""

    faults: list[Fault]
    unwritten: list[Unwritten]
    course: Course | None

    @property
    def summary(self) -> Summary | None:
        """The course in figures."""
        return summarize(self.course) if self.course else None

    @property
    def quality(self) -> Quality | None:
        """How good its questions and lessons are."""
        return quality_of(self.course) if self.course else None


def check(folder: Path, count: Count | None = None) -> Report:
    """Return every fault of the course in the folder, and the course."""
    read = read_folder(folder, count)
    return Report(read.faults, unwritten_in(folder), read.loaded.course if read.loaded else None)


def summarize(course: Course) -> Summary:
    """Return the course in figures."""
    lessons = list(map(figures, course.lessons()))
    drawn = sum(draw.count for draw in course.exam.draws) if course.exam else 0
    questions = course.questions().values()
    return Summary(
        modules=len(course.modules),
        lessons=len(lessons),
        review_questions=sum(lesson.questions for lesson in lessons),
        exercises=len(course.exercises()),
        pool=len(course.exam.pool) if course.exam else 0,
        drawn=drawn,
        by_kind=_counted(Kind, (question.kind for question in questions)),
        by_level=_counted(Level, (question.level for question in questions if question.level)),
        words=sum(lesson.words for lesson in lessons),
        pictures=sum(lesson.pictures for lesson in lessons),
        samples=sum(lesson.samples for lesson in lessons),
        minutes=sum((lesson.minutes for lesson in lessons), Fraction(0))
        + len(course.exercises()) * MINUTES_AN_EXERCISE
        + drawn * MINUTES_AN_EXAM_QUESTION,
    )


E = TypeVar("E", Kind, Level)


def _counted(words: type[E], said: Iterable[E]) -> dict[E, int]:
    counts = Counter(said)
    return {word: counts[word] for word in words}
