"""A question with several choices: boxes are checked, then answered."""

import pytest

from tests.wire.classroom import Classroom, Pupil, play
from tutorbot.lessons.answers import Chosen
from tutorbot.lessons.text import plain_text
from tutorbot.sandbox import Message


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the second question of lesson 1.1."""
    anna.takes("bread")
    anna.command("quiz 1.1")
    anna.room.let_happen()
    anna.answers()
    anna.sees("Right.")
    anna.press("Next question")
    anna.sees("Question 2 of 2")
    return anna


def with_boxes(pupil: Pupil) -> Message:
    """Return the message with the boxes of the current try."""
    n = pupil.question().n
    return pupil.room.sandbox.wait_for(
        lambda: next((p for p in pupil.posts() if any(i.action_id.endswith(f":{n}") for i in p.inputs)), None)
    )


def check(pupil: Pupil, *letters: str) -> Message:
    """Check just these boxes."""
    message = with_boxes(pupil)
    (boxes,) = message.inputs
    pupil.person.check(message, boxes.action_id, [box for box in boxes.options if box[0] in letters])
    return message


def test_all_that_are_right_and_nothing_else_is_right(anna: Pupil) -> None:
    check(anna, *anna.letters(right=True))
    anna.press("Answer")

    message = anna.sees("Right.", "Work and time build the net")
    assert "Choose all that are right." in message.plain
    assert message.plain.count("(right answer, you chose this)") == 2
    assert message.inputs == []


def test_some_of_what_is_right_says_that_something_is_missing_but_not_what(anna: Pupil) -> None:
    check(anna, anna.letters(right=True)[0])
    anna.press("Answer")

    message = anna.sees("Not right. 1 try left.", "something is still missing")
    assert "right answer" not in message.plain


def test_a_wrong_box_gets_its_own_feedback(anna: Pupil) -> None:
    check(anna, "A", "B", "C")
    anna.press("Answer")

    order = anna.question().drawing.shown_order
    wrong = next(option.id for option in anna.question().question.options if not option.right)
    anna.sees("Not right. 1 try left.", f"{'ABC'[order.index(wrong)]}  Fat comes between the proteins.")


def test_feedback_to_several_right_ones_names_each_by_its_letter_as_shown(anna: Pupil) -> None:
    page = anna.question()
    order, options = page.drawing.shown_order, {option.id: option for option in page.question.options}
    check(anna, *anna.letters(right=True))
    anna.press("Answer")

    shown = anna.sees("Right.").plain
    told = [
        f"{letter}  {plain_text(options[each].feedback)}" for letter, each in zip("ABC", order, strict=True)
    ]
    places = [shown.index(line) for line, each in zip(told, order, strict=True) if options[each].right]
    assert places == sorted(places)


def test_after_a_try_one_sees_what_one_had_chosen(anna: Pupil) -> None:
    check(anna, "A", "C")
    anna.press("Answer")

    anna.sees("Not right. 1 try left.", "You answered A and C")


def test_no_box_checked_is_no_try(anna: Pupil) -> None:
    anna.press("Answer")

    anna.sees("Check at least one box, then press Answer.")
    assert len(anna.attempts()) == 1


def test_boxes_unchecked_again_are_no_try(anna: Pupil) -> None:
    check(anna, "A")
    check(anna)

    anna.press("Answer")

    anna.sees("Check at least one box, then press Answer.")
    assert len(anna.attempts()) == 1


def test_what_is_checked_stays_where_the_question_is_redrawn_meanwhile(room: Classroom, anna: Pupil) -> None:
    message = check(anna, *anna.letters(right=True))

    room.bot.drawer.draw(anna.question().drawing.place_id)
    room.drawn()
    assert room.sandbox.calls[-1].method == "chat.update"
    anna.person.click(message, "Answer")

    anna.sees("Right.", "Work and time build the net")


def test_checking_a_box_records_nothing(room: Classroom, anna: Pupil) -> None:
    check(anna, "A")

    assert len(anna.attempts()) == 1
    assert anna.question().drawing.choice is None


def test_a_double_click_uses_one_try_and_complains_of_nothing(room: Classroom, anna: Pupil) -> None:
    message = check(anna, "C")

    anna.person.click(message, "Answer", as_seen=True)
    anna.sees("1 try left")
    anna.person.click(message, "Answer", as_seen=True)

    anna.sees("1 try left")
    assert [attempt.answer for attempt in anna.attempts()[1:]] == [
        Chosen((anna.question().drawing.shown_order[2],))
    ]
    room.drawn()
    assert not any("Check at least one box" in str(call.args) for call in room.sandbox.calls)


def test_the_same_boxes_again_are_no_try(anna: Pupil) -> None:
    play(
        anna,
        (lambda: check(anna, "A", "C"), "Question 2 of 2"),
        (anna.presses("Answer"), "1 try left"),
        (lambda: check(anna, "C", "A"), "1 try left"),
        (anna.presses("Answer"), "You have given that answer to this question before."),
    )

    assert len(anna.attempts()) == 2
