"""A cohort is stopped while somebody joins it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from tests.lessons.courses import course, exam, questions
from tests.store.waiting import PATIENCE, eventually
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.timewords import EVERY_DAY
from tutorbot.records.enrollments import Enrollment, enrollments_of, lock_enrollment
from tutorbot.records.people import Learner
from tutorbot.store import open_store
from tutorbot.tutor import cohorts, joining, offering
from tutorbot.tutor.tutor import Tutor

ANNA = Learner("T1", "U1ANNA")
SCHEDULE = Schedule(EVERY_DAY, time(9), ZoneInfo("Europe/Zurich"), date(2030, 1, 7))


@pytest.fixture
def tutor(postgres_url: str) -> Iterator[Tutor]:
    """Give a tutor of one course, which Anna takes at her own pace."""
    store = open_store(postgres_url)
    tutor = Tutor(store)
    offering.offer_course(tutor, course(review=questions("q", 1), final=exam(*questions("e", 1))), "v1", {})
    joining.join(tutor, ANNA)
    yield tutor
    store.close()


def enrollment(tutor: Tutor) -> Enrollment:
    with tutor.store.read() as conn:
        (found,) = enrollments_of(conn, ANNA)
    return found


def waiting(tutor: Tutor) -> int:
    """Return how many transactions wait for a lock."""
    with tutor.store.read() as conn:
        return int(
            conn.execute(
                text(
                    "SELECT count(*) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
            ).scalar_one()
        )


def test_nobody_comes_to_be_in_a_cohort_that_is_stopped_meanwhile(tutor: Tutor) -> None:
    plan = cohorts.plan_cohort(tutor, enrollment(tutor).course_id, SCHEDULE)
    cohort = cohorts.start_cohort(tutor, "T1", "C1", plan)
    held, over = Event(), Event()

    def hold(conn: Connection) -> None:
        lock_enrollment(conn, enrollment_id)
        held.set()
        over.wait(PATIENCE)

    enrollment_id = enrollment(tutor).id
    with ThreadPoolExecutor(3) as threads:
        holding = threads.submit(tutor.store.write, hold)
        held.wait(PATIENCE)
        joins = threads.submit(joining.join_cohort, tutor, ANNA, cohort)
        eventually(lambda: waiting(tutor) == 1)
        stops = threads.submit(cohorts.stop_cohort, tutor, cohort)
        eventually(lambda: stops.done() or waiting(tutor) == 2)
        over.set()

    for each in (holding, joins, stops):
        assert each.exception() is None
    assert (enrollment(tutor).active, enrollment(tutor).cohort_id) == (True, None)
