"""A course that is kept as text comes back as it was."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.lessons.course import (
    Badge,
    CaseStudy,
    Course,
    Draw,
    Exam,
    Exercise,
    Information,
    Lesson,
    Module,
    Part,
    PartKind,
    Person,
    Scheme,
    SyllabusModule,
    TextIn,
    Topic,
)
from tutorbot.lessons.pinned import UnreadableCourse, pin, unpin
from tutorbot.lessons.question import (
    Accepted,
    Criterion,
    Item,
    Kind,
    Level,
    NumberKey,
    Option,
    Question,
    RubricLevel,
    Target,
)
from tutorbot.lessons.text import (
    Block,
    Code,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Rule,
    Span,
    Table,
)

SMALL = Course(
    id="bread",
    title="Bread",
    tagline="",
    about=(Paragraph((Span("Flour, "), Span("water", bold=True))),),
    gives=(),
    effort="",
    staff=(),
    information=(),
    scheme=Scheme((Part(PartKind.REVIEW, "Review", 100),), Fraction(149, 2)),
    policies=(),
    badge=Badge("Baker", (), "#000000", "#ffffff"),
    syllabus=(),
    modules=(),
    case_study=None,
    exam=None,
)

TEXT = st.text(max_size=6)
FRACTIONS = st.fractions(max_denominator=1_000)
SPANS = st.lists(st.builds(Span, TEXT, *(st.booleans() for _ in range(4)), TEXT), max_size=2).map(tuple)
CELLS = st.lists(SPANS, max_size=2).map(tuple)
PICTURES = st.builds(Picture, TEXT, TEXT, TEXT)
LEAVES: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 6), SPANS),
    st.builds(Paragraph, SPANS),
    st.builds(Code, TEXT, TEXT),
    st.builds(Table, CELLS, st.lists(CELLS, max_size=2).map(tuple)),
    PICTURES,
    st.just(Rule()),
)


def proses(block: st.SearchStrategy[Block]) -> st.SearchStrategy[Prose]:
    return st.lists(block, max_size=2).map(tuple)


BLOCKS: st.SearchStrategy[Block] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Quote, proses(inner)),
        st.builds(Listing, st.booleans(), st.lists(proses(inner), max_size=2).map(tuple), st.integers(0, 9)),
    ),
    max_leaves=4,
)
PROSE = proses(BLOCKS)
OPTIONS = st.builds(Option, TEXT, SPANS, st.booleans(), PROSE)
QUESTIONS = st.builds(
    Question,
    id=TEXT,
    kind=st.sampled_from(Kind),
    topic=TEXT,
    level=st.none() | st.sampled_from(Level),
    prompt=PROSE,
    explanation=PROSE,
    points=st.integers(0, 9),
    tries=st.integers(0, 9),
    options=st.lists(OPTIONS, max_size=2).map(tuple),
    shuffle=st.booleans(),
    number=st.none() | st.builds(NumberKey, FRACTIONS, FRACTIONS, TEXT),
    accepted=st.lists(st.builds(Accepted, TEXT, *(st.booleans() for _ in range(3))), max_size=2).map(tuple),
    credits=st.lists(FRACTIONS, max_size=2).map(tuple),
    items=st.lists(st.builds(Item, TEXT, SPANS, TEXT), max_size=2).map(tuple),
    targets=st.lists(st.builds(Target, TEXT, SPANS), max_size=2).map(tuple),
    rubric=st.lists(
        st.builds(
            Criterion, TEXT, st.lists(st.builds(RubricLevel, st.integers(0, 9), SPANS), max_size=2).map(tuple)
        ),
        max_size=2,
    ).map(tuple),
)
ASKED = st.lists(QUESTIONS, max_size=2).map(tuple)
LESSONS = st.builds(Lesson, TEXT, TEXT, TEXT, st.integers(1, 60), SPANS, PROSE, ASKED, st.none() | PICTURES)
COURSES = st.builds(
    Course,
    id=TEXT,
    title=TEXT,
    tagline=TEXT,
    about=PROSE,
    gives=CELLS,
    effort=TEXT,
    staff=st.lists(st.builds(Person, TEXT, TEXT, PROSE, st.none() | PICTURES), max_size=2).map(tuple),
    information=st.lists(st.builds(Information, TEXT, PROSE), max_size=1).map(tuple),
    scheme=st.builds(
        Scheme,
        st.lists(st.builds(Part, st.sampled_from(PartKind), TEXT, st.integers(0, 100)), max_size=2).map(
            tuple
        ),
        FRACTIONS,
    ),
    policies=st.just(()),
    badge=st.builds(Badge, TEXT, SPANS, TEXT, TEXT, st.none() | PICTURES),
    syllabus=st.just((SyllabusModule("a", "A", (Topic("b", "B"),)),)),
    modules=st.lists(
        st.builds(Module, TEXT, TEXT, SPANS, st.lists(LESSONS, max_size=1).map(tuple)), max_size=1
    ).map(tuple),
    case_study=st.none()
    | st.builds(
        CaseStudy,
        TEXT,
        TEXT,
        PROSE,
        st.lists(st.builds(Exercise, TEXT, TEXT, st.integers(1, 60), PROSE, ASKED, TEXT), max_size=1).map(
            tuple
        ),
    ),
    exam=st.none() | st.builds(Exam, ASKED, st.just((Draw("a", 1),)), st.none() | st.integers(1, 600)),
    text_in=st.sampled_from(TextIn),
)


@settings(deadline=None)
@given(COURSES)
def test_a_course_comes_back_as_it_was(course: Course) -> None:
    text = pin(course)

    assert unpin(text) == course
    assert pin(unpin(text)) == text


def test_a_course_is_kept_as_readable_json() -> None:
    kept = json.loads(pin(SMALL))

    assert kept["format"] == 1
    assert kept["course"]["id"] == "bread"
    assert kept["course"]["scheme"]["pass_mark"] == "149/2"
    assert kept["course"]["scheme"]["parts"][0]["kind"] == "review questions"
    assert kept["course"]["about"][0]["spans"][1] == {"is": "Span", "text": "water", "bold": True}


def test_what_an_older_program_did_not_write_has_its_default() -> None:
    kept = json.loads(pin(replace(SMALL, text_in=TextIn.DIRECT)))
    del kept["course"]["text_in"]

    assert unpin(json.dumps(kept)) == SMALL


def test_an_exercise_of_an_older_program_opens_at_once() -> None:
    older = replace(
        SMALL,
        case_study=CaseStudy("a", "A", (), (Exercise("b", "B", 6, (), ()), Exercise("c", "C", 6, (), ()))),
    )

    assert "after" not in pin(older)
    assert unpin(pin(older)).opens_with() == {"b": "", "c": ""}


@pytest.mark.parametrize("shuffle", [True, False])
def test_a_default_that_says_something_is_written_for_it_may_change_one_day(shuffle: bool) -> None:
    question = Question("a", Kind.ONE, "t", Level.APPLY, (), (), tries=2, shuffle=shuffle)
    course = replace(SMALL, exam=Exam((question,), ()))

    (kept,) = json.loads(pin(course))["course"]["exam"]["pool"]

    assert (kept["tries"], kept["points"], kept["shuffle"]) == (2, 1, shuffle)
    assert unpin(pin(course)) == course


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: kept | {"format": 2},
        lambda kept: kept | {"course": kept["course"] | {"bonus": 3}},
        lambda kept: kept | {"course": kept["course"] | {"title": 3}},
        lambda kept: kept | {"course": kept["course"] | {"text_in": "mail"}},
        lambda kept: kept | {"course": kept["course"] | {"about": "text"}},
        lambda kept: kept | {"course": kept["course"] | {"about": [{"is": "Video"}]}},
        lambda kept: (
            kept | {"course": kept["course"] | {"scheme": {"is": "Scheme", "parts": [], "pass_mark": "1/0"}}}
        ),
        lambda kept: (
            kept | {"course": {key: kept["course"][key] for key in kept["course"] if key != "title"}}
        ),
        lambda _: {"format": 1},
        lambda kept: [kept],
    ],
)
def test_what_is_not_wholly_understood_is_refused(spoil: object) -> None:
    assert callable(spoil)
    text = json.dumps(spoil(json.loads(pin(SMALL))))

    with pytest.raises(UnreadableCourse, match="may have been stored by a newer tutorbot"):
        unpin(text)


@given(st.text(max_size=30))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCourse):
        unpin(text)
