"""`/tutor lesson`, `next`, `quiz`, `case` and `syllabus`: what is read and asked, and what is not open."""

from datetime import date, time

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil

TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
NINE = time(9)


def titles(pupil: Pupil) -> list[str]:
    """Return the first line of every post in the direct message after the welcome."""
    return [post.plain.split("\n")[0] for post in pupil.posts()[1:]]


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody who takes the bread course at their own pace."""
    anna.takes("bread")
    return anna


# lesson


@pytest.mark.parametrize(
    "name", ["1.2", "a-cup-is-no-measure", "A cup is no measure", "a cup", " 1.2 ", "A-CUP"]
)
def test_a_lesson_is_found_by_number_id_title_or_its_beginning(anna: Pupil, name: str) -> None:
    reply = anna.reply(f"lesson {name}", channel=CHANNEL)

    assert "You find it in our direct message: Lesson 1.2: A cup is no measure" in reply

    assert titles(anna) == ["Lesson 1.2: A cup is no measure"]
    assert "A cup is no measure (read" in anna.reply("syllabus")


def test_lesson_alone_is_the_first_and_later_the_one_read_last(room: Classroom, anna: Pupil) -> None:
    assert "Lesson 1.1" in anna.reply("lesson", channel=CHANNEL)
    anna.command("lesson 2.1")
    room.later(seconds=11)

    assert "Lesson 2.1" in anna.reply("lesson", channel=CHANNEL)

    assert titles(anna) == [
        "Lesson 1.1: The flat loaf",
        "Lesson 2.1: The dough that waited",
        "Lesson 2.1: The dough that waited",
    ]


@pytest.mark.parametrize("asked", ["lesson 1.1", "next", "quiz 1.1", "case", "exam"])
def test_what_is_asked_for_in_the_direct_message_comes_there_and_is_not_pointed_to(
    anna: Pupil, asked: str
) -> None:
    before = len(anna.posts())

    answer = anna.command(asked)

    assert (answer.text, answer.blocks) == ("", [])
    assert len(anna.posts()) > before


def test_a_misspelt_lesson_gets_the_likely_one(anna: Pupil) -> None:
    reply = anna.reply("lesson the flat loave")

    assert "There is no lesson “the flat loave” in this course. Did you mean 1.1 (The flat loaf)?" in reply
    assert titles(anna) == []


def test_an_unknown_lesson_gets_the_way_to_the_list(anna: Pupil) -> None:
    reply = anna.reply("lesson 17")

    assert "There is no lesson “17” in this course. Give its number or its name, for example 1.1" in reply
    assert "/tutor syllabus lists them" in reply


def test_the_same_lesson_asked_for_twice_at_once_comes_once(anna: Pupil) -> None:
    anna.command("lesson 1.1")
    anna.command("lesson 1.1")

    assert titles(anna) == ["Lesson 1.1: The flat loaf"]


def test_a_lesson_comes_with_its_picture_and_the_way_on(room: Classroom, anna: Pupil) -> None:
    anna.command("lesson 1.1")

    text = anna.posts()[-1]
    pictures = [block for block in text.blocks if block["type"] == "image"]
    assert [picture["alt_text"] for picture in pictures] == ["A high loaf beside a flat one."]
    assert [button.text for button in text.buttons] == ["Answer 2 questions", "Next lesson"]
    assert text.text == "Lesson 1.1: The flat loaf"


def test_a_lesson_says_when_the_next_one_opens_instead_of_offering_it(room: Classroom, ben: Pupil) -> None:
    room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)

    ben.command("lesson 1.1")

    text = ben.posts()[-1]
    assert [button.text for button in text.buttons] == ["Answer 2 questions"]
    assert "Lesson 1.2 opens on Tuesday 3 November 2026, 09:00 (Europe/Zurich)." in text.plain


def test_the_last_lesson_offers_what_comes_after_it(anna: Pupil) -> None:
    for lesson in ("1.1", "1.2", "2.1"):
        anna.command(f"lesson {lesson}")
        text = anna.posts()[-1]

    assert [button.text for button in text.buttons] == ["Answer 1 question", "Answer the questions"]


def test_a_lesson_of_a_cohort_that_is_not_open_says_when_it_opens(room: Classroom, ben: Pupil) -> None:
    room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)
    room.at(TUESDAY, NINE)

    reply = ben.reply("lesson 2.1")

    assert "Lesson 2.1 opens on Wednesday 4 November 2026, 09:00 (Europe/Zurich)." in reply
    assert titles(ben) == []


def test_who_takes_no_course_is_told_how_to_begin(ben: Pupil) -> None:
    for command in ("lesson", "next", "quiz", "case", "exam", "progress", "syllabus", "pace off"):
        assert "You take no course yet. Write /tutor join to begin one." in ben.reply(command)


def test_who_is_not_in_the_cohort_is_told_how_to_join_it(room: Classroom, ben: Pupil) -> None:
    room.start_cohort("bread")

    for command in ("lesson", "next", "quiz", "case", "exam", "progress", "syllabus"):
        reply = ben.reply(command, channel=CHANNEL)
        assert "You have not joined this channel's cohort yet. Write /tutor join here." in reply


# next


def test_next_goes_through_a_course_alone_to_its_end(room: Classroom, anna: Pupil) -> None:
    for lesson in ("1.1: The flat loaf", "1.2: A cup is no measure", "2.1: The dough that waited"):
        assert f"You find it in our direct message: Lesson {lesson}" in anna.reply("next", channel=CHANNEL)
        room.later(seconds=11)

    reply = anna.reply("next")

    assert "There is no unread lesson open. Next: 2 review questions of lesson 1.1" in reply
    assert titles(anna) == [
        "Lesson 1.1: The flat loaf",
        "Lesson 1.2: A cup is no measure",
        "Lesson 2.1: The dough that waited",
    ]


def test_next_written_twice_at_once_brings_one_lesson(anna: Pupil) -> None:
    first = anna.reply("next", channel=CHANNEL)

    assert anna.reply("next", channel=CHANNEL) == first
    assert titles(anna) == ["Lesson 1.1: The flat loaf"]


def test_next_pressed_twice_at_once_brings_one_lesson(room: Classroom, anna: Pupil) -> None:
    welcome = anna.posts()[0]

    anna.person.click(welcome, "Read the first lesson")
    anna.person.click(welcome, "Read the first lesson")

    assert titles(anna) == ["Lesson 1.1: The flat loaf"]


def test_next_brings_the_next_lesson_though_the_clock_was_put_back(room: Classroom, anna: Pupil) -> None:
    anna.command("next")
    room.let_happen()
    room.clock.forward(minutes=-5)

    anna.command("next")

    assert titles(anna) == ["Lesson 1.1: The flat loaf", "Lesson 1.2: A cup is no measure"]


def test_next_in_a_cohort_waits_for_the_schedule(room: Classroom, ben: Pupil) -> None:
    room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)
    assert "Lesson 1.1" in ben.reply("next", channel=CHANNEL)
    room.later(seconds=11)

    reply = ben.reply("next")

    assert "There is no unread lesson open. Next: 2 review questions of lesson 1.1" in reply
    assert titles(ben) == ["Lesson 1.1: The flat loaf"]


# quiz


def test_quiz_asks_the_questions_of_the_lesson_read(room: Classroom, anna: Pupil) -> None:
    anna.command("next")

    reply = anna.reply("quiz", channel=CHANNEL)

    assert "You find it in our direct message: Lesson 1.1: The flat loaf" in reply

    assert "Question 1 of 2" in anna.posts()[-1].plain


def test_quiz_takes_the_name_of_a_lesson_that_is_open(anna: Pupil) -> None:
    anna.command("quiz 2.1")

    question = anna.posts()[-1].plain
    assert "Lesson 2.1: The dough that waited" in question
    assert "The dough is ready at five." in question


def test_quiz_before_a_lesson_was_read_says_what_to_do(anna: Pupil) -> None:
    assert "You have not opened a lesson yet. Write /tutor next to read one first." in anna.reply("quiz")


def test_quiz_of_a_lesson_that_is_not_open_says_when_it_opens(room: Classroom, ben: Pupil) -> None:
    room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)

    assert "Lesson 1.2 opens on Tuesday 3 November 2026, 09:00" in ben.reply("quiz 1.2")
    assert titles(ben) == []


def test_quiz_asked_for_twice_at_once_comes_once(anna: Pupil) -> None:
    anna.command("quiz 1.1")
    anna.command("quiz 1.1")

    assert titles(anna) == ["Lesson 1.1: The flat loaf"]


# case


def test_case_sends_the_story_and_then_its_questions(anna: Pupil) -> None:
    reply = anna.reply("case", channel=CHANNEL)

    assert "You find it in our direct message: Exercise 1: The first morning" in reply
    text, question = anna.posts()[1:]
    assert "Bruno takes over the bakery" in text.plain
    assert "Forty loaves" in text.plain
    assert "Question 1 of 2" in question.plain


def test_case_takes_a_number_and_says_which_there_are(anna: Pupil) -> None:
    assert "Exercise 1" in anna.reply("case 1", channel=CHANNEL)
    assert "There is no exercise “9”. Give a number from 1 to 1, for example /tutor case 1." in anna.reply(
        "case 9"
    )


# syllabus


def test_syllabus_shows_what_is_done_and_opens_lessons(room: Classroom, anna: Pupil) -> None:
    anna.command("lesson 1.1")
    room.let_happen()

    answer = anna.command("syllabus")

    assert answer.text == "Syllabus of Bread, from the beginning: 1 of 3 lessons read."
    shown = anna.sees("Syllabus: Bread")
    assert "1.1 The flat loaf (read, 0 of 2 questions settled)" in shown.plain
    assert "1.2 A cup is no measure (open, 0 of 2 questions settled)" in shown.plain
    (menu,) = shown.inputs
    assert menu.options == ("1.1 The flat loaf", "1.2 A cup is no measure", "2.1 The dough that waited")
    assert anna.person.check(shown, menu.action_id, "2.1 The dough that waited").ok
    assert titles(anna)[-1] == "Lesson 2.1: The dough that waited"
