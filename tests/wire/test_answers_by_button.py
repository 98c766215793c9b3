"""A question with one choice, answered by its buttons: right, wrong, twice, late, by somebody else."""

from dataclasses import replace

import pytest

from tests.wire.classroom import Classroom, Pupil, option_words, play, with_questions
from tutorbot.lessons.text import prose
from tutorbot.sandbox import Message


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the first of the two questions of lesson 1.1."""
    anna.takes("bread")
    anna.command("quiz 1.1")
    anna.room.let_happen()
    return anna


def shown(pupil: Pupil) -> Message:
    """Return the question's message as it stands now."""
    (message,) = [post for post in pupil.posts() if "Question" in post.plain]
    return message


def test_a_question_shows_its_options_in_words_and_letters(anna: Pupil) -> None:
    message = shown(anna)

    assert "Lesson 1.1: The flat loaf" in message.plain
    assert "Question 1 of 2. 2 tries." in message.plain
    assert "A loaf from cake flour stays flat. What do you change?" in message.plain
    words = option_words(anna.question())
    for letter, option in zip("ABC", words, strict=True):
        assert f"{letter}  {option}" in message.plain
        assert f"{letter}: {option}" in message.text
    assert [button.text for button in message.buttons] == ["A", "B", "C", "Hint"]
    assert [button.label for button in message.buttons[:3]] == [
        f"{letter}: {option}" for letter, option in zip("ABC", words, strict=True)
    ]


def test_a_right_answer_says_so_with_feedback_explanation_and_the_way_on(anna: Pupil) -> None:
    anna.answers()

    message = anna.sees("Right.", "More protein makes a net that holds.", "Protein makes gluten")
    assert "(right answer, you chose this)" in message.plain
    assert [button.text for button in message.buttons] == ["Next question"]
    assert len(anna.attempts()) == 1


def test_a_wrong_answer_gives_its_own_feedback_and_keeps_the_key(anna: Pupil) -> None:
    (wrong,) = anna.letters(right=False)

    anna.press(wrong)

    message = anna.sees("Not right. 1 try left.", "(you chose this)")
    assert "right answer" not in message.plain
    assert "Protein makes gluten" not in message.plain
    assert wrong not in [button.text for button in message.buttons]


def test_after_the_last_try_the_right_answer_is_told(anna: Pupil) -> None:
    play(
        anna,
        (lambda: anna.answers(right=False), "Not right. 1 try left."),
        (lambda: anna.answers(right=False), ["Not right, and no try is left.", "Protein makes gluten"]),
    )

    message = shown(anna)
    assert message.plain.count("(right answer)") == 1
    assert message.plain.count("(you chose this)") == 2
    assert [button.text for button in message.buttons] == ["Next question"]


def test_a_double_click_uses_one_try(anna: Pupil) -> None:
    message = shown(anna)
    (wrong,) = anna.letters(right=False)

    anna.person.click(message, wrong, as_seen=True)
    anna.sees("1 try left")
    assert anna.person.click(message, wrong, as_seen=True).ok

    assert len(anna.attempts()) == 1
    anna.sees("1 try left")


def test_a_button_of_an_earlier_try_is_no_answer_to_this_one(anna: Pupil) -> None:
    message = shown(anna)
    (wrong,) = anna.letters(right=False)
    anna.person.click(message, wrong, as_seen=True)
    anna.sees("1 try left")

    (other,) = anna.letters(right=False)
    assert anna.person.click(message, other, as_seen=True).ok

    assert [attempt.n for attempt in anna.attempts()] == [1]


def test_a_settled_question_takes_no_more_answers(anna: Pupil) -> None:
    before = shown(anna)
    anna.answers()
    anna.sees("Right.")

    assert anna.person.click(before, "A", as_seen=True).ok
    assert anna.person.click(before, "B", as_seen=True).ok

    assert len(anna.attempts()) == 1


def test_the_same_request_again_is_the_same_answer(room: Classroom, anna: Pupil) -> None:
    anna.answers(right=False)

    again = room.sandbox.replay(room.sandbox.sent[-1])

    assert again.ok
    assert len(anna.attempts()) == 1


def test_somebody_elses_button_is_refused_in_private(room: Classroom, anna: Pupil, ben: Pupil) -> None:
    anna.press("A")
    pressed = next(each for each in reversed(room.sandbox.sent) if "actions" in each.payload)

    room.sandbox.replay(
        pressed, user={"id": ben.person.id}, trigger_id="1.2.3", actions=pressed.payload["actions"]
    )

    told = room.sandbox.wait_for(
        lambda: next(
            (call for call in room.sandbox.calls if "belongs to somebody else" in str(call.args)), None
        )
    )
    assert told.args["response_type"] == "ephemeral"
    assert len(anna.attempts()) == 1
    assert ben.attempts() == []


def test_a_position_that_was_not_shown_is_refused(room: Classroom, anna: Pupil) -> None:
    anna.press("A")
    pressed = room.sandbox.sent[-1]
    drawing = anna.question().drawing.id

    for action_id in (f"answer:{drawing}:2:7", f"answer:{drawing}:2:-1"):
        action = {**pressed.payload["actions"][0], "action_id": action_id}
        room.sandbox.replay(pressed, trigger_id=f"1.2.{action_id}", actions=[action])

    anna.sees("That button is out of date. Write /tutor to see your question again.")
    assert len(anna.attempts()) == 1


def test_the_hint_comes_when_it_is_asked_for(anna: Pupil) -> None:
    assert "Think of the net." not in shown(anna).plain

    anna.press("Hint")

    message = anna.sees("Hint", "Think of the net.")
    assert [button.text for button in message.buttons] == ["A", "B", "C"]
    assert anna.attempts() == []


def test_next_pressed_twice_goes_on_once(anna: Pupil) -> None:
    anna.answers()
    message = anna.sees("Right.")
    assert isinstance(message, Message)

    anna.person.click(message, "Next question", as_seen=True)
    anna.sees("Question 2 of 2")
    anna.person.click(message, "Next question", as_seen=True)

    assert anna.question().number == 2
    anna.sees("Question 2 of 2")


def test_the_end_says_how_it_went_and_what_comes_next(anna: Pupil) -> None:
    anna.answers_all()

    end = anna.sees("2 of 2 questions right.")
    assert "Next: lesson 1.2, A cup is no measure (4 minutes)." in end.plain
    assert [button.text for button in end.buttons] == ["Read the next lesson", "Look at the questions again"]


def test_settled_questions_can_be_looked_at_and_nothing_is_recorded(anna: Pupil) -> None:
    anna.answers_all()

    play(
        anna,
        (anna.presses("Look at the questions again"), ["Question 1 of 2", "Right.", "Protein makes gluten"]),
        (anna.presses("Next question"), ["Question 2 of 2", "Right.", "Work and time build the net"]),
        (anna.presses("How it went"), "2 of 2 questions right."),
    )

    assert len(anna.attempts()) == 2


def test_the_quiz_asked_for_again_shows_the_first_question_that_is_open(room: Classroom, anna: Pupil) -> None:
    anna.answers()
    anna.sees("Right.")
    room.later(seconds=11)

    anna.command("quiz 1.1")

    assert "Question 2 of 2" in anna.posts()[-1].plain


def test_a_question_shown_in_two_messages_is_answered_once(room: Classroom, anna: Pupil) -> None:
    first = shown(anna)
    room.later(seconds=11)
    anna.command("quiz 1.1")
    room.let_happen()
    anna.answers()

    anna.person.click(first, "A")

    assert len(anna.attempts()) == 1
    room.sandbox.wait_for(lambda: "Right." in anna.person.now(first).plain)


def test_a_message_a_week_old_still_works_after_the_course_changed(room: Classroom, anna: Pupil) -> None:
    other = prose("Another prompt")
    room.offer_changed(
        lambda course: with_questions(
            replace(course, title="Bread, once more"),
            lambda question: replace(question, prompt=other, options=question.options[:2]),
        )
    )
    room.later(days=7)

    anna.answers()

    message = anna.sees("Right.", "A loaf from cake flour stays flat")
    assert "Question 1 of 2" in message.plain
    assert "1.1 The flat loaf (open, 1 of 2 questions settled)" in anna.reply("syllabus")
    ben = room.pupil("ben")
    ben.takes("bread")
    assert "Bread, once more" in ben.reply("syllabus")
