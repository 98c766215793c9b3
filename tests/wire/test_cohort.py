"""A cohort in its channel: the welcome, the lessons at their instants, who joins when, and its end."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tutorbot.lessons.course import TextIn
from tutorbot.sandbox import Message
from tutorbot.tutor import cohorts

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (2, 3, 4, 5))
NINE = time(9)


@pytest.fixture
def cohort(room: Classroom) -> int:
    """Give a cohort that was started an hour before its first lesson."""
    room.clock.forward(hours=-1)
    started = room.start_cohort("bread")
    room.let_happen()
    return started


def in_channel(room: Classroom, person: str = "chiara") -> list[Message]:
    """Return what everybody sees in the channel."""
    room.let_happen()
    return [post for post in room.pupil(person).person.messages(CHANNEL) if not post.ephemeral]


def cards(room: Classroom) -> list[str]:
    """Return the headers of the lessons in the channel."""
    return [post.plain.split("\n")[0] for post in in_channel(room)[1:]]


def test_the_welcome_says_what_begins_when_and_how_to_join(room: Classroom, cohort: int) -> None:
    (welcome,) = in_channel(room)

    assert "A cohort of this course begins in this channel." in welcome.plain
    assert "3 lessons, Monday to Friday at 09:00." in welcome.plain
    assert "From Monday 2 November 2026, 09:00 (Europe/Zurich) to Wednesday 4 November 2026" in welcome.plain
    assert [button.text for button in welcome.buttons] == ["Join", "About the course"]
    assert "Press Join, or write /tutor join." in welcome.text


def test_join_by_the_button_is_answered_in_private(room: Classroom, cohort: int, anna: Pupil) -> None:
    (welcome,) = in_channel(room)

    anna.person.click(welcome, "Join")

    anna.sees("You take Bread, from the beginning now, with this channel's cohort.")
    assert "Welcome to Bread" in anna.posts()[-1].plain
    assert in_channel(room) == [welcome]


def test_join_pressed_twice_joins_once(room: Classroom, cohort: int, anna: Pupil) -> None:
    (welcome,) = in_channel(room)

    anna.person.click(welcome, "Join")
    anna.person.click(welcome, "Join")

    anna.sees("You take Bread, from the beginning already, with your cohort.")
    assert len(anna.posts()) == 1
    (line,) = cohorts.list_cohorts(room.bot.tutor)
    assert line.learners == 1


def test_about_beside_the_welcome_is_seen_by_who_asks(room: Classroom, cohort: int, anna: Pupil) -> None:
    (welcome,) = in_channel(room)

    anna.person.click(welcome, "About the course")

    anna.sees("What it gives you", "Ada Baker, Author")
    assert in_channel(room) == [welcome]


def test_lessons_come_at_their_instants(room: Classroom, cohort: int) -> None:
    room.at(MONDAY, time(8, 59))
    assert cards(room) == []
    room.at(MONDAY, NINE)
    assert cards(room) == ["Lesson 1.1: The flat loaf"]
    room.at(TUESDAY, time(8, 59))
    assert len(cards(room)) == 1
    room.at(TUESDAY, NINE)
    room.at(WEDNESDAY, NINE)
    room.at(THURSDAY, NINE)
    assert cards(room) == [
        "Lesson 1.1: The flat loaf",
        "Lesson 1.2: A cup is no measure",
        "Lesson 2.1: The dough that waited",
    ]


def test_a_card_tells_what_the_lesson_is(room: Classroom, cohort: int) -> None:
    room.at(MONDAY, NINE)

    card = in_channel(room)[-1]
    assert "Bread, from the beginning · Flour · lesson 1 of 3 · 5 minutes · 2 review questions" in card.plain
    assert "Two loaves, one recipe, and one of them flat. The flour was another." in card.plain
    (picture,) = [block for block in card.blocks if block["type"] == "image"]
    assert picture["alt_text"] == "A high loaf beside a flat one."
    assert [button.text for button in card.buttons] == ["Read the lesson", "Answer its questions"]
    assert card.text.startswith("Lesson 1.1: The flat loaf (5 minutes). Two loaves")


def test_a_member_reads_and_answers_from_the_card(room: Classroom, cohort: int, anna: Pupil) -> None:
    anna.command("join", channel=CHANNEL)
    room.at(MONDAY, NINE)
    card = in_channel(room)[-1]

    anna.person.click(card, "Read the lesson")
    anna.sees("You find it in our direct message: Lesson 1.1: The flat loaf")
    assert anna.posts()[-1].text == "Lesson 1.1: The flat loaf"
    anna.person.click(card, "Answer its questions")

    assert "Question 1 of 2" in anna.posts()[-1].plain
    anna.answers_all()
    anna.sees("lesson 1.2 opens on Tuesday 3 November 2026, 09:00 (Europe/Zurich)")
    assert anna.person.now(card) == card  # what a channel shares is not redrawn for one


@pytest.mark.parametrize("button", ["Read the lesson", "Answer its questions"])
def test_who_has_not_joined_is_told_how_in_private(
    room: Classroom, cohort: int, ben: Pupil, button: str
) -> None:
    room.at(MONDAY, NINE)

    ben.person.click(in_channel(room)[-1], button)

    told = ben.sees("You have not joined that course yet. Write /tutor join bread.")
    assert isinstance(told, Message)
    assert told.ephemeral
    assert ben.posts() == []


def test_who_joins_late_has_what_is_open_and_no_more(room: Classroom, cohort: int, ben: Pupil) -> None:
    room.at(MONDAY, NINE)
    room.at(TUESDAY, NINE)

    ben.command("join", channel=CHANNEL)

    syllabus = ben.reply("syllabus")
    assert "1.1 The flat loaf (open, 0 of 2 questions settled)" in syllabus
    assert "1.2 A cup is no measure (open" in syllabus
    assert "2.1 The dough that waited (opens on Wednesday 4 November 2026, 09:00" in syllabus
    ben.person.click(in_channel(room)[1], "Read the lesson")
    assert ben.posts()[-1].text == "Lesson 1.1: The flat loaf"


def test_nobodys_answers_are_seen_in_the_channel(room: Classroom, cohort: int, anna: Pupil) -> None:
    anna.command("join", channel=CHANNEL)
    room.at(MONDAY, NINE)
    before = in_channel(room)

    anna.person.click(before[-1], "Answer its questions")
    room.let_happen()
    anna.answers_all()

    assert in_channel(room) == before


# its end


def test_when_it_is_stopped_nothing_more_comes_and_what_was_open_stays(
    room: Classroom, cohort: int, anna: Pupil
) -> None:
    anna.command("join", channel=CHANNEL)
    room.at(MONDAY, NINE)

    cohorts.stop_cohort(room.bot.tutor, cohort)
    room.at(TUESDAY, NINE)
    room.at(WEDNESDAY, NINE)

    assert cards(room) == ["Lesson 1.1: The flat loaf"]
    anna.person.click(in_channel(room)[-1], "Read the lesson")
    assert anna.posts()[-1].text == "Lesson 1.1: The flat loaf"
    assert "Lesson 1.2" in anna.reply("next", channel=CHANNEL)


def test_the_join_button_of_a_stopped_cohort_says_what_to_do(
    room: Classroom, cohort: int, ben: Pupil
) -> None:
    (welcome,) = in_channel(room)
    cohorts.stop_cohort(room.bot.tutor, cohort)

    ben.person.click(welcome, "Join")

    ben.sees("This cohort has ended. Write /tutor join to take the course at your own pace.")


def test_another_cohort_can_follow_in_the_channel_and_nobody_loses_anything(
    room: Classroom, cohort: int, anna: Pupil
) -> None:
    anna.command("join", channel=CHANNEL)
    room.at(MONDAY, NINE)
    anna.command("quiz 1.1", channel=CHANNEL)
    room.let_happen()
    anna.answers()
    cohorts.stop_cohort(room.bot.tutor, cohort)

    room.at(date(2026, 11, 9), time(8))
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)

    assert "1.1 The flat loaf (open, 1 of 2 questions settled)" in anna.reply("syllabus")


def test_another_cohort_closes_no_lesson_that_the_first_had_opened(
    room: Classroom, cohort: int, anna: Pupil
) -> None:
    anna.command("join", channel=CHANNEL)
    room.at(MONDAY, NINE)
    room.at(TUESDAY, NINE)
    cohorts.stop_cohort(room.bot.tutor, cohort)

    room.start_cohort("bread", first=date(2026, 11, 9))
    anna.command("join", channel=CHANNEL)

    syllabus = anna.reply("syllabus")
    assert "1.1 The flat loaf (open, 0 of 2 questions settled)" in syllabus
    assert "1.2 A cup is no measure (open, 0 of 2 questions settled)" in syllabus
    assert "2.1 The dough that waited (opens on Wednesday 11 November 2026, 09:00)" in syllabus


def test_who_began_with_a_lesson_that_the_cohort_has_no_more_can_read_it(
    room: Classroom, anna: Pupil
) -> None:
    room.clock.forward(hours=-1)
    anna.takes("bread")
    room.offer_changed(lambda course: replace(course, modules=course.modules[:1]))
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)

    assert "Lesson 1.1 opens on" in anna.reply("lesson 1.1", channel=CHANNEL)
    assert "Lesson 2.1: The dough that waited" in anna.reply("lesson 2.1", channel=CHANNEL)


# text in the thread


@pytest.fixture
def threaded(room: Classroom) -> Classroom:
    """Give a cohort whose course puts its text into the thread, after its first lesson."""
    room.clock.forward(hours=-1)
    room.offer_changed(lambda course: replace(course, text_in=TextIn.THREAD))
    room.start_cohort("bread")
    room.at(MONDAY, NINE)
    return room


def test_the_text_stands_in_the_thread_of_the_card(threaded: Classroom, anna: Pupil) -> None:
    card = in_channel(threaded)[-1]

    assert "The text is in the thread of this message." in card.plain
    (text,) = anna.person.thread(card)
    assert "What holds the gas" in text.plain
    assert [button.text for button in text.buttons] == ["Answer 2 questions"]


def test_its_questions_still_come_to_the_direct_message(threaded: Classroom, anna: Pupil) -> None:
    anna.command("join", channel=CHANNEL)
    (text,) = anna.person.thread(in_channel(threaded)[-1])

    anna.person.click(text, "Answer 2 questions")

    assert "Question 1 of 2" in anna.posts()[-1].plain


def test_a_stopped_cohort_brings_no_text_either(threaded: Classroom, anna: Pupil) -> None:
    (line,) = cohorts.list_cohorts(threaded.bot.tutor)
    cohorts.stop_cohort(threaded.bot.tutor, line.cohort.id)

    threaded.at(TUESDAY, NINE)

    assert len(in_channel(threaded)) == 2
