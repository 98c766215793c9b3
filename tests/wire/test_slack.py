"""What Slack's replies mean, told apart by what may have happened over there."""

import socket
from collections.abc import Iterator

import pytest

from tests.wire.outbox import make_slack
from tutorbot.sandbox import Fault, Sandbox
from tutorbot.slack import Identity, NoReply, NotSent, RateLimited, Refused, Slack, SlackError


@pytest.fixture
def slack(sandbox: Sandbox) -> Slack:
    """Give a door to the sandbox."""
    return make_slack(sandbox)


@pytest.fixture
def nobody() -> Iterator[str]:
    """Give an address at which nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{reserved.getsockname()[1]}/api/"


def posts(sandbox: Sandbox) -> int:
    return sum(call.method == "chat.postMessage" for call in sandbox.calls)


def test_a_call_returns_what_slack_answers(slack: Slack, sandbox: Sandbox, channel: str) -> None:
    answer = slack.call("chat.postMessage", channel=channel, text="Good morning", thread_ts=None)

    (message,) = sandbox.person("anna").messages(channel)
    assert (answer["ts"], message.text) == (message.ts, "Good morning")


def test_blocks_flags_and_words_arrive_as_they_were_given(
    slack: Slack, sandbox: Sandbox, channel: str
) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "Größe & <Maß> 1 + 1 = 2 %"}}]
    slack.call("chat.postMessage", channel=channel, text="Größe", blocks=blocks, unfurl_links=False)

    history = slack.call("conversations.history", channel=channel, include_all_metadata=True, limit=1)

    assert history["messages"][0]["blocks"][0]["text"]["text"] == "Größe & <Maß> 1 + 1 = 2 %"


def test_a_refusal_carries_slacks_code_and_what_it_explains(slack: Slack, channel: str) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]

    with pytest.raises(Refused, match="invalid_blocks") as refused:
        slack.call("chat.postMessage", channel=channel, text="x", blocks=blocks)

    assert refused.value.code == "invalid_blocks"
    assert "less than 151 characters" in refused.value.detail


def test_a_missing_scope_is_named(slack: Slack, sandbox: Sandbox, channel: str) -> None:
    sandbox.scopes.remove("chat:write")

    with pytest.raises(Refused, match="the scope chat:write is missing"):
        slack.call("chat.postMessage", channel=channel, text="x")


def test_too_many_calls_were_not_taken_and_say_when_to_come_back(
    slack: Slack, sandbox: Sandbox, channel: str
) -> None:
    sandbox.misbehave(Fault.RATE_LIMIT, retry_after=7)

    with pytest.raises(RateLimited) as limited:
        slack.call("chat.postMessage", patience=5, channel=channel, text="x")

    assert limited.value.retry_after == 7
    assert sandbox.person("anna").messages(channel) == []


@pytest.mark.parametrize(
    "fault", [Fault.DROP_REPLY, Fault.ACCEPT_LATE, Fault.TIME_OUT, Fault.ERROR_500], ids=lambda f: f.name
)
def test_a_reply_that_does_not_come_is_unknown_and_nothing_is_repeated(
    slack: Slack, sandbox: Sandbox, channel: str, fault: Fault
) -> None:
    sandbox.misbehave(fault, times=9, after=0)

    with pytest.raises(NoReply):
        slack.call("chat.postMessage", channel=channel, text="x")

    assert sandbox.wait_for(lambda: posts(sandbox)) == 1


def test_a_reply_that_takes_longer_than_the_timeout_is_unknown(sandbox: Sandbox, channel: str) -> None:
    slack = make_slack(sandbox, timeout=1)
    sandbox.misbehave(Fault.TIME_OUT, hold=600)

    with pytest.raises(NoReply, match="TimeoutError"):
        slack.call("chat.postMessage", channel=channel, text="x")


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable"])
def test_an_error_that_may_have_half_succeeded_is_unknown(
    slack: Slack, sandbox: Sandbox, channel: str, code: str
) -> None:
    sandbox.misbehave(Fault.REFUSE, error=code)

    with pytest.raises(NoReply, match=code):
        slack.call("chat.postMessage", channel=channel, text="x")


def test_where_nobody_listens_nothing_was_sent(sandbox: Sandbox, nobody: str) -> None:
    slack = Slack(sandbox.bot_token, api_url=nobody)

    with pytest.raises(NotSent, match="cannot be reached"):
        slack.call("auth.test")


def test_where_the_name_is_unknown_nothing_was_sent(sandbox: Sandbox) -> None:
    slack = Slack(sandbox.bot_token, api_url="http://slack.invalid/api/")

    with pytest.raises(NotSent, match="cannot be reached"):
        slack.call("auth.test")


def test_the_bot_knows_who_it_is_and_asks_once(slack: Slack, sandbox: Sandbox) -> None:
    expected = Identity(sandbox.team, sandbox.app_id, sandbox.bot_id, sandbox.bot_user_id, "tutor")

    assert slack.identity() == expected
    assert slack.identity() == expected

    assert [call.method for call in sandbox.calls] == ["auth.test", "bots.info"]


def response_url(sandbox: Sandbox, channel: str) -> str:
    """Return the response URL that a slash command of anna's carries."""
    anna = sandbox.person("anna").id
    ticket = sandbox.service.tickets.response_url(anna, channel, None)
    return f"{sandbox.page_url}commands/{ticket}"


def test_a_gesture_is_answered_at_its_response_url(slack: Slack, sandbox: Sandbox, channel: str) -> None:
    slack.respond(response_url(sandbox, channel), text="For your eyes only")

    (message,) = sandbox.person("anna").messages(channel)
    assert (message.text, message.ephemeral) == ("For your eyes only", True)


def test_a_response_url_that_is_used_up_is_refused_without_being_told(
    slack: Slack, sandbox: Sandbox, channel: str
) -> None:
    url = response_url(sandbox, channel)
    for _ in range(5):
        slack.respond(url, text="x")

    with pytest.raises(Refused) as refused:
        slack.respond(url, text="x")

    assert refused.value.code == "used_url"
    assert url.rsplit("/", 1)[1] not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_a_response_url_at_which_nobody_listens_was_not_used(slack: Slack, nobody: str) -> None:
    with pytest.raises(NotSent):
        slack.respond(f"{nobody}actions/T1/1/secret", text="x")


def test_a_response_url_that_is_no_web_address_is_not_opened(slack: Slack) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        slack.respond("file:///etc/passwd", text="x")


@pytest.mark.parametrize(
    "kind", [Refused("m", "c"), RateLimited("m", 1), NotSent("m", "x"), NoReply("m", "x")]
)
def test_every_failure_is_a_slack_error_that_names_the_method(kind: SlackError) -> None:
    assert kind.method == "m"
    assert str(kind).startswith("m: ")
