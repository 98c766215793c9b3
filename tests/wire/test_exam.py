"""The final exam: its first page, and how a question is answered: choose, then confirm."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.wire.classroom import Classroom, Pupil, play, with_questions
from tests.wire.exams import confirm, place, start
from tutorbot.lessons.answers import Chosen, Typed
from tutorbot.lessons.question import Kind, NumberKey
from tutorbot.sandbox import Message


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody who sees the page before the exam."""
    anna.takes("bread")
    anna.command("exam")
    anna.room.let_happen()
    return anna


# before it


def test_the_page_before_it_tells_the_rules_and_what_is_unanswered(anna: Pupil) -> None:
    page = place(anna).plain

    assert "3 questions, 30 % of the course mark." in page
    assert "You have one attempt at this exam. A question may have several tries." in page
    assert "It closes by itself 30 minutes after you start" in page
    assert "Choose, then confirm: a choice that you did not confirm does not count." in page
    assert "7 questions of lessons and the case study still open" in page


def test_asking_does_not_start_it(anna: Pupil) -> None:
    assert "exam" not in [button.action_id for button in place(anna).buttons]
    assert "not begun" in anna.reply("progress")


def test_starting_asks_to_be_sure(anna: Pupil) -> None:
    (start_button,) = [
        element
        for block in place(anna).blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element.get("text", {}).get("text") == "Start the exam"
    ]
    assert start_button["confirm"]["title"]["text"] == "Start the exam?"


def test_it_starts_once_on_two_devices(room: Classroom, anna: Pupil) -> None:
    first = place(anna)
    room.later(seconds=11)
    anna.command("exam")
    second = anna.posts()[-1]

    anna.person.click(first, "Start the exam", as_seen=True)
    room.later(minutes=5)
    anna.person.click(second, "Start the exam", as_seen=True)

    for message in (first, second):
        room.sandbox.wait_for(lambda m=message: "Question 1 of 3" in anna.person.now(m).plain)  # type: ignore[misc]
        assert "The exam closes by itself on Monday 2 November 2026, 09:30" in anna.person.now(message).plain
    assert anna.person.now(first).text == anna.person.now(second).text


# choose, then confirm


def test_a_choice_is_kept_and_counts_nothing(anna: Pupil) -> None:
    start(anna)

    anna.press("B")

    message = anna.sees("You chose B. It counts once you confirm it, and may change until then.")
    assert "(chosen, not confirmed)" in message.plain
    assert [button.text for button in message.buttons] == ["A", "B", "C", "Confirm B", "Later"]
    assert anna.attempts() == []


def test_a_choice_may_change(anna: Pupil) -> None:
    start(anna)
    anna.press("B")
    anna.sees("You chose B.")

    anna.press("C")

    message = anna.sees("You chose C.")
    assert message.plain.count("(chosen, not confirmed)") == 1
    assert anna.attempts() == []


def test_a_confirmed_answer_is_told_right_or_wrong_and_no_more(anna: Pupil) -> None:
    start(anna)

    confirm(anna, right=False)

    message = anna.sees("Not right. 1 try left.")
    assert "Nothing of the kind happens." not in message.plain
    assert "right answer" not in message.plain
    confirm(anna)
    message = anna.sees("Question 1 of 3", "Right.")
    assert "That is what happens." not in message.plain
    assert "right answer" not in message.plain
    assert [button.text for button in message.buttons] == ["Next question"]


def test_there_is_no_hint_in_the_exam(anna: Pupil) -> None:
    start(anna)

    assert "Hint" not in [button.text for button in place(anna).buttons]


def test_a_stale_confirm_button_confirms_what_it_shows(anna: Pupil) -> None:
    start(anna)
    anna.press("B")
    stale = anna.sees("You chose B.")
    anna.press("C")
    anna.sees("You chose C.")

    anna.person.click(stale, "Confirm B", as_seen=True)

    order = anna.question().drawing.shown_order
    assert [attempt.answer for attempt in anna.attempts()] == [Chosen((order[1],))]


def test_confirming_twice_uses_one_try(anna: Pupil) -> None:
    start(anna)
    (letter,) = anna.letters(right=False)
    anna.press(letter)
    stale = anna.sees(f"You chose {letter}.")

    anna.person.click(stale, f"Confirm {letter}", as_seen=True)
    anna.sees("1 try left")
    anna.person.click(stale, f"Confirm {letter}", as_seen=True)

    assert len(anna.attempts()) == 1


def test_a_choice_of_an_earlier_try_changes_nothing(anna: Pupil) -> None:
    start(anna)
    before = place(anna)
    confirm(anna, right=False)

    anna.person.click(before, "A", as_seen=True)

    assert anna.question().drawing.choice is None


def test_a_typed_answer_is_chosen_and_confirm_confirms_it(anna: Pupil) -> None:
    start(anna)
    (letter,) = anna.letters(right=True)

    play(
        anna,
        (anna.types("confirm"), "Choose an answer first: type its letter, then confirm."),
        (anna.types(letter), f"You chose {letter}. Type “confirm” to let it count."),
    )
    assert anna.attempts() == []
    play(
        anna,
        (anna.types("Confirm"), f"You answered {letter}. Right."),
        (anna.types("next"), "Question 2 of 3"),
    )
    assert len(anna.attempts()) == 1


def test_the_button_under_a_typed_choice_confirms_what_was_typed(anna: Pupil) -> None:
    start(anna)
    anna.person.type("B")
    reply = anna.sees("You chose B. Type")
    anna.press("C")
    anna.sees("You chose C.")

    anna.person.click(reply, "Confirm", as_seen=True)

    anna.sees("You answered B.")
    order = anna.question().drawing.shown_order
    assert [attempt.answer for attempt in anna.attempts()] == [Chosen((order[1],))]


# numbers and words


@pytest.fixture
def ben(room: Classroom, ben: Pupil) -> Pupil:
    """Give somebody at the first question of an exam that asks for numbers."""
    number = NumberKey(Fraction(70), unit="%")
    room.offer_changed(
        lambda course: with_questions(
            course, lambda question: replace(question, kind=Kind.NUMBER, number=number, options=())
        )
    )
    ben.takes("bread")
    ben.command("exam")
    room.let_happen()
    start(ben)
    return ben


def writes(pupil: Pupil, text: str, button: str = "Write your answer") -> Message:
    """Write into the window, and return the message that shows it."""
    pupil.press(button)
    assert pupil.person.submit({"answer-text": text}).ok
    message = pupil.sees(f"You chose “{text}”.")
    assert isinstance(message, Message)
    return message


def test_a_number_is_kept_until_it_is_confirmed_and_may_change(ben: Pupil) -> None:
    message = writes(ben, "41 %")
    assert [button.text for button in message.buttons] == ["Change your answer", "Confirm “41 %”", "Later"]
    ben.press("Change your answer")
    view = ben.person.view
    assert view is not None
    assert (view.submit, view.inputs[0].value) == ("Keep", "41 %")
    ben.person.submit({"answer-text": "70"})
    ben.sees("You chose “70”.")
    assert ben.attempts() == []

    ben.press("Confirm “70”")

    ben.sees("Right.", "You answered “70”")
    assert [attempt.answer for attempt in ben.attempts()] == [Typed("70")]


def test_a_stale_confirm_button_does_not_confirm_another_text(ben: Pupil) -> None:
    stale = writes(ben, "41")
    writes(ben, "70", button="Change your answer")

    ben.person.click(stale, "Confirm “41”", as_seen=True)

    ben.sees("Your answer was changed meanwhile. Look at it, and confirm it once more.")
    assert ben.attempts() == []


def test_confirming_a_number_twice_complains_of_nothing(room: Classroom, ben: Pupil) -> None:
    stale = writes(ben, "41")

    ben.person.click(stale, "Confirm “41”", as_seen=True)
    ben.sees("1 try left")
    ben.person.click(stale, "Confirm “41”", as_seen=True)

    room.drawn()
    assert not any("changed meanwhile" in post.plain for post in ben.all_seen())
    assert len(ben.attempts()) == 1


def test_a_number_that_cannot_be_read_is_not_kept(ben: Pupil) -> None:
    ben.press("Write your answer")

    answer = ben.person.submit({"answer-text": "much"})

    assert "Answer with a number" in answer.errors["answer-text"]
    assert ben.question().drawing.choice is None
