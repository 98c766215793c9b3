"""`/tutor pace`: lessons that come by themselves, on days and at an hour of the learner's own zone."""

from datetime import UTC, datetime

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tutorbot.tutor import cohorts


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody who takes the bread course at their own pace; it is Monday, 09:00 in Zurich."""
    anna.takes("bread")
    return anna


def lessons(pupil: Pupil) -> list[str]:
    """Return the lessons that have come."""
    return [post.text.removeprefix("Lesson ") for post in pupil.posts() if post.text.startswith("Lesson ")]


def at(room: Classroom, day: int, hour: int, minute: int = 0) -> None:
    """Let it be this instant, in UTC, of November 2026."""
    room.clock.now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    room.let_happen()


def test_a_pace_says_when_the_next_lesson_comes(anna: Pupil) -> None:
    reply = anna.reply("pace mon-fri 09:00")

    assert (
        "Lessons of Bread, from the beginning come by themselves now: Monday to Friday, the next on" in reply
    )
    assert "Tuesday 3 November 2026, 09:00 (Europe/Zurich). /tutor pace off ends that." in reply
    assert lessons(anna) == []


def test_lessons_come_on_their_days_one_at_a_time_to_the_end(room: Classroom, anna: Pupil) -> None:
    anna.command("pace mon,wed 18:30")

    at(room, 2, 17, 29)
    assert lessons(anna) == []
    at(room, 2, 17, 30)
    assert lessons(anna) == ["1.1: The flat loaf"]
    at(room, 3, 17, 30)
    assert lessons(anna) == ["1.1: The flat loaf"]
    at(room, 4, 17, 30)
    at(room, 9, 17, 30)
    at(room, 11, 17, 30)
    assert lessons(anna) == ["1.1: The flat loaf", "1.2: A cup is no measure", "2.1: The dough that waited"]


def test_the_hour_is_the_learners_own(room: Classroom, anna: Pupil) -> None:
    anna.person.move_to("Asia/Tokyo")

    assert "09:00 (Asia/Tokyo)" in anna.reply("pace daily 09:00")

    at(room, 2, 23, 59)
    assert lessons(anna) == []
    at(room, 3, 0, 0)
    assert lessons(anna) == ["1.1: The flat loaf"]


def test_off_ends_it(room: Classroom, anna: Pupil) -> None:
    anna.command("pace daily 09:00")

    assert "come when you ask for them: /tutor next." in anna.reply("pace off")

    at(room, 5, 12)
    assert lessons(anna) == []


def test_another_pace_takes_the_place_of_the_first(room: Classroom, anna: Pupil) -> None:
    anna.command("pace daily 09:00")
    anna.command("pace daily 10:00")

    at(room, 2, 9)
    assert lessons(anna) == ["1.1: The flat loaf"]
    at(room, 3, 8)
    assert lessons(anna) == ["1.1: The flat loaf"]


def test_off_and_on_again_brings_each_lesson_once(room: Classroom, anna: Pupil) -> None:
    for pace in ("daily 09:00", "off", "daily 09:00", "daily 09:00"):
        anna.command(f"pace {pace}")

    at(room, 3, 8)

    assert lessons(anna) == ["1.1: The flat loaf"]


def test_a_lesson_read_meanwhile_is_not_sent_again(room: Classroom, anna: Pupil) -> None:
    anna.command("pace daily 09:00")
    anna.command("next")

    at(room, 3, 8)

    assert lessons(anna) == ["1.1: The flat loaf", "1.2: A cup is no measure"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Give days and an hour, for example /tutor pace mon-fri 09:00, or /tutor pace off."),
        ("sometimes", "Give days and an hour, for example /tutor pace mon-fri 09:00, or /tutor pace off."),
        ("09:00", "Give days and an hour, for example /tutor pace mon-fri 09:00, or /tutor pace off."),
        ("mon-fri", "Give days and an hour, for example /tutor pace mon-fri 09:00, or /tutor pace off."),
        ("mon-fri 25:00", "a day goes from 00:00 to 23:59."),
        ("moonday 09:00", 'Did you mean "monday"?'),
        ("mon or tue 09:00", 'Days look like "mon-fri", "mon,wed,fri", "weekdays" or "daily".'),
    ],
)
def test_nonsense_says_what_would_be_right(anna: Pupil, text: str, said: str) -> None:
    reply = anna.reply(f"pace {text}")

    assert said in reply
    assert "come by themselves now" not in reply


def test_in_a_cohort_there_is_no_pace_of_ones_own(room: Classroom, ben: Pupil) -> None:
    room.start_cohort("bread")
    ben.command("join", channel=CHANNEL)

    assert "Your lessons come with your cohort's schedule" in ben.reply("pace mon-fri 09:00", channel=CHANNEL)


def test_a_pace_ends_when_one_joins_a_cohort(room: Classroom, anna: Pupil) -> None:
    anna.command("pace daily 12:00")
    room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)

    at(room, 3, 12)

    assert lessons(anna) == []


def test_once_the_cohort_is_stopped_lessons_come_at_the_pace_that_was_set_before(
    room: Classroom, anna: Pupil
) -> None:
    anna.command("pace daily 09:00")
    cohort = room.start_cohort("bread")
    anna.command("join", channel=CHANNEL)
    at(room, 3, 12)

    cohorts.stop_cohort(room.bot.tutor, cohort)
    at(room, 4, 8)

    assert len(lessons(anna)) == 1


def test_who_has_read_every_lesson_is_promised_none(anna: Pupil) -> None:
    for number in ("1.1", "1.2", "2.1"):
        anna.command(f"lesson {number}")

    reply = anna.reply("pace daily 09:00")

    assert "You have read every lesson of Bread, from the beginning: none is left to come by itself." in reply
    assert "come when you ask for them" in anna.reply("pace off")


def test_who_has_paused_sets_no_pace(anna: Pupil) -> None:
    anna.command("leave")

    assert "You have paused this course. /tutor join resumes it, then set your pace." in anna.reply(
        "pace daily 09:00"
    )


def test_a_pause_stops_the_lessons_and_coming_back_resumes_them(room: Classroom, anna: Pupil) -> None:
    anna.command("pace daily 09:00")
    anna.command("leave")
    at(room, 3, 8)
    assert lessons(anna) == []

    anna.command("join bread")
    at(room, 4, 8)

    assert lessons(anna) == ["1.1: The flat loaf"]


def test_who_moves_and_sets_the_pace_again_gets_lessons_at_the_new_hour_alone(
    room: Classroom, anna: Pupil
) -> None:
    anna.command("pace daily 09:00")
    anna.person.move_to("America/New_York")

    assert "09:00 (America/New_York)" in anna.reply("pace daily 09:00")

    at(room, 2, 14)
    assert lessons(anna) == ["1.1: The flat loaf"]
    at(room, 3, 8)  # nine in Zurich, three in the night in New York
    assert len(lessons(anna)) == 1
    at(room, 3, 14)
    assert len(lessons(anna)) == 2


def test_lessons_come_at_the_new_hour_once_it_is_known_that_somebody_moved(
    room: Classroom, anna: Pupil
) -> None:
    anna.command("pace daily 18:00")
    anna.person.move_to("Asia/Tokyo")
    anna.command("join bread")  # whereby Slack is asked who they are
    room.drawn()

    at(room, 2, 9)
    assert lessons(anna) == ["1.1: The flat loaf"]
    at(room, 2, 17)  # six in the evening in Zurich, two in the night in Tokyo
    assert len(lessons(anna)) == 1
    at(room, 3, 9)
    assert len(lessons(anna)) == 2
