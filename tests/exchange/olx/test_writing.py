"""A course of ours becomes one in OLX, which reads back as the same questions."""

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.any_question import PICTURE, questions
from tutorbot.authoring import Loaded, load
from tutorbot.errors import BadInput
from tutorbot.exchange.drafting import NO_EXPLANATION, NO_FEEDBACK, NO_MODEL
from tutorbot.exchange.given import Left
from tutorbot.exchange.html.reading import read_html, read_line
from tutorbot.exchange.html.tree import parse_html
from tutorbot.exchange.html.writing import line_to_html, to_html
from tutorbot.exchange.olx import reading, writing
from tutorbot.exchange.olx.answers import are_texts, read_number, tolerance_text
from tutorbot.exchange.olx.components import component_of
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import read_xml
from tutorbot.lessons.course import Exam, Exercise, Lesson, Scheme
from tutorbot.lessons.patterns import matches
from tutorbot.lessons.question import (
    Accepted,
    Criterion,
    Item,
    Kind,
    Level,
    Option,
    Question,
    RubricLevel,
    Target,
)
from tutorbot.lessons.text import Prose, Span, Spans, plain

COURSES = Path(__file__).parents[2] / "authoring" / "courses"
CONTENT = Path(__file__).parents[3] / "content" / "cqrs-event-sourcing"
loaded_from = cache(load)
HELD = (Kind.ONE, Kind.SEVERAL, Kind.MATCH, Kind.NUMBER, Kind.TEXT, Kind.WRITTEN)


def shown(prose: Prose) -> Prose:
    """Return the prose as HTML shows it: runs of spaces are one."""
    return read_html(to_html(prose, "/static/{}".format), Place("any.html"), lambda _: PICTURE)[0]


def shown_line(line: Spans) -> Spans:
    return read_line(parse_html(line_to_html(line)), "any.html")[0]


def unstyled(line: Spans) -> Spans:
    return (Span(" ".join(plain(line).split())),)


def as_olx_holds_it(question: Question) -> Question:
    """Return what is left of the question once it has been in OLX."""
    held = replace(
        question,
        topic="",
        level=Level.APPLY,
        credits=(),
        prompt=shown(question.prompt),
        situation=shown(question.situation),
        explanation=shown(question.explanation),
        hint=shown(question.hint),
        right=shown(question.right),
        wrong=shown(question.wrong),
        options=tuple(map(_held_option, question.options)),
    )
    match question.kind:
        case Kind.SEVERAL:
            return replace(held, shuffle=False)
        case Kind.MATCH:
            items = tuple(Item(item.id, shown_line(item.text), item.match) for item in question.items)
            targets = tuple(Target(target.id, unstyled(target.text)) for target in question.targets)
            return replace(held, items=items, targets=targets, right=NO_FEEDBACK, wrong=NO_FEEDBACK)
        case Kind.NUMBER:
            assert question.number
            rounded = read_number(tolerance_text(question.number.tolerance)) or Fraction(0)
            return replace(held, number=replace(question.number, tolerance=rounded), wrong=NO_FEEDBACK)
        case Kind.TEXT:
            return replace(held, accepted=_held_forms(question.accepted))
        case Kind.WRITTEN:
            return _held_answer(held)
        case _:
            return held


def _held_option(option: Option) -> Option:
    return replace(option, text=shown_line(option.text), feedback=shown(option.feedback))


def _held_forms(forms: tuple[Accepted, ...]) -> tuple[Accepted, ...]:
    if are_texts(list(forms)):
        return tuple(dict.fromkeys(replace(form, spaces=False) for form in forms))
    return tuple(
        dict.fromkeys(
            Accepted(form.text if form.is_pattern else escaped(form.text), is_pattern=True, case=form.case)
            for form in forms
        )
    )


def escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\^$.|?*+()[]{}" else char for char in text)


def _held_answer(question: Question) -> Question:
    said = [(0, "It does not do."), (question.points, "It does.")]
    whole = Criterion("The answer", tuple(RubricLevel(points, (Span(text),)) for points, text in said))
    rubric = question.rubric or (whole,)
    return replace(
        question,
        prompt=(*question.situation, *question.prompt),
        situation=(),
        explanation=NO_EXPLANATION,
        hint=(),
        tries=1,
        model=NO_MODEL,
        points=sum(criterion.most for criterion in rubric),
        rubric=rubric,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(questions(HELD))
def test_a_question_that_was_in_olx_is_the_same(tmp_path: Path, question: Question) -> None:
    component = component_of(question, "Question 1", "/static/{}.png".format, lambda _: None)
    assert component
    path = tmp_path / "q.xml"
    path.write_text(component.xml, encoding="utf-8")

    taken = reading.read(path)

    assert [draft.question for draft in taken.drafts] == [as_olx_holds_it(question)]


def every_question(loaded: Loaded) -> list[Question]:
    drawn = {draw.topic for draw in loaded.course.exam.draws} if loaded.course.exam else set()
    pool = loaded.course.exam.pool if loaded.course.exam else ()
    without = [question.id for question in pool if question.topic not in drawn]
    return [
        question
        for question in loaded.course.questions().values()
        if question.kind in HELD and question.id not in without
    ]


@pytest.mark.parametrize("folder", [COURSES / "small", COURSES / "every-kind", CONTENT])
@pytest.mark.parametrize("name", ["course", "course.tar.gz"])
def test_a_course_that_was_in_olx_has_the_same_questions(tmp_path: Path, folder: Path, name: str) -> None:
    loaded = loaded_from(folder)

    given = writing.write(loaded, tmp_path / name)
    taken = reading.read(tmp_path / name)

    asked = every_question(loaded)
    assert [replace(draft.question, topic="") for draft in taken.drafts] == list(map(as_olx_holds_it, asked))
    assert given.questions == len(asked)


def test_a_question_that_was_in_olx_is_told_with_its_lesson(tmp_path: Path) -> None:
    loaded = loaded_from(COURSES / "small")

    writing.write(loaded, tmp_path / "olx")
    taken = reading.read(tmp_path / "olx")

    pages: list[Lesson | Exercise] = [*loaded.course.lessons(), *loaded.course.exercises()]
    asked_in = {question.id: page.id for page in pages for question in page.questions}
    for draft in taken.drafts:
        assert draft.question.topic == asked_in.get(draft.question.id, "exam")


@pytest.mark.parametrize("folder", [COURSES / "small", COURSES / "every-kind", CONTENT])
def test_every_file_is_sound_and_every_name_leads_to_one(folder: Path) -> None:
    files = writing.give(loaded_from(folder)).files

    names: list[str] = []
    for name, data in files.items():
        if name.endswith(".xml"):
            root = read_xml(data, name)
            for part in [
                root,
                *root.within("chapter", "sequential", "vertical", "html", "problem", "openassessment"),
            ]:
                if url := part.get("url_name"):
                    assert part.elements or f"{part.name}/{url}.xml" in files
                    names.append(url)
            if html := root.get("filename"):
                assert f"html/{html}.html" in files
        elif name.endswith(".html"):
            read_xml(b"<html>" + data + b"</html>", name)
    assert len(set(names)) == len(names)


def test_the_grading_policy_holds_the_weights_the_drops_and_the_pass_mark() -> None:
    loaded = loaded_from(COURSES / "small")
    parts = tuple(replace(part, drop=2) for part in loaded.course.scheme.parts)
    scheme = Scheme(parts, loaded.course.scheme.pass_mark)

    given = writing.give(replace(loaded, course=replace(loaded.course, scheme=scheme)))

    policy = json.loads(given.files["policies/course/grading_policy.json"])
    assert policy["GRADE_CUTOFFS"] == {"Pass": float(scheme.pass_mark / 100)}
    assert [part["weight"] for part in policy["GRADER"]] == [part.weight / 100 for part in parts]
    assert [(part["min_count"], part["drop_count"]) for part in policy["GRADER"]] == [(3, 2), (1, 0), (1, 0)]
    assert any("drops whole lessons or exercises in OLX, 2 of them" in each.what for each in given.left)


def test_a_sequential_counts_for_its_part() -> None:
    files = writing.give(loaded_from(COURSES / "small")).files

    lesson = read_xml(files["sequential/the-flat-loaf.xml"], "")
    story = read_xml(files["sequential/case-study-story.xml"], "")
    assert (lesson.get("format"), lesson.get("graded")) == ("Review questions", "true")
    assert (story.get("format"), story.get("graded")) == ("", "")


def test_the_exam_draws_from_its_topics_within_its_time() -> None:
    loaded = loaded_from(COURSES / "small")
    exam = loaded.course.exam
    assert exam
    assert exam.minutes

    given = writing.give(loaded)

    draw = exam.draws[0]
    drawn = read_xml(given.files[f"library_content/exam-{draw.topic}-draw.xml"], "")
    assert drawn.get("max_count") == str(draw.count)
    assert [part.get("url_name") for part in drawn.elements] == [
        question.id for question in exam.pool if question.topic == draw.topic
    ]
    sequential = read_xml(given.files["sequential/exam.xml"], "")
    assert sequential.get("default_time_limit_minutes") == str(exam.minutes)
    assert any("without a library" in each.what for each in given.left)


def test_all_questions_of_a_topic_need_no_draw() -> None:
    loaded = loaded_from(COURSES / "small")
    exam = loaded.course.exam
    assert exam
    draws = tuple(
        replace(draw, count=sum(each.topic == draw.topic for each in exam.pool)) for draw in exam.draws
    )
    course = replace(loaded.course, exam=Exam(exam.pool, draws[:1], None))

    given = writing.give(replace(loaded, course=course))

    assert not any(name.startswith("library_content/") for name in given.files)
    rest = [each for each in given.left if "no draw of the exam takes it" in each.what]
    assert len(rest) == 1


def test_what_olx_cannot_hold_is_told_with_the_questions_it_is_about() -> None:
    given = writing.give(loaded_from(COURSES / "every-kind"))

    told = [each.what for each in given.left]
    ordered = "a question whose items are put in order has no place in OLX and is left out"
    ungraded = "a question that is not graded has no place in OLX and is left out"
    assert Left("`order-1`", ordered) in given.left
    assert [each.of for each in given.left if each.what == ungraded] == [
        "`before`",
        "`poll-1`",
        "`comment-1`",
    ]
    assert any("the badge is left out" in what for what in told)
    assert any("counts less on a later try" in what for what in told)
    assert any("has no due date" in what for what in told)


def test_pictures_lie_in_one_folder_under_names_of_their_own(tmp_path: Path) -> None:
    loaded = loaded_from(CONTENT)

    writing.write(loaded, tmp_path / "olx")

    emblem = loaded.course.badge.emblem
    names = {path.name for path in (tmp_path / "olx" / "static").iterdir()}
    assert len(names) == len(loaded.pictures) - (emblem is not None)


def test_the_pages_about_the_course_tell_all_of_it() -> None:
    loaded = loaded_from(COURSES / "small")
    course = loaded.course

    files = writing.give(loaded).files

    page = files["about/overview.html"].decode()
    for part in (*(person.name for person in course.staff), *(topic.title for topic in course.syllabus)):
        assert part in page
    settings_of = json.loads(files["policies/course/policy.json"])["course/course"]
    assert settings_of["learning_info"] == [plain(line) for line in course.gives]
    assert files["about/short_description.html"].decode() == course.tagline


def test_a_written_answer_stands_in_its_unit_and_may_be_given_at_any_time() -> None:
    files = writing.give(loaded_from(COURSES / "every-kind")).files

    unit = read_xml(files["vertical/the-cold-room-questions.xml"], "")
    (assessment,) = unit.elements
    assert (assessment.name, assessment.get("url_name")) == ("openassessment", "written-1")
    assert assessment.get("submission_due").startswith("2099")
    assert len(list(assessment.within("criterion"))) == 2


def test_nothing_is_written_over(tmp_path: Path) -> None:
    loaded = loaded_from(COURSES / "small")
    (tmp_path / "kept.txt").write_text("mine")

    with pytest.raises(BadInput, match="is there already"):
        writing.write(loaded, tmp_path)

    writing.write(loaded, tmp_path / "a.tar.gz")
    with pytest.raises(BadInput, match="is there already"):
        writing.write(loaded, tmp_path / "a.tar.gz")


def test_the_same_course_gives_the_same_bytes(tmp_path: Path) -> None:
    loaded = loaded_from(COURSES / "small")

    writing.write(loaded, tmp_path / "a.tar.gz")
    writing.write(loaded, tmp_path / "b.tar.gz")

    assert (tmp_path / "a.tar.gz").read_bytes() == (tmp_path / "b.tar.gz").read_bytes()


@given(st.text("ab.*$^[](){}|\\+?_or", min_size=1, max_size=8).filter(lambda text: bool(text.strip())))
def test_a_text_beside_a_pattern_takes_itself(text: str) -> None:
    forms = (Accepted(text), Accepted("x+", is_pattern=True))

    literal = _held_forms(forms)[0].text

    assert matches(literal, text)
