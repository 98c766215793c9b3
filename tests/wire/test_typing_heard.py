"""What is typed is heard once, and what is no answer is not heard."""

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tutorbot.sandbox import Sent


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the first of the two questions of lesson 1.1."""
    anna.takes("bread")
    anna.command("quiz 1.1")
    anna.room.let_happen()
    return anna


def last_event(room: Classroom, sort: str = "message") -> Sent:
    """Return what Slack told the bot last of a message of a person's."""
    return next(
        s for s in reversed(room.sandbox.sent) if s.name == sort and "bot_id" not in s.payload["event"]
    )


def texts(pupil: Pupil) -> list[str]:
    """Return the texts of what the bot posted."""
    return [post.text for post in pupil.posts()]


# what is no answer


def test_edits_and_deletions_are_no_answers(anna: Pupil) -> None:
    (letter,) = anna.letters(right=False)
    message = anna.person.type(letter)
    anna.sees("1 try left")
    before = len(anna.posts())

    anna.person.edit(message, anna.letters(right=True)[0])
    anna.person.delete(message)

    assert len(anna.posts()) == before
    assert len(anna.attempts()) == 1


def test_an_address_that_unfolds_is_one_message(anna: Pupil) -> None:
    before = len(anna.posts())

    anna.person.type("https://example.org/bread")

    assert len(anna.posts()) == before + 1


def test_what_is_written_in_a_channel_is_not_for_the_bot(room: Classroom, anna: Pupil) -> None:
    before = len(anna.posts())

    anna.person.type(anna.letters(right=True)[0], CHANNEL)

    assert len(anna.posts()) == before
    assert anna.attempts() == []
    assert len(room.pupil("ben").person.messages(CHANNEL)) == 1


def test_the_bots_own_posts_are_not_answered(room: Classroom, anna: Pupil) -> None:
    anna.person.type("what?")

    first = texts(anna)
    assert any(s.name == "message" and s.payload["event"].get("bot_id") for s in room.sandbox.sent)
    assert texts(anna) == first


# events that come again


def test_a_retried_answer_is_answered_once(room: Classroom, anna: Pupil) -> None:
    (letter,) = anna.letters(right=False)
    anna.person.type(letter)
    anna.sees("1 try left")
    before = texts(anna)

    assert room.sandbox.replay(last_event(room)).ok

    assert texts(anna) == before
    assert len(anna.attempts()) == 1


@pytest.mark.parametrize("seconds", [0, 60])
@pytest.mark.parametrize("typed", ["next", "what?", "help", "lesson 1.2", "quiz 2.1", "case", "exam"])
def test_a_retried_word_is_heard_once(room: Classroom, anna: Pupil, typed: str, seconds: int) -> None:
    anna.person.type(typed)
    before, event = texts(anna), last_event(room)
    question = anna.question().drawing.id
    room.clock.forward(seconds=seconds)

    assert room.sandbox.replay(event).ok

    assert texts(anna) == before
    assert anna.question().drawing.id == question


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_retried_next_brings_one_lesson(room: Classroom, ben: Pupil, seconds: int) -> None:
    ben.takes("bread")
    ben.person.type("next")
    before, event = texts(ben), last_event(room)
    room.clock.forward(seconds=seconds)

    room.sandbox.replay(event)

    assert texts(ben) == before


def test_what_is_typed_pings_nobody(anna: Pupil) -> None:
    anna.person.type("lesson <!here> & <@U0BEN>")

    reply = anna.posts()[-1]
    assert "There is no lesson “<!here> & <@u0ben>”" in reply.plain.replace("U0BEN", "u0ben")
    assert reply.pings == []
