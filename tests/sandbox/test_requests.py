"""Requests over HTTP: signatures, three seconds, retries."""

from __future__ import annotations

import threading
import time

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from tests.sandbox.blocks import actions, button, modal, section
from tests.sandbox.tiny_app import Request, Says, TinyApp
from tutorbot.sandbox import Person, Sandbox
from tutorbot.sandbox.requests_http import HttpRoute
from tutorbot.sandbox.sent import Sort


def test_every_request_is_signed(
    app: TinyApp, sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    slack.chat_postMessage(channel=channel, text="x", blocks=[actions(button("Ünïcode"))])
    verifier = SignatureVerifier(sandbox.signing_secret)

    anna.command("/tutor", "jöin", channel="autumn")
    anna.click(anna.messages("autumn")[0], "Ünïcode")
    anna.type("größer")

    assert len(app.requests) == 3
    assert all(verifier.is_valid_request(r.body, r.headers) for r in app.requests)
    assert not verifier.is_valid_request(app.requests[0].body + b"x", app.requests[0].headers)


def test_forms_for_gestures_and_json_for_events(app: TinyApp, anna: Person) -> None:
    anna.command("/tutor", "help")
    anna.type("B")

    assert [r.headers["content-type"] for r in app.requests] == [
        "application/x-www-form-urlencoded",
        "application/json",
    ]


def test_a_command_not_acknowledged_in_three_seconds_fails(
    app: TinyApp, sandbox: Sandbox, anna: Person
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slow(_: object) -> Says:
        asked.set()
        go_on.wait(60)
        return Says(body="Too late")

    app.answer = slow
    answers = []
    thread = threading.Thread(target=lambda: answers.append(anna.command("/tutor", "help")))

    thread.start()
    asked.wait(60)
    sandbox.clock.step(3)
    thread.join()
    go_on.set()

    assert (answers[0].ok, answers[0].error) == (False, "operation_timeout")
    assert anna.notices == ["/tutor failed with the error “operation_timeout”."]
    assert anna.direct_messages() == []


def test_a_patient_sandbox_waits_longer_and_takes_a_trigger_id_that_is_older(
    app: TinyApp, sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    def late(request: Request) -> Says:
        sandbox.clock.step(10)
        slack.views_open(trigger_id=request.payload["trigger_id"], view=modal(section("At last")))
        return Says()

    app.answer = late
    slack.chat_postMessage(channel=channel, text="x", blocks=[actions(button())])

    sandbox.be_patient()
    answer = anna.click(anna.messages("autumn")[0], "Press")

    assert answer.ok
    assert anna.view is not None


def test_an_app_that_is_not_there_fails_the_dispatch(sandbox: Sandbox, anna: Person) -> None:
    sandbox.deliver_over_http("http://127.0.0.1:9/slack/events")

    assert anna.command("/tutor", "help").error == "dispatch_failed"


def test_without_any_connection_the_dispatch_fails(anna: Person) -> None:
    assert anna.command("/tutor", "help").error == "dispatch_failed"


def test_an_app_that_goes_while_a_request_is_on_its_way_to_it_fails_the_dispatch(
    sandbox: Sandbox,
) -> None:
    route = HttpRoute("secret")  # its address was taken away since it was chosen

    reply = sandbox.run(route.deliver(Sort.COMMAND, {"command": "/tutor"}, retry=0, reason=None))

    assert reply.error == "dispatch_failed"


def test_an_event_is_tried_again_at_once_after_a_minute_and_after_five(
    app: TinyApp, sandbox: Sandbox, anna: Person
) -> None:
    app.answer = lambda _: Says(status=500)

    anna.type("B")
    sandbox.wait_for(lambda: len(sandbox.sent) == 2)
    sandbox.clock.step(60)
    sandbox.wait_for(lambda: len(sandbox.sent) == 3)
    sandbox.clock.step(300)
    sandbox.wait_for(lambda: len(sandbox.sent) == 4)
    sandbox.clock.step(3600)

    assert len({r.payload["event_id"] for r in app.requests}) == 1
    numbers = [r.headers.get("x-slack-retry-num") for r in app.requests]
    assert numbers == [None, "1", "2", "3"]
    assert {r.headers.get("x-slack-retry-reason") for r in app.requests[1:]} == {"http_error"}


def test_an_event_that_was_acknowledged_is_not_tried_again(
    app: TinyApp, sandbox: Sandbox, anna: Person
) -> None:
    app.answer = lambda _: Says(status=500)
    anna.type("B")
    sandbox.wait_for(lambda: len(sandbox.sent) == 2)
    app.answer = lambda _: Says()

    sandbox.clock.step(60)
    sandbox.wait_for(lambda: len(sandbox.sent) == 3)
    sandbox.retry_events()
    sandbox.settled()

    assert [sent.reply.ok for sent in sandbox.sent] == [False, False, True]


def test_a_step_of_the_clock_while_an_event_is_on_its_way_counts_for_its_next_try(
    app: TinyApp, sandbox: Sandbox, anna: Person
) -> None:
    def step_and_refuse(_: Request) -> Says:
        if len(app.requests) == 2:
            sandbox.clock.step(60)
        return Says(status=500)

    app.answer = step_and_refuse
    anna.type("B")

    sandbox.wait_for(lambda: len(sandbox.sent) == 3)


def test_gestures_are_never_tried_again(
    app: TinyApp, sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    slack.chat_postMessage(channel=channel, text="x", blocks=[actions(button())])
    app.answer = lambda _: Says(status=500)

    anna.click(anna.messages("autumn")[0], "Press")
    anna.command("/tutor", "help")
    sandbox.retry_events()
    sandbox.settled()

    assert len(app.requests) == 2


def test_a_request_can_be_sent_again_also_changed(app: TinyApp, sandbox: Sandbox, anna: Person) -> None:
    anna.command("/tutor", "help")

    sandbox.replay(sandbox.sent[0])
    sandbox.replay(sandbox.sent[0], team_id="T0FOREIGN")

    first, again, foreign = (request.form for request in app.requests)
    assert again == first
    assert foreign == {**first, "team_id": "T0FOREIGN"}


def test_a_step_of_the_clock_leaves_signatures_and_stamps_alone(
    app: TinyApp, sandbox: Sandbox, anna: Person
) -> None:
    sandbox.clock.step(24 * 3600)

    message = anna.type("B")

    verifier = SignatureVerifier(sandbox.signing_secret)
    assert verifier.is_valid_request(app.requests[0].body, app.requests[0].headers)
    assert abs(float(message.ts) - time.time()) < 60


def test_waiting_in_vain_says_what_there_is(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    slack.chat_postMessage(channel=channel, text="A lonely message")
    told = ""

    try:
        sandbox.wait_for(lambda: False, timeout=0.01)
    except TimeoutError as late:
        told = str(late)

    assert "A lonely message" in told
    assert "called chat.postMessage: 200 ok" in told
