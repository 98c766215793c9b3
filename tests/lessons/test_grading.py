"""Attempts become a grade, exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise

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
from tutorbot.lessons.answers import Answer
from tutorbot.lessons.course import Course, Draw, PartKind
from tutorbot.lessons.grading import (
    Attempt,
    Grade,
    PartGrade,
    Standing,
    course_grade,
    part_questions,
    show_percent,
    standing,
)
from tutorbot.lessons.question import Kind, Question

NOTHING, HALF, FULL = Fraction(0), Fraction(1, 2), Fraction(1)
HUNDREDTHS = st.integers(0, 10_000).map(lambda n: Fraction(n, 100))
PERCENTAGES = st.fractions(0, 100)


def part(grade: Grade, kind: PartKind) -> PartGrade:
    return next(part for part in grade.parts if part.part.kind is kind)


# One question


def test_a_question_nobody_answered_has_all_its_tries() -> None:
    fresh = standing(question("q"), [])

    assert fresh == Standing(used=0, tries=2, right=False, credit=NOTHING, reachable=FULL)
    assert (fresh.settled, fresh.left, fresh.pending) == (False, 2, False)


@pytest.mark.parametrize("given_before", [(), (WRONG,), (WRONG, WRONG)])
def test_a_right_answer_gives_full_credit_on_any_try(given_before: tuple[Answer, ...]) -> None:
    asked = question("q", tries=3)

    reached = standing(asked, answers("q", *given_before, RIGHT))

    assert reached == Standing(used=len(given_before) + 1, tries=3, right=True, credit=FULL, reachable=FULL)
    assert (reached.settled, reached.left) == (True, 0)


def test_a_wrong_answer_leaves_the_other_tries() -> None:
    reached = standing(question("q", tries=3), answers("q", WRONG))

    assert reached == Standing(used=1, tries=3, right=False, credit=NOTHING, reachable=FULL)
    assert (reached.settled, reached.left) == (False, 2)


def test_a_question_is_settled_when_its_tries_are_used_up() -> None:
    reached = standing(question("q"), answers("q", WRONG, WRONG))

    assert reached == Standing(used=2, tries=2, right=False, credit=NOTHING, reachable=NOTHING)
    assert (reached.settled, reached.left) == (True, 0)


def test_an_answer_after_the_last_try_counts_nothing() -> None:
    late = standing(question("q", tries=1), answers("q", WRONG, RIGHT))

    assert late == standing(question("q", tries=1), answers("q", WRONG))


def test_an_answer_after_a_right_one_changes_nothing() -> None:
    more = standing(question("q", tries=3), answers("q", RIGHT, WRONG))

    assert more == standing(question("q", tries=3), answers("q", RIGHT))


@given(st.permutations(answers("q", WRONG, WRONG, RIGHT, RIGHT)), st.integers(1, 5))
def test_the_order_in_which_the_attempts_are_read_has_no_part_in_it(
    shuffled: list[Attempt], tries: int
) -> None:
    asked = question("q", tries=tries)

    assert standing(asked, shuffled) == standing(asked, answers("q", WRONG, WRONG, RIGHT, RIGHT))


# Written answers


def test_a_written_answer_waits_for_its_mark_and_counts_nothing_yet() -> None:
    waiting = standing(written("w"), answers("w", ESSAY))

    assert waiting == Standing(used=1, tries=1, right=None, credit=NOTHING, reachable=FULL)
    assert (waiting.settled, waiting.pending) == (True, True)


@pytest.mark.parametrize(("credit", "right"), [(NOTHING, False), (HALF, False), (FULL, True)])
def test_a_marked_answer_has_the_credit_that_staff_gave(credit: Fraction, right: bool) -> None:
    graded = standing(written("w"), marked(answers("w", ESSAY), {("w", 1): credit}))

    assert (graded.right, graded.credit, graded.pending, graded.settled) == (right, credit, False, True)


def test_of_two_marked_answers_the_better_one_counts() -> None:
    twice = answers("w", ESSAY, ESSAY)

    graded = standing(written("w", tries=2), marked(twice, {("w", 1): HALF, ("w", 2): Fraction(1, 4)}))

    assert (graded.credit, graded.right, graded.pending) == (HALF, False, False)


def test_a_mark_is_for_one_answer_and_the_next_one_waits_for_its_own() -> None:
    again = standing(written("w", tries=2), marked(answers("w", ESSAY, ESSAY), {("w", 1): HALF}))

    assert (again.credit, again.right, again.pending) == (HALF, None, True)


def test_nothing_waits_behind_full_credit() -> None:
    full = standing(written("w", tries=2), marked(answers("w", ESSAY, ESSAY), {("w", 2): Fraction(1)}))

    assert (full.right, full.pending, full.settled) == (True, False, True)


def test_staff_cannot_mark_what_the_key_marks() -> None:
    assert standing(question("q"), marked(answers("q", WRONG), {("q", 1): Fraction(1)})).credit == 0


def test_unmarked_work_is_pending_and_still_to_be_reached() -> None:
    asked = course(case=[question("c"), written("w", points=3)])
    tried = [*answers("c", RIGHT), *answers("w", ESSAY)]

    waiting = course_grade(asked, tried)
    graded = course_grade(asked, marked(tried, {("w", 1): HALF}))

    assert (waiting.pending, waiting.mark, waiting.reachable) == (1, Fraction(30, 4), Fraction(30))
    assert (graded.pending, graded.mark, graded.reachable) == (0, Fraction(75, 4), Fraction(75, 4))


# The course mark


def test_each_part_counts_by_its_weight() -> None:
    asked = course(review=questions("r", 4), case=questions("c", 2), final=exam(*questions("e", 10)))

    grade = course_grade(
        asked,
        [attempt for right in ("r1", "r2", "r3", "c1") for attempt in answers(right, RIGHT)],
        exam=questions("e", 10),
        exam_attempts=[attempt for n in range(1, 10) for attempt in answers(f"e{n}", WRONG, RIGHT)],
        exam_closed=True,
    )

    assert [graded.percent for graded in grade.parts] == [75, 50, 90]
    assert grade.mark == 30 + 15 + 27


def test_a_question_counts_by_its_points() -> None:
    asked = course(review=[question("small"), question("large", points=4)], weights=(100, 0, 0))

    assert course_grade(asked, answers("small", RIGHT)).mark == 20
    assert course_grade(asked, answers("large", RIGHT)).mark == 80


def test_a_mark_just_under_the_pass_mark_is_not_rounded_up() -> None:
    asked = course(review=questions("r", 4_000), weights=(100, 0, 0))
    right = [attempt for n in range(1, 3_000) for attempt in answers(f"r{n}", RIGHT)]

    just_under = course_grade(asked, right)
    exactly = course_grade(asked, [*right, *answers("r3000", RIGHT)])

    assert just_under.mark == Fraction(2_999, 40)  # 74.975
    assert not just_under.passed
    assert show_percent(just_under.mark) == "74.97 %"
    assert exactly.mark == 75
    assert exactly.passed
    assert show_percent(exactly.mark) == "75 %"


def test_thirds_add_up_to_a_pass_exactly() -> None:
    asked = course(review=questions("r", 3), weights=(100, 0, 0), pass_mark=Fraction(200, 3))

    assert course_grade(asked, [*answers("r1", RIGHT), *answers("r2", RIGHT)]).passed


def test_a_part_without_questions_gives_nothing_and_promises_nothing() -> None:
    asked = course(review=questions("r", 1))

    grade = course_grade(asked, answers("r1", RIGHT))

    assert grade.mark == grade.reachable == 40
    assert [graded.percent for graded in grade.parts] == [100, 0, 0]


def test_questions_without_points_give_nothing() -> None:
    asked = course(review=[question("q", points=0)], weights=(100, 0, 0))

    grade = course_grade(asked, answers("q", RIGHT))

    assert grade.mark == grade.reachable == grade.parts[0].percent == 0


def test_answers_to_questions_that_the_course_no_longer_has_are_left_alone() -> None:
    asked = course(review=questions("r", 1))

    assert course_grade(asked, [*answers("r1", RIGHT), *answers("gone", RIGHT)]).mark == 40


# The exam

ESSAY_EXAM = exam(question("e1"), question("e2"), written("w1"), written("w2"))
EXAM_ANSWERS = [*answers("e1", RIGHT), *answers("e2", WRONG), *answers("w1", ESSAY)]


def test_an_exam_that_is_not_begun_counts_nothing_and_can_all_be_reached() -> None:
    grade = course_grade(course(final=ESSAY_EXAM), [])
    final = part(grade, PartKind.EXAM)

    assert grade.mark == final.percent == 0
    assert grade.reachable == 30
    assert (final.questions, final.settled, final.pending) == (0, 0, 0)


def test_an_open_exam_gives_nothing_yet_whatever_was_answered() -> None:
    grade = course_grade(course(final=ESSAY_EXAM), [], exam=ESSAY_EXAM.pool, exam_attempts=EXAM_ANSWERS)
    final = part(grade, PartKind.EXAM)

    assert grade.mark == final.percent == 0
    assert grade.reachable == 30
    assert (final.questions, final.settled, final.pending) == (4, 2, 0)


def test_what_is_lost_in_an_open_exam_can_no_longer_be_reached() -> None:
    lost = answers("e2", WRONG, WRONG)

    grade = course_grade(course(final=ESSAY_EXAM), [], exam=ESSAY_EXAM.pool, exam_attempts=lost)

    assert grade.mark == 0
    assert grade.reachable == Fraction(90, 4)


def test_a_closed_exam_counts_what_was_answered_and_only_unmarked_work_can_gain() -> None:
    grade = course_grade(
        course(final=ESSAY_EXAM), [], exam=ESSAY_EXAM.pool, exam_attempts=EXAM_ANSWERS, exam_closed=True
    )
    final = part(grade, PartKind.EXAM)

    assert grade.mark == Fraction(30, 4)
    assert grade.reachable == 15
    assert final.percent == 25
    assert (final.questions, final.settled, final.pending) == (4, 4, 1)


def test_written_work_in_the_exam_is_marked_like_any_other() -> None:
    grade = course_grade(
        course(final=ESSAY_EXAM),
        [],
        exam=ESSAY_EXAM.pool,
        exam_attempts=marked(EXAM_ANSWERS, {("w1", 1): HALF}),
        exam_closed=True,
    )

    assert (grade.mark, grade.reachable, grade.pending) == (Fraction(45, 4), Fraction(45, 4), 0)


def test_only_the_questions_that_were_drawn_count() -> None:
    final = replace(exam(*questions("e", 8)), draws=(Draw("events", 2),))

    grade = course_grade(
        course(final=final), [], exam=final.pool[:2], exam_attempts=answers("e1", RIGHT), exam_closed=True
    )

    assert grade.mark == 15


def test_an_exam_that_draws_nothing_promises_nothing() -> None:
    assert course_grade(course(final=exam()), []).reachable == 0


# Properties: journeys of answers, marks and an exam, in any order


@dataclass
class Journey:
    """A course, and what has happened in it so far."""

    course: Course
    drawn: tuple[Question, ...]
    answered: list[Attempt] = field(default_factory=list)
    marks: dict[tuple[str, int], Fraction] = field(default_factory=dict)
    begun: bool = False
    closed: bool = False

    def grade(self) -> Grade:
        ids = {asked.id for asked in self.drawn}
        answered = marked(self.answered, self.marks)
        return course_grade(
            self.course,
            [attempt for attempt in answered if attempt.question_id not in ids],
            exam=self.drawn if self.begun else None,
            exam_attempts=[attempt for attempt in answered if attempt.question_id in ids],
            exam_closed=self.closed,
        )

    def answer(self, asked: Question, given_answer: Answer) -> None:
        if asked in self.drawn and (self.closed or not self.begun):
            return
        n = 1 + sum(attempt.question_id == asked.id for attempt in self.answered)
        self.answered.append(Attempt(asked.id, n, given_answer))

    def mark(self, asked: Question, credit: Fraction) -> None:
        tries = (attempt for attempt in self.answered if attempt.question_id == asked.id)
        unmarked = [(asked.id, attempt.n) for attempt in tries if (asked.id, attempt.n) not in self.marks]
        if unmarked:
            self.marks[unmarked[0]] = credit


@st.composite
def some_questions(draw: st.DrawFn, prefix: str, fewest_points: int = 0) -> tuple[Question, ...]:
    kinds = draw(st.lists(st.sampled_from([Kind.ONE, Kind.ONE, Kind.WRITTEN]), max_size=3))
    return tuple(
        question(
            f"{prefix}{n}",
            kind=kind,
            points=draw(st.integers(fewest_points, 5)),
            tries=draw(st.integers(1, 3)),
        )
        for n, kind in enumerate(kinds)
    )


@st.composite
def beginnings(draw: st.DrawFn) -> Journey:
    review, case = draw(some_questions("r")), draw(some_questions("c"))
    drawn = draw(some_questions("e", fewest_points=1))
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    asked = course(
        review=review,
        case=case,
        final=exam(*drawn) if drawn else None,
        weights=(first, second, 100 - first - second),
        pass_mark=draw(HUNDREDTHS),
    )
    return Journey(asked, drawn)


CREDITS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1)])


def travel(journey: Journey, data: st.DataObject) -> Iterator[Grade]:
    """Yield the grade at the start and after each thing that happens."""
    asked = [
        *part_questions(journey.course, PartKind.REVIEW),
        *part_questions(journey.course, PartKind.CASE),
        *journey.drawn,
    ]
    yield journey.grade()
    for _ in range(data.draw(st.integers(0, 20))):
        match data.draw(st.sampled_from(["answer", "answer", "answer", "mark", "exam"])):
            case "answer" if asked:
                chosen = data.draw(st.sampled_from(asked))
                essay = chosen.kind is Kind.WRITTEN
                journey.answer(chosen, ESSAY if essay else data.draw(st.sampled_from([RIGHT, WRONG])))
            case "mark" if asked:
                journey.mark(data.draw(st.sampled_from(asked)), data.draw(CREDITS))
            case "exam" if journey.drawn:
                journey.begun, journey.closed = True, journey.begun
        yield journey.grade()


@given(beginnings(), st.data())
def test_the_mark_is_what_plain_arithmetic_makes_of_it(journey: Journey, data: st.DataObject) -> None:
    *_, grade = travel(journey, data)

    asked = [part_questions(journey.course, kind) for kind in (PartKind.REVIEW, PartKind.CASE)]
    asked.append(journey.drawn if journey.closed else ())
    expected = sum(
        Fraction(weighed(group, journey) * part.weight, 6 * sum(q.points for q in group))
        for group, part in zip(asked, journey.course.scheme.parts, strict=True)
        if any(q.points for q in group)
    )
    assert grade.mark == expected
    assert grade.passed is (expected >= journey.course.scheme.pass_mark)


def weighed(group: Sequence[Question], journey: Journey) -> int:
    """Return the points that were earned, in sixths, without the code under test."""
    earned = 0
    for asked in group:
        mine = [attempt for attempt in journey.answered if attempt.question_id == asked.id][: asked.tries]
        if asked.kind is Kind.WRITTEN:
            best = max((journey.marks.get((asked.id, attempt.n), Fraction(0)) for attempt in mine), default=0)
        else:
            best = int(any(attempt.answer == RIGHT for attempt in mine))
        earned += int(asked.points * 6 * best)
    return earned


@given(beginnings(), st.data())
def test_what_can_be_reached_never_rises_and_the_mark_never_falls(
    journey: Journey, data: st.DataObject
) -> None:
    grades = list(travel(journey, data))

    for before, after in pairwise(grades):
        assert 0 <= before.mark <= after.mark <= after.reachable <= before.reachable <= 100


@given(beginnings(), st.data())
def test_the_mark_is_all_that_can_be_reached_when_all_is_settled_and_marked(
    journey: Journey, data: st.DataObject
) -> None:
    list(travel(journey, data))
    journey.begun = journey.closed = bool(journey.drawn)
    for asked in journey.course.questions().values():
        for _ in range(asked.tries):
            if asked not in journey.drawn:
                journey.answer(asked, ESSAY if asked.kind is Kind.WRITTEN else WRONG)
            journey.mark(asked, Fraction(1, 3))

    grade = journey.grade()

    assert grade.mark == grade.reachable
    assert grade.pending == 0
    assert all(graded.settled == graded.questions for graded in grade.parts)


@given(beginnings(), st.data())
def test_what_can_be_reached_is_had_by_answering_all_the_rest_right(
    journey: Journey, data: st.DataObject
) -> None:
    *_, grade = travel(journey, data)
    journey.begun = bool(journey.drawn)
    for asked in journey.course.questions().values():
        essay = asked.kind is Kind.WRITTEN
        journey.answer(asked, ESSAY if essay else RIGHT)
        for n in range(1, asked.tries + 1):
            journey.marks.setdefault((asked.id, n), Fraction(1))
    journey.closed = journey.begun

    assert journey.grade().mark == grade.reachable


# The figure people see


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0 %"),
        ("0.004", "0 %"),
        ("0.05", "0.05 %"),
        ("7.5", "7.5 %"),
        ("10", "10 %"),
        ("66.6666", "66.66 %"),
        ("74.996", "74.99 %"),
        ("74.999999999", "74.99 %"),
        ("75", "75 %"),
        ("75.10", "75.1 %"),
        ("99.999", "99.99 %"),
        ("100", "100 %"),
    ],
)
def test_a_percentage_is_cut_after_two_decimals(value: str, shown: str) -> None:
    assert show_percent(Fraction(value)) == shown


def figure(shown: str) -> Fraction:
    return Fraction(shown.removesuffix(" %"))


@given(PERCENTAGES)
def test_a_figure_that_is_shown_is_the_exact_one_cut_off(value: Fraction) -> None:
    exact = Decimal(value.numerator) / Decimal(value.denominator)

    shown = figure(show_percent(value))

    assert 0 <= value - shown < Fraction(1, 100)
    if value == Fraction(exact):
        assert shown == Fraction(exact.quantize(Decimal("0.01"), ROUND_FLOOR))


@given(PERCENTAGES | HUNDREDTHS, HUNDREDTHS)
def test_the_figure_never_contradicts_the_decision(mark: Fraction, pass_mark: Fraction) -> None:
    grade = Grade((), mark=mark, reachable=mark, pass_mark=pass_mark)

    shown = figure(show_percent(grade.mark)) >= figure(show_percent(grade.pass_mark))

    assert shown is grade.passed


@given(HUNDREDTHS, st.integers(1, 10**9))
def test_a_hair_below_the_pass_mark_is_seen(pass_mark: Fraction, hair: int) -> None:
    below = pass_mark - Fraction(1, 100 * hair)

    if below >= 0:
        assert figure(show_percent(below)) < figure(show_percent(pass_mark))


@given(PERCENTAGES, PERCENTAGES)
def test_a_larger_percentage_is_never_shown_as_a_smaller_one(one: Fraction, other: Fraction) -> None:
    lower, higher = sorted([one, other])

    assert figure(show_percent(lower)) <= figure(show_percent(higher))
