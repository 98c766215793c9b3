"""How often the app may call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from tests.sandbox.conftest import client_of, code, refusal
from tutorbot.sandbox import Limits, Person, Sandbox


def test_a_sixth_post_at_once_is_too_many(slack: WebClient, channel: str) -> None:
    for n in range(5):
        slack.chat_postMessage(channel=channel, text=str(n))

    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="6"))

    assert refused.response.status_code == 429
    assert refused.response.data == {"ok": False, "error": "ratelimited"}
    assert 1 <= int(refused.response.headers["Retry-After"]) <= 5


def test_another_channel_has_a_limit_of_its_own(slack: WebClient, channel: str, anna: Person) -> None:
    for n in range(5):
        slack.chat_postMessage(channel=channel, text=str(n))

    assert slack.chat_postMessage(channel=anna.id, text="Hello")["ok"]


def test_a_direct_message_has_one_limit_by_either_id(slack: WebClient, anna: Person) -> None:
    for n in range(5):
        slack.chat_postMessage(channel=anna.id, text=str(n))

    assert code(lambda: slack.chat_postMessage(channel=anna.dm_id, text="6")) == "ratelimited"


def test_waiting_as_long_as_told_is_enough(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    for n in range(5):
        slack.chat_postMessage(channel=channel, text=str(n))
    wait = refusal(lambda: slack.chat_postMessage(channel=channel, text="6")).response.headers["Retry-After"]

    sandbox.clock.step(int(wait))

    assert slack.chat_postMessage(channel=channel, text="6")["ok"]


def test_one_post_a_second_is_always_taken(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    for n in range(20):
        assert slack.chat_postMessage(channel=channel, text=str(n))["ok"]
        sandbox.clock.step(1)


def test_a_post_that_is_refused_counts_nothing(slack: WebClient, channel: str) -> None:
    for n in range(5):
        slack.chat_postMessage(channel=channel, text=str(n))

    assert [code(lambda: slack.chat_postMessage(channel=channel, text="x")) for _ in range(20)] == [
        "ratelimited"
    ] * 20


def test_an_update_is_tier_three(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    ts = slack.chat_postMessage(channel=channel, text="x")["ts"]
    for n in range(50):
        slack.chat_update(channel=channel, ts=ts, text=str(n))

    refused = refusal(lambda: slack.chat_update(channel=channel, ts=ts, text="51"))
    sandbox.clock.step(60)

    assert refused.response["error"] == "ratelimited"
    assert slack.chat_update(channel=channel, ts=ts, text="51")["ok"]


@pytest.fixture(params=[Limits(post_burst=200), Limits().times(50), False])
def generous(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with Sandbox(limits=request.param) as running:
        yield running


def test_a_fast_test_raises_the_limits_or_does_without(generous: Sandbox) -> None:
    channel = generous.add_channel("autumn")
    slack = client_of(generous)

    for n in range(200):
        slack.chat_postMessage(channel=channel, text=str(n))

    assert len(generous.person("anna").messages("autumn")) == 200


def test_raised_limits_still_stop_a_flood() -> None:
    with Sandbox(limits=Limits(post_burst=20)) as sandbox:
        channel, slack = sandbox.add_channel("autumn"), client_of(sandbox)
        for n in range(20):
            slack.chat_postMessage(channel=channel, text=str(n))

        assert code(lambda: slack.chat_postMessage(channel=channel, text="21")) == "ratelimited"
