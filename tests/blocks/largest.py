"""A course in which everything is as long, and as many, as authors may write, and nobody means well."""

from dataclasses import replace
from fractions import Fraction

from tutorbot.lessons.course import Course, Draw, Exam, Information, Module, Person, SyllabusModule, Topic
from tutorbot.lessons.question import Accepted, Criterion, Item, Kind, Option, Question, RubricLevel, Target
from tutorbot.lessons.text import Paragraph, Prose, Span, Spans, Table

PING = "<!channel> <@U0BEN> <https://example.org|here> & *b* _i_ ~s~ `c` :smile: "


def line(length: int) -> str:
    """Return a line of hostile words of just this length."""
    return (PING * (length // len(PING) + 1))[:length].strip().ljust(length, "x")


def spans(length: int) -> Spans:
    """Return a line in two styles."""
    return (Span(line(length // 2), bold=True), Span(line(length - length // 2)))


def prose(length: int, *, paragraphs: int = 3) -> Prose:
    """Return prose of this length, a table in it."""
    cell = (Span(line(20)),)
    each = Paragraph(spans(length // paragraphs))
    return (*[each] * paragraphs, Table((cell, cell), ((cell, cell),)))


def largest(course: Course, more: tuple[Question, ...]) -> Course:
    """Return the course, grown, with more questions in its lessons."""
    module = course.modules[0]
    lessons = tuple(
        replace(
            lesson,
            title=line(100),
            summary=spans(300),
            text=prose(40_000, paragraphs=60),
            questions=tuple(_questions(lesson.questions + (more if m == 0 else ()), f"m{m}-{lesson.id}")),
            id=f"m{m}-{lesson.id}",
        )
        for m in range(15)
        for lesson in module.lessons
    )
    modules = tuple(
        Module(f"m{m}", f"{m} {line(90)}", spans(300), lessons[2 * m : 2 * m + 2]) for m in range(15)
    )
    assert course.exam is not None
    assert course.case_study is not None
    pool = tuple(
        replace(question, id=f"exam-{n}", topic="gluten")
        for n, question in enumerate(_questions(course.exam.pool * 30, "e"))
    )
    return replace(
        course,
        title=line(100),
        tagline=line(150),
        about=prose(10_000, paragraphs=20),
        gives=(spans(300),) * 20,
        effort=line(100),
        staff=(Person(line(100), line(150), prose(2_000)),) * 20,
        information=(Information(line(100), prose(2_500)),) * 20,
        policies=(Information(line(100), prose(2_500)),) * 20,
        badge=replace(course.badge, title=line(100), text=spans(300)),
        syllabus=tuple(
            SyllabusModule(module.id, module.title, (Topic("t", line(150)),) * 50) for module in modules
        )
        + tuple(SyllabusModule(f"x{n}", line(100), (Topic("t", line(150)),) * 50) for n in range(20)),
        modules=modules,
        case_study=replace(
            course.case_study,
            text=prose(10_000),
            exercises=tuple(
                replace(exercise, title=line(100), text=prose(20_000, paragraphs=30))
                for exercise in course.case_study.exercises
            ),
        ),
        exam=Exam(pool, (Draw("gluten", len(pool)),), 600),
    )


def _questions(questions: tuple[Question, ...], prefix: str) -> list[Question]:
    return [grown(question, f"{prefix}-{n}") for n, question in enumerate(questions)]


def grown(question: Question, question_id: str) -> Question:
    """Return a question with everything as long as it may be."""
    options = tuple(
        Option(f"o{n}", (*spans(290), Span(f" {n}")), right=n % 4 == 0 or n == 0, feedback=prose(1_000))
        for n in range(8 if question.options else 0)
    )
    if question.kind is Kind.ONE:
        options = tuple(replace(option, right=n == 0) for n, option in enumerate(options))
    if question.kind is Kind.SCALE:
        options = tuple(Option(f"o{n}", (Span(line(50)),) if n in (0, 9) else ()) for n in range(10))
    targets = tuple(
        Target(f"t{n}", (*spans(140), Span(f" {n}"))) for n in range(14 if question.targets else 0)
    )
    items = tuple(
        Item(f"i{n}", (*spans(140), Span(f" {n}")), f"t{n}" if targets else "")
        for n in range(8 if question.items else 0)
    )
    levels = tuple(RubricLevel(points, spans(300)) for points in range(6))
    return replace(
        question,
        id=question_id,
        prompt=prose(1_500),
        situation=prose(2_000),
        hint=prose(1_000),
        explanation=prose(1_500),
        options=options,
        items=items,
        targets=targets,
        rubric=tuple(Criterion(line(150), levels) for _ in range(10 if question.rubric else 0)),
        credits=(Fraction(1), Fraction(2, 3), Fraction(1, 3)) if question.is_graded else (),
        accepted=(Accepted(line(150)),) if question.accepted else (),
        right=prose(1_000),
        wrong=prose(1_000),
        model=prose(3_000) if question.model else (),
        tries=5 if question.is_graded else 1,
    )
