"""What people do, and what the app is sent, in Slack's shapes."""

from __future__ import annotations

import threading

import pytest
from slack_sdk import WebClient

from tests.sandbox.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    modal,
    option,
    radios,
    section,
    text_input,
)
from tests.sandbox.tiny_app import Request, Says, TinyApp
from tutorbot.sandbox import ImpossibleError, Message, Person, Sandbox


def posted(slack: WebClient, anna: Person, channel: str, *blocks: Block) -> Message:
    ts = slack.chat_postMessage(channel=channel, text="Question", blocks=list(blocks))["ts"]
    return next(message for message in anna.messages(channel) if message.ts == ts)


def test_a_command_comes_as_a_form(app: TinyApp, sandbox: Sandbox, channel: str, anna: Person) -> None:
    answer = anna.command("/tutor", "join cqrs & more", channel="autumn")

    sent = app.requests[0].form
    assert answer.ok
    assert (sent["command"], sent["text"]) == ("/tutor", "join cqrs &amp; more")
    assert (sent["channel_id"], sent["channel_name"]) == (channel, "autumn")
    assert (sent["user_id"], sent["user_name"]) == (anna.id, "anna")
    assert (sent["team_id"], sent["api_app_id"]) == (sandbox.team, sandbox.app_id)
    assert sent["is_enterprise_install"] == "false"
    assert sent["response_url"].startswith(sandbox.page_url)
    assert sent["trigger_id"]


def test_private_conversations_go_unnamed(app: TinyApp, sandbox: Sandbox, anna: Person) -> None:
    sandbox.add_channel("staff", private=True)

    anna.command("/tutor", "help")
    anna.command("/tutor", "help", channel="staff")

    assert [r.form["channel_name"] for r in app.requests] == ["directmessage", "privategroup"]


def test_the_body_of_an_answer_becomes_an_ephemeral_message(
    app: TinyApp, channel: str, anna: Person, ben: Person
) -> None:
    app.answer = lambda _: Says(body={"text": "Hello", "blocks": [section("Hello there")]})

    answer = anna.command("/tutor", "help", channel="autumn")

    assert (answer.text, answer.blocks[0]["type"]) == ("Hello", "section")
    assert [(m.plain, m.ephemeral) for m in anna.messages("autumn")] == [("Hello there", True)]
    assert ben.messages("autumn") == []


def test_a_plain_body_is_a_text_and_a_public_one_is_for_all(
    app: TinyApp, channel: str, anna: Person, ben: Person
) -> None:
    app.answer = lambda _: Says(body="Just words")
    anna.command("/tutor", "help", channel="autumn")
    app.answer = lambda _: Says(body={"response_type": "in_channel", "text": "For all"})
    anna.command("/tutor", "help", channel="autumn")

    assert [m.text for m in anna.messages("autumn")] == ["Just words", "For all"]
    assert [m.text for m in ben.messages("autumn")] == ["For all"]


def test_an_answer_that_slack_would_refuse_fails_the_command(
    app: TinyApp, channel: str, anna: Person
) -> None:
    app.answer = lambda _: Says(body={"blocks": [section("")]})

    answer = anna.command("/tutor", "help", channel="autumn")

    assert (answer.ok, answer.error) == (False, "invalid_command_response")
    assert anna.notices == ["/tutor failed with the error “invalid_command_response”."]
    assert anna.messages("autumn") == []


def test_commands_that_nobody_has_registered_are_not_sent(app: TinyApp, anna: Person) -> None:
    with pytest.raises(ImpossibleError, match="/tutr is not a valid command"):
        anna.command("/tutr", "help")

    assert app.requests == []


def test_a_button_in_a_message_tells_all_about_it(
    app: TinyApp, sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    message = posted(slack, anna, channel, actions(button("Join", "join", value="7"), block_id="row"))

    answer = anna.click(message, "Join")

    sent = app.requests[0].payload
    assert answer.ok
    assert sent["type"] == "block_actions"
    assert sent["user"] == {"id": anna.id, "username": "anna", "name": "anna", "team_id": sandbox.team}
    assert sent["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel,
        "is_ephemeral": False,
    }
    assert sent["channel"] == {"id": channel, "name": "autumn"}
    assert sent["message"]["ts"] == message.ts
    assert sent["message"]["bot_id"] == sandbox.bot_id
    assert (sent["team"]["id"], sent["enterprise"]) == (sandbox.team, None)
    assert sent["response_url"].startswith(f"{sandbox.page_url}actions/")
    [action] = sent["actions"]
    assert action["action_ts"]
    assert {**action, "action_ts": None} == {
        "action_id": "join",
        "block_id": "row",
        "text": {"type": "plain_text", "text": "Join"},
        "value": "7",
        "type": "button",
        "action_ts": None,
    }


def test_a_click_sends_the_message_with_its_whole_metadata(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"key": "lesson/1"}}
    slack.chat_postMessage(
        channel=channel, text="Question", blocks=[actions(button("Join", "join"))], metadata=metadata
    )

    anna.click(anna.messages(channel)[-1], "Join")

    assert app.requests[0].payload["message"]["metadata"] == metadata


def test_a_click_in_an_ephemeral_message_does_not_send_the_message(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    slack.chat_postEphemeral(channel=channel, user=anna.id, text="x", blocks=[actions(button())])

    anna.click(anna.messages("autumn")[0], "Press")

    sent = app.requests[0].payload
    assert sent["container"]["is_ephemeral"]
    assert "message" not in sent
    assert sent["response_url"]


def test_buttons_are_found_by_text_label_and_id_and_never_guessed(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    message = posted(
        slack,
        anna,
        channel,
        actions(button("A", "a", accessibility_label="First answer"), button("A", "b"), button("C", "c")),
    )

    anna.click(message, "C")
    anna.click(message, "First answer")
    anna.click(message, "b")

    assert [r.payload["actions"][0]["action_id"] for r in app.requests] == ["c", "a", "b"]
    with pytest.raises(ImpossibleError, match=r"several buttons 'A'.*'C' \(c\)"):
        anna.click(message, "A")
    with pytest.raises(ImpossibleError, match="no button 'D'"):
        anna.click(message, "D")


def test_a_thumb_may_be_quicker_than_the_redraw(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    seen = posted(slack, anna, channel, actions(button("Answer", "answer:1")))
    slack.chat_update(channel=channel, ts=seen.ts, text="x", blocks=[actions(button("Next", "next"))])

    anna.click(seen, "Answer", as_seen=True)

    assert app.requests[0].payload["actions"][0]["action_id"] == "answer:1"
    with pytest.raises(ImpossibleError, match="no button 'Answer'; there are: 'Next'"):
        anna.click(seen, "Answer")


def test_boxes_tell_their_choice_and_keep_it_for_that_person(
    app: TinyApp, slack: WebClient, channel: str, anna: Person, ben: Person
) -> None:
    row = actions(checkboxes("a", "b"), radios("x", "y"), block_id="row")
    message = posted(slack, anna, channel, row, actions(button("Hand in", "done")))

    anna.check(message, "boxes", ["a", "B"])
    anna.check(message, "radios", "y")
    anna.click(message, "Hand in")

    chosen, radio, done = (request.payload for request in app.requests)
    assert [o["value"] for o in chosen["actions"][0]["selected_options"]] == ["a", "b"]
    assert radio["actions"][0]["selected_option"] == option("y", "Y")
    assert done["state"]["values"]["row"]["boxes"]["selected_options"] == [option("a", "A"), option("b", "B")]
    assert done["state"]["values"]["row"]["radios"]["selected_option"]["value"] == "y"
    assert [i.value for i in anna.now(message).inputs] == [["a", "b"], "y"]
    assert [i.value for i in ben.now(message).inputs] == [[], None]


def test_an_option_that_is_not_offered_cannot_be_chosen(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    message = posted(slack, anna, channel, actions(checkboxes("a", "b")))

    with pytest.raises(ImpossibleError, match="no option 'c'; there are: 'A', 'B'"):
        anna.check(message, "boxes", ["c"])


def test_what_is_chosen_first_stands_in_the_state(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    boxes = checkboxes("a", "b", initial_options=[option("b", "B")])
    message = posted(slack, anna, channel, actions(boxes, button("Done", "done"), block_id="row"))

    anna.click(message, "Done", state={})

    state = app.requests[0].payload["state"]["values"]["row"]
    assert state["boxes"]["selected_options"] == [option("b", "B")]


def test_a_choice_outlives_a_redraw_only_under_the_same_ids(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    def draw(block_id: str) -> list[Block]:
        return [actions(checkboxes("a", "b"), block_id=block_id)]

    message = posted(slack, anna, channel, *draw("try-1"))
    anna.check(message, "boxes", ["a"])

    slack.chat_update(channel=channel, ts=message.ts, text="x", blocks=draw("try-1"))
    kept = anna.now(message).inputs[0].value
    slack.chat_update(channel=channel, ts=message.ts, text="x", blocks=draw("try-2"))
    fresh = anna.now(message).inputs[0].value

    assert (kept, fresh) == (["a"], [])


def test_an_input_in_a_message_is_sent_with_the_button(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    message = posted(slack, anna, channel, text_input(), actions(button("Send", "send")))

    anna.click(message, "Send", state={"words": "42"})

    assert len(app.requests) == 1
    state = app.requests[0].payload["state"]["values"]
    assert state["said"]["words"] == {"type": "plain_text_input", "value": "42"}


def test_typing_tells_the_app_what_was_said_and_where(app: TinyApp, sandbox: Sandbox, anna: Person) -> None:
    message = anna.type("x < 5 & y")

    sent = app.requests[0].payload
    event = sent["event"]
    assert sent["type"] == "event_callback"
    assert (sent["team_id"], sent["api_app_id"]) == (sandbox.team, sandbox.app_id)
    assert sent["event_id"].startswith("Ev")
    assert sent["authorizations"][0]["user_id"] == sandbox.bot_user_id
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", anna.dm_id)
    assert (event["user"], event["text"]) == (anna.id, "x &lt; 5 &amp; y")
    assert "subtype" not in event
    assert "bot_id" not in event
    assert event["ts"] == event["event_ts"] == message.ts
    assert message.plain == "x < 5 & y"


def test_the_bots_own_words_redraws_and_deletions_are_told_too(
    app: TinyApp, sandbox: Sandbox, slack: WebClient, anna: Person
) -> None:
    ts = slack.chat_postMessage(channel=anna.id, text="Question")["ts"]
    slack.chat_update(channel=anna.dm_id, ts=ts, text="Answered")
    slack.chat_delete(channel=anna.dm_id, ts=ts)
    sandbox.wait_for(lambda: len(sandbox.sent) == 3)

    events = {sent.payload["event"].get("subtype", ""): sent.payload["event"] for sent in sandbox.sent}
    assert events[""]["bot_id"] == sandbox.bot_id
    assert events["message_changed"]["message"]["text"] == "Answered"
    assert events["message_changed"]["previous_message"]["text"] == "Question"
    assert events["message_deleted"]["deleted_ts"] == ts


def test_people_change_and_delete_what_they_said(app: TinyApp, anna: Person) -> None:
    message = anna.type("A")
    anna.edit(message, "B")
    anna.delete(message)

    _, changed, deleted = (request.payload["event"] for request in app.requests)
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "B")
    assert changed["message"]["edited"]["user"] == anna.id
    assert deleted["subtype"] == "message_deleted"
    assert anna.direct_messages() == []


def test_an_address_is_unfurled_as_a_change_that_is_no_edit(
    app: TinyApp, sandbox: Sandbox, anna: Person
) -> None:
    anna.type("see https://example.org/a")
    sandbox.wait_for(lambda: len(sandbox.sent) == 2)

    first, second = sorted((s.payload["event"] for s in sandbox.sent), key=lambda e: e.get("subtype", ""))
    assert first["text"] == "see <https://example.org/a>"
    assert second["message"]["attachments"][0]["from_url"] == "https://example.org/a"
    assert "edited" not in second["message"]


def test_only_what_the_app_subscribed_to_is_told(
    app: TinyApp, sandbox: Sandbox, channel: str, anna: Person
) -> None:
    anna.type("Hello all", channel="autumn")
    sandbox.events.clear()
    anna.type("Hello bot")
    anna.open_home()

    assert app.requests == []


def test_opening_home_tells_the_tab_and_what_was_published(
    app: TinyApp, slack: WebClient, anna: Person
) -> None:
    anna.open_home()
    slack.views_publish(user_id=anna.id, view={"type": "home", "blocks": [section("Welcome")]})
    home = anna.open_home()
    anna.open_messages()

    first, second, third = (request.payload["event"] for request in app.requests)
    assert (first["type"], first["tab"], first["user"]) == ("app_home_opened", "home", anna.id)
    assert "view" not in first
    assert second["view"]["blocks"][0]["text"]["text"] == "Welcome"
    assert third["tab"] == "messages"
    assert home is not None
    assert home.plain == "Welcome"


def test_a_click_at_home_has_a_view_and_no_response_url(app: TinyApp, slack: WebClient, anna: Person) -> None:
    slack.views_publish(user_id=anna.id, view={"type": "home", "blocks": [actions(button())]})

    assert anna.home is not None
    anna.click(anna.home, "Press")

    sent = app.requests[0].payload
    assert sent["container"] == {"type": "view", "view_id": anna.home.id}
    assert sent["view"]["type"] == "home"
    assert "response_url" not in sent
    assert "channel" not in sent


def test_a_click_that_nobody_answers_leaves_a_warning_until_one_works(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    message = posted(slack, anna, channel, actions(button()))
    app.answer = lambda _: Says(status=404)

    answer = anna.click(message, "Press")
    warned = anna.now(message).warning
    app.answer = lambda _: Says()
    anna.click(message, "Press")

    assert (answer.ok, answer.status, answer.error) == (False, 404, "dispatch_failed")
    assert warned == "This did not work: the app did not answer."
    assert anna.now(message).warning is None


def test_many_people_can_click_at_once(
    app: TinyApp, sandbox: Sandbox, slack: WebClient, channel: str
) -> None:
    together = threading.Barrier(8)
    app.answer = lambda _: Says(body=str(together.wait(30)) and "")
    anna = sandbox.person("anna")
    message = posted(slack, anna, channel, actions(button()))
    threads = [threading.Thread(target=anna.click, args=(message, "Press")) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [sent.reply.ok for sent in sandbox.sent] == [True] * 8


def open_modal(slack: WebClient, app: TinyApp, anna: Person, view: Block) -> None:
    """Open a modal by way of a command."""

    def answer(request: Request) -> Says:
        slack.views_open(trigger_id=request.form["trigger_id"], view=view)
        return Says()

    app.answer = answer
    assert anna.command("/tutor", "form").ok
    app.answer = lambda _: Says()


def test_a_modal_is_handed_in_with_what_was_filled_in(app: TinyApp, slack: WebClient, anna: Person) -> None:
    open_modal(slack, app, anna, modal(text_input(), callback_id="answer", private_metadata="7"))

    answer = anna.submit({"Your words": "Because"})

    sent = app.requests[-1].payload
    assert answer.ok
    assert sent["type"] == "view_submission"
    assert sent["response_urls"] == []
    assert (sent["view"]["callback_id"], sent["view"]["private_metadata"]) == ("answer", "7")
    values = sent["view"]["state"]["values"]
    assert values == {"said": {"words": {"type": "plain_text_input", "value": "Because"}}}
    assert anna.view is None


def test_an_empty_input_is_not_even_sent(app: TinyApp, slack: WebClient, anna: Person) -> None:
    open_modal(slack, app, anna, modal(text_input()))

    answer = anna.submit()

    assert (answer.ok, answer.error) == (False, "incomplete")
    assert anna.view is not None
    assert anna.view.errors == {"said": "Please complete this required field."}
    assert len(app.requests) == 1


@pytest.mark.parametrize(
    ("element", "written", "error"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "x", "Please enter a number."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "2"},
            "1.5",
            "Please enter a number of at least 2.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "1"},
            "1.5",
            "Please enter a number of at most 1.",
        ),
        ({"type": "plain_text_input", "min_length": 5}, "four", "Please enter at least 5 characters."),
        ({"type": "plain_text_input", "max_length": 3}, "four", "Please enter at most 3 characters."),
    ],
)
def test_the_client_checks_what_is_written(
    app: TinyApp, slack: WebClient, anna: Person, element: Block, written: str, error: str
) -> None:
    open_modal(slack, app, anna, modal(text_input(element={**element, "action_id": "words"})))

    assert anna.submit({"words": written}).errors == {"said": error}


def test_errors_stand_under_the_inputs_they_name(app: TinyApp, slack: WebClient, anna: Person) -> None:
    open_modal(slack, app, anna, modal(text_input()))
    app.answer = lambda _: Says(body={"response_action": "errors", "errors": {"said": "Too late"}})

    answer = anna.submit({"words": "x"})

    assert answer.ok
    assert answer.errors == {"said": "Too late"}
    assert anna.view is not None
    assert anna.view.errors == {"said": "Too late"}


@pytest.mark.parametrize(
    "body",
    [
        {"response_action": "errors", "errors": {"other": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "dance"},
        {"response_action": "update", "view": modal(section(""))},
        {"text": "x"},
    ],
)
def test_an_answer_that_slack_does_not_understand_leaves_the_modal_and_says_so(
    app: TinyApp, slack: WebClient, anna: Person, body: Block
) -> None:
    open_modal(slack, app, anna, modal(text_input()))
    app.answer = lambda _: Says(body=body)

    answer = anna.submit({"words": "x"})

    assert not answer.ok
    assert anna.view is not None
    assert anna.notices == ["We had some trouble connecting. Try again?"]


def test_a_modal_can_be_replaced_stacked_and_cleared_by_the_answer(
    app: TinyApp, slack: WebClient, anna: Person
) -> None:
    open_modal(slack, app, anna, modal(text_input()))

    app.answer = lambda _: Says(body={"response_action": "update", "view": modal(section("Second"))})
    anna.submit({"words": "x"})
    updated = anna.view
    app.answer = lambda _: Says(body={"response_action": "push", "view": modal(section("Third"))})
    anna.submit()
    stacked = anna.views
    app.answer = lambda _: Says(body={"response_action": "clear"})
    anna.submit()

    assert updated is not None
    assert "Second" in updated.plain
    assert ["Third" in view.plain for view in stacked] == [False, True]
    assert anna.view is None


def test_closing_is_told_only_when_asked_for(app: TinyApp, slack: WebClient, anna: Person) -> None:
    open_modal(slack, app, anna, modal(section()))
    anna.close()
    open_modal(slack, app, anna, modal(section(), notify_on_close=True))
    anna.close()

    closings = [r.payload for r in app.requests if r.payload.get("type") == "view_closed"]
    assert len(closings) == 1
    assert closings[0]["is_cleared"] is False
    assert "trigger_id" not in closings[0]
    assert anna.view is None
