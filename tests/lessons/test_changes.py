"""What changed between two versions of a course is told in words, and all of it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import count
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lessons.courses import course, exam, question, questions
from tutorbot.lessons.changes import changes
from tutorbot.lessons.course import Course, Draw, Information, Lesson, Module, PartKind, SyllabusModule, Topic
from tutorbot.lessons.question import Kind, NumberKey, Option, Question
from tutorbot.lessons.text import Block, Paragraph, Picture, Span, prose


def lesson(name: str, title: str, *asked: Question) -> Lesson:
    return Lesson(name, title, "events", 5, (), prose("It has happened."), asked)


FLAT = lesson("flat", "The flat loaf", question("flat-1"), question("flat-2"))
CUP = lesson("cup", "A cup is no measure", question("cup-1"))
WAIT = lesson("wait", "The dough that waited", question("wait-1"))
FLOUR = Module("flour", "Flour", (), (FLAT, CUP))
TIME = Module("time", "Time", (), (WAIT,))
PLAIN = replace(
    course(case=questions("shop-", 2), final=exam(*questions("exam-", 3))),
    modules=(FLOUR, TIME),
    syllabus=(SyllabusModule("flour", "Flour", (Topic("gluten", "What gluten does"),)),),
)


def with_lessons(*modules: tuple[Lesson, ...]) -> Course:
    """Return the course with these lessons in its modules."""
    return replace(
        PLAIN,
        modules=tuple(
            replace(module, lessons=lessons) for module, lessons in zip((FLOUR, TIME), modules, strict=True)
        ),
    )


def with_question(changed: Question) -> Course:
    """Return the course with another first question."""
    return with_lessons((replace(FLAT, questions=(changed, FLAT.questions[1])), CUP), (WAIT,))


def with_options(*options: Option) -> Course:
    return with_question(replace(FIRST, options=options))


FIRST = FLAT.questions[0]
RIGHT, WRONG, OTHER = FIRST.options


def test_a_course_that_is_the_same_has_no_changes() -> None:
    assert changes(PLAIN, PLAIN) == ()


def test_a_lesson_is_told_of_with_its_number_and_title() -> None:
    after = with_lessons((FLAT, replace(CUP, text=prose("A scale tells grams."), minutes=7)), (WAIT,))

    assert changes(PLAIN, after) == (
        "Lesson 1.2 “A cup is no measure”: minutes changed from 5 to 7; text changed.",
    )


def test_another_title_is_told_with_the_one_before() -> None:
    after = with_lessons((replace(FLAT, title="The high loaf"), CUP), (WAIT,))

    assert changes(PLAIN, after) == ("Lesson 1.1 “The high loaf”: it was called “The flat loaf”.",)


def test_a_new_lesson_is_told_once_and_the_numbers_after_it_are_not() -> None:
    salt = lesson("salt", "Salt", *questions("salt-", 2))

    assert changes(PLAIN, with_lessons((salt, FLAT, CUP), (WAIT,))) == (
        "New: lesson 1.1 “Salt”, with 2 questions.",
    )


def test_another_lesson_that_an_exercise_opens_with_is_told_by_its_id() -> None:
    case = PLAIN.case_study
    assert case is not None
    after = replace(PLAIN, case_study=replace(case, exercises=(replace(case.exercises[0], after="cup"),)))

    assert changes(PLAIN, after) == (
        "Exercise 1 “Orders”: lesson that it opens with changed from none to “cup”.",
    )


def test_a_lesson_that_is_gone_is_told_by_the_number_it_had() -> None:
    after = with_lessons((FLAT,), (WAIT,))

    assert changes(PLAIN, after) == ("Gone: lesson 1.2 “A cup is no measure”, with 1 question.",)


def test_a_new_module_counts_what_is_in_it() -> None:
    salt = lesson("salt", "Salt", *questions("salt-", 2))
    after = replace(PLAIN, modules=(FLOUR, TIME, Module("salt", "Salt", (), (salt,))))

    assert changes(PLAIN, after) == ("New: module 3 “Salt”, with 1 lesson and 2 questions.",)


@pytest.mark.parametrize(
    ("flour", "time", "told"),
    [
        ((CUP, FLAT), (WAIT,), "Lesson 1.1 “A cup is no measure”: moved from number 2 to number 1."),
        (
            (FLAT,),
            (WAIT, CUP),
            "Lesson 2.2 “A cup is no measure”: moved from module 1 “Flour” to module 2 “Time”.",
        ),
    ],
    ids=["within its module", "to another module"],
)
def test_a_lesson_that_moved_is_told_alone(
    flour: tuple[Lesson, ...], time: tuple[Lesson, ...], told: str
) -> None:
    assert changes(PLAIN, with_lessons(flour, time)) == (told,)


def test_a_lesson_that_moved_into_a_new_module_is_neither_new_nor_gone() -> None:
    after = replace(PLAIN, modules=(FLOUR, Module("rest", "Rest", (), (WAIT,))))

    assert changes(PLAIN, after) == (
        "New: module 2 “Rest”.",
        "Lesson 2.1 “The dough that waited”: moved from module 2 “Time” to module 2 “Rest”.",
        "Gone: module 2 “Time”.",
    )


def test_the_scheme_of_the_grade_is_told_in_percent() -> None:
    review, case, final = PLAIN.scheme.parts
    after = replace(
        PLAIN,
        scheme=replace(
            PLAIN.scheme,
            parts=(replace(review, weight=50), replace(case, weight=20), final),
            pass_mark=Fraction(145, 2),
        ),
    )

    assert changes(PLAIN, after) == (
        "The grading: pass mark changed from 75 % to 72.5 %.",
        "The part “review questions”: weight changed from 40 % to 50 %.",
        "The part “case study”: weight changed from 30 % to 20 %.",
    )


def test_a_part_that_is_gone_is_told_with_what_went_with_it() -> None:
    after = replace(
        PLAIN,
        exam=None,
        scheme=replace(
            PLAIN.scheme, parts=tuple(p for p in PLAIN.scheme.parts if p.kind is not PartKind.EXAM)
        ),
    )

    assert changes(PLAIN, after) == (
        "Gone: the part “final exam”.",
        "Gone: the final exam, with 3 questions.",
    )


def test_what_the_exam_draws_is_told_by_topic() -> None:
    assert PLAIN.exam
    after = replace(PLAIN, exam=replace(PLAIN.exam, draws=(Draw("events", 2),), minutes=30))

    assert changes(PLAIN, after) == (
        "The final exam: minutes changed from none to 30.",
        "The exam's draw of the topic events: number of questions changed from 3 to 2.",
    )


def test_the_badge_is_told_with_its_colours() -> None:
    badge = replace(PLAIN.badge, colour="#000000", emblem=Picture("d1", "A loaf"))
    other = replace(badge, emblem=Picture("d2", "Two loaves"))

    assert changes(PLAIN, replace(PLAIN, badge=badge)) == (
        "The badge: colour changed from “#203040” to “#000000”; emblem added.",
    )
    assert changes(replace(PLAIN, badge=badge), replace(PLAIN, badge=other)) == (
        "The badge: emblem: its file changed; emblem: alt text changed from “A loaf” to “Two loaves”.",
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((replace(RIGHT, right=False), replace(WRONG, right=True), OTHER), "another option is right now"),
        ((RIGHT, replace(WRONG, right=True), OTHER), "other options are right now"),
        ((RIGHT, replace(WRONG, text=(Span("An order"),)), OTHER), "an option is reworded"),
        ((RIGHT, WRONG), "an option is gone"),
        ((RIGHT, WRONG, OTHER, replace(OTHER, text=(Span("A wish"),))), "an option is new"),
        ((RIGHT, WRONG, replace(OTHER, feedback=prose("No."))), "the feedback to an option changed"),
        ((WRONG, RIGHT, OTHER), "the options stand in another order"),
        ((RIGHT, WRONG, replace(OTHER, id="else")), "options changed"),
        (
            (replace(WRONG, right=True), OTHER),
            "an option is gone; another option is right now",
        ),
    ],
)
def test_options_are_told_of_by_what_changed_for_the_learner(options: tuple[Option, ...], told: str) -> None:
    assert changes(PLAIN, with_options(*options)) == (f"Review question flat-1: {told}.",)


def test_a_question_is_told_of_field_by_field() -> None:
    number = replace(FIRST, kind=Kind.NUMBER, options=(), number=NumberKey(Fraction(70), Fraction(1, 2), "%"))
    before = with_question(number)
    after = with_question(
        replace(
            number,
            tries=3,
            credits=(Fraction(1), Fraction(1, 2)),
            hint=prose("Set it against the flour."),
            prompt=prose("How much is it?"),
            number=NumberKey(Fraction(1, 3), Fraction(1, 2), "%"),
        )
    )

    (told,) = changes(before, after)
    assert told == (
        "Review question flat-1: the question itself changed; tries changed from 2 to 3; "
        "credit by try changed from none to 100 %, 50 %; hint added; "
        "right number: value changed from 70 to 1/3."
    )


def test_a_question_that_moved_between_lessons_is_told_with_both() -> None:
    after = with_lessons(
        (replace(FLAT, questions=FLAT.questions[:1]), CUP),
        (replace(WAIT, questions=(*WAIT.questions, FLAT.questions[1])),),
    )

    (told,) = changes(PLAIN, after)
    assert told == (
        "Review question flat-2: moved from lesson 1.1 “The flat loaf” to lesson 2.1 “The dough that waited”."
    )


def test_a_policy_that_was_information_is_told_so() -> None:
    rule = Information("Late work", prose("It counts half."))

    told = changes(replace(PLAIN, information=(rule,)), replace(PLAIN, policies=(rule,)))

    assert told == ("Policy “Late work”: it was information “Late work”.",)


def test_days_and_shares_of_a_part_are_told_in_their_units() -> None:
    review, *others = PLAIN.scheme.parts
    due = replace(review, due_days=7, late=Fraction(1, 2), drop=1)

    (told,) = changes(PLAIN, replace(PLAIN, scheme=replace(PLAIN.scheme, parts=(due, *others))))

    assert told == (
        "The part “review questions”: questions left out changed from 0 to 1; "
        "days until due changed from none to 7; credit when late changed from 0 % to 50 %."
    )


def test_each_thing_is_told_by_the_name_that_people_know() -> None:
    told = changes(replace(PLAIN, case_study=None, exam=None, syllabus=()), PLAIN)

    assert told == (
        "New: module “Flour” of the syllabus.",
        "New: the case study, with 1 exercise and 2 questions.",
        "New: the final exam, with 3 questions.",
    )


# Completeness: courses are made from the types alone, so a field that is added one day is tested too.

WHOLE_PROSE = 2
"""How deep in a course blocks of every kind are made; below it there are paragraphs alone."""


def made(hint: Any, numbers: Iterator[int], depth: int = 0) -> Any:
    """Return a value of the type in which nothing is empty and no two texts or numbers are the same."""
    inner = [each for each in get_args(hint) if each is not NoneType]
    if is_dataclass(hint):
        assert isinstance(hint, type)
        hints = get_type_hints(hint)
        return hint(**{each.name: made(hints[each.name], numbers, depth + 1) for each in fields(hint)})
    if get_origin(hint) is tuple:
        is_union = get_origin(inner[0]) in (Union, UnionType)
        kinds = get_args(inner[0]) if is_union else (inner[0], inner[0])
        if inner[0] == Block and depth > WHOLE_PROSE:
            kinds = (Paragraph, Paragraph)
        return tuple(made(each, numbers, depth) for each in kinds)
    if inner:
        return made(inner[0], numbers, depth)
    if issubclass(hint, Enum):
        members = list(hint)
        return members[next(numbers) % len(members)]
    return False if hint is bool else hint(next(numbers))


def variants(value: Any) -> Iterator[Any]:
    """Yield values of the same type, each with one thing in it changed."""
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            for inner in variants(getattr(value, each.name)):
                yield replace(value, **{each.name: inner})
    elif isinstance(value, tuple):
        yield from (value[1:], value[:-1], value[::-1], (*value, *value[:1]), (*value[:1], *value))
        for position in {type(each): n for n, each in enumerate(value)}.values():
            for inner in variants(value[position]):
                yield (*value[:position], inner, *value[position + 1 :])
    elif isinstance(value, Enum):
        yield from (each for each in type(value) if each is not value)
    elif value is not None:
        yield not value if isinstance(value, bool) else value + type(value)(1)


def emptied(value: Any) -> Iterator[Any]:
    """Yield values of the same type, each without one thing that may be missing."""
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        for each in fields(value):
            if NoneType in get_args(hints[each.name]):
                yield replace(value, **{each.name: None})
            for inner in emptied(getattr(value, each.name)):
                yield replace(value, **{each.name: inner})
    elif isinstance(value, tuple) and value:
        yield ()
        for inner in emptied(value[0]):
            yield (inner, *value[1:])


def reached(hint: Any, seen: set[Any]) -> set[Any]:
    """Return the dataclasses that a value of the type may be made of."""
    if is_dataclass(hint) and hint not in seen:
        seen.add(hint)
        for inner in get_type_hints(hint).values():
            reached(inner, seen)
    for inner in get_args(hint):
        reached(inner, seen)
    return seen


def kinds_in(value: Any) -> set[Any]:
    """Return the dataclasses that a value is made of."""
    if is_dataclass(value):
        inner = [kinds_in(getattr(value, each.name)) for each in fields(value)]
        return {type(value)}.union(*inner)
    return set().union(*map(kinds_in, value)) if isinstance(value, tuple) else set()


WHOLE: Course = made(Course, count(1))


def test_the_course_that_is_changed_everywhere_has_everything_in_it() -> None:
    assert kinds_in(WHOLE) == reached(Course, set())


def test_whatever_differs_between_two_courses_is_told() -> None:
    others = [other for other in (*variants(WHOLE), *emptied(WHOLE)) if other != WHOLE]

    untold = [other for other in others if not changes(WHOLE, other) or not changes(other, WHOLE)]

    assert untold == []
    assert len(others) > 300


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_courses_that_differ_in_many_ways_are_told_apart_and_equal_ones_are_not(data: st.DataObject) -> None:
    def changed(version: Course, times: int) -> Course:
        for _ in range(times):
            others = list(variants(version))
            version = others[data.draw(st.integers(0, len(others) - 1))]
        return version

    before = changed(WHOLE, data.draw(st.integers(0, 2)))
    after = changed(before, data.draw(st.integers(0, 3)))

    assert bool(changes(before, after)) == (before != after)
    assert bool(changes(after, before)) == (before != after)
