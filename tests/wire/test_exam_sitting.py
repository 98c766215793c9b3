"""The final exam: leave it and go on, hand it in, look at it again."""

from dataclasses import replace

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil, restarted
from tests.wire.exams import confirm, place, sit, start
from tutorbot.sandbox import Message


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody who sees the page before the exam."""
    anna.takes("bread")
    anna.command("exam")
    anna.room.let_happen()
    return anna


# leave and resume


def test_one_may_leave_questions_for_later_and_jump_to_them(anna: Pupil) -> None:
    start(anna)
    anna.press("Later")
    anna.sees("Question 2 of 3")
    anna.press("A")
    anna.sees("You chose A.")
    anna.press("Later")
    anna.sees("Question 3 of 3")
    confirm(anna)
    anna.press("To the overview")

    overview = anna.sees("Before you hand in")

    assert "Answered: 3" in overview.plain
    assert "Chosen but not confirmed (counts nothing yet): 2" in overview.plain
    assert "Not answered: 1" in overview.plain
    assert [button.text for button in overview.buttons] == [
        "1",
        "2",
        "Hand in",
        "Back to the questions",
    ]
    anna.press("Question 2")
    message = anna.sees("Question 2 of 3", "You chose A.")
    assert "Confirm A" in [button.text for button in message.buttons]


def test_exam_goes_on_where_one_was_with_order_and_choice_kept(room: Classroom, anna: Pupil) -> None:
    start(anna)
    confirm(anna)
    anna.press("Next question")
    anna.sees("Question 2 of 3")
    anna.press("B")
    anna.sees("You chose B.")
    order = anna.question().drawing.shown_order
    room.later(minutes=3)

    assert "Final exam: Bread, from the beginning" in anna.reply("exam", channel=CHANNEL)

    message = anna.posts()[-1]
    assert "Question 2 of 3" in message.plain
    assert "You chose B." in message.plain
    assert anna.question().drawing.shown_order == order


def test_it_goes_on_after_the_bot_was_restarted(room: Classroom, anna: Pupil, sqlite_url: str) -> None:
    start(anna)
    confirm(anna)
    anna.press("Next question")
    anna.sees("Question 2 of 3")
    anna.press("B")
    message = anna.sees("You chose B.")
    before = anna.question()

    with restarted(room, sqlite_url) as again:
        anna = again.pupil("anna")
        assert anna.question() == before
        anna.person.click(message, "Confirm B")

        assert [attempt.n for attempt in anna.attempts()] == [1, 1]
        assert isinstance(message, Message)
        again.sandbox.wait_for(lambda: "You chose B." not in anna.person.now(message).plain)


# hand in


def test_handing_in_tells_the_result_once(room: Classroom, anna: Pupil) -> None:
    sit(anna)
    overview = place(anna)

    anna.person.click(overview, "Hand in", as_seen=True)
    anna.person.click(overview, "Hand in", as_seen=True)

    room.sandbox.wait_for(lambda: "The final exam is closed." in anna.person.now(overview).plain)
    results = [post for post in anna.posts() if "Final exam: 3 of 3 right" in post.plain]
    assert len(results) == 1
    assert "You handed it in. Your course mark is 30 % now; 75 % is the pass mark." in results[0].plain
    assert "You can still reach 100 %." in results[0].plain


def test_handing_in_asks_to_be_sure_and_counts_what_is_open(anna: Pupil) -> None:
    start(anna)
    for number in (1, 2, 3):
        anna.sees(f"Question {number} of 3")
        anna.press("Later" if number < 3 else "To the overview")
    overview = anna.sees("Before you hand in", "Not answered: all 3")

    (sure,) = [e["confirm"] for b in overview.blocks for e in b.get("elements", ()) if "confirm" in e]
    assert sure["text"]["text"] == "3 questions still open. After this nothing can be changed."


def now_with(pupil: Pupil, message: Message, text: str) -> Message:
    """Wait until a message shows the text, and return it as it is then."""

    def found() -> Message | None:
        shown = pupil.person.now(message)
        return shown if text in shown.plain else None

    return pupil.room.sandbox.wait_for(found)


def test_after_handing_in_nothing_that_is_typed_is_meant_for_the_exam(room: Classroom, anna: Pupil) -> None:
    start(anna)
    room.later(seconds=11)
    anna.command("exam")  # the exam stands in two messages now, and goes on in the second
    second = anna.posts()[-1]
    for sees, does in (
        ("Question 1 of 3", "Later"),
        ("Question 2 of 3", "Later"),
        ("Question 3 of 3", "To the overview"),
        ("Before you hand in", "Hand in"),
    ):
        anna.person.click(now_with(anna, second, sees), does)
    anna.sees("Final exam: 0 of 3 right")

    anna.person.type("next")

    anna.sees("Lesson 1.1: The flat loaf", "to read")


def test_a_choice_that_was_not_confirmed_counts_nothing(anna: Pupil) -> None:
    start(anna)
    (right,) = anna.letters(right=True)
    anna.press(right)
    anna.sees(f"You chose {right}.")
    for number in (1, 2, 3):
        anna.sees(f"Question {number} of 3")
        anna.press("Later" if number < 3 else "To the overview")
    anna.sees("Before you hand in")

    anna.press("Hand in")

    anna.room.let_happen()
    anna.sees("Final exam: 0 of 3 right")
    assert anna.attempts() == []


def test_after_handing_in_nothing_is_taken(anna: Pupil) -> None:
    start(anna)
    question = place(anna)
    anna.press("Later")
    anna.sees("Question 2 of 3")
    anna.press("Later")
    anna.sees("Question 3 of 3")
    anna.press("To the overview")
    anna.sees("Before you hand in")
    anna.press("Hand in")
    anna.sees("The final exam is closed.")

    anna.person.click(question, "A", as_seen=True)

    anna.sees("The exam is closed and takes no more answers. /tutor exam shows how it went.")
    assert anna.attempts() == []


def test_after_it_every_answer_can_be_looked_at(room: Classroom, anna: Pupil) -> None:
    start(anna)
    confirm(anna, right=False)
    anna.press("Later")
    anna.sees("Question 2 of 3")
    confirm(anna)
    anna.press("Next question")
    anna.sees("Question 3 of 3")
    anna.press("To the overview")
    anna.sees("Before you hand in", "Tried, with a try left: 1")
    anna.press("Hand in")
    end = anna.sees("The final exam is closed.")

    anna.person.click(end, "Look at the questions")
    first = anna.sees("Question 1 of 3", "right answer", "Nothing of the kind happens.")
    assert [button.text for button in first.buttons] == ["Next question"]
    anna.press("Next question")
    second = anna.sees("Question 2 of 3", "right answer, you chose this", "That is what happens.")
    assert [button.text for button in second.buttons] == ["Next question"]
    anna.press("Next question")
    third = anna.sees("Question 3 of 3", "right answer")
    assert "Not answered." in third.plain
    anna.press("How it went")
    anna.sees("The final exam is closed.")
    assert len(anna.attempts()) == 2


def test_exam_after_it_shows_the_end(room: Classroom, anna: Pupil) -> None:
    sit(anna)
    anna.press("Hand in")
    anna.sees("The final exam is closed.")
    room.later(seconds=11)

    anna.command("exam")

    assert "The final exam is closed." in anna.posts()[-1].plain


def test_a_course_without_an_exam_says_so(room: Classroom) -> None:
    room.offer_changed(lambda course: replace(course, exam=None))
    chiara = room.pupil("chiara")
    chiara.takes("bread")

    assert "This course has no final exam." in chiara.reply("exam")
