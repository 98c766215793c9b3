"""A process may be killed at any point of deciding and drawing.

What was acknowledged is stored, what was not is stored once or not at all, and nothing becomes double.
"""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.lessons.courses import course, exam, questions
from tests.races.mortal import living
from tests.races.school import School, school
from tutorbot import drawing, store, web
from tutorbot.records.people import Learner
from tutorbot.records.tables import attempts, awards, closings
from tutorbot.sandbox import Message

OFTEN = 3

POINTS = [
    pytest.param(web.TAKEN, False, 0, id="the request has come in"),
    pytest.param(store.DECIDED, False, 0, id="before the commit"),
    pytest.param(store.COMMITTED, False, 1, id="after the commit, before it is acknowledged"),
    pytest.param(drawing.DRAWING, True, 1, id="acknowledged, before the drawing"),
    pytest.param(drawing.READ, True, 1, id="in the middle of the drawing"),
    pytest.param(drawing.SHOWN, True, 1, id="after the drawing"),
]
at_every_point = pytest.mark.parametrize(("point", "acknowledged", "stored"), POINTS)


@pytest.fixture
def room(database_url: str) -> Iterator[School]:
    """Give a school whose course has review questions, and an exam that is enough to pass."""
    offered = course(review=questions("q", 2 * OFTEN), final=exam(*questions("e", 2)), weights=(10, 0, 90))
    with school(database_url, offered) as opened:
        yield opened


@pytest.fixture
def anna(room: School) -> Learner:
    """Give somebody who takes the course."""
    return room.joined(Learner(room.sandbox.team, room.sandbox.person("anna").id))


def newest(room: School, who: Learner, button: str) -> Message:
    """Return the newest message to somebody with that button, once all that is owed is posted."""
    room.send()
    messages = room.sandbox.person(who.user).direct_messages()
    return next(m for m in reversed(messages) if any(b.answers_to(button) for b in m.buttons))


def wait_to_see(room: School, who: Learner, message: Message, words: str) -> Message:
    """Wait until a message says these words, and return it as it is then."""
    person = room.sandbox.person(who.user)
    room.sandbox.wait_for(lambda: words in person.now(message).plain)
    return person.now(message)


def looks(message: Message) -> tuple[str, list[tuple[str, str | None, str]]]:
    """Return what somebody sees of a message, and what its buttons do."""
    return message.plain, [(button.text, button.label, button.action_id) for button in message.buttons]


@at_every_point
def test_an_answer_is_stored_once_or_unacknowledged_and_drawn_anew_the_same(
    room: School, anna: Learner, point: str, acknowledged: bool, stored: int
) -> None:
    person = room.sandbox.person(anna.user)
    room.shown(anna, "l1")
    message = newest(room, anna, "A")

    for number in range(1, OFTEN + 1):
        page = room.seen(anna)
        before = room.count(attempts)
        wrong = "ABC"[room.position(page, right=False)]
        seen = person.now(message)

        with living(room.sandbox, room.settings, dies_at=point):
            answer = person.click(seen, wrong, as_seen=True)

        assert answer.ok is acknowledged
        assert room.count(attempts) == before + stored

        with living(room.sandbox, room.settings):
            assert person.click(seen, wrong, as_seen=True).ok
            redrawn = wait_to_see(room, anna, message, "1 try left")
        with living(room.sandbox, room.settings):
            assert person.click(seen, wrong, as_seen=True).ok
        assert room.count(attempts) == before + 1
        assert looks(person.now(message)) == looks(redrawn)

        with living(room.sandbox, room.settings):
            assert person.click(message, "ABC"[room.position(room.seen(anna), right=True)]).ok
            wait_to_see(room, anna, message, "Right.")
            if number < OFTEN:
                assert person.click(message, "Next question").ok
                wait_to_see(room, anna, message, f"Question {number + 1} of {OFTEN}")


@at_every_point
def test_an_exam_is_handed_in_with_award_result_and_badge_or_not_at_all(
    room: School, point: str, acknowledged: bool, stored: int
) -> None:
    for done, who in enumerate(room.learners(OFTEN)):
        person = room.sandbox.person(who.user)
        room.sat_exam(who)
        message = newest(room, who, "To the overview")
        with living(room.sandbox, room.settings):
            assert person.click(message, "To the overview").ok
            overview = wait_to_see(room, who, message, "Before you hand in")

        with living(room.sandbox, room.settings, dies_at=point):
            assert person.click(overview, "Hand in", as_seen=True).ok is acknowledged

        assert (room.count(closings), room.count(awards)) == (done + stored, done + stored)
        assert len(owed(room, who)) == 3 * stored

        with living(room.sandbox, room.settings):
            assert person.click(overview, "Hand in", as_seen=True).ok
            wait_to_see(room, who, message, "The final exam is closed")
        assert (room.count(closings), room.count(awards)) == (done + 1, done + 1)
        assert len(owed(room, who)) == 3
    room.send()
    assert len(room.sandbox.person("anna").messages(room.badges)) == OFTEN


def owed(room: School, learner: Learner) -> list[str]:
    """Return the keys of what passing the exam owes: its result, the badge and the learner's own copy."""
    return [key for key in room.keys(learner) if key.startswith(("award/", "sitting/"))]


@pytest.mark.parametrize("point", [web.TAKEN, store.DECIDED, store.COMMITTED])
def test_a_typed_answer_that_slack_tells_again_counts_once_and_is_replied_to_once(
    room: School, anna: Learner, point: str
) -> None:
    person = room.sandbox.person(anna.user)
    room.shown(anna, "l1")

    for number in range(1, OFTEN + 1):
        letter = "ABC"[room.position(room.seen(anna), right=True)]
        before = room.count(attempts)

        with living(room.sandbox, room.settings, dies_at=point):
            person.type(letter)
        with living(room.sandbox, room.settings):
            room.sandbox.retry_events()
            room.sandbox.wait_for(partial(has_replies, room, anna, number))
            room.sandbox.retry_events()

        assert room.count(attempts) == before + 1
        assert has_replies(room, anna, number)
        with living(room.sandbox, room.settings):
            person.type("next")


def has_replies(room: School, learner: Learner, number: int) -> bool:
    """Say whether so many replies to what was typed, and notes, are owed."""
    return number == len([key for key in room.keys(learner) if key.startswith(("typed/", "note/"))])
