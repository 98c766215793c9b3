"""The exam's time limit: by server time, also when what closes it runs late."""

import pytest

from tests.wire.classroom import Classroom, Pupil
from tutorbot.sandbox import Message


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody at the first question of the exam, which takes thirty minutes."""
    anna.takes("bread")
    anna.command("exam")
    anna.room.let_happen()
    anna.press("Start the exam")
    anna.sees("Question 1 of 3")
    return anna


def shown(pupil: Pupil) -> Message:
    """Return the exam's message."""
    return pupil.posts()[1]


def results(pupil: Pupil) -> list[str]:
    """Return the results that were posted."""
    return [
        post.plain for post in pupil.posts() if post.text.startswith("Final exam: ") and "right." in post.text
    ]


def test_every_question_says_when_it_closes(anna: Pupil) -> None:
    assert "The exam closes by itself on Monday 2 November 2026, 09:30 (Europe/Zurich)." in shown(anna).plain


def test_it_closes_by_itself_and_counts_what_was_confirmed(room: Classroom, anna: Pupil) -> None:
    anna.chooses_and_confirms()
    anna.sees("Question 1 of 3", "Right.")
    anna.press("Next question")
    anna.sees("Question 2 of 3")
    (right,) = anna.letters(right=True)
    anna.press(right)
    anna.sees(f"You chose {right}.")

    room.later(minutes=30)

    (result,) = results(anna)
    assert "Final exam: 1 of 3 right" in result
    assert "The time was over, and what you had confirmed counts. Your course mark is 10 % now" in result
    assert len(anna.attempts()) == 1


def test_a_second_before_the_deadline_an_answer_counts(room: Classroom, anna: Pupil) -> None:
    room.clock.forward(minutes=29, seconds=59)

    anna.chooses_and_confirms()

    room.later(seconds=1)
    (result,) = results(anna)
    assert "Final exam: 1 of 3 right" in result


def test_at_the_deadline_answers_are_refused_though_nothing_closed_it_yet(
    room: Classroom, anna: Pupil
) -> None:
    (right,) = anna.letters(right=True)
    anna.press(right)
    chosen = anna.sees(f"You chose {right}.")
    room.clock.forward(minutes=30)

    anna.person.click(chosen, f"Confirm {right}", as_seen=True)

    anna.sees("The exam is closed and takes no more answers. /tutor exam shows how it went.")
    assert anna.attempts() == []
    (result,) = results(anna)
    assert "Final exam: 0 of 3 right" in result


def test_a_choice_after_the_deadline_is_refused(room: Classroom, anna: Pupil) -> None:
    question = shown(anna)
    room.clock.forward(minutes=31)

    anna.person.click(question, "A", as_seen=True)

    anna.sees("The exam is closed and takes no more answers.")
    assert anna.question().drawing.choice is None


def test_what_is_typed_after_the_deadline_is_refused(room: Classroom, anna: Pupil) -> None:
    room.clock.forward(minutes=31)

    anna.person.type("A")

    anna.sees("The exam is closed and takes no more answers.")
    assert "The exam is closed" in anna.reply("answer B")
    assert anna.attempts() == []


def test_handing_in_after_the_deadline_is_still_told_once(room: Classroom, anna: Pupil) -> None:
    for number in (1, 2, 3):
        anna.sees(f"Question {number} of 3")
        anna.press("Later" if number < 3 else "To the overview")
    overview = anna.sees("Before you hand in")
    assert "The exam closes by itself on Monday 2 November 2026, 09:30 (Europe/Zurich)." in overview.plain
    room.clock.forward(minutes=40)

    anna.person.click(overview, "Hand in", as_seen=True)

    assert isinstance(overview, Message)
    room.sandbox.wait_for(lambda: "The final exam is closed." in anna.person.now(overview).plain)
    assert len(results(anna)) == 1
    assert "The time was over" in results(anna)[0]


def test_handing_in_before_it_leaves_nothing_to_close(room: Classroom, anna: Pupil) -> None:
    for number in (1, 2, 3):
        anna.sees(f"Question {number} of 3")
        anna.press("Later" if number < 3 else "To the overview")
    anna.sees("Before you hand in")
    anna.press("Hand in")
    anna.sees("You handed it in.")

    room.later(minutes=40)

    assert len(results(anna)) == 1


def test_the_message_of_a_closed_exam_shows_the_end_when_it_is_pressed(room: Classroom, anna: Pupil) -> None:
    question = shown(anna)
    room.later(minutes=30)

    anna.person.click(question, "Later", as_seen=True)

    room.sandbox.wait_for(lambda: "Later" not in [b.text for b in anna.person.now(question).buttons])
