"""Later tries count less, late answers count less, and the worst questions of a part are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lessons.courses import (
    ESSAY,
    RIGHT,
    WRONG,
    answers,
    course,
    exam,
    marked,
    question,
    questions,
    written,
)
from tutorbot.lessons.answers import Answer, Chosen
from tutorbot.lessons.course import Course, PartKind
from tutorbot.lessons.grading import (
    NOTHING_DUE,
    Attempt,
    Due,
    Grade,
    Standing,
    course_grade,
    part_questions,
    standing,
)
from tutorbot.lessons.question import UNGRADED, Kind, Question

NOTHING, QUARTER, HALF, FULL = Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)
DUE_AT = datetime(2026, 11, 9, 8, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LATE_HALF = Due(DUE_AT, HALF)


def stepped(question_id: str, *by_try: Fraction, tries: int = 3, points: int = 1) -> Question:
    return replace(question(question_id, tries=tries, points=points), credits=by_try)


def given_at(at: datetime, *given_answers: Answer) -> list[Attempt]:
    return [replace(attempt, at=at) for attempt in answers("q", *given_answers)]


def dropping(asked: Course, drop: int) -> Course:
    parts = tuple(replace(part, drop=drop) for part in asked.scheme.parts)
    return replace(asked, scheme=replace(asked.scheme, parts=parts))


# Credit by the try


@pytest.mark.parametrize(
    ("by_try", "expected"),
    [
        ((), [FULL, FULL, FULL]),
        ((FULL, HALF), [FULL, HALF, HALF]),  # the last one holds for further tries
        ((FULL, HALF, QUARTER), [FULL, HALF, QUARTER]),
        ((FULL, HALF, NOTHING), [FULL, HALF, NOTHING]),
        ((HALF,), [HALF, HALF, HALF]),
    ],
)
def test_a_right_answer_counts_what_its_try_does(
    by_try: tuple[Fraction, ...], expected: list[Fraction]
) -> None:
    asked = stepped("q", *by_try)

    reached = [standing(asked, answers("q", *[WRONG] * n, RIGHT)) for n in range(3)]

    assert [each.credit for each in reached] == [each.reachable for each in reached] == expected
    assert all(each.right is True and each.settled for each in reached)


def test_what_can_be_reached_is_what_the_next_try_counts() -> None:
    asked = stepped("q", FULL, HALF, QUARTER)

    reached = [standing(asked, answers("q", *[WRONG] * n)) for n in range(4)]

    assert [each.reachable for each in reached] == [FULL, HALF, QUARTER, NOTHING]
    assert [each.left for each in reached] == [3, 2, 1, 0]


def test_a_written_answer_counts_its_mark_of_what_its_try_does() -> None:
    asked = replace(written("w", tries=2), credits=(FULL, HALF))
    second = answers("w", ESSAY, ESSAY)

    waiting = standing(asked, marked(second, {("w", 1): Fraction(1, 5)}))
    graded = standing(asked, marked(second, {("w", 1): Fraction(1, 5), ("w", 2): Fraction(4, 5)}))

    assert (waiting.credit, waiting.reachable, waiting.pending) == (Fraction(1, 5), HALF, True)
    assert (graded.credit, graded.reachable, graded.pending) == (Fraction(2, 5), Fraction(2, 5), False)


def test_the_course_mark_has_what_the_tries_counted() -> None:
    asked = course(review=[stepped("r1", FULL, HALF), stepped("r2", FULL, HALF)], weights=(100, 0, 0))

    grade = course_grade(asked, [*answers("r1", WRONG, RIGHT), *answers("r2", WRONG)])

    assert (grade.mark, grade.reachable) == (Fraction(25), Fraction(50))


def test_in_the_exam_later_tries_count_less_too() -> None:
    pool = (stepped("e1", FULL, HALF), stepped("e2", FULL, HALF))

    grade = course_grade(
        course(final=exam(*pool), weights=(0, 0, 100)),
        [],
        exam=pool,
        exam_attempts=[*answers("e1", WRONG, RIGHT), *answers("e2", WRONG)],
        exam_closed=True,
    )

    assert (grade.mark, grade.reachable) == (Fraction(25), Fraction(25))


# Due dates


@pytest.mark.parametrize(
    ("at", "credit"),
    [
        (DUE_AT - DAY, FULL),
        (DUE_AT, FULL),
        (DUE_AT + timedelta(microseconds=1), HALF),
        (DUE_AT + 300 * DAY, HALF),
    ],
)
def test_an_answer_counts_whole_until_that_instant_and_less_after_it(at: datetime, credit: Fraction) -> None:
    reached = standing(question("q"), given_at(at, RIGHT), LATE_HALF)

    assert (reached.right, reached.credit, reached.reachable) == (True, credit, credit)


def test_a_late_answer_may_count_nothing_and_is_still_right() -> None:
    reached = standing(question("q"), given_at(DUE_AT + DAY, RIGHT), Due(DUE_AT, NOTHING))

    assert (reached.right, reached.settled, reached.credit) == (True, True, NOTHING)


def test_a_late_answer_on_a_later_try_counts_less_for_both() -> None:
    asked = stepped("q", FULL, HALF)

    reached = standing(asked, given_at(DUE_AT + DAY, WRONG, RIGHT), LATE_HALF)

    assert reached.credit == QUARTER


@pytest.mark.parametrize(
    ("now", "reachable"), [(None, FULL), (DUE_AT, FULL), (DUE_AT + SECOND, HALF), (DUE_AT + 30 * DAY, FULL)]
)
def test_what_can_still_be_reached_depends_on_the_hour(now: datetime | None, reachable: Fraction) -> None:
    due = replace(LATE_HALF, until=DUE_AT + 30 * DAY)

    assert standing(question("q"), [], due, now=now).reachable == reachable


@pytest.mark.parametrize(("after_the_stop", "credit"), [(-SECOND, HALF), (timedelta(0), FULL), (DAY, FULL)])
def test_from_the_moment_a_cohort_was_stopped_nothing_is_late(
    after_the_stop: timedelta, credit: Fraction
) -> None:
    stopped = DUE_AT + 2 * DAY
    due = replace(LATE_HALF, until=stopped)

    assert standing(question("q"), given_at(stopped + after_the_stop, RIGHT), due).credit == credit


def test_a_cohort_stopped_before_the_due_date_makes_nothing_late() -> None:
    due = replace(LATE_HALF, until=DUE_AT - DAY)

    assert standing(question("q"), given_at(DUE_AT + DAY, RIGHT), due).credit == FULL


def test_a_written_answer_is_late_when_it_was_given_late_whenever_it_is_marked() -> None:
    late = [replace(attempt, at=DUE_AT + DAY) for attempt in answers("w", ESSAY)]

    waiting = standing(written("w"), late, LATE_HALF)
    graded = standing(written("w"), marked(late, {("w", 1): HALF}), LATE_HALF)

    assert (waiting.credit, waiting.reachable) == (NOTHING, HALF)
    assert graded.credit == QUARTER


def test_the_exam_is_never_late() -> None:
    pool = (question("q"),)

    grade = course_grade(
        course(final=exam(*pool), weights=(0, 0, 100)),
        [],
        exam=pool,
        exam_attempts=given_at(DUE_AT + DAY, RIGHT),
        exam_closed=True,
        due={"q": LATE_HALF},
        now=DUE_AT + DAY,
    )

    assert grade.mark == 100


# What is left out


@pytest.mark.parametrize(
    ("drop", "right", "expected"),
    [
        (0, 2, Fraction(2, 4)),
        (1, 2, Fraction(2, 3)),
        (2, 2, FULL),
        (1, 0, NOTHING),
        (3, 1, FULL),
        (4, 4, NOTHING),  # of nothing that counts nothing is earned
    ],
)
def test_of_questions_that_count_alike_the_worst_are_left_out(
    drop: int, right: int, expected: Fraction
) -> None:
    asked = dropping(course(review=questions("r", 4), weights=(100, 0, 0)), drop)

    grade = course_grade(asked, [each for n in range(1, right + 1) for each in answers(f"r{n}", RIGHT)])

    assert grade.parts[0].earned == expected
    assert (grade.parts[0].dropped, grade.parts[0].questions) == (drop, 4)


def test_where_points_differ_left_out_is_what_costs_the_most() -> None:
    large, small = stepped("large", HALF, points=10), question("small")
    asked = dropping(course(review=[large, small], weights=(100, 0, 0)), 1)

    # All of the small one is better than half of the large one; half is better than nothing.
    assert course_grade(asked, [*answers("large", RIGHT), *answers("small", RIGHT)]).mark == 100
    assert course_grade(asked, answers("large", RIGHT)).mark == 50


RESULTS = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from([NOTHING, QUARTER, Fraction(1, 3), HALF, FULL])),
    min_size=1,
    max_size=7,
)


@given(RESULTS, st.integers(0, 8))
def test_no_other_choice_of_what_to_leave_out_would_give_more(
    results: list[tuple[int, Fraction]], drop: int
) -> None:
    asked = [stepped(f"r{n}", credit, points=points) for n, (points, credit) in enumerate(results)]
    graded = dropping(course(review=asked, weights=(100, 0, 0)), drop)

    grade = course_grade(graded, [each for one in asked for each in answers(one.id, RIGHT)])

    best = max((share(kept) for kept in combinations(results, max(0, len(results) - drop))), default=NOTHING)
    assert grade.parts[0].earned == grade.parts[0].reachable == best


def share(kept: Sequence[tuple[int, Fraction]]) -> Fraction:
    return sum((points * credit for points, credit in kept), NOTHING) / (sum(p for p, _ in kept) or 1)


# What somebody thinks never counts


@pytest.mark.parametrize("kind", sorted(UNGRADED))
def test_what_is_not_graded_has_no_part_in_the_grade(kind: Kind) -> None:
    opinion = question("opinion", kind=kind, points=9, tries=1)
    asked = dropping(course(review=[question("r1"), opinion, question("r2")], weights=(100, 0, 0)), 1)
    tried = answers("r1", RIGHT)

    without, with_it = course_grade(asked, tried), course_grade(asked, [*tried, *answers("opinion", ESSAY)])

    assert without == with_it
    assert [q.id for q in part_questions(asked, PartKind.REVIEW)] == ["r1", "r2"]
    assert with_it.parts[0].questions == 2
    assert with_it.mark == 100  # the other one is left out


# Properties: any answers at any time

FRACTIONS = st.sampled_from([NOTHING, QUARTER, Fraction(1, 3), HALF, FULL])
CREDITS = st.lists(FRACTIONS, max_size=3).map(lambda each: tuple(sorted(each, reverse=True)))
ANSWERS = st.sampled_from([RIGHT, WRONG, Chosen(("other",))])
MOMENTS = st.lists(st.integers(-5, 5), min_size=12, max_size=12).map(sorted)


@st.composite
def some_questions(draw: st.DrawFn, prefix: str) -> tuple[Question, ...]:
    kinds = draw(st.lists(st.sampled_from([Kind.ONE, Kind.ONE, Kind.WRITTEN, Kind.POLL]), max_size=4))
    return tuple(
        replace(
            question(
                f"{prefix}{n}", kind=kind, points=draw(st.integers(1, 5)), tries=draw(st.integers(1, 3))
            ),
            credits=draw(CREDITS),
        )
        for n, kind in enumerate(kinds)
    )


@st.composite
def schemes(draw: st.DrawFn) -> tuple[Course, Mapping[str, Due]]:
    """Give a course with questions of every sort, what it leaves out, and by when answers are due."""
    review, case = draw(some_questions("r")), draw(some_questions("c"))
    asked = dropping(course(review=review, case=case, weights=(60, 40, 0)), draw(st.integers(0, 3)))
    late = draw(FRACTIONS)
    due = {q.id: Due(DUE_AT + draw(st.integers(-3, 3)) * DAY, late) for q in (*review, *case)}
    return asked, due if draw(st.booleans()) else NOTHING_DUE


@given(schemes(), MOMENTS, st.data())
def test_what_is_earned_can_be_reached_and_what_can_be_reached_never_rises(
    scheme: tuple[Course, Mapping[str, Due]], days: list[int], data: st.DataObject
) -> None:
    asked, due = scheme
    all_asked = list(asked.questions().values())
    tried: list[Attempt] = []
    before: Grade | None = None
    for day in days:
        now = DUE_AT + day * DAY
        if all_asked:
            one = data.draw(st.sampled_from(all_asked))
            n = 1 + sum(attempt.question_id == one.id for attempt in tried)
            essay = one.kind is Kind.WRITTEN
            mark = data.draw(FRACTIONS | st.none()) if essay else None
            tried.append(Attempt(one.id, n, ESSAY if essay else data.draw(ANSWERS), mark, now))
        grade = course_grade(asked, tried, due=due, now=now)
        for part in grade.parts:
            assert 0 <= part.earned <= part.reachable <= 1
        assert 0 <= grade.mark <= grade.reachable <= 100
        if before is not None:
            assert before.mark <= grade.mark
            assert grade.reachable <= before.reachable
        before = grade


@given(st.integers(1, 4), CREDITS, FRACTIONS, st.lists(st.tuples(ANSWERS, st.integers(-3, 3)), max_size=6))
def test_a_question_counts_what_its_first_right_answer_does(
    tries: int, by_try: tuple[Fraction, ...], late: Fraction, given_answers: list[tuple[Answer, int]]
) -> None:
    asked = replace(question("q", tries=tries), credits=by_try)
    tried = [
        Attempt("q", n, answer, at=DUE_AT + day * DAY) for n, (answer, day) in enumerate(given_answers, 1)
    ]

    reached = standing(asked, tried, Due(DUE_AT, late), now=DUE_AT + 4 * DAY)

    first = next((attempt for attempt in tried[:tries] if attempt.answer == RIGHT), None)
    if first is None:
        used = min(len(tried), tries)
        left = late * asked.credit_on(used + 1) if used < tries else NOTHING
        assert reached == Standing(used, tries, False, NOTHING, left)
    else:
        counted = asked.credit_on(first.n) * (FULL if first.at and first.at <= DUE_AT else late)
        assert reached == Standing(first.n, tries, True, counted, counted)
