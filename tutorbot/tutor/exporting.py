"""Everything that is stored about a person, in words that they can read."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, Typed, answer_from_json
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.question import Item, Option, Question, Target
from tutorbot.lessons.text import plain, plain_text
from tutorbot.records import enrollments, tables
from tutorbot.records.people import Learner
from tutorbot.records.personal import rows_of
from tutorbot.tutor.standing import CourseStanding, course_standing
from tutorbot.tutor.tutor import Tutor

Cells = dict[str, Any]
"""What one row tells, by column: texts, numbers, truths, and what a JSON file can hold of them."""

GRADES = "grades"


def export(tutor: Tutor, learner: Learner) -> dict[str, list[Cells]]:
    """Return the grades and all rows of a person, by table.

    Questions and options are in words: the ids that an author gave them could tell which is right. Who
    marked an answer is left out, since that is somebody else.
    """
    with tutor.store.read() as conn:
        standings = [course_standing(conn, tutor, each) for each in enrollments.enrollments_of(conn, learner)]
        grades = [cells for standing in standings for cells in _grade(standing)]
        return {GRADES: grades} | {
            table.name: [_cells(conn, tutor, table, row) for row in _rows(conn, table, learner)]
            for table in reversed(list(rows_of(learner)))
        }


def _rows(conn: Connection, table: Table, learner: Learner) -> list[Row[Any]]:
    return list(conn.execute(select(table).where(rows_of(learner)[table]).order_by(*table.primary_key)))


def _cells(conn: Connection, tutor: Tutor, table: Table, row: Row[Any]) -> Cells:
    cells = {name: _plain(value) for name, value in row._asdict().items()}
    if in_words := _IN_WORDS.get(table):
        cells |= in_words(conn, tutor, row)
    return {name: value for name, value in cells.items() if name not in _LEFT_OUT.get(table, ())}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (datetime, date, time)) else value


def _grade(standing: CourseStanding) -> list[Cells]:
    """Return the course mark, and a row for each part of it, as they are now."""
    grade, course = standing.grade, standing.course.title
    whole: Cells = {"course": course, "part": "", "weight": 100, "percent": show_percent(grade.mark)}
    parts: list[Cells] = [
        {
            "course": course,
            "part": part.part.title,
            "weight": part.part.weight,
            "percent": show_percent(part.percent),
        }
        for part in grade.parts
    ]
    return [whole, *parts]


def _course(conn: Connection, tutor: Tutor, row: Row[Any]) -> Cells:
    return {"course": tutor.course(conn, row.digest).title}


def _lesson(conn: Connection, tutor: Tutor, row: Row[Any]) -> Cells:
    enrollment = enrollments.read_enrollment(conn, row.enrollment_id)
    titles = {lesson.id: lesson.title for lesson in tutor.course(conn, enrollment.digest).lessons()}
    return {"lesson": titles.get(row.lesson_id, "")}


def _drawing(conn: Connection, tutor: Tutor, row: Row[Any]) -> Cells:
    question = _question(conn, tutor, row.digest, row.question_id)
    return {
        "question": _prompt(question),
        "shown_order": [_texts(question).get(each, "") for each in row.shown_order],
        "choice": None if row.choice is None else _words(question, answer_from_json(row.choice)),
    }


def _attempt(conn: Connection, tutor: Tutor, row: Row[Any]) -> Cells:
    question = _question(conn, tutor, row.digest, row.question_id)
    return {"question": _prompt(question), "answer": _words(question, answer_from_json(row.answer))}


def _sitting(conn: Connection, tutor: Tutor, row: Row[Any]) -> Cells:
    asked = [_question(conn, tutor, row.digest, each) for each in row.questions]
    return {"questions": list(map(_prompt, asked))}


_IN_WORDS: Mapping[Table, Callable[[Connection, Tutor, Row[Any]], Cells]] = MappingProxyType(
    {
        tables.enrollments: _course,
        tables.awards: _course,
        tables.openings: _lesson,
        tables.readings: _lesson,
        tables.drawings: _drawing,
        tables.attempts: _attempt,
        tables.sittings: _sitting,
    }
)
_LEFT_OUT: Mapping[Table, tuple[str, ...]] = MappingProxyType({tables.marks: ("by",)})


def _question(conn: Connection, tutor: Tutor, digest: str, question_id: str) -> Question | None:
    try:
        return tutor.question(conn, digest, question_id)
    except KeyError:  # an export does not fail for a course that is not what it was
        return None


def _prompt(question: Question | None) -> str:
    return plain_text(question.prompt) if question else ""


def _texts(question: Question | None) -> dict[str, str]:
    """Return the words of all that a question shows, by the ids."""
    if question is None:
        return {}
    shown: list[Option | Item | Target] = [*question.options, *question.items, *question.targets]
    return {each.id: plain(each.text) for each in shown}


def _words(question: Question | None, answer: Answer) -> str | list[str]:
    texts = _texts(question)
    match answer:
        case Typed(text=text):
            return text
        case Chosen(ids=ids) | Ordered(ids=ids):
            return [texts.get(each, "") for each in ids]
        case Matched(pairs=pairs):
            return [f"{texts.get(item, '')} – {texts.get(target, '')}" for item, target in pairs]
