"""Numbers, short texts and written answers go into a window."""

import pytest

from tests.wire.classroom import Classroom, Pupil
from tutorbot.lessons.answers import Typed
from tutorbot.sandbox import ViewSeen

INPUT = "answer-text"


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the number that lesson 1.2 asks for."""
    anna.takes("bread")
    anna.command("quiz 1.2")
    anna.room.let_happen()
    return anna


def opened(pupil: Pupil) -> ViewSeen:
    """Press the button and return the window."""
    pupil.press("Write your answer")
    view = pupil.person.view
    assert view is not None
    return view


def test_the_window_repeats_the_question_and_says_what_it_wants(anna: Pupil) -> None:
    view = opened(anna)

    assert (view.title, view.submit) == ("Your answer", "Answer")
    assert "A dough has 500 g of flour and 350 g of water." in view.plain
    assert view.inputs[0].label == "A number (%)"
    assert view.private_metadata == ""


def test_a_right_number_closes_the_window_and_is_told_in_the_message(anna: Pupil) -> None:
    opened(anna)

    assert anna.person.submit({INPUT: "70 %"}).ok

    assert anna.person.view is None
    message = anna.sees("Right.", "350 is 70 percent of 500.", "350 / 500 is 70 %.")
    assert "You answered “70 %”" in message.plain
    assert "The answer: 70 %" in message.plain


def test_a_wrong_number_keeps_the_answer_hidden(anna: Pupil) -> None:
    opened(anna)
    anna.person.submit({INPUT: "41"})

    message = anna.sees("Not right. 2 tries left.", "Set the water against the flour")
    assert "The answer" not in message.plain
    assert "350 / 500 is 70 %." not in message.plain


@pytest.mark.parametrize("text", ["seventy", "70 g", "1/0", "70,000"])
def test_what_cannot_be_read_is_told_under_the_field_and_is_no_try(anna: Pupil, text: str) -> None:
    opened(anna)

    answer = anna.person.submit({INPUT: text})

    assert set(answer.errors) == {INPUT}
    assert "Answer with" in answer.errors[INPUT]
    assert anna.person.view is not None
    assert anna.attempts() == []


def test_the_window_can_be_mended_and_handed_in(anna: Pupil) -> None:
    opened(anna)
    anna.person.submit({INPUT: "seventy"})

    assert anna.person.submit({INPUT: "70"}).ok

    anna.sees("Right.")
    assert anna.attempts()[0].answer == Typed("70")


def test_the_same_number_in_another_form_is_no_try(anna: Pupil) -> None:
    opened(anna)
    anna.person.submit({INPUT: "41"})
    anna.sees("2 tries left")
    opened(anna)

    answer = anna.person.submit({INPUT: "41.0 %"})

    assert "You have given that answer to this question before." in answer.errors[INPUT]
    assert len(anna.attempts()) == 1


def test_an_empty_field_is_not_sent(anna: Pupil) -> None:
    opened(anna)

    assert anna.person.submit({}).error == "incomplete"
    assert anna.attempts() == []


def test_a_window_left_open_while_the_question_was_settled_records_nothing(anna: Pupil) -> None:
    opened(anna)
    anna.command("answer 70")
    anna.sees("Right.")

    assert anna.person.submit({INPUT: "41"}).ok

    assert len(anna.attempts()) == 1
    assert anna.person.view is None


def test_a_window_of_an_earlier_try_records_nothing(anna: Pupil) -> None:
    opened(anna)
    anna.command("answer 41")
    anna.sees("2 tries left")

    assert anna.person.submit({INPUT: "42"}).ok

    assert [attempt.answer for attempt in anna.attempts()] == [Typed("41")]


def test_a_settled_question_opens_no_window(anna: Pupil) -> None:
    message = anna.posts()[-1]
    anna.command("answer 70")
    anna.sees("Right.")

    anna.person.click(message, "Write your answer", as_seen=True)

    anna.sees("That question takes no more answers.")
    assert anna.person.view is None


def test_a_short_text_is_forgiven_its_case_and_its_article(anna: Pupil) -> None:
    anna.command("answer 70")
    anna.press("Next question")
    anna.sees("What does one read the weight from?")
    view = opened(anna)
    assert view.inputs[0].label == "A word or a few"

    anna.person.submit({INPUT: " A Scale. "})

    anna.sees("Right.", "So it is.", "The answer: scale")


def test_what_is_typed_pings_nobody(anna: Pupil) -> None:
    anna.command("answer 70")
    anna.press("Next question")
    anna.sees("What does one read the weight from?")
    opened(anna)

    anna.person.submit({INPUT: "<!channel> & <@U0BEN>"})

    anna.sees("You answered “<!channel> & <@U0BEN>”", "Not right")
    assert [message.pings for message in anna.posts() if message.pings] == []


def test_a_written_answer_waits_for_staff(room: Classroom, anna: Pupil) -> None:
    anna.command("case")
    room.let_happen()
    anna.answers()
    anna.sees("Right.", "The flour is new")
    anna.press("Next question")
    anna.sees("Write down what Bruno orders, and why.")
    view = opened(anna)
    assert view.inputs[0].label == "Your answer"

    anna.person.submit({INPUT: "Bread flour.\nBy weight, since a cup is no measure."})

    message = anna.sees("Your answer is recorded. Staff will mark it.")
    assert "Bread flour with 12 g of protein" not in message.plain
    anna.press("How it went")
    anna.sees("1 of 2 questions right. 1 written answer waiting to be marked by staff.")
    assert "1 answer waiting to be marked" in anna.reply("progress")
