"""What nobody knows of is looked for in Slack, and only our own word is believed there."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.wire.outbox import Outbox, once_at, texts
from tutorbot.delivery import Point
from tutorbot.records.deliveries import State, retry, settle_by_click
from tutorbot.sandbox import Fault, Sandbox
from tutorbot.sandbox.posting import Content, post

MakeOutbox = Callable[..., Outbox]

LONG_ENOUGH = 16
"""Seconds after which what is unknown is looked for: the timeout of these tests, and ten."""


def readings(sandbox: Sandbox, method: str = "conversations.history") -> int:
    return sum(call.method == method for call in sandbox.calls)


def say(sandbox: Sandbox, channel: str, text: str, user: str, key: str | None = None) -> str:
    """Have somebody post, with the metadata of one of our deliveries if a key is given."""
    payload = {"event_type": "tutorbot_delivery", "event_payload": {"key": key}} if key else None
    found = sandbox.workspace.channel_named(channel)
    return post(sandbox.service, found, Content(text), user=user, metadata=payload).ts


def lose(outbox: Outbox, channel: str, *keys: str, fault: Fault = Fault.DROP_REPLY, **owed: Any) -> None:
    """Owe these and lose every reply."""
    outbox.sandbox.misbehave(fault, times=len(keys))
    for key in keys:
        outbox.owe(key, channel=channel, **owed)
    outbox.poll()
    assert all(outbox.state(key) is State.UNKNOWN for key in keys)


def test_one_reading_settles_all_of_a_channel(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    lose(outbox, channel, "one", "two", "three")
    lose(outbox, channel, "four", fault=Fault.TIME_OUT)

    outbox.poll_after(LONG_ENOUGH)

    assert readings(sandbox) == 1
    assert sorted(texts(sandbox.person("anna").messages(channel))) == ["four", "one", "three", "two"]
    assert all(outbox.state(key) is State.POSTED for key in ("one", "two", "three", "four"))


def test_what_is_found_is_posted_where_it_was_found(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    lose(outbox, channel, "lesson")

    outbox.poll_after(LONG_ENOUGH)

    (message,) = sandbox.person("anna").messages(channel)
    assert outbox.find("lesson").posted_ts == message.ts


def test_a_message_is_found_behind_many_others(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    lose(outbox, channel, "lesson")
    anna = sandbox.person("anna").id
    for number in range(450):
        say(sandbox, channel, f"chatter {number}", anna)

    outbox.poll_after(LONG_ENOUGH)

    assert outbox.state("lesson") is State.POSTED
    assert readings(sandbox) == 3


def test_what_was_lost_in_a_thread_is_looked_for_in_the_thread(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    card = outbox.owe("card", channel=channel)
    outbox.poll()
    lose(outbox, channel, "text", after_id=card, in_thread=True)

    outbox.poll_after(LONG_ENOUGH)

    (message,) = sandbox.person("anna").messages(channel)
    assert texts(sandbox.person("anna").thread(message)) == ["text"]
    assert outbox.state("text") is State.POSTED
    assert (readings(sandbox), readings(sandbox, "conversations.replies")) == (0, 1)


def test_what_was_lost_in_a_direct_message_is_looked_for_there(outbox: Outbox, sandbox: Sandbox) -> None:
    anna = sandbox.person("anna")
    sandbox.misbehave(Fault.DROP_REPLY)
    outbox.owe("question", user=anna.id)
    outbox.poll()

    outbox.poll_after(LONG_ENOUGH)

    assert texts(anna.direct_messages()) == ["question"]
    assert outbox.find("question").posted_ts == anna.direct_messages()[0].ts


def test_a_key_in_somebody_elses_message_is_not_believed(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    lose(outbox, channel, "lesson", fault=Fault.TIME_OUT)
    forged = say(sandbox, channel, "lesson, honestly", sandbox.person("ben").id, key="lesson")

    outbox.poll_after(LONG_ENOUGH)

    assert texts(sandbox.person("anna").messages(channel)) == ["lesson, honestly", "lesson"]
    assert outbox.find("lesson").posted_ts != forged


def test_metadata_of_another_kind_or_shape_is_passed_over(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    lose(outbox, channel, "lesson", fault=Fault.TIME_OUT)
    metadata: list[dict[str, Any]] = [
        {"event_type": "something_else", "event_payload": {"key": "lesson"}},
        {"event_type": "tutorbot_delivery", "event_payload": {"key": ["lesson"]}},
        {"event_type": "tutorbot_delivery", "event_payload": {}},
    ]
    for each in metadata:
        outbox.slack.call("chat.postMessage", channel=channel, text="noise", metadata=each)

    outbox.poll_after(LONG_ENOUGH)

    assert texts(sandbox.person("anna").messages(channel)) == ["noise", "noise", "noise", "lesson"]


@pytest.mark.parametrize("state", [State.UNKNOWN, State.POSTED])
def test_of_several_messages_of_one_delivery_one_stays(
    outbox: Outbox, sandbox: Sandbox, channel: str, state: State
) -> None:
    if state is State.POSTED:
        outbox.owe("lesson", channel=channel)
        outbox.poll()
        lose(outbox, channel, "another")
    else:
        lose(outbox, channel, "lesson")
    standing = sandbox.person("anna").messages(channel)[0]
    for _ in range(2):
        say(sandbox, channel, "lesson", sandbox.bot_user_id, key="lesson")

    outbox.poll_after(LONG_ENOUGH)

    messages = sandbox.person("anna").messages(channel)
    assert texts(messages).count("lesson") == 1
    assert outbox.find("lesson").posted_ts == standing.ts == messages[0].ts


def test_a_message_whose_first_is_out_of_sight_is_left_alone(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    outbox.owe("lesson", channel=channel)
    outbox.poll()
    sandbox.clock.step(3 * 3600)
    say(sandbox, channel, "lesson", sandbox.bot_user_id, key="lesson")
    lose(outbox, channel, "another")

    outbox.poll_after(LONG_ENOUGH)

    assert texts(sandbox.person("anna").messages(channel)).count("lesson") == 2


def test_a_click_settles_what_was_lost_before_anybody_reads(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    lose(outbox, channel, "question")
    (message,) = sandbox.person("anna").messages(channel)

    outbox.store.write(lambda conn: settle_by_click(conn, "question", channel=channel, ts=message.ts))
    outbox.poll_after(LONG_ENOUGH)

    assert outbox.find("question").posted_ts == message.ts
    assert readings(sandbox) == 0


@pytest.mark.parametrize("in_thread", [False, True])
def test_what_slack_does_not_let_us_look_for_is_parked_and_looked_for_when_staff_retry_it(
    outbox: Outbox, sandbox: Sandbox, channel: str, in_thread: bool
) -> None:
    card = outbox.owe("card", channel=channel)
    outbox.poll()
    lose(outbox, channel, "lesson", after_id=card, in_thread=in_thread)
    sandbox.scopes.remove("channels:history")

    outbox.poll_after(LONG_ENOUGH)

    assert outbox.state("lesson") is State.PARKED
    assert "it may be posted, but Slack does not let us look" in str(outbox.find("lesson").reason)
    sandbox.scopes.add("channels:history")
    parked = outbox.find("lesson").id
    outbox.store.write(lambda conn: retry(conn, parked, now=outbox.course.now))
    outbox.settle()
    posts = [call for call in sandbox.calls if call.args.get("text") == "lesson"]
    assert (outbox.state("lesson"), len(posts)) == (State.POSTED, 1)


def test_a_claim_that_ran_out_is_looked_for_too(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def die() -> None:
        raise MemoryError  # after it was sent: the claim is left to run out

    dying = make_outbox()
    dying.owe("lesson", channel=channel)
    with once_at(Point.ANSWERED, die):
        dying.poll()
    assert dying.state("lesson") is State.CLAIMED

    another = make_outbox(course=dying.course)
    another.poll_after(59)
    assert another.state("lesson") is State.CLAIMED
    another.poll_after(2)
    assert another.state("lesson") is State.UNKNOWN
    another.poll_after(LONG_ENOUGH)

    assert another.state("lesson") is State.POSTED
    assert texts(sandbox.person("anna").messages(channel)) == ["lesson"]


def test_two_who_read_at_once_send_it_again_once(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    outbox = make_outbox()
    another = make_outbox(course=outbox.course)
    lose(outbox, channel, "lesson", fault=Fault.TIME_OUT)
    sandbox.clock.step(LONG_ENOUGH)

    with once_at(Point.READ, another.poll):
        outbox.poll()

    assert texts(sandbox.person("anna").messages(channel)) == ["lesson"]
    assert outbox.state("lesson") is State.POSTED


def test_what_slack_takes_after_it_was_looked_for_and_sent_again_is_deleted(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    sandbox.misbehave(Fault.ACCEPT_LATE, after=60)
    outbox.owe("lesson", channel=channel)
    outbox.poll()
    outbox.poll_after(LONG_ENOUGH)
    standing = outbox.find("lesson").posted_ts
    sandbox.clock.step(60)
    sandbox.wait_for(lambda: len(sandbox.person("anna").messages(channel)) == 2)

    outbox.poll_after(90)

    (message,) = sandbox.person("anna").messages(channel)
    assert message.ts == standing


def test_what_a_worker_sent_in_its_sleep_and_got_no_reply_to_is_deleted(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def sleep_through_the_claim() -> None:
        sandbox.clock.step(61)
        another.settle()
        sandbox.misbehave(Fault.DROP_REPLY)

    another = make_outbox()
    asleep = make_outbox(course=another.course)
    asleep.owe("lesson", channel=channel)
    with once_at(Point.SENDING, sleep_through_the_claim):
        asleep.poll()
    assert texts(sandbox.person("anna").messages(channel)) == ["lesson", "lesson"]

    asleep.poll_after(LONG_ENOUGH)

    (message,) = sandbox.person("anna").messages(channel)
    assert asleep.find("lesson").posted_ts == message.ts
