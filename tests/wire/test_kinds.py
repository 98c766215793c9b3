"""Every kind of question is answered: in windows, by buttons and by typing."""

from dataclasses import replace

import pytest

from tests.authoring.every_kind import EVERY_KIND
from tests.wire.classroom import CHANNEL, Classroom, Pupil, play, with_questions
from tests.wire.kinds import go_to, letters, pick, picks, right_ids, typed
from tutorbot.lessons.answers import Chosen, Matched, Ordered, Typed
from tutorbot.lessons.question import Kind
from tutorbot.sandbox import ViewSeen

OPENS = {"order-1": "Put in order", "match-1": "Match"}


@pytest.fixture
def anna(room: Classroom, anna: Pupil) -> Pupil:
    """Give somebody in a room with the course that asks every kind, who has not begun it."""
    room.offer(EVERY_KIND)
    return anna


def opened(pupil: Pupil, button: str) -> ViewSeen:
    pupil.press(button)
    view = pupil.person.view
    assert view is not None
    return view


# In a window


def test_the_window_of_an_order_has_a_menu_for_each_place(anna: Pupil) -> None:
    go_to(anna, "order-1")
    message = anna.sees("Question 1 of 9. 3 tries. Put all in order.")

    view = opened(anna, "Put in order")

    assert (view.title, view.submit, view.private_metadata) == ("Your answer", "Answer", "")
    assert [menu.label for menu in view.inputs] == ["Place 1", "Place 2", "Place 3", "Place 4"]
    assert all(menu.options == view.inputs[0].options for menu in view.inputs)
    assert [option.split("  ")[0] for option in view.inputs[0].options] == ["A", "B", "C", "D"]
    assert [option in message.plain for option in view.inputs[0].options] == [True] * 4
    assert [menu.value for menu in view.inputs] == [None] * 4


def test_the_window_of_a_match_has_a_menu_for_each_item(anna: Pupil) -> None:
    go_to(anna, "match-1")
    anna.sees("Question 1 of 9. 3 tries. Give each number a letter.")

    view = opened(anna, "Match")

    assert [menu.label for menu in view.inputs] == [
        "1  It springs back at once",
        "2  It comes back slowly",
        "3  It stays",
    ]
    assert [option.split("  ")[0] for option in view.inputs[0].options] == ["A", "B", "C", "D"]


@pytest.mark.parametrize("question_id", OPENS)
def test_what_is_picked_right_is_right(anna: Pupil, question_id: str) -> None:
    go_to(anna, question_id)
    question = anna.question().question

    assert pick(anna, OPENS[question_id], picks(anna, right_ids(question))).ok

    message = anna.sees("Right.", "You answered")
    assert anna.person.view is None
    notes = letters(anna, right_ids(question))
    for n, letter in enumerate(notes, 1):
        assert (f"(belongs to {letter})" if question.targets else f"(place {n})") in message.plain
    assert [button.text for button in message.buttons] == ["Next question"]


def test_a_wrong_order_tells_how_much_stands_in_place_and_not_what(anna: Pupil) -> None:
    go_to(anna, "order-1")

    pick(anna, "Put in order", picks(anna, ["2", "1", "3", "4"]))

    message = anna.sees("Not right. 2 tries left. A right answer now counts 50 %.", "2 of 4 stand in place.")
    assert "Think of what the oven ends." in message.plain
    assert "(place" not in message.plain
    assert "Shaping comes after the first rise." not in message.plain
    assert anna.attempts()[-1].answer == Ordered(("2", "1", "3", "4"))


def test_a_wrong_match_tells_how_much_is_right_and_not_what(anna: Pupil) -> None:
    go_to(anna, "match-1")
    first, second, _ = right_ids(anna.question().question)

    pick(anna, "Match", picks(anna, [first, first, second]))

    message = anna.sees("Not right. 2 tries left.", "1 of 3 is matched right.")
    assert "(belongs to" not in message.plain
    assert anna.attempts()[-1].answer == Matched((("1", first), ("2", first), ("3", second)))


def test_after_a_wrong_try_the_menus_hold_what_was_picked_last(anna: Pupil) -> None:
    go_to(anna, "order-1")
    positions = picks(anna, ["2", "1", "3", "4"])
    pick(anna, "Put in order", positions)
    anna.sees("2 tries left")

    view = opened(anna, "Put in order")

    assert [menu.value for menu in view.inputs] == [str(position) for position in positions]


def test_what_stands_twice_in_an_order_is_told_under_the_second_and_is_no_try(anna: Pupil) -> None:
    go_to(anna, "order-1")

    answer = pick(anna, "Put in order", [0, 1, 0, 2])

    assert answer.errors == {"answer-place:2": "That stands in place 1 already. Choose another one."}
    view = anna.person.view
    assert view is not None
    assert anna.attempts() == []
    menus = {menu.action_id: view.inputs[0].options[n] for n, menu in enumerate(view.inputs)}
    assert anna.person.submit(menus).ok  # mended in the same window
    assert len(anna.attempts()) == 1


def test_a_menu_left_empty_is_not_sent(anna: Pupil) -> None:
    go_to(anna, "order-1")
    view = opened(anna, "Put in order")

    answer = anna.person.submit({view.inputs[0].action_id: view.inputs[0].options[0]})

    assert answer.error == "incomplete"
    assert anna.attempts() == []


@pytest.mark.parametrize("question_id", OPENS)
def test_the_same_order_or_match_again_is_no_try(anna: Pupil, question_id: str) -> None:
    go_to(anna, question_id)
    anna.person.type(typed(anna, right=False))
    anna.sees("2 tries left")
    view = opened(anna, OPENS[question_id])

    answer = anna.person.submit({})  # as it stands there

    assert "You have given that answer to this question before." in str(answer.errors)
    assert answer.errors.keys() == {view.inputs[0].block_id}
    assert len(anna.attempts()) == 1


def test_a_window_of_an_earlier_try_records_nothing(anna: Pupil) -> None:
    go_to(anna, "order-1")
    view = opened(anna, "Put in order")
    wrong = typed(anna, right=False)
    anna.command(f"answer {wrong}")
    anna.sees("2 tries left")

    menus = {menu.action_id: menu.options[n] for n, menu in enumerate(view.inputs)}
    assert anna.person.submit(menus).ok

    assert len(anna.attempts()) == 1
    assert anna.person.view is None


def test_the_button_pressed_twice_opens_a_window_that_answers_once(anna: Pupil) -> None:
    go_to(anna, "order-1")
    message = anna.posts()[-1]
    anna.person.click(message, "Put in order", as_seen=True)
    anna.person.click(message, "Put in order", as_seen=True)
    views = anna.person.views
    menus = {menu.action_id: menu.options[n] for n, menu in enumerate(views[-1].inputs)}

    anna.person.submit(menus)
    if anna.person.view is not None:
        anna.person.submit(menus)

    assert len(anna.attempts()) == 1


def test_a_settled_order_opens_no_window(anna: Pupil) -> None:
    go_to(anna, "order-1")
    message = anna.posts()[-1]
    anna.command(f"answer {typed(anna, right=True)}")
    anna.sees("Right.")

    anna.person.click(message, "Put in order", as_seen=True)

    anna.sees("That question takes no more answers.")
    assert anna.person.view is None


# Typed


@pytest.mark.parametrize("question_id", OPENS)
def test_an_order_and_a_match_are_typed(anna: Pupil, question_id: str) -> None:
    go_to(anna, question_id)
    wrong, right = typed(anna, right=False), typed(anna, right=True)

    play(
        anna,
        (
            anna.types(wrong),
            f"You answered {wrong}. Not right. 2 tries left. A right answer now counts 50 %.",
        ),
        (anna.types(right.lower()), f"You answered {right}. Right. It counts 50 %."),
    )

    assert len(anna.attempts()) == 2


@pytest.mark.parametrize(
    ("question_id", "text", "told"),
    [
        ("order-1", "A B", "Answer with all 4 letters in their order, for example D C B A."),
        ("order-1", "A A B C", "Answer with all 4 letters in their order"),
        ("match-1", "1A 2B", "Answer with a letter for each of the 3 numbers, for example 1B 2C 3D."),
        ("match-1", "1A 2B 3X", "Answer with a letter for each of the 3 numbers"),
        ("before", "9", "Answer with a number from 1 to 5."),
        ("poll-1", "C", "Answer with one letter, A or B, for example B."),
    ],
)
def test_what_cannot_be_read_says_what_could_and_is_no_try(
    anna: Pupil, question_id: str, text: str, told: str
) -> None:
    go_to(anna, question_id)

    anna.person.type(text)

    anna.sees(told)
    assert anna.attempts() == []


def test_who_answers_elsewhere_is_told_the_right_order_once_no_try_is_left(anna: Pupil) -> None:
    go_to(anna, "order-1")
    shown = anna.question().drawing.shown_order
    right = typed(anna, right=True)
    for n, ids in enumerate((["2", "1", "3", "4"], ["2", "3", "1", "4"], ["2", "3", "4", "1"]), 1):
        letters_given = " ".join("ABCD"[shown.index(each)] for each in ids)
        reply = anna.reply(f"answer {letters_given}", channel=CHANNEL)
        assert ("no try is left" if n == 3 else f"{3 - n} {'tries' if n == 1 else 'try'} left") in reply

    assert f"The answer: {right}" in reply
    assert "Shaping comes after the first rise." in reply


# Choices, numbers, words


def test_credit_by_the_try_is_told_with_buttons_too(anna: Pupil) -> None:
    go_to(anna, "one-1")

    anna.answers(right=False)
    anna.sees("Not right. 2 tries left. A right answer now counts 50 %.")
    anna.answers()

    anna.sees("Right. It counts 50 %.")
    assert "10 %, 1 of 6 questions settled; the lowest does not count" in anna.reply("progress")


def test_a_tolerance_in_percent_is_of_the_right_answer(anna: Pupil) -> None:
    go_to(anna, "number-1")

    play(
        anna,
        (anna.types("47.5"), "You answered “47.5”. Not right. 2 tries left."),
        (anna.types("47,25 min"), "You answered “47,25 min”. Right."),
    )
    anna.sees("The answer: 45 min")  # the question says so


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Yeast", True),
        ("wild  YEASTS.", True),
        ("S. cerevisiae", True),
        ("s. cerevisiae", False),
        ("S.  cerevisiae", False),
        ("old yeast", False),
    ],
)
def test_a_text_is_right_by_its_forms_and_patterns(anna: Pupil, text: str, right: bool) -> None:
    go_to(anna, "text-1")

    anna.person.type(text)

    anna.sees("You answered", "Right." if right else "Not right. 2 tries left.")
    anna.room.drawn()
    assert any("The answer: yeast" in post.plain for post in anna.posts()) is right


# What somebody thinks


def test_a_scale_is_answered_by_its_numbers(anna: Pupil) -> None:
    go_to(anna, "before")
    message = anna.sees("Question 1 of 9. Not graded.", "1  not at all", "5  quite sure")
    assert [button.text for button in message.buttons] == ["1", "2", "3", "4", "5", "Skip"]

    anna.press("4")

    message = anna.sees("You answered 4", "Thank you. Your answer is recorded.")
    assert [button.text for button in message.buttons] == ["Next question"]
    assert anna.attempts()[0].answer == Chosen(("4",))


def test_a_poll_is_thanked_for_and_nothing_in_it_is_right(anna: Pupil) -> None:
    go_to(anna, "poll-1")

    anna.press("B")

    message = anna.sees("For a living (you chose this)", "Thank you. Your answer is recorded.")
    assert "right" not in message.plain.lower()
    assert [attempt.answer for attempt in anna.attempts()] == [Chosen(("2",))]


def test_a_comment_is_written_in_a_window(anna: Pupil) -> None:
    go_to(anna, "comment-1")
    view = opened(anna, "Write your answer")
    assert view.inputs[0].label == "What you think"

    anna.person.submit({"answer-text": "How cold is cold?"})

    anna.sees("You answered “How cold is cold?”", "Thank you. Your answer is recorded.")
    assert [attempt.answer for attempt in anna.attempts()] == [Typed("How cold is cold?")]


def test_what_is_not_graded_is_answered_once(anna: Pupil) -> None:
    go_to(anna, "before")
    message = anna.posts()[-1]
    anna.person.click(message, "4", as_seen=True)
    anna.sees("You answered 4")

    anna.person.click(message, "5", as_seen=True)
    anna.person.click(message, "4", as_seen=True)

    anna.sees("You answered 4")
    assert [attempt.answer for attempt in anna.attempts()] == [Chosen(("4",))]


def test_what_is_not_graded_may_be_skipped_and_answered_later(anna: Pupil) -> None:
    go_to(anna, "before")
    anna.press("Skip")
    anna.sees("Question 2 of 9. 3 tries.")
    assert anna.attempts() == []

    anna.room.later(minutes=1)
    anna.command("quiz 1.1")
    anna.room.let_happen()

    anna.sees("Question 1 of 9. Not graded.")
    anna.press("2")
    anna.sees("You answered 2")


def test_skip_pressed_twice_skips_one_question(anna: Pupil) -> None:
    go_to(anna, "before")
    message = anna.posts()[-1]

    anna.person.click(message, "Skip", as_seen=True)
    anna.sees("Question 2 of 9")
    anna.person.click(message, "Skip", as_seen=True)

    anna.room.drawn()
    assert anna.question().number == 2


# How it went


def answer_graded(anna: Pupil) -> None:
    """Answer the six graded questions right, and nothing else."""
    go_to(anna, "before")
    anna.press("Skip")
    for number in range(2, 8):
        anna.sees(f"Question {number} of 9")
        question = anna.question().question
        if question.items:
            pick(anna, OPENS[question.id], picks(anna, right_ids(question)))
        else:
            anna.answers()
        anna.sees(f"Question {number} of 9", "Right.")
        anna.press("Next question")
    anna.sees("Question 8 of 9")


def test_the_end_of_a_quiz_and_progress_count_what_is_graded_alone(anna: Pupil) -> None:
    answer_graded(anna)
    anna.press("Skip")
    anna.sees("Question 9 of 9")

    anna.press("Skip")

    end = anna.sees("6 of 6 questions right.", "Next: exercise 1 of the case study, The cold room.")
    assert "still open" not in end.plain
    progress = anna.reply("progress")
    assert "100 %, 6 of 6 questions settled; the lowest does not count" in progress
    assert "1 question open and unanswered." in progress  # the case study's
    assert "Course mark so far: 60 %." in progress
    assert "1.1 When it is ripe (open, 6 of 6 questions settled)" in anna.reply("syllabus")


def test_a_lesson_that_asks_opinions_alone_is_still_to_be_read(anna: Pupil) -> None:
    anna.room.offer_changed(
        lambda course: with_questions(course, lambda q: replace(q, kind=Kind.COMMENT, tries=1)), "proofing"
    )

    anna.takes("proofing")

    assert "Next: lesson 1.1, When it is ripe" in anna.posts()[-1].plain
    assert "1.1 When it is ripe (open, 0 of" not in anna.reply("syllabus")


def test_home_counts_what_is_graded_alone(anna: Pupil) -> None:
    go_to(anna, "before")

    anna.person.open_home()

    told = "7 questions open and unanswered."  # the lesson's 6 and the case study's
    anna.room.sandbox.wait_for(lambda: (view := anna.person.home) and told in view.plain)


# A rubric


def test_a_written_question_says_what_it_is_marked_by(anna: Pupil) -> None:
    anna.takes("proofing")
    anna.command("case")
    anna.room.let_happen()

    message = anna.sees("Write what you would change on Mondays")

    assert "Marked by: The cause and The change." in message.plain
    assert "yeast slows down" not in message.plain  # what the best answer says
