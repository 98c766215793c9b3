"""What nobody expects: other workspaces, buttons of an earlier release, our own faults, late windows."""

import pytest

from tests.wire.classroom import CHANNEL, Classroom, Pupil
from tutorbot.sandbox import Fault, Message, Sent
from tutorbot.slack import Refused


@pytest.fixture
def anna(anna: Pupil) -> Pupil:
    """Give somebody before the first of the two questions of lesson 1.1."""
    anna.takes("bread")
    anna.command("quiz 1.1")
    anna.room.let_happen()
    return anna


def last(room: Classroom, name: str) -> Sent:
    """Return the last request of this name."""
    return next(sent for sent in reversed(room.sandbox.sent) if sent.name == name)


def with_action(room: Classroom, action_id: str, **more: object) -> object:
    """Press what is no button of ours: the last press, with another action."""
    pressed = last(room, "block_actions")
    action = {**pressed.payload["actions"][0], "action_id": action_id, **more}
    return room.sandbox.replay(pressed, actions=[action], trigger_id=f"1.2.{action_id}").ok


# others


@pytest.mark.parametrize(
    "changes", [{"team_id": "T0FOREIGN"}, {"api_app_id": "A0FOREIGN"}, {"team_id": None}], ids=str
)
def test_a_command_of_another_workspace_or_app_is_refused(
    room: Classroom, anna: Pupil, changes: dict[str, object]
) -> None:
    before = anna.posts()

    reply = room.sandbox.replay(last(room, "/tutor"), **changes, text="join cqrs-event-sourcing")

    assert reply.status == 403
    assert anna.posts() == before
    assert "Begin at your own pace" in anna.reply("")


def test_a_press_of_another_workspace_is_refused(room: Classroom, anna: Pupil) -> None:
    anna.press("Hint")
    pressed = last(room, "block_actions")
    action = {**pressed.payload["actions"][0], "action_id": f"answer:{anna.question().drawing.id}:1:0"}

    reply = room.sandbox.replay(pressed, team={"id": "T0FOREIGN"}, actions=[action])

    assert reply.status == 403
    assert anna.attempts() == []


def test_an_event_of_another_workspace_is_refused(room: Classroom, anna: Pupil) -> None:
    anna.person.type("hello")

    reply = room.sandbox.replay(last(room, "message"), team_id="T0FOREIGN", event_id="Ev1")

    assert reply.status == 403


# earlier releases


def test_a_button_of_an_earlier_release_is_acknowledged_and_told_in_private(
    room: Classroom, anna: Pupil, ben: Pupil
) -> None:
    anna.press("Hint")

    assert with_action(room, "fly-to-the-moon:7")

    message = anna.sees("This button does nothing any more. Write /tutor to see what is yours.")
    assert isinstance(message, Message)
    assert message.ephemeral


def test_a_button_of_an_earlier_release_in_home_opens_a_window(room: Classroom, anna: Pupil) -> None:
    anna.person.open_home()
    home = room.sandbox.wait_for(lambda: anna.person.home)
    anna.person.click(home, "Syllabus")
    anna.person.close()
    pressed = last(room, "block_actions")
    trigger = room.sandbox.service.tickets.trigger(anna.person.id)

    action = {**pressed.payload["actions"][0], "action_id": "fly-to-the-moon:7"}
    room.sandbox.replay(pressed, actions=[action], trigger_id=trigger)

    view = anna.person.view
    assert view is not None
    assert "This button does nothing any more." in view.plain


def test_a_link_is_acknowledged_without_a_word(room: Classroom, anna: Pupil) -> None:
    anna.press("Hint")

    assert with_action(room, "a-link", url="https://example.org/bread")

    room.drawn()
    assert not any("does nothing any more" in post.plain for post in anna.all_seen())


def test_an_event_nobody_asked_for_is_acknowledged(room: Classroom, anna: Pupil) -> None:
    anna.person.type("hello")
    heard = last(room, "message")

    event = {"type": "tokens_revoked", "tokens": {}}

    assert room.sandbox.replay(heard, event=event, event_id="Ev2").ok


def test_a_question_of_a_database_that_is_gone_says_so(room: Classroom, anna: Pupil) -> None:
    anna.press("Hint")

    for action_id in ("answer:99999:1:0", "next:99999", "hint:99999"):
        assert with_action(room, action_id)

    anna.sees("That question is gone. Write /tutor to see what is yours.")


@pytest.mark.parametrize("action_id", ["next-lesson:99999", "progress:99999", "exam:99999", "read:99999:x"])
def test_a_course_of_a_database_that_is_gone_says_so(room: Classroom, anna: Pupil, action_id: str) -> None:
    anna.press("Hint")

    assert with_action(room, action_id)

    anna.sees("is gone. Write /tutor to see what is yours.")


def test_a_cohort_that_is_gone_says_so(room: Classroom, anna: Pupil) -> None:
    anna.press("Hint")

    assert with_action(room, "cohort-read:99999:the-flat-loaf")

    anna.sees("That cohort is gone. Write /tutor to see what is yours.")


# faults of our own


def number_in(text: str) -> str:
    """Return the number that a person is told."""
    return text.split("the number ")[1].split(".")[0]


def test_a_fault_in_a_press_is_told_with_a_number_and_logged_with_it(
    room: Classroom, anna: Pupil, caplog: pytest.LogCaptureFixture
) -> None:
    anna.press("Hint")

    assert with_action(room, "answer:not-a-number")

    told = anna.sees("Something went wrong on our side, and nothing was lost. Try it once more")
    assert isinstance(told, Message)
    assert told.ephemeral
    assert f"Fault {number_in(told.plain)}" in caplog.text
    assert "ValueError" in caplog.text


def test_a_fault_in_a_window_is_told_under_the_field(room: Classroom, anna: Pupil) -> None:
    anna.command("quiz 1.2")
    room.let_happen()
    anna.press("Write your answer")
    anna.person.submit({"answer-text": "70"})
    handed_in = last(room, "view_submission")
    view = {**handed_in.payload["view"], "callback_id": "written:not-a-number"}

    reply = room.sandbox.replay(handed_in, view=view)

    assert reply.ok
    told = (reply.json() or {})["errors"]["answer-text"]
    assert "Something went wrong on our side" in told
    assert len(anna.attempts()) == 1


def test_a_fault_while_typing_is_told_in_the_direct_message(room: Classroom, anna: Pupil) -> None:
    anna.person.type("hello")
    heard = last(room, "message")
    room.let_happen()
    event = {**heard.payload["event"], "text": 7}

    assert room.sandbox.replay(heard, event=event, event_id="Ev3").ok

    assert "Something went wrong on our side" in anna.posts()[-1].plain


def test_a_fault_that_cannot_be_told_is_acknowledged_all_the_same(room: Classroom, anna: Pupil) -> None:
    anna.press("Hint")
    room.sandbox.misbehave(Fault.REFUSE, "*", times=50, error="token_revoked")

    assert with_action(room, "answer:not-a-number")


def test_a_message_that_was_never_anybodys_does_no_harm(room: Classroom, anna: Pupil) -> None:
    anna.person.type("hello")
    heard = last(room, "message")
    odd: list[dict[str, object]] = [
        {"type": "message", "channel_type": "im", "text": "B"},
        {"type": "message", "channel_type": "im", "user": anna.person.id},
        {"type": "message", "channel_type": "im", "user": anna.person.id, "text": "   "},
        {"type": "message", "channel_type": "im", "user": anna.person.id, "text": "B", "bot_id": "B9"},
        {"type": "message", "channel_type": "mpim", "user": anna.person.id, "text": "B"},
        {"type": "app_home_opened", "tab": "home"},
    ]

    for number, event in enumerate(odd):
        assert room.sandbox.replay(heard, event=event, event_id=f"Ev{number}").ok

    assert anna.attempts() == []


# Slack says no


def test_a_window_too_late_asks_to_press_again(room: Classroom, anna: Pupil) -> None:
    anna.command("quiz 1.2")
    room.let_happen()
    room.sandbox.misbehave(Fault.REFUSE, "views.open", error="expired_trigger_id")

    anna.press("Write your answer")

    message = anna.sees("That took too long for Slack to open a window. Press the button once more.")
    assert isinstance(message, Message)
    assert message.ephemeral
    anna.press("Write your answer")
    assert anna.person.view is not None


def test_a_response_url_that_is_used_up_redraws_by_an_update(room: Classroom, anna: Pupil) -> None:
    anna.answers(right=False)
    anna.sees("1 try left")
    pressed = last(room, "block_actions")
    room.drawn()
    for _ in range(4):
        room.bot.slack.respond(pressed.payload["response_url"], text="x", replace_original=False)
    with pytest.raises(Refused, match="used_url"):
        room.bot.slack.respond(pressed.payload["response_url"], text="x", replace_original=False)
    anna.command("answer " + anna.letters(right=True)[0])
    anna.sees("Question 1 of 2", "Right.")
    updates = updated(room)

    room.sandbox.replay(pressed)

    room.sandbox.wait_for(lambda: updated(room) > updates)
    anna.sees("Question 1 of 2", "Right.")


def updated(room: Classroom) -> int:
    """Return how often a message was updated."""
    return sum(call.method == "chat.update" for call in room.sandbox.calls)


def test_a_redraw_that_slack_refuses_loses_no_answer(room: Classroom, anna: Pupil) -> None:
    question = anna.posts()[-1]
    room.sandbox.misbehave(Fault.REFUSE, "*", times=2, error="fatal_error")

    anna.answers(right=False)

    room.drawn()
    assert len(anna.attempts()) == 1
    room.sandbox.behave()
    anna.person.click(question, anna.letters(right=True)[0])
    room.sandbox.wait_for(lambda: "Right." in anna.person.now(question).plain)


def test_a_name_that_slack_does_not_tell_stops_nobody(room: Classroom, ben: Pupil) -> None:
    room.sandbox.misbehave(Fault.REFUSE, "users.info", times=9, error="user_not_found")

    assert "You take Bread" in ben.reply("join bread", channel=CHANNEL)
    assert "Welcome to Bread" in ben.posts()[-1].plain
