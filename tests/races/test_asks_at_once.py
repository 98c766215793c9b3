"""Somebody asks twice at once, in two processes: it is one ask."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.lessons.courses import course, exam, questions
from tests.races.queueing import do_at_once
from tutorbot.lessons.course import CaseStudy
from tutorbot.lessons.text import prose
from tutorbot.records.people import Learner
from tutorbot.records.tables import deliveries, learners
from tutorbot.store import open_store
from tutorbot.tutor import cases, exams, joining, offering, quizzes, reading
from tutorbot.tutor.tutor import Tutor

ANNA = Learner("T1", "U1ANNA")
PLAIN = course(review=questions("q", 1), case=questions("c", 1), final=exam(*questions("e", 1)))
COURSE = replace(PLAIN, case_study=CaseStudy("shop", "The shop", prose("It sells."), PLAIN.exercises()))


@pytest.fixture
def tutor(postgres_url: str) -> Iterator[Tutor]:
    """Give a tutor of one course, which Anna takes."""
    store = open_store(postgres_url)
    tutor = Tutor(store)
    offering.offer_course(tutor, COURSE, "v1", {})
    joining.join(tutor, ANNA)
    yield tutor
    store.close()


def asks(tutor: Tutor, what: str, gesture: str) -> None:
    """Let Anna ask for something."""
    match what:
        case "next":
            reading.next_lesson(tutor, ANNA, gesture=gesture)
        case "lesson":
            reading.read_lesson(tutor, ANNA, "1.1", gesture=gesture, channel=None)
        case "quiz":
            quizzes.ask_lesson_quiz(tutor, ANNA, "1.1", gesture=gesture, channel=None)
        case "case":
            cases.send_exercise(tutor, ANNA, "1", gesture=gesture)
        case "exam":
            exams.ask_exam(tutor, ANNA, gesture=gesture)


@pytest.mark.parametrize("what", ["next", "lesson", "quiz", "case", "exam"])
def test_two_asks_at_once_are_answered_by_one(tutor: Tutor, what: str) -> None:
    do_at_once(tutor.store, learners, lambda: asks(tutor, what, "first"), lambda: asks(tutor, what, "second"))

    with tutor.store.read() as conn:
        owed = list(conn.scalars(select(deliveries.c.key).where(deliveries.c.key.startswith("ask/"))))
    assert owed
    assert all("/first" in key for key in owed)
