"""The exam is drawn fairly, once, and closes on time."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lessons.courses import question
from tutorbot.lessons.course import Draw, Exam
from tutorbot.lessons.question import Question
from tutorbot.lessons.sitting import (
    FIRST_RUN,
    Sitting,
    deadline,
    draw_questions,
    drawn_questions,
    shuffled_order,
)
from tutorbot.lessons.text import prose

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TOPICS = ("events", "commands", "queries")
SITUATIONS = ((), (), prose("A shop takes orders."), prose("A ferry is full."))
SEEDS = st.integers(0, 2**32)


@st.composite
def exams(draw: st.DrawFn) -> Exam:
    """Make an exam that can be drawn; a topic may be named twice, a situation shared by topics."""
    pool = tuple(
        question(f"e{n}", topic=draw(st.sampled_from(TOPICS)), situation=draw(st.sampled_from(SITUATIONS)))
        for n in range(draw(st.integers(0, 12)))
    )
    left = Counter(asked.topic for asked in pool)
    draws = []
    for topic in draw(st.lists(st.sampled_from(TOPICS), max_size=4)):
        count = draw(st.integers(0, left[topic]))
        left[topic] -= count
        draws.append(Draw(topic, count))
    return Exam(pool, tuple(draws))


def sitting(exam: Exam, seed: int) -> list[Question]:
    drawn = Sitting(1, FIRST_RUN, "d", draw_questions(exam, Random(seed)), START)
    return list(drawn_questions(exam, drawn))


# The draw


@given(exams(), SEEDS)
def test_every_topic_has_as_many_questions_as_the_exam_says_and_none_twice(exam: Exam, seed: int) -> None:
    drawn = sitting(exam, seed)

    wanted: Counter[str] = Counter()
    for draw in exam.draws:
        wanted[draw.topic] += draw.count
    assert Counter(asked.topic for asked in drawn) == +wanted
    assert len({asked.id for asked in drawn}) == len(drawn)


@given(exams(), SEEDS)
def test_questions_that_share_a_situation_stand_together_in_the_authors_order(exam: Exam, seed: int) -> None:
    drawn = sitting(exam, seed)

    runs = [list(run) for _, run in groupby(drawn, key=lambda asked: asked.situation or asked.id)]
    assert len(runs) == len({asked.situation or asked.id for asked in drawn})
    for run in runs:
        assert run == sorted(run, key=exam.pool.index)


@given(exams(), SEEDS)
def test_the_same_chance_draws_the_same_exam(exam: Exam, seed: int) -> None:
    assert draw_questions(exam, Random(seed)) == draw_questions(exam, Random(seed))


def test_any_question_may_be_drawn_and_stand_anywhere() -> None:
    pool = tuple(question(f"e{n}") for n in range(4))
    exam = Exam(pool, (Draw("events", 2),))

    drawn = {draw_questions(exam, Random(seed)) for seed in range(400)}

    assert drawn == {(one.id, other.id) for one in pool for other in pool if one != other}


def test_topics_are_mixed() -> None:
    pool = (
        question("e1"),
        question("e2"),
        question("c1", topic="commands"),
        question("c2", topic="commands"),
    )
    exam = Exam(pool, (Draw("events", 2), Draw("commands", 2)))

    topics = {tuple(asked.topic for asked in sitting(exam, seed)) for seed in range(200)}

    assert len(topics) == 6  # all the ways to order two and two


def test_a_topic_with_too_few_questions_cannot_be_drawn() -> None:
    exam = Exam((question("e1"),), (Draw("events", 1), Draw("events", 1)))

    with pytest.raises(ValueError, match="larger than population"):
        draw_questions(exam, Random(1))


# The time limit


def test_an_exam_without_a_time_limit_has_no_deadline() -> None:
    assert deadline(Exam((), ()), START) is None
    assert not Sitting(1, FIRST_RUN, "d", (), START).is_closed(START + timedelta(days=365))


def test_a_sitting_closes_at_its_deadline_and_not_before() -> None:
    ends = deadline(Exam((), (), minutes=90), START)
    open_sitting = Sitting(1, FIRST_RUN, "d", (), START, deadline=ends)

    assert ends == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    assert not open_sitting.is_closed(ends - SECOND)
    assert open_sitting.is_closed(ends)
    assert open_sitting.is_closed(ends + SECOND)


def test_what_was_handed_in_is_closed_though_there_is_time_left() -> None:
    handed_in = Sitting(
        1, FIRST_RUN, "d", (), START, deadline=START + timedelta(hours=1), closed_at=START + SECOND
    )

    assert handed_in.is_closed(START + 2 * SECOND)
    assert replace(handed_in, deadline=None).is_closed(START + 2 * SECOND)


# The order of options


@given(SEEDS)
def test_options_are_shown_once_each_in_an_order_that_chance_gives(seed: int) -> None:
    order = shuffled_order(question("q"), Random(seed))

    assert sorted(order) == ["other", "right", "wrong"]
    assert order == shuffled_order(question("q"), Random(seed))


def test_no_place_is_more_likely_to_be_right() -> None:
    first = Counter(shuffled_order(question("q"), Random(seed))[0] for seed in range(3_000))

    assert all(900 < count < 1_100 for count in first.values())
    assert len(first) == 3


@given(SEEDS)
def test_options_keep_the_authors_order_if_the_author_says_so(seed: int) -> None:
    assert shuffled_order(question("q", shuffle=False), Random(seed)) == ("right", "wrong", "other")


def test_a_question_without_options_has_an_empty_order() -> None:
    assert shuffled_order(replace(question("q"), options=()), Random(1)) == ()
