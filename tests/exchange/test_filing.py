"""What was taken becomes files that authoring reads."""

from dataclasses import replace
from hashlib import sha256

import pytest

from tests.exchange.any_question import read_questions
from tutorbot.exchange.filing import MOST_IN_FILE, filed
from tutorbot.exchange.taken import Drafted, Missed, Place, Taken
from tutorbot.lessons.question import Kind, Level, Question
from tutorbot.lessons.text import Paragraph, Picture, Span, prose

PLACE = Place("quiz.gift", 7)
WRITTEN = Question(
    "why", Kind.WRITTEN, "", Level.APPLY, prose("Why?"), prose("So."), tries=1, model=prose("Because.")
)
PNG = b"\x89PNG\r\n\x1a\n"
DIGEST = sha256(PNG).hexdigest()


def taken(*questions: Question, pictures: dict[str, bytes] | None = None) -> Taken:
    return Taken(tuple(Drafted(question, PLACE) for question in questions), (), pictures or {})


def test_each_topic_has_a_file_and_what_has_none_is_named_after_its_source() -> None:
    found = filed(
        {"My Quiz": taken(WRITTEN, replace(WRITTEN, id="b", topic="dough"), replace(WRITTEN, id="c"))}
    )

    assert list(found.files) == ["my-quiz.questions.yaml", "dough.questions.yaml"]
    assert b"- id: why\n" in found.files["my-quiz.questions.yaml"]
    assert b"- id: c\n" in found.files["my-quiz.questions.yaml"]
    assert b"topic" not in found.files["dough.questions.yaml"]


def test_a_file_has_no_more_questions_than_a_course_reads() -> None:
    found = filed({"quiz": taken(*[WRITTEN] * (MOST_IN_FILE + 1))})

    first, second = (data.decode() for data in found.files.values())
    assert len(read_questions(first)[0]) == MOST_IN_FILE
    assert [question.id for question in read_questions(second)[0]] == [f"why-{MOST_IN_FILE + 1}"]
    assert found.questions == MOST_IN_FILE + 1


def test_a_picture_that_is_shown_stands_beside_the_file() -> None:
    shown = replace(WRITTEN, prompt=(*WRITTEN.prompt, Picture(DIGEST, "A loaf")))

    found = filed({"quiz": taken(shown, pictures={DIGEST: PNG, "f" * 64: b"<svg/>"})})

    path = f"pictures/{DIGEST[:12]}.png"
    assert list(found.files) == ["quiz.questions.yaml", path]
    assert found.files[path] == PNG
    assert f"![A loaf]({path})".encode() in found.files["quiz.questions.yaml"]


@pytest.mark.parametrize(
    ("question", "what"),
    [
        (replace(WRITTEN, prompt=prose("Ask @channel")), "`@channel` would call people in Slack"),
        (
            replace(WRITTEN, prompt=(Paragraph((Span("here", link="page.html"),)),)),
            "the link leads to `page.html`",
        ),
    ],
)
def test_what_the_check_of_a_course_would_refuse_is_not_written_but_told(
    question: Question, what: str
) -> None:
    found = filed({"quiz": taken(question)})

    assert found.files == {}
    assert found.missed == (Missed(PLACE, f"the question is not taken: {what}"),)
