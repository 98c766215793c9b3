"""`tutorbot check --report`: the quality of a course, in tables."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tutorbot.authoring.quality.course import LessonQuality, PartQuality, Quality, TopicCover
from tutorbot.authoring.quality.guessing import Guessed
from tutorbot.lessons.course import PartKind
from tutorbot.lessons.question import Level

NOTHING = "–"


def report(quality: Quality) -> str:
    """Return the quality as plain tables, each below what it tells."""
    sections = (
        _questions(quality.parts),
        _positions(quality.parts),
        _guessed(quality.guessed),
        _topics(quality.topics),
        _lessons(quality.lessons),
    )
    return "\n\n".join(section for section in sections if section)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; figures end at the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    to_right = [all(map(_is_figure, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, to_right, strict=True)
        ).rstrip()
        for line in (head, *rows)
    )


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit() or cell in ("", NOTHING)


def _questions(parts: Iterable[PartQuality]) -> str:
    rows = [
        (
            part.part.value,
            str(part.questions),
            *(str(part.by_level[level]) for level in Level),
            _percent(part.longest.right, part.longest.questions),
            _percent(part.longest.luck, part.longest.questions),
            _figure(part.right_length),
            _figure(part.wrong_length),
            "gives it away" if part.longest.gives_away else "",
        )
        for part in parts
    ]
    head = ("", "questions", *Level, "right is longest", "by chance", "right length", "wrong length", "")
    return _section(
        "Questions, by level. Where one option of three or more is right: how often it is the longest, and\n"
        "how many characters the middle right and the middle wrong option have.",
        head,
        rows,
    )


def _positions(parts: Sequence[PartQuality]) -> str:
    most = max((len(part.positions) for part in parts), default=0)
    rows = [
        (
            part.part.value,
            *(
                f"{found} ({float(even):.1f})"
                for found, even in zip(part.positions, part.expected, strict=True)
            ),
            *[""] * (most - len(part.positions)),
        )
        for part in parts
        if part.positions
    ]
    return _section(
        "Where the right option stands in the file (in brackets: spread evenly). Learners see the options\n"
        "shuffled, unless a question says `shuffle: false`.",
        ("", *map(str, range(1, most + 1))),
        rows,
    )


def _guessed(guessed: Iterable[Guessed]) -> str:
    rows = [
        (
            each.strategy.value,
            _percent(each.right, each.questions),
            _percent(each.luck, each.questions),
            _percent(min(each.luck + Fraction(2 * each.deviation), Fraction(each.questions)), each.questions),
            "gives it away" if each.gives_away else "",
        )
        for each in guessed
        if each.questions
    ]
    return _section(
        "What somebody gets right in the exam's pool who knows nothing and always chooses …",
        ("", "right", "by chance", "with luck", ""),
        rows,
    )


def _topics(topics: Iterable[TopicCover]) -> str:
    rows = [
        (
            cover.topic,
            str(cover.lessons),
            *(str(cover.questions[part]) for part in PartKind),
            str(cover.drawn),
            ", ".join(level.value for level in Level if level not in cover.levels) or NOTHING,
        )
        for cover in topics
    ]
    head = ("", "lessons", "review", "case study", "exam's pool", "drawn", "no question at level")
    return _section("Topics of the syllabus, and what there is of each.", head, rows)


def _lessons(lessons: Iterable[LessonQuality]) -> str:
    rows = [
        (
            lesson.lesson,
            str(lesson.words),
            str(lesson.said),
            f"{float(lesson.reading):.1f}",
            _figure(lesson.ease),
            str(lesson.questions),
            str(lesson.above_recall),
        )
        for lesson in lessons
    ]
    head = ("", "words", "minutes said", "minutes read", "reading ease", "questions", "above recall")
    return _section(
        "Lessons. Minutes read: 180 words each, and one for a picture or sample of code.\n"
        "Reading ease: Flesch (1948), for English; 60 to 70 is plain, below 30 is hard.",
        head,
        rows,
    )


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return f"{title}\n\n{table(head, rows)}" if rows else ""


def _percent(part: Fraction, whole: int) -> str:
    return f"{float(part / whole):.0%}" if whole else NOTHING


def _figure(number: float | None) -> str:
    return NOTHING if number is None else f"{number:.0f}"
