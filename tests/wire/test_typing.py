"""People type into the direct message: answers, words that ask for something, what is no answer at all."""

from dataclasses import replace

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil, play, with_questions
from tutorbot.lessons.question import Accepted
from tutorbot.sandbox import Fault


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the first of the two questions of lesson 1.1."""
    anna.takes("bread")
    anna.command("quiz 1.1")
    anna.room.let_happen()
    return anna


def texts(pupil: Pupil) -> list[str]:
    """Return the texts of what the bot posted."""
    return [post.text for post in pupil.posts()]


# answers


def test_a_typed_letter_answers_the_open_question(anna: Pupil) -> None:
    (letter,) = anna.letters(right=True)

    anna.person.type(letter.lower())

    reply = anna.sees(
        "The flat loaf, question 1 of 2",
        f"You answered {letter}. Right.",
    )
    assert "More protein makes a net that holds." not in reply.plain  # the question says so, right above
    assert [button.text for button in reply.buttons] == ["Next question"]
    assert len(anna.attempts()) == 1


def test_the_question_itself_is_redrawn_too(room: Classroom, anna: Pupil) -> None:
    question = anna.posts()[-1]
    (letter,) = anna.letters(right=True)

    anna.person.type(letter)

    room.sandbox.wait_for(lambda: "Protein makes gluten" in anna.person.now(question).plain)


def test_where_slack_takes_no_more_updates_the_question_is_redrawn_later_and_holds_up_no_other(
    room: Classroom, anna: Pupil
) -> None:
    question = anna.posts()[-1]
    (letter,) = anna.letters(right=True)
    room.drawn()
    room.sandbox.misbehave(Fault.RATE_LIMIT, "chat.update", retry_after=50)

    anna.person.type(letter)
    room.drawn()  # every thread is free again

    room.sandbox.wait_for(lambda: "Protein makes gluten" in anna.person.now(question).plain)


def test_a_wrong_answer_says_how_many_tries_are_left(anna: Pupil) -> None:
    (letter,) = anna.letters(right=False)

    anna.person.type(letter)

    reply = anna.sees(f"You answered {letter}. Not right. 1 try left.")
    assert reply.buttons == []


def test_numbers_and_words_of_an_option_are_taken_too(anna: Pupil) -> None:
    order = anna.question().drawing.shown_order
    right = anna.letters(right=True)[0]

    anna.person.type(str("ABC".index(right) + 1))

    anna.sees(f"You answered {right}. Right.")
    assert len(order) == 3


def test_the_words_of_an_option_answer(anna: Pupil) -> None:
    anna.person.type("the flour, for one with more protein")

    anna.sees(f"You answered {anna.letters(right=True)[0]}. Right.")


def test_what_cannot_be_read_is_no_try_and_says_what_would_be_right(anna: Pupil) -> None:
    anna.person.type("what?")

    assert "Answer with one letter from A to C, for example B." in texts(anna)[-1]
    assert anna.attempts() == []


def test_the_same_answer_again_is_no_try(anna: Pupil) -> None:
    (letter,) = anna.letters(right=False)

    anna.person.type(letter)
    anna.sees("1 try left")
    anna.person.type(letter)

    assert "You have given that answer to this question before." in texts(anna)[-1]
    assert len(anna.attempts()) == 1


def test_with_nothing_open_one_is_told_where_to_look(ben: Pupil) -> None:
    ben.person.type("B")

    assert texts(ben) == ["No question is waiting for an answer. Write /tutor to see what comes next."]


def test_a_settled_question_takes_no_typed_answer(anna: Pupil) -> None:
    (letter,) = anna.letters(right=True)
    anna.person.type(letter)
    anna.sees("Right.")

    anna.person.type("B")

    assert "That question is settled. Type next for the next one" in texts(anna)[-1]
    assert len(anna.attempts()) == 1


def test_the_button_under_a_reply_goes_on_below(room: Classroom, anna: Pupil) -> None:
    (letter,) = anna.letters(right=True)
    anna.person.type(letter)
    reply = anna.sees(f"You answered {letter}. Right.")

    anna.person.click(reply, "Next question")
    anna.person.click(reply, "Next question")

    assert "Question 2 of 2" in anna.posts()[-1].plain
    assert sum("Question 2 of 2" in post.plain for post in anna.posts()) == 1


def test_a_whole_quiz_can_be_typed(anna: Pupil) -> None:
    (letter,) = anna.letters(right=True)

    play(
        anna,
        (anna.types(letter), "Right."),
        (anna.types("next"), "Question 2 of 2"),
        (anna.types("A and B"), "You answered A and B. Right."),
        (anna.types("Next"), "2 of 2 questions right."),
        (anna.types("next"), "Lesson 1.1: The flat loaf"),
    )


# words


def test_help_says_what_can_be_typed(anna: Pupil) -> None:
    anna.person.type("help")

    assert "You can type an answer here, for example B, or next, lesson 1.2" in texts(anna)[-1]
    assert anna.attempts() == []


def test_next_where_no_lesson_is_open_says_what_there_is_instead(room: Classroom, ben: Pupil) -> None:
    room.clock.forward(hours=-1)
    room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)

    ben.person.type("next")

    opens = "Next: lesson 1.1 opens on Monday 2 November 2026, 09:00 (Europe/Zurich)."
    assert texts(ben)[-1] == f"There is no unread lesson open. {opens}"


def test_next_without_a_question_brings_the_next_lesson(ben: Pupil) -> None:
    ben.takes("bread")

    ben.person.type("next")

    assert texts(ben)[-1] == "Lesson 1.1: The flat loaf"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("lesson 1.2", "A cup is no measure"),
        ("quiz 2.1", "Where does the dough go?"),
        ("case", "What is the first thing that Bruno looks at?"),
        ("exam", "You have one attempt at this exam."),
    ],
)
def test_words_ask_for_what_the_commands_do(anna: Pupil, typed: str, shown: str) -> None:
    anna.person.type(typed)

    assert shown in anna.posts()[-1].plain
    assert anna.attempts() == []


def test_a_word_with_a_mistake_is_told_and_is_no_try(anna: Pupil) -> None:
    anna.person.type("lesson 9.9")

    assert "There is no lesson “9.9” in this course." in texts(anna)[-1]
    assert anna.attempts() == []


@pytest.mark.parametrize(
    "typed", ["next time we use bread flour", "hi there, is it B?", "exam or not", "help me"]
)
def test_a_sentence_that_begins_with_such_a_word_asks_for_nothing(anna: Pupil, typed: str) -> None:
    anna.person.type(typed)

    assert "Answer with one letter from A to C" in texts(anna)[-1]
    assert anna.question().number == 1


def test_next_may_skip_a_question_which_makes_way_and_can_be_gone_back_to(
    room: Classroom, anna: Pupil
) -> None:
    first = anna.posts()[-1]

    anna.person.type("next")

    anna.sees("Question 2 of 2")
    left = "You left question 1 for later. The questions go on further down."
    room.sandbox.wait_for(lambda: left in anna.person.now(first).plain)
    assert [button.text for button in anna.person.now(first).buttons] == ["Back to question 1"]
    anna.person.click(first, "Back to question 1")
    room.sandbox.wait_for(lambda: "Question 1 of 2" in anna.person.now(first).plain)


def test_after_the_last_question_next_counts_what_is_open_and_goes_back_there(
    room: Classroom, anna: Pupil
) -> None:
    anna.person.type("next")
    anna.sees("Question 2 of 2")

    anna.person.type("next")

    anna.sees("0 of 2 questions right. 2 questions still open.")
    end = anna.posts()[-1]
    assert [button.text for button in end.buttons] == [
        "Go on with the open questions",
        "Read the next lesson",
    ]
    anna.person.click(end, "Go on with the open questions")
    room.sandbox.wait_for(lambda: "Question 1 of 2" in anna.person.now(end).plain)


def test_a_question_that_was_left_and_answered_elsewhere_is_left_no_more(
    room: Classroom, anna: Pupil
) -> None:
    first = anna.posts()[-1]
    anna.person.type("next")
    anna.sees("Question 2 of 2")
    below = anna.posts()[-1]
    anna.answers()
    anna.press("How it went")
    anna.press("Go on with the open questions")
    room.sandbox.wait_for(lambda: "Question 1 of 2" in anna.person.now(below).plain)
    anna.answers()

    anna.person.click(first, "Back to question 1")

    room.sandbox.wait_for(lambda: "Right." in anna.person.now(first).plain)


# questions that are answered in words


def before_words(pupil: Pupil) -> None:
    """Go to the question that a short text answers."""
    pupil.takes("bread")
    pupil.command("quiz 1.2")
    pupil.room.let_happen()
    pupil.person.type("70 %")
    pupil.sees("You answered “70 %”. Right.")
    pupil.person.type("next")
    pupil.sees("What does one read the weight from?")


def test_words_answer_a_question_that_asks_for_words(ben: Pupil) -> None:
    before_words(ben)

    ben.person.type("A scale")

    ben.sees("You answered “A scale”. Right.")


@pytest.mark.parametrize("word", ["next", "help", "exam", "lesson 1.1", "quiz"])
def test_a_word_that_asks_for_something_uses_up_no_try_of_a_question_in_words(ben: Pupil, word: str) -> None:
    before_words(ben)

    ben.person.type(word)

    assert "You answered" not in texts(ben)[-1]
    assert len(ben.attempts()) == 1


def test_a_word_that_asks_for_something_answers_where_it_is_the_answer(room: Classroom, ben: Pupil) -> None:
    room.offer_changed(
        lambda course: with_questions(course, lambda q: replace(q, accepted=(Accepted("help"),)))
    )
    before_words(ben)

    ben.person.type("Help")

    ben.sees("You answered “Help”. Right.")


def test_after_a_written_answer_next_goes_on(room: Classroom, ben: Pupil) -> None:
    ben.takes("bread")
    ben.command("case")
    room.let_happen()
    ben.answers()
    ben.sees("Right.")
    ben.person.type("next")
    ben.sees("Write down what Bruno orders, and why.")

    ben.person.type("Bread flour, by weight.\nFor the protein.")
    ben.sees("Your answer is recorded. Staff will mark it.")
    ben.person.type("next")

    ben.sees("1 written answer waiting to be marked by staff.")
    assert len(ben.attempts()) == 2
