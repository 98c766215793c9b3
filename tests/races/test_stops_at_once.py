"""A cohort is stopped while somebody joins it, or leaves it."""

from collections.abc import Iterator
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from tests.lessons.courses import course, exam, questions
from tests.races.queueing import do_at_once
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.timewords import EVERY_DAY
from tutorbot.records.enrollments import Enrollment, enrollments_of
from tutorbot.records.people import Learner
from tutorbot.records.tables import enrollments, memberships
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


def start(tutor: Tutor, channel: str) -> int:
    plan = cohorts.plan_cohort(tutor, enrollment(tutor).course_id, SCHEDULE)
    return cohorts.start_cohort(tutor, "T1", channel, plan)


def test_nobody_comes_to_be_in_a_cohort_that_is_stopped_meanwhile(tutor: Tutor) -> None:
    cohort = start(tutor, "C1")

    do_at_once(
        tutor.store,
        enrollments,
        lambda: joining.join_cohort(tutor, ANNA, cohort),
        lambda: cohorts.stop_cohort(tutor, cohort),
    )

    assert (enrollment(tutor).active, enrollment(tutor).cohort_id) == (True, None)


def test_who_leaves_a_cohort_that_is_stopped_meanwhile_has_left(tutor: Tutor) -> None:
    cohort = start(tutor, "C1")
    joining.join_cohort(tutor, ANNA, cohort)

    do_at_once(
        tutor.store,
        memberships,
        lambda: joining.leave(tutor, ANNA),
        lambda: cohorts.stop_cohort(tutor, cohort),
    )

    assert not enrollment(tutor).active


def test_who_goes_to_another_cohort_while_theirs_is_stopped_is_in_the_other_one(tutor: Tutor) -> None:
    stopped, other = start(tutor, "C1"), start(tutor, "C2")
    joining.join_cohort(tutor, ANNA, stopped)

    do_at_once(
        tutor.store,
        memberships,
        lambda: cohorts.stop_cohort(tutor, stopped),
        lambda: joining.join_cohort(tutor, ANNA, other),
    )

    assert enrollment(tutor).cohort_id == other
