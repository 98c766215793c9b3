"""App Home: where one is in each course, and buttons to go on."""

import pytest

from tests.wire.classroom import Classroom, Pupil
from tutorbot.sandbox import Fault, ViewSeen


def home(pupil: Pupil, *texts: str) -> ViewSeen:
    """Wait until their Home shows these texts."""

    def showing() -> ViewSeen | None:
        view = pupil.person.home
        return view if view and all(text in view.plain for text in texts) else None

    return pupil.room.sandbox.wait_for(showing)


def published(room: Classroom) -> int:
    """Return how often a Home was published."""
    room.drawn()
    return sum(call.method == "views.publish" for call in room.sandbox.calls)


def test_home_offers_courses_to_who_takes_none(anna: Pupil) -> None:
    anna.person.open_home()

    view = home(anna, "Bread, from the beginning: Flour, water, salt and time. (about one hour)")
    assert "CQRS and Event Sourcing" in view.plain
    assert [button.action_id for button in view.buttons if button.text == "Begin at your own pace"] == [
        "join-course:bread",
        "join-course:cqrs-event-sourcing",
    ]


def test_home_shows_where_one_is_with_the_grade_by_part_and_one_way_on(anna: Pupil) -> None:
    anna.takes("bread")
    anna.person.open_home()

    view = home(anna, "Progress: Bread, from the beginning", "0 of 3 lessons read. 7 questions open")
    assert "Review questions (40 % of the course mark): " in view.plain
    assert "Course mark so far: 0 %. Still to be reached: 100 %. Pass mark: 75 %." in view.plain
    assert [button.text for button in view.buttons if button.style == "primary"][:1] == [
        "Read the first lesson"
    ]


def test_the_messages_tab_publishes_nothing(room: Classroom, anna: Pupil) -> None:
    anna.person.open_messages()

    assert published(room) == 0


def test_a_course_can_be_begun_in_home(room: Classroom, anna: Pupil) -> None:
    anna.person.open_home()

    anna.person.click(home(anna, "Bread"), "join-course:bread")

    home(anna, "Progress: Bread, from the beginning")
    assert "Welcome to Bread" in anna.posts()[-1].plain


def test_a_lesson_asked_for_in_home_is_told_there_and_home_goes_on(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.person.open_home()

    anna.person.click(home(anna, "Progress: Bread"), "Read the first lesson")

    anna.sees("You find it in our direct message: Lesson 1.1: The flat loaf")
    assert anna.posts()[-1].text == "Lesson 1.1: The flat loaf"
    home(anna, "1 of 3 lessons read", "Answer the questions")


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("Syllabus", "Syllabus: Bread, from the beginning"),
        ("about:cqrs-event-sourcing", "What it gives you"),
    ],
)
def test_what_is_asked_for_in_home_opens_in_a_window(anna: Pupil, button: str, shown: str) -> None:
    anna.takes("bread")
    anna.person.open_home()

    anna.person.click(home(anna, "Progress: Bread"), button)

    view = anna.person.view
    assert view is not None
    assert shown in view.plain


def test_buttons_in_a_window_work_too(anna: Pupil) -> None:
    anna.takes("bread")
    anna.person.open_home()
    anna.person.click(home(anna, "Progress: Bread"), "about:cqrs-event-sourcing")
    window = anna.person.view
    assert window is not None

    anna.person.click(window, "Join")

    anna.room.let_happen()
    anna.sees("You take CQRS and Event Sourcing now, at your own pace.")
    home(anna, "Progress: CQRS and Event Sourcing")


def test_a_lesson_chosen_in_the_syllabus_of_a_window_comes(anna: Pupil) -> None:
    anna.takes("bread")
    anna.person.open_home()
    anna.person.click(home(anna, "Progress: Bread"), "Syllabus")
    window = anna.person.view
    assert window is not None
    (menu,) = window.inputs

    anna.person.check(window, menu.action_id, "2.1 The dough that waited")

    assert anna.posts()[-1].text == "Lesson 2.1: The dough that waited"
    anna.sees("You find it in our direct message: Lesson 2.1: The dough that waited")


def test_after_answers_home_is_published_at_most_once_a_minute(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("quiz 1.1")
    room.let_happen()
    before = published(room)

    anna.answers(right=False)
    anna.sees("1 try left")
    anna.answers()
    anna.sees("Right.")

    assert published(room) - before <= 1


def test_opening_home_always_shows_how_it_is_now(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("quiz 1.1")
    room.let_happen()
    anna.answers()

    anna.person.open_home()

    home(anna, "6 questions open and unanswered.")


def test_a_window_that_slack_opens_no_more_is_acknowledged(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.person.open_home()
    view = home(anna, "Progress: Bread")
    room.sandbox.misbehave(Fault.REFUSE, "views.open", times=9, error="expired_trigger_id")

    assert anna.person.click(view, "Syllabus").ok

    assert anna.person.view is None


def test_a_home_that_could_not_be_published_comes_with_the_next(room: Classroom, anna: Pupil) -> None:
    room.sandbox.misbehave(Fault.REFUSE, "views.publish", error="internal_error")

    anna.person.open_home()
    room.drawn()
    anna.person.open_home()

    home(anna, "Bread, from the beginning")


def test_a_home_that_slack_takes_only_later_holds_up_no_drawing(room: Classroom, anna: Pupil) -> None:
    room.sandbox.misbehave(Fault.RATE_LIMIT, "views.publish", retry_after=50)

    for _ in range(room.bot.settings.draw_threads):
        anna.person.open_home()

    room.drawn()  # every thread is free again
