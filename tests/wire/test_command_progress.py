"""`/tutor progress`: the grade by part, what is open, and what comes next."""

from tests.wire.classroom import CHANNEL, Classroom, Pupil


def test_progress_begins_with_nothing(anna: Pupil) -> None:
    anna.takes("bread")

    reply = anna.reply("progress")

    assert "Progress: Bread, from the beginning" in reply
    assert "0 of 3 lessons read. 7 questions open and unanswered." in reply
    assert "Review questions (40 % of the course mark): " in reply
    assert "0 %, 0 of 5 questions settled" in reply
    assert "Course mark so far: 0 %. Still to be reached: 100 %. Pass mark: 75 %." in reply
    assert "Next: lesson 1.1, The flat loaf (5 minutes)." in reply


def test_progress_counts_what_was_answered(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("next")
    anna.command("quiz")
    room.let_happen()
    anna.answers_all()

    reply = anna.reply("progress")

    assert "1 of 3 lessons read. 5 questions open and unanswered." in reply
    assert "50 %, 2 of 5 questions settled" in reply
    assert "Course mark so far: 20 %." in reply


def test_progress_takes_the_name_of_a_course(anna: Pupil) -> None:
    anna.takes("bread")
    anna.takes("cqrs-event-sourcing")

    assert "Progress: CQRS and Event Sourcing" in anna.reply("progress")
    assert "Progress: Bread, from the beginning" in anna.reply("progress bread")
    assert "There is no course “bred”. Did you mean bread?" in anna.reply("progress bred")


def test_without_a_name_it_is_this_channels_course_or_the_one_last_touched(
    room: Classroom, anna: Pupil
) -> None:
    room.start_cohort("cqrs-event-sourcing")
    anna.command("join", channel=CHANNEL)
    anna.takes("bread")

    assert "Progress: Bread" in anna.reply("progress")
    assert "Progress: CQRS" in anna.reply("progress", channel=CHANNEL)
    anna.command("quiz 1.1", channel=CHANNEL)
    anna.command("lesson 1.1", channel=CHANNEL)
    assert "Progress: CQRS" in anna.reply("progress")


def test_progress_of_a_course_not_taken_says_how_to_take_it(anna: Pupil) -> None:
    anna.takes("bread")

    reply = anna.reply("progress cqrs-event-sourcing")

    assert "You have not joined that course yet. Write /tutor join cqrs-event-sourcing." in reply


def test_its_buttons_work_where_they_stand(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("progress")
    page = anna.sees("Progress: Bread")

    anna.person.click(page, "Syllabus")
    anna.sees("Syllabus: Bread, from the beginning")
    anna.person.click(page, "Read the first lesson")

    assert anna.posts()[-1].text == "Lesson 1.1: The flat loaf"
