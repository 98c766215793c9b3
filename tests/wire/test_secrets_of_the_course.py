"""The answer key stays home: nothing that leaves the bot, and no log, tells what is right before it may."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.authoring.every_kind import EVERY_KIND
from tests.wire.classroom import Classroom, Pupil, classroom, with_questions
from tests.wire.kinds import go_to, picks, right_ids, typed
from tutorbot.lessons.question import Accepted, NumberKey, Option, Question
from tutorbot.lessons.text import prose

SECRET = "xyzzy"
"""Stands in everything that must not be told before a question is settled."""


def marked(question: Question) -> Question:
    """Return the question with a word in its key that stands nowhere else."""
    return replace(
        question,
        options=tuple(
            replace(o, id=f"{SECRET}-{n}", feedback=prose(SECRET)) for n, o in enumerate(question.options)
        ),
        accepted=(Accepted(SECRET),) if question.accepted else (),
        explanation=prose(SECRET),
        model=prose(SECRET) if question.model else (),
        right=prose(SECRET),
        wrong=prose(SECRET),
    )


def with_another_key(question: Question) -> Question:
    """Return the question with everything the same but what is right, and what is said of it."""
    turned = question.options[1:] + question.options[:1]
    return replace(
        question,
        options=tuple(
            Option(option.id, option.text, other.right, prose(f"About {n}"))
            for n, (option, other) in enumerate(zip(question.options, turned, strict=True))
        ),
        number=question.number and NumberKey(question.number.value + 1, Fraction(3), question.number.unit),
        accepted=(Accepted("something else"),) if question.accepted else (),
        explanation=prose("Another explanation"),
        model=prose("Another model") if question.model else (),
        right=prose("Yes"),
        wrong=prose("No"),
    )


@contextmanager
def room_in(folder: Path) -> Iterator[Classroom]:
    """Give a classroom with an empty database in the folder."""
    with classroom(f"sqlite:///{folder / 'tutorbot.db'}", over_http=True) as room:
        yield room


def look_at_everything(pupil: Pupil) -> None:
    """Go wherever one can go without an answer, and wait each time until all is drawn."""

    def does(gesture: Callable[[], object], *sees: str) -> None:
        gesture()
        pupil.room.let_happen()
        pupil.sees(*sees)
        pupil.room.drawn()

    does(pupil.writes("join bread"), "Welcome to Bread")
    does(pupil.person.open_home, "Welcome to Bread")
    for command in ("", "about bread", "syllabus", "next", "case", "progress", "lesson 1.2", "lesson 2.1"):
        does(pupil.writes(command), "Welcome to Bread")
    for lesson in ("1.2", "2.1", "1.1"):
        does(pupil.writes(f"quiz {lesson}"), f"Lesson {lesson}", "Question 1 of")
    does(pupil.presses("Hint"), "Think of the net.")
    does(pupil.types("next"), "Question 2 of 2", "Which of these make the net stronger?")
    does(pupil.writes("exam"), "You have one attempt")
    does(pupil.presses("Start the exam"), "Question 1 of 3")
    for number in (1, 2, 3):
        does(pupil.presses("B"), f"Question {number} of 3", "You chose B.")
        following = f"Question {number + 1} of 3" if number < 3 else "Before you hand in"
        does(pupil.presses("Later" if number < 3 else "To the overview"), following)


def told(room: Classroom) -> set[str]:
    """Return everything that was told to Slack, without what differs each time."""
    calls = [
        f"{call.method} {json.dumps(call.args, sort_keys=True, default=str)}" for call in room.sandbox.calls
    ]
    answers = [sent.reply.body for sent in room.sandbox.sent]
    gestures = [sent.payload.get("trigger_id") or sent.payload["event_id"] for sent in room.sandbox.sent]
    return {without(each, gestures) for each in [*calls, *answers] if not each.startswith("files")}


def without(text: str, gestures: list[str]) -> str:
    """Return the text without the ids of gestures, files, messages and response URLs."""
    for gesture in gestures:
        text = text.replace(gesture, "GESTURE")
    return re.sub(r"\bF[0-9A-Z]{8,}\b|\b[0-9]{10}\.[0-9]{6}\b|response_url/\S+", "ID", text)


def test_what_is_told_before_an_answer_does_not_depend_on_the_key(tmp_path: Path) -> None:
    seen = []
    for name, change in (("one", lambda question: question), ("two", with_another_key)):
        (tmp_path / name).mkdir()
        with room_in(tmp_path / name) as room:
            room.offer_changed(lambda course, change=change: with_questions(course, change))  # type: ignore[misc]
            look_at_everything(room.pupil("anna"))
            seen.append(told(room))

    assert len(seen[0]) > 25
    assert seen[0] == seen[1]


def test_nothing_that_leaves_the_bot_holds_the_key_before_an_answer(room: Classroom, anna: Pupil) -> None:
    room.offer_changed(lambda course: with_questions(course, marked))

    look_at_everything(anna)

    assert [call.method for call in room.sandbox.calls if SECRET in str(call.args)] == []
    assert [sent.name for sent in room.sandbox.sent if SECRET in sent.reply.body] == []


def test_no_log_holds_the_key_before_an_answer(
    room: Classroom, anna: Pupil, caplog: pytest.LogCaptureFixture
) -> None:
    room.offer_changed(lambda course: with_questions(course, marked))
    caplog.set_level(logging.DEBUG)

    look_at_everything(anna)

    assert len(caplog.records) > 100
    assert [record.getMessage() for record in caplog.records if SECRET in record.getMessage()] == []


def test_ids_of_options_never_leave_the_bot(room: Classroom, anna: Pupil) -> None:
    room.offer_changed(
        lambda course: with_questions(
            course,
            lambda q: replace(
                q, options=tuple(replace(o, id=f"{SECRET}-{n}") for n, o in enumerate(q.options))
            ),
        )
    )
    anna.takes("bread")
    for quiz in ("quiz 1.1", "quiz 1.2", "quiz 2.1", "case"):
        anna.command(quiz)
        room.let_happen()
        anna.answers_all()
    anna.command("exam")
    room.let_happen()
    anna.press("Start the exam")
    for number in (1, 2, 3):
        anna.sees(f"Question {number} of 3")
        anna.chooses_and_confirms()
        anna.sees(f"Question {number} of 3", "Right.")
        anna.press("Next question" if number < 3 else "To the overview")
    anna.sees("Before you hand in")
    anna.press("Hand in")
    anna.sees("You handed it in.")
    room.drawn()

    assert [call.method for call in room.sandbox.calls if SECRET in str(call.args)] == []
    assert [sent.name for sent in room.sandbox.sent if SECRET in sent.reply.body] == []


def test_a_button_carries_a_drawing_a_try_and_the_position_as_shown(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("quiz 1.1")
    room.let_happen()

    message = anna.posts()[-1]

    drawing = anna.question().drawing
    assert [(button.text, button.action_id) for button in message.buttons] == [
        ("A", f"answer:{drawing.id}:1:0"),
        ("B", f"answer:{drawing.id}:1:1"),
        ("C", f"answer:{drawing.id}:1:2"),
        ("Hint", f"hint:{drawing.id}"),
    ]
    assert all(button.value is None for button in message.buttons)
    assert message.metadata is not None
    assert set(message.metadata["event_payload"]) == {"key"}


def test_in_the_exam_feedback_stays_home_until_it_is_handed_in(room: Classroom, anna: Pupil) -> None:
    room.offer_changed(lambda course: with_questions(course, marked))
    anna.takes("bread")
    anna.command("exam")
    room.let_happen()
    anna.press("Start the exam")
    for number in (1, 2, 3):
        anna.sees(f"Question {number} of 3")
        anna.chooses_and_confirms(right=False)
        anna.sees(f"Question {number} of 3", "Not right. 1 try left.")
        anna.chooses_and_confirms(right=number == 2)
        anna.sees(f"Question {number} of 3", "Right." if number == 2 else "Not right, and no try is left.")
        anna.press("Next question" if number < 3 else "To the overview")
    anna.sees("Before you hand in")
    room.drawn()

    assert [call.method for call in room.sandbox.calls if SECRET in str(call.args)] == []
    assert not any("right answer" in str(call.args) for call in room.sandbox.calls)


def test_what_somebody_answered_is_in_no_log(
    room: Classroom, anna: Pupil, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    anna.takes("bread")
    anna.command("quiz 1.2")
    room.let_happen()

    anna.person.type("41")
    anna.sees("2 tries left")
    anna.command("answer 4242")

    assert "4242" not in caplog.text
    assert anna.person.id not in caplog.text


# An order and a match


@pytest.fixture
def ben(room: Classroom, ben: Pupil) -> Pupil:
    """Give somebody in a room with the course that asks every kind, its ids and feedback marked."""
    room.offer(EVERY_KIND)
    room.offer_changed(lambda course: with_questions(course, with_marked_items), "proofing")
    return ben


def with_marked_items(question: Question) -> Question:
    """Return the question with a word in the ids of what is put in order or matched, and in its feedback."""
    return replace(
        question,
        items=tuple(
            replace(item, id=f"{SECRET}-{item.id}", match=item.match and f"{SECRET}-{item.match}")
            for item in question.items
        ),
        targets=tuple(replace(target, id=f"{SECRET}-{target.id}") for target in question.targets),
        right=prose(SECRET),
        explanation=prose(SECRET) if question.explanation else (),
    )


@pytest.mark.parametrize(
    ("question_id", "button", "places"), [("order-1", "Put in order", 4), ("match-1", "Match", 3)]
)
def test_an_order_and_a_match_carry_positions_as_shown_alone(
    room: Classroom, ben: Pupil, question_id: str, button: str, places: int
) -> None:
    go_to(ben, question_id)
    drawing = ben.question().drawing
    ben.press(button)
    view = ben.person.view
    assert view is not None

    menus = [block["element"] for block in view.blocks if block["type"] == "input"]
    assert [menu["action_id"] for menu in menus] == [f"answer-place:{n}" for n in range(places)]
    assert all([option["value"] for option in menu["options"]] == ["0", "1", "2", "3"] for menu in menus)
    assert (view.callback_id, view.private_metadata) == (f"written:{drawing.id}:1", "")

    right = picks(ben, right_ids(ben.question().question))
    wrong = [*right[1:], right[0]]
    assert ben.person.submit(
        {m["action_id"]: view.inputs[0].options[n] for m, n in zip(menus, wrong, strict=True)}
    ).ok
    ben.sees("Not right. 2 tries left.")
    ben.person.type(typed(ben, right=False))
    ben.sees("You have given that answer to this question before.")
    room.drawn()
    assert [call.method for call in room.sandbox.calls if SECRET in str(call.args)] == []
    assert [sent.name for sent in room.sandbox.sent if SECRET in sent.reply.body] == []


@pytest.mark.parametrize("question_id", ["order-1", "match-1"])
def test_the_items_are_shown_shuffled(room: Classroom, ben: Pupil, question_id: str) -> None:
    orders = set()
    for name in ("anna", "ben", "chiara"):
        pupil = room.pupil(name)
        go_to(pupil, question_id)
        orders.add(pupil.question().drawing.shown_order)

    assert len(orders) > 1
