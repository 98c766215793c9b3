"""`/tutor join` and `/tutor leave`: with a cohort or alone, once and again."""

from datetime import date, time

from tests.wire.classroom import CHANNEL, Classroom, Pupil

TUESDAY = date(2026, 11, 3)
NINE = time(9)


def test_join_begins_the_named_course_and_welcomes_in_the_direct_message(
    room: Classroom, anna: Pupil
) -> None:
    reply = anna.reply("join bread", channel=CHANNEL)

    assert "You take Bread, from the beginning now, at your own pace." in reply
    (welcome,) = anna.posts()
    assert "Welcome to Bread, from the beginning" in welcome.plain
    assert (
        "review questions 40 %, case study 30 % and final exam 30 %; the pass mark is 75 %." in welcome.plain
    )
    assert [button.text for button in welcome.buttons] == [
        "Read the first lesson",
        "About the course",
        "Syllabus",
    ]


def test_join_takes_a_title_and_the_beginning_of_a_name(anna: Pupil, ben: Pupil) -> None:
    assert "You take Bread" in anna.reply("join Bread, from the beginning", channel=CHANNEL)
    assert "You take Bread" in ben.reply("join bre", channel=CHANNEL)


def test_who_joins_in_the_direct_message_finds_the_welcome_there_and_no_word_of_it(anna: Pupil) -> None:
    answer = anna.command("join bread")

    assert (answer.text, answer.blocks) == ("", [])
    assert "Welcome to Bread, from the beginning" in anna.posts()[-1].plain


def test_join_without_a_name_asks_which_of_several_courses(anna: Pupil) -> None:
    reply = anna.reply("join")

    assert "Say which course" in reply
    assert "bread" in reply
    assert "cqrs-event-sourcing" in reply
    assert anna.posts() == []


def test_an_unknown_course_gets_the_likely_one(anna: Pupil) -> None:
    reply = anna.reply("join braed")

    assert "There is no course “braed”. Did you mean bread?" in reply
    assert anna.posts() == []


def test_joining_twice_changes_nothing_and_says_what_comes_next(anna: Pupil) -> None:
    anna.takes("bread")

    reply = anna.reply("join bread")

    assert "You take Bread, from the beginning already, at your own pace. Next: lesson 1.1" in reply
    assert len(anna.posts()) == 1


def test_join_in_a_cohorts_channel_joins_the_cohort(room: Classroom, anna: Pupil) -> None:
    room.start_cohort("bread")

    reply = anna.reply("join", channel=CHANNEL)

    assert "with this channel's cohort" in reply
    (welcome,) = anna.posts()
    assert "Lessons are posted in your cohort's channel, Monday to Friday at 09:00" in welcome.plain


def test_join_elsewhere_leaves_a_member_in_the_cohort(room: Classroom, anna: Pupil) -> None:
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)

    reply = anna.reply("join bread")

    assert "already, with your cohort" in reply


def test_who_learns_alone_can_join_the_cohort_later(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("next")
    room.start_cohort("bread")

    assert "with this channel's cohort" in anna.reply("join", channel=CHANNEL)

    assert "The flat loaf (read" in anna.reply("syllabus")
    assert "A cup is no measure (opens on Tuesday 3 November 2026, 09:00" in anna.reply("syllabus")


def test_questions_that_were_begun_alone_can_be_gone_on_with_in_a_cohort(
    room: Classroom, anna: Pupil
) -> None:
    anna.takes("bread")
    anna.command("quiz 2.1")
    room.let_happen()
    anna.answers(right=False)
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)
    room.later(seconds=11)

    assert "You find it in our direct message: Lesson 2.1" in anna.reply("quiz 2.1", channel=CHANNEL)


def test_leaving_and_joining_again_loses_nothing(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("next")
    anna.command("quiz")
    room.let_happen()
    anna.answers(right=False)
    anna.sees("1 try left")

    assert "You have paused Bread" in anna.reply("leave")
    assert "You have paused this course" in anna.reply("progress")
    room.later(seconds=20)
    assert "You take Bread" in anna.reply("join bread", channel=CHANNEL)

    room.let_happen()
    assert "Welcome back to Bread" in anna.posts()[-1].plain
    anna.command("quiz")
    room.let_happen()
    anna.answers()
    anna.sees("Right.")
    assert [attempt.n for attempt in anna.attempts()] == [1, 2]


def test_leaving_a_cohort_ends_nothing_that_was_open(room: Classroom, anna: Pupil) -> None:
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)
    room.at(TUESDAY, NINE)

    anna.command("leave", channel=CHANNEL)
    assert "You take Bread" in anna.reply("join", channel=CHANNEL)

    syllabus = anna.reply("syllabus")
    assert "The flat loaf (open" in syllabus
    assert "A cup is no measure (open" in syllabus
    assert "The dough that waited (opens on Wednesday 4 November 2026, 09:00" in syllabus


def test_leaving_twice_says_how_to_come_back(anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("leave")

    assert "You have left that course already. /tutor join takes it up again" in anna.reply("leave")


def test_who_takes_no_course_has_none_to_leave(anna: Pupil) -> None:
    assert "You take no course yet. Write /tutor join to begin one." in anna.reply("leave")
    assert "You have not joined that course yet. Write /tutor join bread." in anna.reply("leave bread")
