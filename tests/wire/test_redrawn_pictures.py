"""A question keeps its picture when it is redrawn, also where Slack has lost the picture meanwhile."""

from dataclasses import replace

import pytest

from tests.wire.classroom import Classroom, Pupil, with_questions
from tutorbot.lessons.course import Course
from tutorbot.lessons.text import Picture
from tutorbot.sandbox import Fault, Message


def illustrated(course: Course) -> Course:
    """Return the course with a picture of its first lesson in every question."""
    digest = picture_of(course)
    picture = Picture(digest, "A high loaf beside a flat one.")
    return with_questions(course, lambda question: replace(question, prompt=(*question.prompt, picture)))


def picture_of(course: Course) -> str:
    picture = next(course.lessons()).picture
    assert picture is not None
    return picture.digest


@pytest.fixture
def anna(room: Classroom, anna: Pupil) -> Pupil:
    """Give somebody before a question with a picture."""
    room.offer_changed(illustrated)
    anna.takes("bread")
    anna.command("quiz 1.1")
    assert pictures(shown(anna)) == 1
    return anna


def shown(pupil: Pupil) -> Message:
    (message,) = [post for post in pupil.posts() if "Question" in post.plain]
    return message


def pictures(message: Message) -> int:
    return sum(block["type"] == "image" for block in message.blocks)


def lose_the_picture(room: Classroom) -> None:
    """Let Slack delete every file there is, as it does after a while in some workspaces."""
    for file in list(room.sandbox.workspace.files):
        room.bot.slack.call("files.delete", file=file)


def calls(room: Classroom, method: str) -> int:
    return sum(call.method == method for call in room.sandbox.calls)


def test_a_picture_that_is_gone_is_uploaded_again_when_a_press_redraws_its_question(
    room: Classroom, anna: Pupil
) -> None:
    lose_the_picture(room)

    anna.answers()

    message = anna.sees("Right.")
    room.drawn()
    assert isinstance(message, Message)
    assert pictures(message) == 1
    assert calls(room, "files.completeUploadExternal") == 2
    assert calls(room, "response_url/actions") == 2
    assert calls(room, "chat.update") == 0


def test_a_picture_that_is_gone_is_uploaded_again_when_a_typed_answer_redraws_its_question(
    room: Classroom, anna: Pupil
) -> None:
    lose_the_picture(room)

    anna.person.type(anna.letters(right=True)[0])

    room.sandbox.wait_for(lambda: "Right." in shown(anna).plain)
    assert pictures(shown(anna)) == 1
    assert calls(room, "files.completeUploadExternal") == 2


def test_a_drawing_that_slack_refuses_for_its_picture_again_is_not_tried_for_ever(
    room: Classroom, anna: Pupil
) -> None:
    lose_the_picture(room)
    room.sandbox.misbehave(Fault.REFUSE, "chat.update", error="invalid_blocks", times=100)

    anna.person.type(anna.letters(right=True)[0])
    room.let_happen()
    room.drawn()

    assert calls(room, "chat.update") == 2
    assert len(anna.attempts()) == 1
