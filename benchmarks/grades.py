"""Measures a grade: of a learner among very many, against one among a few."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text

from benchmarks.report import Figure, Section
from benchmarks.turns import in_turns, middle, middle_ratio, seconds
from tutorbot import app
from tutorbot.clock import machine_now
from tutorbot.lessons.answers import Chosen, answer_to_json
from tutorbot.lessons.question import Kind
from tutorbot.lessons.sitting import FIRST_RUN
from tutorbot.records import courses, enrollments
from tutorbot.records.schema import Json
from tutorbot.settings import read_settings
from tutorbot.tutor.passing import current_grade
from tutorbot.tutor.tutor import Tutor

FEW, MANY = 10, 100_000
ANSWERS = 6
GRADES = 1_000

_JOIN = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :learners)
INSERT INTO enrollments (team, user, course_id, digest, joined_at)
SELECT 'T1', 'U' || n, :course, :digest, :now FROM numbers
"""
_PLACE = """
INSERT INTO places (enrollment_id, quiz, run, created_at) SELECT id, 'lesson:all', :run, :now FROM enrollments
"""
_DRAW = """
INSERT INTO drawings (place_id, enrollment_id, question_id, run, digest, shown_order, drawn_at)
SELECT id, enrollment_id, :question, :run, :digest, '[]', :now FROM places
"""
_ANSWER = """
INSERT INTO attempts (enrollment_id, question_id, run, n, drawing_id, digest, answer, gesture, at)
SELECT enrollment_id, :question, :run, 1, id, :digest, :answer, id || :question, :now FROM drawings
"""


def measure(folder: Path, *, rounds: int) -> Section:
    """Compute grades of learners in turns: among few, and among many."""
    chance = random.Random(1)
    with ExitStack() as stack:
        schools = [stack.enter_context(_school(folder, learners, chance)) for learners in (FEW, MANY)]
        turns = in_turns(rounds, *schools)
    return Section(
        figures=[
            Figure(f"a grade among {MANY:,} learners, of one among {FEW}", middle_ratio(turns), 1.5),
        ],
        how=f"SQLite. The grade of a learner picked at random, each with {ANSWERS} answers on record, read "
        f"and computed; medians of {rounds} in turns.",
        details=f"- Grades: {middle(turns, 0) * 1e3:.2f} ms among {FEW}, {middle(turns, 1) * 1e3:.2f} ms "
        f"among {MANY:,}.",
    )


@contextmanager
def _school(folder: Path, learners: int, chance: random.Random) -> Iterator[Callable[[], float]]:
    """Give what computes the grade of some learner of so many, and returns the seconds of it."""
    with TemporaryDirectory(dir=folder) as name:
        url = f"sqlite:///{Path(name) / 'school.db'}"
        tutor = app.open_tutor(read_settings({"DATABASE_URL": url}))
        tutor.store.write(lambda conn: _fill(conn, tutor, learners))

        def grade_somebody() -> float:
            somebody = chance.randint(1, learners)
            with tutor.store.read() as conn:
                enrollment = enrollments.read_enrollment(conn, somebody)
                return seconds(lambda: current_grade(conn, tutor, enrollment))

        grade_somebody()  # statements are compiled and the course is read once
        yield grade_somebody
        tutor.store.close()


def _fill(conn: Connection, tutor: Tutor, learners: int) -> None:
    """Let so many join the first course, and give the same answers."""
    course_id, digest = next(iter(courses.current_digests(conn).items()))
    now = f"{machine_now():%Y-%m-%d %H:%M:%S.%f}"
    asked = [each for each in tutor.course(conn, digest).questions().values() if each.kind is Kind.ONE]
    same = {"digest": digest, "now": now, "run": FIRST_RUN, "question": asked[0].id}
    conn.execute(text(_JOIN), {"learners": learners, "course": course_id, **same})
    conn.execute(text(_PLACE), same)
    conn.execute(text(_DRAW), same)
    to_json = Json().process_bind_param
    for question in asked[:ANSWERS]:
        answer = to_json(answer_to_json(Chosen((question.options[0].id,))), conn.dialect)
        conn.execute(text(_ANSWER), {**same, "question": question.id, "answer": answer})
