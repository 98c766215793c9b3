"""How the sandbox misbehaves when told to."""

from __future__ import annotations

import http.client
import time
import urllib.error

import pytest
from slack_sdk import WebClient

from tests.sandbox.conftest import client_of, code, refusal
from tutorbot.sandbox import Fault, Person, Sandbox

NO_REPLY = (http.client.HTTPException, urllib.error.URLError, ConnectionError)


def test_a_dropped_reply_has_its_effect_once(
    sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    sandbox.misbehave(Fault.DROP_REPLY)

    with pytest.raises(NO_REPLY):
        slack.chat_postMessage(channel=channel, text="One")
    slack.chat_postMessage(channel=channel, text="Two")

    assert [m.text for m in anna.messages("autumn")] == ["One", "Two"]
    assert [call.fault for call in sandbox.calls] == [Fault.DROP_REPLY, None]


def test_a_call_that_is_refused_is_refused_also_when_the_reply_is_dropped(
    sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    sandbox.misbehave(Fault.DROP_REPLY)
    sandbox.archive("autumn")

    with pytest.raises(NO_REPLY):
        slack.chat_postMessage(channel=channel, text="One")

    assert anna.messages("autumn") == []
    assert sandbox.calls[-1].error == "is_archived"


def test_what_times_out_has_no_effect(sandbox: Sandbox, slack: WebClient, channel: str, anna: Person) -> None:
    sandbox.misbehave(Fault.TIME_OUT, hold=0)

    with pytest.raises(NO_REPLY):
        slack.chat_postMessage(channel=channel, text="One")

    assert anna.messages("autumn") == []
    assert not sandbox.calls[-1].ok


def test_a_connection_held_open_outlasts_the_clients_patience(
    sandbox: Sandbox, channel: str, anna: Person
) -> None:
    impatient = WebClient(sandbox.bot_token, base_url=sandbox.api_url, timeout=1, retry_handlers=[])
    impatient.timeout = 0.05  # type: ignore[assignment]  # the SDK says int and takes a fraction
    sandbox.misbehave(Fault.TIME_OUT, hold=60)

    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel=channel, text="One")

    sandbox.clock.step(60)
    assert anna.messages("autumn") == []


def test_what_is_accepted_late_has_its_effect_when_the_clock_comes_to_it(
    sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    sandbox.misbehave(Fault.ACCEPT_LATE, hold=0, after=12)

    with pytest.raises(NO_REPLY):
        slack.chat_postMessage(channel=channel, text="One")
    before = anna.messages("autumn")
    sandbox.clock.step(12)

    assert before == []
    assert [m.text for m in anna.messages("autumn")] == ["One"]
    assert sandbox.calls[-1].fault is Fault.ACCEPT_LATE


@pytest.mark.parametrize("effect", [False, True])
def test_an_internal_error_has_an_effect_only_when_asked_for(
    sandbox: Sandbox, slack: WebClient, channel: str, anna: Person, effect: bool
) -> None:
    sandbox.misbehave(Fault.ERROR_500, effect=effect)

    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="One"))

    assert refused.response.status_code == 500
    assert len(anna.messages("autumn")) == int(effect)


def test_a_rate_limit_says_how_long_to_wait(
    sandbox: Sandbox, slack: WebClient, channel: str, anna: Person
) -> None:
    sandbox.misbehave(Fault.RATE_LIMIT, retry_after=17)

    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="One"))

    assert refused.response.status_code == 429
    assert refused.response.headers["Retry-After"] == "17"
    assert anna.messages("autumn") == []


def test_a_refusal_has_the_code_asked_for(sandbox: Sandbox, slack: WebClient, anna: Person) -> None:
    sandbox.misbehave(Fault.REFUSE, method="users.info", error="token_revoked")

    assert code(lambda: slack.users_info(user=anna.id)) == "token_revoked"
    assert slack.users_info(user=anna.id)["ok"]


def test_calls_are_chosen_by_their_arguments_and_counted(
    sandbox: Sandbox, channel: str, anna: Person
) -> None:
    planned = sandbox.misbehave(
        Fault.REFUSE, error="fatal_error", times=2, when=lambda args: args["text"] == "bad"
    )
    slack = client_of(sandbox)

    good = slack.chat_postMessage(channel=channel, text="good")
    bad = [code(lambda: slack.chat_postMessage(channel=channel, text="bad")) for _ in range(2)]
    third = slack.chat_postMessage(channel=channel, text="bad")

    assert good["ok"]
    assert bad == ["fatal_error"] * 2
    assert third["ok"]
    assert planned.struck == 2


def test_everything_can_go_wrong(sandbox: Sandbox, slack: WebClient, channel: str, anna: Person) -> None:
    sandbox.misbehave(Fault.REFUSE, method="*", times=2, error="token_revoked")

    assert code(lambda: slack.users_info(user=anna.id)) == "token_revoked"
    assert code(lambda: slack.chat_postMessage(channel=channel, text="x")) == "token_revoked"


def test_behaving_forgets_what_was_planned(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    sandbox.misbehave(Fault.ERROR_500, times=100)

    sandbox.behave()

    assert slack.chat_postMessage(channel=channel, text="One")["ok"]


def test_a_sandbox_stops_at_once_though_a_connection_is_held(channel: str) -> None:
    started = time.monotonic()

    with Sandbox() as sandbox:
        place = sandbox.add_channel("spring")
        sandbox.misbehave(Fault.ACCEPT_LATE, hold=0, after=3600)
        with pytest.raises(NO_REPLY):
            client_of(sandbox).chat_postMessage(channel=place, text="One")

    assert time.monotonic() - started < 60  # and not an hour
