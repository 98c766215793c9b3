"""Who reaches the pass mark gets the award, once, and the badge where they wanted it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil, classroom
from tutorbot.lessons.course import Course, Scheme
from tutorbot.sandbox import Message
from tutorbot.tutor import cohorts

PASSED = "has passed Bread, from the beginning and earned the badge"


def easier(course: Course, percent: int = 30) -> Course:
    """Return the course with a pass mark that the exam alone reaches."""
    return replace(course, scheme=replace(course.scheme, pass_mark=Fraction(percent)))


def sit_exam(pupil: Pupil, *, right: bool = True) -> None:
    """Sit the exam from its first page to its result."""
    pupil.command("exam")
    pupil.room.let_happen()
    pupil.press("Start the exam")
    for number in (1, 2, 3):
        pupil.sees(f"Question {number} of 3")
        for _ in range(1 if right else 2):
            pupil.chooses_and_confirms(right=right)
            pupil.sees(f"Question {number} of 3", "Right." if right else "Not right")
        pupil.press("Next question" if number < 3 else "To the overview")
    pupil.sees("Before you hand in")
    pupil.press("Hand in")
    pupil.sees("You handed it in.")
    pupil.room.let_happen()


def badges(room: Classroom) -> list[Message]:
    """Return the badges in the channel."""
    return [post for post in room.pupil("ben").person.messages(CHANNEL) if PASSED in post.text]


def own(pupil: Pupil) -> list[Message]:
    """Return the badges in the direct message."""
    return [post for post in pupil.posts() if "This badge is yours" in post.plain]


@pytest.fixture
def anna(room: Classroom, anna: Pupil) -> Pupil:
    """Give a member of a cohort whose course the exam alone can pass."""
    room.offer_changed(easier)
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)
    return anna


def test_the_badge_goes_to_the_cohorts_channel_and_to_the_learner(room: Classroom, anna: Pupil) -> None:
    sit_exam(anna)

    (badge,) = badges(room)
    assert badge.text == "Anna Keller has passed Bread, from the beginning and earned the badge “Baker”."
    assert f"@{anna.person.id} has passed" in badge.plain
    (picture,) = [block for block in badge.blocks if block["type"] == "image"]
    assert picture["alt_text"] == (
        "Badge “Baker”, awarded to Anna Keller on 2026-11-02 for passing the course Bread, from the beginning"
    )
    assert len(own(anna)) == 1
    anna.sees("You have passed the course with 30 %.")


def test_who_wants_it_gets_it_in_the_direct_message_alone(room: Classroom, anna: Pupil) -> None:
    anna.command("progress", channel=CHANNEL)
    page = anna.sees("When you pass, where shall your badge be posted?")
    (radio,) = [i for i in page.inputs if i.type == "radio_buttons"]
    assert radio.options == ("To the channel, for all to see", "To me alone, in the direct message")

    anna.person.check(page, radio.action_id, "To me alone, in the direct message")
    sit_exam(anna)

    assert badges(room) == []
    assert len(own(anna)) == 1


def test_the_choice_can_change_until_the_pass(room: Classroom, anna: Pupil) -> None:
    for wanted in ("To me alone, in the direct message", "To the channel, for all to see"):
        anna.command("progress", channel=CHANNEL)
        page = anna.sees("When you pass, where shall your badge be posted?")
        (radio,) = [i for i in page.inputs if i.type == "radio_buttons"]
        anna.person.check(page, radio.action_id, wanted)

    sit_exam(anna)

    assert len(badges(room)) == 1


def test_the_choice_is_shown_as_it_was_made(anna: Pupil) -> None:
    anna.command("progress", channel=CHANNEL)
    page = anna.sees("When you pass, where shall your badge be posted?")
    (radio,) = [i for i in page.inputs if i.type == "radio_buttons"]
    anna.person.check(page, radio.action_id, "To me alone, in the direct message")

    anna.command("exam")
    anna.room.let_happen()

    (radio,) = [i for i in anna.posts()[-1].inputs if i.type == "radio_buttons"]
    assert radio.value == "direct"


def test_after_the_pass_the_choice_is_gone_and_an_old_one_says_so(room: Classroom, anna: Pupil) -> None:
    anna.command("progress", channel=CHANNEL)
    page = anna.sees("When you pass, where shall your badge be posted?")
    (radio,) = [i for i in page.inputs if i.type == "radio_buttons"]
    sit_exam(anna)

    anna.person.check(page, radio.action_id, "To me alone, in the direct message")

    anna.sees("You have passed, and your badge is posted already.")
    reply = anna.reply("progress", channel=CHANNEL)
    assert "Badge earned: Baker, 2026-11-02, with 30 %." in reply
    assert "where shall your badge be posted" not in reply


def test_the_award_is_given_once_whatever_is_answered_later(room: Classroom, anna: Pupil) -> None:
    sit_exam(anna)
    anna.command("quiz 1.1", channel=CHANNEL)
    room.let_happen()

    anna.answers_all()

    room.let_happen()
    assert len(badges(room)) == 1
    assert len(own(anna)) == 1


def test_a_review_answer_after_the_exam_can_be_the_one_that_passes(room: Classroom, ben: Pupil) -> None:
    room.offer_changed(lambda course: easier(course, percent=35))
    ben.takes("bread")
    sit_exam(ben)
    assert own(ben) == []
    ben.sees("Your course mark is 30 % now; 35 % is the pass mark.")
    ben.command("quiz 1.1")
    room.let_happen()

    ben.answers()

    ben.sees("Right.")
    assert len(own(ben)) == 1
    assert "You have passed. Everything stays open for you to read again." not in ben.reply("next")


def test_who_does_not_reach_the_mark_gets_none(room: Classroom, anna: Pupil) -> None:
    sit_exam(anna, right=False)

    assert badges(room) == []
    assert own(anna) == []
    result = anna.sees("Final exam: 0 of 3 right", "30 % is the pass mark.")
    assert "You can still reach" in result.plain


def exam_alone(course: Course) -> Course:
    """Return the course with nothing graded but the exam."""
    lessons = [tuple(replace(each, questions=()) for each in module.lessons) for module in course.modules]
    modules = tuple(replace(m, lessons=own) for m, own in zip(course.modules, lessons, strict=True))
    exam = replace(course.scheme.parts[-1], weight=100)
    return replace(course, modules=modules, case_study=None, scheme=replace(course.scheme, parts=(exam,)))


def test_who_can_reach_the_mark_no_more_is_told_so_and_promised_nothing(room: Classroom, ben: Pupil) -> None:
    room.offer_changed(exam_alone)
    ben.takes("bread")

    sit_exam(ben, right=False)

    result = ben.sees("Final exam: 0 of 3 right", "Pass mark: 75 %, out of reach as things stand.")
    assert "You can still reach" not in result.plain


def test_who_learns_alone_gets_it_in_the_direct_message(room: Classroom, ben: Pupil) -> None:
    room.offer_changed(easier)
    ben.takes("bread")
    assert "where shall your badge be posted" not in ben.reply("progress")

    sit_exam(ben)

    assert len(own(ben)) == 1
    assert badges(room) == []


@pytest.fixture
def with_badge_channel(sqlite_url: str) -> Iterator[Classroom]:
    """Give a bot whose settings name a channel for badges, the first that is made."""
    with classroom(sqlite_url, over_http=True, badge_channel="C000000002") as opened:
        yield opened


def test_who_learns_alone_gets_it_in_the_channel_of_the_settings(with_badge_channel: Classroom) -> None:
    room = with_badge_channel
    assert room.channel == "C000000002"
    room.offer_changed(easier)
    ben = room.pupil("ben")
    ben.takes("bread")

    sit_exam(ben)

    assert [badge.text.split(" has passed")[0] for badge in badges(room)] == ["Ben Okafor"]


def test_another_cohort_whose_dates_make_enough_of_late_answers_passes(room: Classroom, ben: Pupil) -> None:
    def due_in_a_day(course: Course) -> Course:
        review, *others = easier(course, percent=35).scheme.parts
        return replace(course, scheme=Scheme((replace(review, due_days=1), *others), Fraction(35)))

    room.offer_changed(due_in_a_day)
    first = room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)
    sit_exam(ben)
    room.later(days=7)
    ben.command("quiz 1.1", channel=CHANNEL)
    room.let_happen()
    ben.answers_all()
    assert "30 %" in ben.reply("progress", channel=CHANNEL)
    assert own(ben) == []

    cohorts.stop_cohort(room.bot.tutor, first)
    room.start_cohort("bread", first=date(2026, 11, 23))
    ben.command("join", channel=CHANNEL)

    room.let_happen()
    assert "Badge earned: Baker" in ben.reply("progress", channel=CHANNEL)
    assert len(own(ben)) == 1
