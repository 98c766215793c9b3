"""What may be sent to a response URL, and for how long."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from tests.sandbox.blocks import actions, button, section
from tests.sandbox.tiny_app import TinyApp
from tutorbot.sandbox import Message, Person, Sandbox

KEY = {"event_type": "delivery", "event_payload": {"key": "7"}}


def send(url: str, body: Any) -> tuple[int, str]:
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


@pytest.fixture
def question(slack: WebClient, channel: str, anna: Person) -> Message:
    slack.chat_postMessage(channel=channel, text="Question", blocks=[actions(button())], metadata=KEY)
    return anna.messages("autumn")[-1]


@pytest.fixture
def clicked(app: TinyApp, anna: Person, question: Message) -> str:
    """The response URL of a click."""
    anna.click(question, "Press")
    return str(app.requests[-1].payload["response_url"])


@pytest.fixture
def commanded(app: TinyApp, channel: str, anna: Person) -> str:
    """The response URL of a command."""
    anna.command("/tutor", "help", channel="autumn")
    return app.requests[-1].form["response_url"]


def test_the_message_that_was_clicked_is_replaced(clicked: str, anna: Person, ben: Person) -> None:
    answer = WebhookClient(clicked).send(text="Right", replace_original=True)

    assert answer.status_code == 200
    assert [m.text for m in anna.messages("autumn")] == [m.text for m in ben.messages("autumn")] == ["Right"]


def test_a_replaced_message_loses_its_metadata(slack: WebClient, clicked: str, channel: str) -> None:
    send(clicked, {"text": "Right", "replace_original": True})

    [message] = slack.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    assert "metadata" not in message


def test_the_message_that_was_clicked_is_deleted(clicked: str, anna: Person) -> None:
    assert send(clicked, {"delete_original": True})[0] == 200

    assert anna.messages("autumn") == []
    assert send(clicked, {"replace_original": True, "text": "x"})[0] == 404


def test_without_replacing_it_is_a_message_for_one_person(clicked: str, anna: Person, ben: Person) -> None:
    send(clicked, {"text": "Only you", "replace_original": False})

    assert [(m.text, m.ephemeral) for m in anna.messages("autumn")][1:] == [("Only you", True)]
    assert len(ben.messages("autumn")) == 1


def test_in_channel_is_for_all(clicked: str, ben: Person) -> None:
    send(clicked, {"text": "For all", "response_type": "in_channel"})

    assert ben.messages("autumn")[-1].text == "For all"


def test_it_works_where_the_bot_is_no_member(sandbox: Sandbox, clicked: str, anna: Person) -> None:
    sandbox.kick_bot("autumn")

    assert send(clicked, {"text": "Right", "replace_original": True})[0] == 200
    assert anna.messages("autumn")[0].text == "Right"


def test_a_command_replaces_nothing(commanded: str, anna: Person) -> None:
    send(commanded, {"text": "One"})
    status, body = send(commanded, {"text": "Two", "replace_original": True})

    assert (status, body) == (200, "ok")
    assert [m.text for m in anna.messages("autumn")] == ["One", "Two"]


def test_five_uses_and_no_more(clicked: str) -> None:
    uses = [send(clicked, {"text": "x", "replace_original": True})[0] for _ in range(5)]

    assert uses == [200] * 5
    assert send(clicked, {"text": "x"}) == (404, '{"ok": false, "error": "used_url"}')


def test_half_an_hour_and_no_longer(sandbox: Sandbox, clicked: str) -> None:
    sandbox.clock.step(30 * 60 + 1)

    assert send(clicked, {"text": "x"}) == (404, '{"ok": false, "error": "expired_url"}')


def test_an_address_made_up_is_refused(sandbox: Sandbox) -> None:
    assert send(f"{sandbox.page_url}actions/123/abc", {"text": "x"})[0] == 404


def test_blocks_are_judged_here_too(clicked: str, anna: Person) -> None:
    status, body = send(clicked, {"blocks": [section("")], "replace_original": True})

    assert (status, json.loads(body)["error"]) == (404, "invalid_blocks")
    assert anna.messages("autumn")[0].text == "Question"


def test_a_body_that_is_no_json_is_refused(clicked: str) -> None:
    request = urllib.request.Request(clicked, b"payload={", {"Content-Type": "text/plain"})

    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(request):
        pass

    with refused.value as answer:
        assert (answer.code, answer.read()) == (400, b"invalid_payload")


def test_an_ephemeral_message_is_replaced_by_its_own_url(
    app: TinyApp, slack: WebClient, channel: str, anna: Person
) -> None:
    slack.chat_postEphemeral(channel=channel, user=anna.id, text="x", blocks=[actions(button())])
    anna.click(anna.messages("autumn")[0], "Press")

    send(app.requests[-1].payload["response_url"], {"text": "Done", "replace_original": True})

    assert [(m.text, m.ephemeral) for m in anna.messages("autumn")] == [("Done", True)]


def test_every_use_is_kept(sandbox: Sandbox, clicked: str) -> None:
    send(clicked, {"text": "Right", "replace_original": True})

    assert sandbox.calls[-1].method == "response_url/actions"
    assert sandbox.calls[-1].args["text"] == "Right"


def test_what_a_gesture_entitled_to_is_forgotten_after_a_day(
    sandbox: Sandbox, app: TinyApp, anna: Person, question: Message
) -> None:
    for _ in range(3):
        anna.click(question, "Press")
    several = len(sandbox.service.tickets)

    sandbox.clock.step(25 * 60 * 60)
    anna.click(question, "Press")

    assert several == 6
    assert len(sandbox.service.tickets) == 2
