"""`/tutor` alone, `help`, `about`, and words that are no command."""

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tutorbot.sandbox import Message


def test_who_takes_no_course_sees_which_there_are(anna: Pupil) -> None:
    reply = anna.reply("")

    assert "Bread, from the beginning: Flour, water, salt and time. (about one hour)" in reply
    assert "CQRS and Event Sourcing: " in reply
    assert "Begin at your own pace" in reply
    assert "/tutor help lists all commands." in reply


def test_who_takes_a_course_sees_where_they_stand_and_what_comes_next(anna: Pupil) -> None:
    anna.takes("bread")

    reply = anna.reply("")

    assert "Bread, from the beginning: 0 % so far. Next: lesson 1.1, The flat loaf (5 minutes)." in reply
    assert "Read the first lesson" in reply
    assert "CQRS and Event Sourcing: " in reply


def test_in_a_cohorts_channel_one_is_asked_to_join(room: Classroom, anna: Pupil) -> None:
    room.start_cohort("bread")

    assert "A cohort runs in this channel. Join it with /tutor join." in anna.reply("", channel=CHANNEL)
    assert "A cohort runs in this channel" not in anna.reply("")


def test_a_member_is_not_asked_again(room: Classroom, anna: Pupil) -> None:
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)

    assert "A cohort runs in this channel" not in anna.reply("", channel=CHANNEL)


def test_the_menus_buttons_work(room: Classroom, anna: Pupil) -> None:
    anna.command("")
    menu = anna.sees("Begin at your own pace")
    join = next(button for button in menu.buttons if button.action_id == "join-course:bread")

    anna.person.click(menu, join.action_id)

    assert "Welcome to Bread" in anna.posts()[-1].plain
    anna.command("")
    anna.press("Progress")
    anna.sees("Progress: Bread, from the beginning", "Course mark so far: 0 %")
    anna.press("Syllabus")
    anna.sees("Syllabus: Bread, from the beginning")


def test_help_lists_every_command(anna: Pupil) -> None:
    reply = anna.reply("help")

    for word in ("join", "leave", "about", "syllabus", "lesson", "next", "quiz", "answer", "case", "exam"):
        assert f"/tutor {word}" in reply
    for word in ("progress", "pace", "help"):
        assert f"/tutor {word}" in reply


def test_about_tells_of_purpose_staff_grading_and_policies(anna: Pupil) -> None:
    reply = anna.reply("about bread")

    assert "This course tells what each of them does." in reply
    assert "You can mend one that does not." in reply
    assert "Effort: about one hour" in reply
    assert (
        "Grading: review questions 40 %, case study 30 % and final exam 30 %; the pass mark is 75 %." in reply
    )
    assert "Ada Baker, Author" in reply
    assert "Anybody with an oven." in reply
    assert "Two for each question, unless it says something else." in reply
    assert "Join" in reply


def test_about_without_a_name_is_the_course_one_takes(anna: Pupil) -> None:
    anna.takes("bread")

    reply = anna.reply("about")

    assert "Bread, from the beginning" in reply
    assert "\nJoin" not in reply


def test_about_without_a_name_is_the_cohorts_course_in_its_channel(room: Classroom, anna: Pupil) -> None:
    room.start_cohort("bread")

    assert "Bread, from the beginning" in anna.reply("about", channel=CHANNEL)


def test_about_an_unknown_course_gets_the_likely_one(anna: Pupil) -> None:
    assert "There is no course “breed”. Did you mean bread?" in anna.reply("about breed")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("joim", "join"), ("lessons", "lesson"), ("progres", "progress"), ("QUIS 1.1", "quiz")],
)
def test_a_misspelt_command_gets_the_likely_one(anna: Pupil, written: str, meant: str) -> None:
    word = written.split()[0].lower()

    assert f"There is no command “{word}”. Did you mean /tutor {meant}?" in anna.reply(written)


def test_a_word_that_is_like_no_command_gets_the_list(anna: Pupil) -> None:
    assert "There is no command “xyzzy”. /tutor help lists the words there are." in anna.reply("xyzzy")


def test_case_and_spaces_around_a_command_do_not_matter(anna: Pupil) -> None:
    assert "What you can write" in anna.reply("  HELP  ")


def test_what_is_written_pings_nobody(anna: Pupil) -> None:
    anna.command("join <!channel> & <@U0BEN>")

    answer = anna.sees("There is no course “<!channel> & <@U0BEN>”")
    assert isinstance(answer, Message)
    assert answer.pings == []


def test_answers_to_commands_are_seen_by_nobody_else(room: Classroom, anna: Pupil, ben: Pupil) -> None:
    anna.command("help", channel=CHANNEL)

    anna.sees("What you can write")
    assert ben.person.messages(CHANNEL) == []
