"""Many answer at once, in several processes, and each answer counts once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from tests.races.racers import racing
from tests.races.school import QUESTION_AND_EXAM, TWO_QUESTIONS, School, school
from tutorbot.blocks import ids
from tutorbot.lessons.sitting import FIRST_RUN
from tutorbot.records.people import Learner
from tutorbot.records.tables import attempts, awards, drawings

ROUNDS = 25
"""How often a race of two is run: without the lock PostgreSQL loses about half of them."""


@pytest.fixture
def two_questions(database_url: str) -> Iterator[School]:
    """Give a school whose course is two review questions, both needed to pass."""
    with school(database_url, TWO_QUESTIONS) as opened:
        yield opened


def assert_passed_once(room: School, learner: Learner) -> None:
    standing = room.standing(learner)
    assert standing.award is not None
    assert standing.grade.mark == 100
    assert room.count(awards, awards.c.enrollment_id == standing.enrollment.id) == 1
    badges = [key for key in room.keys(learner) if key.startswith("award/")]
    key = f"award/{standing.enrollment.id}/{FIRST_RUN}"
    assert badges == [key, f"{key}/own"]


def test_64_clicks_on_one_wrong_option_from_4_processes_are_one_attempt(two_questions: School) -> None:
    room = two_questions
    (anna,) = room.learners(1)
    page = room.shown(anna, "l1")
    clicks = [room.answer(anna, page, right=False) for _ in range(64)]

    with racing(room.settings, 4) as racers:
        statuses = racers.race(*(clicks[n::4] for n in range(4)))

    assert set(statuses) == {200}
    assert room.count(attempts) == 1
    after = room.seen(anna)
    assert (after.standing.used, after.standing.left, after.standing.right) == (1, 1, False)


def test_two_last_answers_at_once_are_one_award_and_the_whole_grade(two_questions: School) -> None:
    room = two_questions
    learners = room.learners(ROUNDS)

    with racing(room.settings, 2) as racers:
        for learner in learners:
            clicks = [
                room.answer(learner, room.shown(learner, lesson), right=True) for lesson in ("l1", "l2")
            ]
            assert racers.race(*([click] for click in clicks)) == [200, 200]

    for learner in learners:
        assert_passed_once(room, learner)


def test_the_badge_of_two_last_answers_at_once_is_posted_once(two_questions: School) -> None:
    room = two_questions
    (anna,) = room.learners(1)
    clicks = [room.answer(anna, room.shown(anna, lesson), right=True) for lesson in ("l1", "l2")]

    with racing(room.settings, 2) as racers:
        racers.race(*([click] for click in clicks))
    room.send()

    (badge,) = room.sandbox.person(anna.user).messages(room.badges)
    assert "has passed Event sourcing" in badge.text


def test_a_last_answer_and_the_hand_in_at_once_are_one_award(database_url: str) -> None:
    with school(database_url, QUESTION_AND_EXAM) as room:
        learners = room.learners(ROUNDS)

        with racing(room.settings, 2) as racers:
            for learner in learners:
                click = room.answer(learner, room.shown(learner, "l1"), right=True)
                hand_in = room.press(learner, ids.action(ids.HAND_IN, room.sat_exam(learner)))
                assert racers.race([click], [hand_in]) == [200, 200]

        for learner in learners:
            assert_passed_once(room, learner)


def test_what_is_typed_once_and_told_16_times_is_one_attempt_with_one_reply(two_questions: School) -> None:
    room = two_questions
    (anna,) = room.learners(1)
    page = room.shown(anna, "l1")
    letter = "ABC"[room.position(page, right=False)]
    told = [room.typed(anna, letter, "Ev0ONCE") for _ in range(16)]

    with racing(room.settings, 4) as racers:
        statuses = racers.race(*(told[n::4] for n in range(4)))

    assert set(statuses) == {200}
    assert room.count(attempts) == 1
    replies = [key for key in room.keys(anna) if key.startswith(("typed/", "note/"))]
    assert replies == ["typed/Ev0ONCE"]


def test_next_told_16_times_goes_on_by_one(database_url: str) -> None:
    with school(database_url, QUESTION_AND_EXAM) as room:
        (anna,) = room.learners(1)
        exam = room.exam(anna)
        with racing(room.settings, 4) as racers:
            racers.race([room.press(anna, ids.action(ids.START, exam))], [], [], [])
            told = [room.typed(anna, "next", "Ev0NEXT") for _ in range(16)]
            assert set(racers.race(*(told[n::4] for n in range(4)))) == {200}

        with room.bot.store.read() as conn:
            shown = list(conn.scalars(select(drawings.c.question_id)))
        assert len(shown) == len(set(shown)) == 2
