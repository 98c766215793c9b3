"""The exam is begun once and handed in once, and a course is joined once, whoever presses how often."""

from collections.abc import Iterator

import pytest

from tests.races.racers import racing
from tests.races.school import EXAM_ALONE, School, school
from tutorbot.blocks import ids
from tutorbot.lessons.sitting import FIRST_RUN
from tutorbot.records.tables import awards, closings, drawings, enrollments, memberships, sittings

ROUNDS = 15


@pytest.fixture
def room(database_url: str) -> Iterator[School]:
    """Give a school whose course is its exam."""
    with school(database_url, EXAM_ALONE) as opened:
        yield opened


def test_two_starts_at_once_begin_one_sitting_with_one_first_question(room: School) -> None:
    learners = room.learners(ROUNDS)

    with racing(room.settings, 2) as racers:
        for learner in learners:
            start = ids.action(ids.START, room.exam(learner))
            statuses = racers.race([room.press(learner, start)], [room.press(learner, start)])
            assert statuses == [200, 200]

    assert room.count(sittings) == ROUNDS
    assert room.count(drawings) == ROUNDS
    for learner in learners:
        assert room.seen(learner).number == 1


def test_two_starts_at_once_in_two_messages_are_one_sitting_too(room: School) -> None:
    learners = room.learners(ROUNDS)

    with racing(room.settings, 2) as racers:
        for learner in learners:
            presses = [room.press(learner, ids.action(ids.START, room.exam(learner))) for _ in range(2)]
            assert racers.race(*([press] for press in presses)) == [200, 200]

    assert room.count(sittings) == ROUNDS


def test_two_hand_ins_at_once_are_one_result_and_one_badge(room: School) -> None:
    learners = room.learners(ROUNDS)

    with racing(room.settings, 2) as racers:
        for learner in learners:
            hand_in = ids.action(ids.HAND_IN, room.sat_exam(learner))
            statuses = racers.race([room.press(learner, hand_in)], [room.press(learner, hand_in)])
            assert statuses == [200, 200]

    assert (room.count(closings), room.count(awards)) == (ROUNDS, ROUNDS)
    for learner in learners:
        owed = [key for key in room.keys(learner) if key.startswith(("award/", "sitting/"))]
        standing = room.standing(learner)
        award, sitting = standing.award, standing.sitting
        assert award
        assert sitting
        key = f"award/{standing.enrollment.id}/{FIRST_RUN}"
        assert owed == [key, f"{key}/own", f"sitting/{sitting.id}/result"]
        assert award.mark == 100


def test_two_joins_at_once_are_one_enrollment_and_one_welcome(room: School) -> None:
    learners = [room.newcomer() for _ in range(ROUNDS)]

    with racing(room.settings, 2) as racers:
        for learner in learners:
            joins = [room.command(learner, "join es") for _ in range(2)]
            assert racers.race(*([join] for join in joins)) == [200, 200]

    assert (room.count(enrollments), room.count(memberships)) == (ROUNDS, ROUNDS)
    for learner in learners:
        assert len([key for key in room.keys(learner) if "/joined/" in key]) == 1
