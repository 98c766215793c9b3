"""The final exam: start, choose, confirm, leave, resume, hand in, look again."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.wire.classroom import Classroom, Pupil, play, restarted, with_questions
from tutorbot.lessons.course import Kind, NumberKey
from tutorbot.lessons.marking import Chosen, Typed
from tutorbot.sandbox import Message


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody who sees the page before the exam."""
    anna.takes("bread")
    anna.command("exam")
    anna.room.let_happen()
    return anna


def place(pupil: Pupil) -> Message:
    """Return the newest message of the exam as it stands now."""
    return next(post for post in reversed(pupil.posts()) if "exam" in post.text or "uestion" in post.plain)


def start(pupil: Pupil) -> None:
    """Start the exam."""
    pupil.press("Start the exam")
    pupil.sees("Question 1 of 3")


def confirm(pupil: Pupil, *, right: bool = True) -> None:
    """Choose and confirm, and see what came of it."""
    number = pupil.question().number
    pupil.chooses_and_confirms(right=right)
    pupil.sees(f"Question {number} of 3", "Right." if right else "Not right")


def sit(pupil: Pupil, *, right: bool = True) -> None:
    """Answer all questions, and stop before handing in."""
    start(pupil)
    for number in (1, 2, 3):
        pupil.sees(f"Question {number} of 3")
        confirm(pupil, right=right)
        if not right:
            confirm(pupil, right=False)
        pupil.press("Next question" if number < 3 else "To the overview")
    pupil.sees("Before you hand in")


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
        "Question 1",
        "Question 2",
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

    assert "Final exam: Bread, from the beginning" in anna.reply("exam")

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
    overview = anna.sees("Before you hand in", "Not answered: 1, 2 and 3")

    (sure,) = [e["confirm"] for b in overview.blocks for e in b.get("elements", ()) if "confirm" in e]
    assert sure["text"]["text"] == "3 questions still open. After this nothing can be changed."


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
