"""How good a course's questions and lessons are, as far as it can be counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from tutorbot.authoring.quality.figures import figures
from tutorbot.authoring.quality.guessing import Guessed, Strategy, guess, guessable, length
from tutorbot.authoring.quality.readability import reading_ease
from tutorbot.lessons.course import Course, Lesson, PartKind
from tutorbot.lessons.grading import part_questions
from tutorbot.lessons.question import Level, Question


@dataclass(frozen=True, slots=True)
class PartQuality:
    """The questions of a part; what is told of options is told of those with one right of three or more.

    `longest` tells how often the right option is the longest, `positions` how often it stands first,
    second … in the file, and `expected` how often it would, were it spread evenly. The lengths are the
    middle ones, in characters as shown.
    """

    part: PartKind
    questions: int
    by_level: dict[Level, int]
    longest: Guessed
    positions: tuple[int, ...]
    expected: tuple[Fraction, ...]
    right_length: float | None
    wrong_length: float | None


@dataclass(frozen=True, slots=True)
class TopicCover:
    """What a topic of the syllabus has."""

    topic: str
    lessons: int
    questions: dict[PartKind, int]
    drawn: int
    levels: frozenset[Level]


@dataclass(frozen=True, slots=True)
class LessonQuality:
    """A lesson: the minutes it says, those that reading it takes, and how easily it reads."""

    lesson: str
    said: int
    reading: Fraction
    words: int
    ease: float | None
    questions: int
    above_recall: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What an author looks at to make a course better; `guessed` is of the exam's pool."""

    parts: tuple[PartQuality, ...]
    guessed: tuple[Guessed, ...]
    topics: tuple[TopicCover, ...]
    lessons: tuple[LessonQuality, ...]


def quality_of(course: Course) -> Quality:
    """Return the quality of the course's questions and lessons."""
    asked = _asked(course)
    return Quality(
        parts=tuple(_part(part, questions) for part, questions in asked.items() if questions),
        guessed=tuple(guess(strategy, asked[PartKind.EXAM]) for strategy in Strategy),
        topics=tuple(_topics(course, asked)),
        lessons=tuple(map(_lesson, course.lessons())),
    )


def _asked(course: Course) -> dict[PartKind, list[Question]]:
    return {
        PartKind.REVIEW: list(part_questions(course, PartKind.REVIEW)),
        PartKind.CASE: list(part_questions(course, PartKind.CASE)),
        PartKind.EXAM: list(course.exam.pool) if course.exam else [],
    }


def _part(part: PartKind, questions: list[Question]) -> PartQuality:
    choices = guessable(questions)
    levels = Counter(question.level for question in questions)
    options = [option for question in choices for option in question.options]
    return PartQuality(
        part=part,
        questions=len(questions),
        by_level={level: levels[level] for level in Level},
        longest=guess(Strategy.LONGEST, choices),
        positions=_positions(choices),
        expected=_evenly(choices),
        right_length=_middle(length(option) for option in options if option.right),
        wrong_length=_middle(length(option) for option in options if not option.right),
    )


def _positions(choices: list[Question]) -> tuple[int, ...]:
    """Return how often the right option stands first, second … in the file."""
    found = Counter(
        position for question in choices for position, option in enumerate(question.options) if option.right
    )
    return tuple(found[position] for position in range(_most(choices)))


def _evenly(choices: list[Question]) -> tuple[Fraction, ...]:
    sizes = [len(question.options) for question in choices]
    return tuple(
        sum((Fraction(1, size) for size in sizes if position < size), Fraction(0))
        for position in range(_most(choices))
    )


def _most(choices: list[Question]) -> int:
    return max((len(question.options) for question in choices), default=0)


def _middle(lengths: Iterable[int]) -> float | None:
    known = list(lengths)
    return median(known) if known else None


def _topics(course: Course, asked: dict[PartKind, list[Question]]) -> Iterable[TopicCover]:
    lessons = Counter(lesson.topic for lesson in course.lessons())
    drawn = {draw.topic: draw.count for draw in course.exam.draws} if course.exam else {}
    counts = {part: Counter(question.topic for question in some) for part, some in asked.items()}
    levels = {(question.topic, question.level) for some in asked.values() for question in some}
    for topic in (topic.id for module in course.syllabus for topic in module.topics):
        questions = {part: found[topic] for part, found in counts.items()}
        reached = frozenset(level for level in Level if (topic, level) in levels)
        yield TopicCover(topic, lessons[topic], questions, drawn.get(topic, 0), reached)


def _lesson(lesson: Lesson) -> LessonQuality:
    counted = figures(lesson)
    return LessonQuality(
        lesson=lesson.id,
        said=lesson.minutes,
        reading=counted.reading,
        words=counted.words,
        ease=reading_ease(lesson.text),
        questions=counted.questions,
        above_recall=sum(question.level not in (None, Level.RECALL) for question in lesson.questions),
    )
