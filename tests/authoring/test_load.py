"""What a folder of files becomes."""

from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from tutorbot.authoring import load
from tutorbot.lessons.course import PartKind, TextIn
from tutorbot.lessons.question import Accepted, NumberKey
from tutorbot.lessons.text import Listing, Paragraph, Picture, Span, Table, plain, plain_text


def test_a_course_has_its_modules_lessons_and_questions_in_the_authors_order(small: Path) -> None:
    course = load(small).course

    assert [module.id for module in course.modules] == ["flour", "time"]
    assert [lesson.id for lesson in course.lessons()] == [
        "the-flat-loaf",
        "a-cup-is-no-measure",
        "the-dough-that-waited",
    ]
    assert list(course.questions()) == [
        "the-flat-loaf-1",
        "the-flat-loaf-2",
        "a-cup-is-no-measure-1",
        "a-cup-is-no-measure-2",
        "the-dough-that-waited-1",
        "the-first-morning-1",
        "the-first-morning-2",
        "exam-gluten-1",
        "exam-gluten-2",
        "exam-gluten-3",
        "exam-gluten-4",
        "exam-proving-1",
        "exam-proving-2",
    ]


def test_a_course_knows_how_it_is_graded_and_taught(small: Path) -> None:
    course = load(small).course

    assert course.scheme.pass_mark == 75
    assert [(part.kind, part.weight) for part in course.scheme.parts] == [
        (PartKind.REVIEW, 40),
        (PartKind.CASE, 30),
        (PartKind.EXAM, 30),
    ]
    assert course.text_in is TextIn.DIRECT
    assert course.badge.accent == "#f5c26b"
    assert [topic.id for module in course.syllabus for topic in module.topics] == [
        "gluten",
        "weighing",
        "proving",
    ]
    assert course.exam is not None
    assert [(draw.topic, draw.count) for draw in course.exam.draws] == [("gluten", 2), ("proving", 1)]
    assert course.exam.minutes == 30


def test_a_question_of_each_kind_has_its_key(small: Path) -> None:
    questions = load(small).course.questions()

    assert [option.right for option in questions["the-flat-loaf-1"].options] == [True, False, False]
    assert [option.right for option in questions["the-flat-loaf-2"].options] == [True, True, False]
    assert questions["a-cup-is-no-measure-1"].number == NumberKey(Fraction(70), Fraction(1, 2), "%")
    assert questions["a-cup-is-no-measure-2"].accepted == tuple(map(Accepted, ("scale", "a scale", "scales")))
    assert plain_text(questions["the-first-morning-2"].model).startswith("Bread flour")


def test_tries_are_the_questions_own_or_the_courses_unless_a_second_would_be_sure(small: Path) -> None:
    questions = load(small).course.questions()

    assert questions["the-flat-loaf-1"].tries == 2  # the course's
    assert questions["a-cup-is-no-measure-1"].tries == 3  # its own
    assert questions["the-dough-that-waited-1"].tries == 1  # two options
    assert questions["the-first-morning-2"].tries == 1  # marked by staff


def test_a_question_has_the_topic_of_its_lesson_or_file(small: Path) -> None:
    questions = load(small).course.questions()

    assert questions["the-flat-loaf-1"].topic == "gluten"
    assert questions["the-first-morning-2"].topic == "weighing"
    assert questions["exam-proving-1"].topic == "proving"


def test_questions_share_a_situation(small: Path) -> None:
    questions = load(small).course.questions()

    assert plain_text(questions["exam-proving-1"].situation).startswith("The kitchen has 12 degrees.")
    assert questions["exam-proving-1"].situation == questions["exam-proving-2"].situation
    assert questions["exam-gluten-1"].situation == ()


def test_a_lessons_text_is_a_tree(small: Path) -> None:
    lesson = next(load(small).course.lessons())

    assert lesson.text[0] == Paragraph(
        (
            Span("Ada bakes "),
            Span("two", italic=True),
            Span(" loaves after one recipe. "),
            Span("One is flat", bold=True),
            Span(", and "),
            Span("gluten", code=True),
            Span(" is why."),
        )
    )
    (listing,) = (block for block in lesson.text if isinstance(block, Listing))
    assert [plain_text(item) for item in listing.items] == [
        "Water wakes the flour's proteins.",
        "They make a net:\nit stretches,\nit holds.",
    ]
    (table,) = (block for block in lesson.text if isinstance(block, Table))
    assert [plain(cell) for cell in table.rows[1]] == ["Bread", "13 g"]


def test_pictures_are_named_by_their_digest_and_come_along(small: Path) -> None:
    loaded = load(small)

    svg = (small / "1-flour/pictures/two-loaves.svg").read_bytes()
    digest = sha256(svg).hexdigest()
    lesson = next(loaded.course.lessons())
    assert loaded.pictures == {digest: ("1-flour/pictures/two-loaves.svg", "image/svg+xml", svg)}
    assert lesson.picture == Picture(digest, "A high loaf beside a flat one.")
    assert lesson.picture in lesson.text


def test_the_digest_is_the_same_wherever_the_course_lies_and_whatever_authors_keep_beside_it(
    small: Path, copy: Path
) -> None:
    (copy / "README.md").write_text("For those who write the course.")
    (copy / ".hidden").write_text("An editor's own.")
    (copy / "code").mkdir()
    (copy / "code" / "loaf.py").write_text("strong = True")

    assert load(copy).digest == load(small).digest


def test_the_digest_changes_with_any_file(small: Path, copy: Path) -> None:
    digests = {load(small).digest}
    for file in sorted(path for path in copy.rglob("*") if path.is_file()):
        file.write_text(file.read_text() + "\n")
        digests.add(load(copy).digest)

    assert len(digests) == 1 + len([path for path in copy.rglob("*") if path.is_file()])


def test_values_stay_what_the_author_typed(copy: Path) -> None:
    file = copy / "1-flour/a-cup-is-no-measure.questions.yaml"
    typed = file.read_text().replace(
        "      - scale\n      - a scale\n", "      - no\n      - 1:30\n      - 012\n"
    )
    file.write_text(
        typed.replace("      - scales\n", "      - 2026-11-23\n      - ~\n      - 1e3\n      - .5\n")
    )

    accepted = load(copy).course.questions()["a-cup-is-no-measure-2"].accepted

    assert tuple(form.text for form in accepted) == ("no", "1:30", "012", "2026-11-23", "~", "1e3", ".5")


def test_a_course_may_go_without_a_case_study_and_an_exam(copy: Path) -> None:
    for folder in ("case-study", "exam"):
        for file in (copy / folder).iterdir():
            file.unlink()
    course = (copy / "course.yaml").read_text()
    before, _, after = course.partition("    - part: case study")
    (copy / "course.yaml").write_text(
        before.replace("weight: 40", "weight: 100") + after[after.index("policies") :]
    )

    loaded = load(copy).course

    assert loaded.case_study is None
    assert loaded.exam is None
