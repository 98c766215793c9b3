"""`/tutor answer`: the open question is answered from anywhere, by letters, numbers and words."""

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the first of the two questions of lesson 1.1."""
    anna.takes("bread")
    anna.command("quiz 1.1")
    anna.room.let_happen()
    return anna


def test_a_letter_answers_and_the_question_is_redrawn(room: Classroom, anna: Pupil) -> None:
    question = anna.posts()[-1]
    (letter,) = anna.letters(right=True)

    reply = anna.reply(f"answer {letter}")

    assert f"You answered {letter}. Right." in reply
    assert "More protein makes a net that holds." not in reply  # the question says so, right above
    assert "Next question" in reply
    room.sandbox.wait_for(lambda: "Right." in anna.person.now(question).plain)


def test_the_answer_may_be_given_in_a_channel_and_nobody_sees_it(
    room: Classroom, anna: Pupil, ben: Pupil
) -> None:
    (letter,) = anna.letters(right=True)

    reply = anna.reply(f"answer {letter}", channel=CHANNEL)

    assert "Right." in reply
    assert "More protein makes a net that holds." in reply  # the question stands elsewhere
    assert ben.person.messages(CHANNEL) == []
    assert len(anna.attempts()) == 1


@pytest.mark.parametrize("form", ["letter", "number", "words"])
def test_letters_numbers_and_words_are_taken(anna: Pupil, form: str) -> None:
    (letter,) = anna.letters(right=True)
    written = {
        "letter": letter.lower(),
        "number": str("ABC".index(letter) + 1),
        "words": "The flour, for one with more protein",
    }[form]

    assert "Right." in anna.reply(f"answer {written}")


def test_an_answer_that_cannot_be_read_is_no_try(anna: Pupil) -> None:
    assert "Answer with one letter from A to C, for example B." in anna.reply("answer Q")
    assert "This question takes one choice." in anna.reply("answer A B")
    assert anna.attempts() == []


def test_answer_alone_says_how_it_is_written(anna: Pupil) -> None:
    assert "Say your answer, for example /tutor answer B." in anna.reply("answer")


def test_the_same_answer_again_is_no_try(anna: Pupil) -> None:
    (letter,) = anna.letters(right=False)
    anna.command(f"answer {letter}")

    assert "You have given that answer to this question before." in anna.reply(f"answer {letter}")
    assert len(anna.attempts()) == 1


def test_with_nothing_open_it_says_where_to_look(ben: Pupil) -> None:
    reply = ben.reply("answer B")

    assert "No question is waiting for an answer. Write /tutor to see what comes next." in reply


def test_a_settled_question_takes_no_answer(anna: Pupil) -> None:
    anna.answers()

    assert "That question is settled. Type next for the next one" in anna.reply("answer B")
    assert len(anna.attempts()) == 1


def test_the_button_of_the_reply_goes_on(room: Classroom, anna: Pupil) -> None:
    (letter,) = anna.letters(right=True)
    anna.command(f"answer {letter}", channel=CHANNEL)
    (reply,) = [post for post in anna.person.messages(CHANNEL) if post.ephemeral]

    anna.person.click(reply, "Next question")

    assert "Question 2 of 2" in anna.posts()[-1].plain


def test_words_that_are_commands_can_be_answered(anna: Pupil) -> None:
    anna.command("quiz 1.2")
    anna.room.let_happen()
    anna.command("answer 70 %")
    anna.person.type("next")
    anna.sees("What does one read the weight from?")

    assert "You answered “help”. Not right." in anna.reply("answer help")


def test_what_looks_like_markup_arrives_as_it_was_written(anna: Pupil) -> None:
    anna.command("quiz 1.2")
    anna.room.let_happen()
    anna.command("answer 70 %")
    anna.person.type("next")
    anna.sees("What does one read the weight from?")

    assert "You answered “a < b & c”. Not right." in anna.reply("answer a < b & c")
