"""Writes the filled database of the newest schema: `python -m tests.store.upgrades.fill`, before a release.

The file of a schema that was released is not written again: it is what people have.
"""

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from tests.lessons.courses import course, exam, questions, written
from tests.store.rows import add
from tutorbot.clock import Clocks
from tutorbot.lessons.pacing import Schedule
from tutorbot.records import claims, courses, erasing, people
from tutorbot.records.deliveries import State, list_deliveries
from tutorbot.records.people import Learner
from tutorbot.records.schema import metadata
from tutorbot.records.tables import places, uploads
from tutorbot.store import open_store
from tutorbot.tutor import (
    answering,
    cases,
    cohorts,
    exams,
    joining,
    offering,
    quizzes,
    reading,
    staffmarking,
    typedanswers,
)
from tutorbot.tutor.pages import EXAM, QuestionPage
from tutorbot.tutor.tutor import Tutor

HERE = Path(__file__).parent
MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)  # a Monday
ANNA, BEN, CARA = (Learner("T1", user) for user in ("U1ANNA", "U2BEN", "U3CARA"))
COURSE = course(
    review=questions("q", 2), case=(written("w1"),), final=exam(*questions("e", 2)), weights=(40, 20, 40)
)


class School:
    """People who take a course: Anna passes it, Ben is on his way in a cohort, Cara pauses."""

    def __init__(self, database_url: str) -> None:
        self.now = MORNING
        self.tutor = Tutor(open_store(database_url), Clocks(course=lambda: self.now), Random(1))
        self.gestures = 0

    def gesture(self) -> str:
        """Return a new gesture, a minute later."""
        self.gestures += 1
        self.now += timedelta(minutes=1)
        return f"gesture-{self.gestures}"

    def live(self) -> None:
        """Let everything happen."""
        offering.offer_course(self.tutor, COURSE, "d" * 64, {})
        self.tutor.store.write(
            lambda conn: courses.keep_picture(conn, "p" * 64, "a.svg", "image/svg+xml", b"<svg/>")
        )
        monday = Schedule(frozenset(range(1, 6)), time(9), ZoneInfo("Europe/Zurich"), date(2026, 11, 2))
        plan = cohorts.plan_cohort(self.tutor, COURSE.id, monday)
        cohorts.start_cohort(self.tutor, "T1", "C1", plan)
        for learner, name in ((ANNA, "Anna Muster"), (BEN, "Ben Größe"), (CARA, "Cara")):
            joining.remember(self.tutor, learner, name, "Europe/Zurich")
            joining.join(self.tutor, learner, name=COURSE.id, channel="C1" if learner == BEN else None)
        joining.set_pace(self.tutor, CARA, "mon,wed 09:00")
        joining.leave(self.tutor, CARA)
        self.take_lessons(ANNA)
        self.take_case(ANNA)
        self.sit_exam(ANNA)
        self.take_lessons(BEN, right=False)
        self.tutor.store.write(self.post)
        self.tutor.store.write(self.erase_somebody)

    def take_lessons(self, learner: Learner, *, right: bool = True) -> None:
        """Read both lessons, and answer their questions, wrong ones only once."""
        for lesson in ("l1", "l2"):
            self.now += timedelta(days=1)
            reading.read_lesson(self.tutor, learner, lesson, gesture=self.gesture(), channel=None)
            quizzes.ask_lesson_quiz(self.tutor, learner, lesson, gesture=self.gesture(), channel=None)
            self.answer(learner, right=right)

    def take_case(self, learner: Learner) -> None:
        """Hand in a written answer, and have it marked."""
        cases.send_exercise(self.tutor, learner, "", gesture=self.gesture())
        typedanswers.answer_typed(
            self.tutor, learner, "Because it is told as it was.", gesture=self.gesture()
        )
        (waiting,) = staffmarking.waiting(self.tutor)
        staffmarking.give_mark(self.tutor, waiting.handed.attempt_id, Fraction(3, 4), "Clear.", "sam")

    def sit_exam(self, learner: Learner) -> None:
        """Answer the exam right, and hand it in."""
        exams.ask_exam(self.tutor, learner, gesture=self.gesture())
        with self.tutor.store.read() as conn:
            place = conn.execute(select(func.max(places.c.id)).where(places.c.quiz == EXAM)).scalar_one()
        exams.start_exam(self.tutor, learner, place)
        for number in (1, 2):
            quizzes.show_question(self.tutor, learner, place, number=number)
            page = self.seen(learner)
            answering.choose(
                self.tutor, learner, page.drawing.id, n=1, positions=self.positions(page, right=True)
            )
            answering.confirm(
                self.tutor,
                learner,
                page.drawing.id,
                n=1,
                shown=self.positions(page, right=True),
                gesture=self.gesture(),
            )
        exams.hand_in(self.tutor, learner, place)

    def answer(self, learner: Learner, *, right: bool) -> None:
        """Answer the question that is open."""
        page = self.seen(learner)
        positions = self.positions(page, right=right)
        answering.answer_shown(
            self.tutor, learner, page.drawing.id, n=page.n, positions=positions, gesture=self.gesture()
        )

    def seen(self, learner: Learner) -> QuestionPage:
        """Return the question that somebody sees."""
        page = quizzes.open_page(self.tutor, learner)
        assert page is not None
        return page

    @staticmethod
    def positions(page: QuestionPage, *, right: bool) -> list[int]:
        """Return where the right option stands, or the first wrong one."""
        rights = {option.id for option in page.question.options if option.right}
        return [n for n, option in enumerate(page.drawing.shown_order) if (option in rights) is right][:1]

    def post(self, conn: Connection) -> None:
        """Let what was due be posted, but for one."""
        due = [each for each in list_deliveries(conn, states=[State.DUE]) if each.due_at <= self.now]
        for number, delivery in enumerate(due[1:], 1):
            channel = delivery.channel or f"D{delivery.user}"
            claims.mark_posted(conn, [claims.Stand(delivery.id, channel, f"1793600000.{number:06}")])
        people.remember(conn, ANNA, direct_channel=f"D{ANNA.user}")
        add(conn, uploads, team="T1", digest="p" * 64, file_id="F1", at=self.now)

    def erase_somebody(self, conn: Connection) -> None:
        """Let somebody be erased who had only looked."""
        gone = Learner("T1", "U4GONE")
        people.remember(conn, gone, name="Gone")
        erasing.note_erasure(conn, erasing.erase_rows(conn, gone), by="olga", now=self.now)


def dumped() -> tuple[str, str]:
    """Return the newest step, and a filled database of it as statements."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tutorbot.db"
        school = School(f"sqlite:///{file}")
        school.live()
        with school.tutor.store.read() as conn:
            step = str(conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
            for table in metadata.sorted_tables:
                assert conn.execute(select(table).limit(1)).first(), f"{table} is empty"
        school.tutor.store.close()
        with closing(sqlite3.connect(file)) as connection:
            return step, "\n".join(connection.iterdump()) + "\n"


if __name__ == "__main__":
    newest, statements = dumped()
    target = HERE / f"v{newest}.sql"
    target.write_text(statements, encoding="utf-8")
    sys.stdout.write(f"{target.name}: {len(statements)} characters\n")
