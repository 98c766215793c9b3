"""What the page is told of requests and replies, and of what the bot owes."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.blocks import actions, button
from tests.sandbox.test_page_api import NOON, Clock
from tests.sandbox.tiny_app import Says, TinyApp
from tutorbot.sandbox import Fault, Owed, Person, Sandbox
from tutorbot.sandbox.page_traffic import masked
from tutorbot.sandbox.traffic import KEPT, Frame, Traffic


def read(sandbox: Sandbox, path: str) -> Any:
    with urllib.request.urlopen(f"{sandbox.page_url}page/{path}", timeout=60) as answer:
        return json.load(answer)


def lines(sandbox: Sandbox, after: int = 0) -> list[dict[str, Any]]:
    return list(read(sandbox, f"traffic?after={after}")["lines"])


def parts(sandbox: Sandbox, line: dict[str, Any]) -> dict[str, Any]:
    whole = read(sandbox, f"traffic/{line['number']}")
    return {part["title"]: part for part in whole["parts"]}


def test_a_command_is_told_with_its_payload_and_its_acknowledgement(
    sandbox: Sandbox, app: TinyApp, anna: Person, channel: str
) -> None:
    app.answer = lambda _: Says(body={"text": "Hello"})

    anna.command("/tutor", "next", channel="autumn")

    [line] = lines(sandbox)
    assert (line["way"], line["sort"], line["name"]) == ("in", "command", "/tutor")
    assert line["about"] == "Anna Keller · #autumn · next"
    assert line["error"] is None
    assert 0 < line["seconds"] < 3
    told = parts(sandbox, line)
    assert told["Payload"]["body"]["command"] == "/tutor"
    assert told["Acknowledgement"] == {
        "title": "Acknowledgement",
        "note": "status 200",
        "body": {"text": "Hello"},
    }


def test_a_call_is_told_with_its_arguments_and_its_reply(
    sandbox: Sandbox, slack: WebClient, channel: str
) -> None:
    blocks = [actions(button("Join", "join"))]

    posted = slack.chat_postMessage(channel=channel, text="Lesson 1", blocks=blocks)

    [line] = lines(sandbox)
    assert (line["way"], line["sort"], line["name"]) == ("out", "Web API", "chat.postMessage")
    assert line["about"] == "#autumn · Lesson 1"
    assert line["seconds"] > 0
    told = parts(sandbox, line)
    assert told["Arguments"]["body"]["blocks"][0]["elements"][0]["action_id"] == "join"
    assert told["Reply"]["note"] == "status 200"
    assert told["Reply"]["body"]["ts"] == posted["ts"]


def test_what_was_refused_or_went_wrong_says_why(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    sandbox.misbehave(Fault.RATE_LIMIT)

    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel=channel, text="Lesson 1")

    [line] = lines(sandbox)
    assert line["error"] == "ratelimited"
    assert line["seconds"] is None
    assert "RATE_LIMIT" in parts(sandbox, line)["Reply"]["note"]


def test_an_event_that_is_sent_again_says_so(
    sandbox: Sandbox, app: TinyApp, anna: Person, slack: WebClient
) -> None:
    app.answer = lambda _: Says(500 if len(app.requests) == 1 else 200)

    anna.type("hi")
    sandbox.wait_for(lambda: len(sandbox.sent) >= 2)

    first, second = (line for line in lines(sandbox) if line["sort"] == "event")
    assert first["error"] == "dispatch_failed"
    assert second["about"].endswith("retry 1")
    assert parts(sandbox, first)["Acknowledgement"]["note"] == "status 500"
    assert parts(sandbox, second)["Payload"]["note"] == "retry 1, because of http_error"


def test_what_is_sent_to_a_response_url_is_told_and_the_address_is_not(
    sandbox: Sandbox, app: TinyApp, anna: Person, channel: str
) -> None:
    anna.command("/tutor", channel="autumn")
    url = app.requests[0].payload["response_url"]
    body = json.dumps({"text": "Later"}).encode()
    urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"})).close()

    command, response = lines(sandbox)

    assert (response["sort"], response["name"]) == ("response_url", "response_url/commands")
    assert response["about"] == "Later"
    assert parts(sandbox, command)["Payload"]["body"]["response_url"].endswith("/commands/•••")


def test_secrets_are_masked_wherever_they_stand(sandbox: Sandbox) -> None:
    said = {
        "token": "anything",
        "text": f"My token is {sandbox.bot_token}, or {sandbox.app_token}.",
        "nested": [{"url": "ws://127.0.0.1/link?ticket=abc-DEF_1&app_id=A1"}],
        "response_url": "http://127.0.0.1/commands/12/a-random-end-",
        "count": 3,
    }

    shown = masked(said)

    assert shown == {
        "token": "•••",
        "text": "My token is xoxb-•••, or xapp-•••.",
        "nested": [{"url": "ws://127.0.0.1/link?ticket=•••&app_id=A1"}],
        "response_url": "http://127.0.0.1/commands/•••",
        "count": 3,
    }


def test_the_address_of_a_web_socket_is_told_without_its_ticket(sandbox: Sandbox) -> None:
    WebClient(sandbox.app_token, base_url=sandbox.api_url).apps_connections_open(app_token=sandbox.app_token)

    [line] = lines(sandbox)

    whole = json.dumps(read(sandbox, f"traffic/{line['number']}"))
    assert "ticket=\\u2022" in whole
    assert sandbox.app_token not in whole


def test_only_the_last_are_kept_and_a_page_is_told_what_is_new() -> None:
    traffic = Traffic()

    for number in range(KEPT + 2):
        traffic.note(Frame(f"frame {number}", "", NOON, {}))

    assert len(traffic.since(0)) == KEPT
    assert traffic.find(2) is None
    assert [noted.number for noted in traffic.since(KEPT)] == [KEPT + 1, KEPT + 2]


def test_a_page_that_waits_is_answered_when_something_happens(sandbox: Sandbox, slack: WebClient) -> None:
    answers: list[Any] = []
    waiting = threading.Thread(target=lambda: answers.append(read(sandbox, "traffic?after=0")))
    waiting.start()

    slack.auth_test()

    waiting.join(60)
    assert [line["name"] for line in answers[0]["lines"]] == ["auth.test"]
    assert answers[0]["latest"] == 1


def test_a_page_that_has_seen_more_than_there_is_is_told_everything(
    sandbox: Sandbox, slack: WebClient
) -> None:
    slack.auth_test()

    told = read(sandbox, "traffic?after=99")

    assert told["latest"] == 1
    assert len(told["lines"]) == 1


def test_a_request_that_is_gone_is_not_found(sandbox: Sandbox) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        read(sandbox, "traffic/7")

    assert refused.value.code == 404
    refused.value.close()


def test_the_ledger_is_told_with_the_names_of_places(sandbox: Sandbox, anna: Person, channel: str) -> None:
    assert read(sandbox, "ledger") == {"owed": None}
    clock = Clock()
    clock.owed = [
        Owed(2, "cohort/1/lesson/2", "lesson 1.2", channel, NOON + timedelta(hours=1), "due"),
        Owed(1, "award/1", "a badge", anna.id, NOON, "parked", "not_in_channel"),
    ]

    sandbox.panel = clock

    told = read(sandbox, "ledger")
    assert (told["now"], told["zone"]) == (NOON.isoformat(), "Europe/Zurich")
    assert [(line["place"], line["state"], line["reason"]) for line in told["owed"]] == [
        ("#autumn", "due", ""),
        ("Anna Keller", "parked", "not_in_channel"),
    ]
    assert told["owed"][1]["due"] == NOON.isoformat()
