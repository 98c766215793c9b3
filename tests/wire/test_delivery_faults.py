"""Whatever Slack does to a message, it is posted once, or parked with a reason, and stops no other."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.wire.outbox import Drawn, Outbox, draw_what, once_at, texts
from tutorbot.delivery import Point
from tutorbot.records.deliveries import Delivery, State, retry
from tutorbot.sandbox import Fault, Sandbox
from tutorbot.slack import Slack
from tutorbot.store import open_store

MakeOutbox = Callable[..., Outbox]

UNKNOWN: list[tuple[Fault, dict[str, Any]]] = [
    (Fault.DROP_REPLY, {}),
    (Fault.ACCEPT_LATE, {"after": 8}),
    (Fault.TIME_OUT, {}),
    (Fault.ERROR_500, {"effect": True}),
    (Fault.ERROR_500, {"effect": False}),
    (Fault.REFUSE, {"error": "internal_error"}),
]
NOT_TAKEN: list[tuple[Fault, dict[str, Any]]] = [(Fault.RATE_LIMIT, {"retry_after": 20})]


def name_of(value: object) -> str:
    return value.name if isinstance(value, Fault) else str(value)


def posts(sandbox: Sandbox) -> int:
    return sum(call.method == "chat.postMessage" for call in sandbox.calls)


@pytest.mark.parametrize(("fault", "details"), UNKNOWN + NOT_TAKEN, ids=name_of)
def test_it_is_posted_once(
    outbox: Outbox, sandbox: Sandbox, channel: str, fault: Fault, details: dict[str, Any]
) -> None:
    sandbox.misbehave(fault, **details)
    outbox.owe("lesson", channel=channel)
    outbox.owe("next lesson", channel=channel)

    outbox.poll()
    assert outbox.state("lesson") is not State.POSTED
    outbox.settle()

    assert outbox.state("lesson") is outbox.state("next lesson") is State.POSTED
    assert sorted(texts(sandbox.person("anna").messages(channel))) == ["lesson", "next lesson"]


@pytest.mark.parametrize(("fault", "details"), UNKNOWN, ids=name_of)
def test_where_no_reply_came_nothing_is_sent_before_the_channel_was_read(
    outbox: Outbox, sandbox: Sandbox, channel: str, fault: Fault, details: dict[str, Any]
) -> None:
    sandbox.misbehave(fault, **details)
    outbox.owe("lesson", channel=channel)

    outbox.poll()
    outbox.poll_after(outbox.slack.timeout + 9)
    assert (outbox.state("lesson"), posts(sandbox)) == (State.UNKNOWN, 1)
    outbox.poll_after(2)

    assert outbox.state("lesson") is State.POSTED


def test_what_slack_could_not_be_asked_is_sent_when_it_can_be_reached(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    unreachable = Slack(
        sandbox.bot_token,
        api_url="http://slack.invalid/api/",
        machine_now=sandbox.clock.now,
        sleep=sandbox.clock.step,
    )
    cut_off = make_outbox(slack=unreachable)
    cut_off.owe("lesson", channel=channel)

    cut_off.poll()
    assert cut_off.state("lesson") is State.DUE
    make_outbox().poll_after(11)

    assert texts(sandbox.person("anna").messages(channel)) == ["lesson"]


def test_after_a_429_the_channel_waits_and_the_others_do_not(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    other = sandbox.add_channel("another")
    sandbox.misbehave(Fault.RATE_LIMIT, retry_after=20)
    outbox.owe("first", channel=channel)
    outbox.owe("second", channel=channel)
    outbox.owe("elsewhere", channel=other)

    outbox.poll()
    outbox.poll_after(18)
    assert (outbox.state("first"), outbox.state("second")) == (State.DUE, State.DUE)
    assert outbox.state("elsewhere") is State.POSTED
    outbox.poll_after(3)

    assert texts(sandbox.person("anna").messages(channel)) == ["first", "second"]


def poison(delivery: Delivery, _files: Mapping[str, str]) -> Drawn:
    """Draw what Slack refuses where the text says so, and fail where it says so."""
    if delivery.what.get("text") == "cannot be drawn":
        raise KeyError("es-9")
    if delivery.what.get("text") == "poisoned":
        header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
        return Drawn("poisoned", [header])
    return draw_what(delivery, {})


def test_a_poisoned_delivery_is_parked_with_its_reason_and_stops_no_other(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    outbox = make_outbox(draw=poison)
    for text in ("before", "poisoned", "between", "cannot be drawn", "after"):
        outbox.owe(text, channel=channel, text=text)

    outbox.poll()

    assert texts(sandbox.person("anna").messages(channel)) == ["before", "between", "after"]
    assert outbox.state("poisoned") is outbox.state("cannot be drawn") is State.PARKED
    assert "less than 151 characters" in str(outbox.find("poisoned").reason)
    assert outbox.find("cannot be drawn").reason == "it could not be drawn: KeyError"


def leave(sandbox: Sandbox, channel: str) -> None:
    sandbox.kick_bot(channel)


def archive(sandbox: Sandbox, channel: str) -> None:
    sandbox.archive(channel)


@pytest.mark.parametrize(("happen", "code"), [(leave, "not_in_channel"), (archive, "is_archived")])
def test_a_channel_that_is_lost_parks_what_goes_there_and_stops_no_other(
    outbox: Outbox, sandbox: Sandbox, channel: str, happen: Callable[[Sandbox, str], None], code: str
) -> None:
    other = sandbox.add_channel("another")
    happen(sandbox, channel)
    outbox.owe("lost", channel=channel)
    outbox.owe("elsewhere", channel=other)

    outbox.poll()

    assert outbox.state("lost") is State.PARKED
    assert code in str(outbox.find("lost").reason)
    assert outbox.state("elsewhere") is State.POSTED


def test_a_person_who_cannot_be_written_to_is_parked(outbox: Outbox, sandbox: Sandbox) -> None:
    gone = sandbox.add_person("dora", deactivated=True)
    outbox.owe("hello", user=gone.id)

    outbox.poll()

    assert outbox.state("hello") is State.PARKED
    assert "user_disabled" in str(outbox.find("hello").reason)


def test_staff_are_told_of_what_is_parked_once_and_can_have_it_sent_after_all(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    staff = sandbox.add_channel("staff", members=["sam"])
    outbox = make_outbox(staff_channel=staff, draw=draw_what)
    sandbox.kick_bot(channel)
    lost = [outbox.owe(f"lost {number}", channel=channel) for number in range(3)]

    outbox.settle()

    (notice,) = sandbox.person("sam").messages(staff)
    assert str(notice.metadata).count(f"parked/{channel}/not_in_channel") == 1
    assert outbox.find("lost 2").told_at is not None
    sandbox.invite_bot(channel)
    now = outbox.course.now
    assert all(outbox.store.write(lambda conn: [retry(conn, each, now=now) for each in lost]))
    outbox.settle()
    assert texts(sandbox.person("anna").messages(channel)) == ["lost 0", "lost 1", "lost 2"]


def test_messages_that_are_parked_each_for_its_own_reason_are_told_each(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    staff = sandbox.add_channel("staff", members=["sam"])
    outbox = make_outbox(staff_channel=staff, draw=poison)
    first = outbox.owe("first", channel=channel, text="poisoned")
    second = outbox.owe("second", channel=channel, text="cannot be drawn")

    outbox.settle()

    notices = [str(message.metadata) for message in sandbox.person("sam").messages(staff)]
    assert [f"parked/{first}/" in notices[0], f"parked/{second}/" in notices[1]] == [True, True]


def test_a_staff_channel_that_is_lost_itself_is_told_in_the_log_alone(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str, caplog: pytest.LogCaptureFixture
) -> None:
    outbox = make_outbox(staff_channel="C0NOWHERE", draw=poison)
    outbox.owe("lesson", channel=channel, text="poisoned")

    with caplog.at_level(logging.WARNING):
        outbox.settle()

    parked = [record.getMessage() for record in caplog.records if "is parked" in record.getMessage()]
    assert len(parked) == 2
    assert "(lesson) is parked: chat.postMessage: invalid_blocks" in parked[0]
    assert "channel_not_found" in parked[1]


def test_a_direct_message_that_could_not_be_opened_now_is_opened_later(
    outbox: Outbox, sandbox: Sandbox
) -> None:
    anna = sandbox.person("anna")
    sandbox.misbehave(Fault.DROP_REPLY, method="conversations.open")
    outbox.owe("hello", user=anna.id)

    outbox.settle()

    assert texts(anna.direct_messages()) == ["hello"]


def test_a_claim_that_would_not_outlast_the_request_is_given_back(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def draw_slowly(delivery: Delivery, _files: Mapping[str, str]) -> Drawn:
        if not drawn:
            sandbox.clock.step(55)
        drawn.append(delivery.key)
        return draw_what(delivery, {})

    drawn: list[str] = []
    outbox = make_outbox(draw=draw_slowly)
    outbox.owe("lesson", channel=channel)

    outbox.poll()

    assert drawn == ["lesson", "lesson"]
    assert texts(sandbox.person("anna").messages(channel)) == ["lesson"]


def test_a_worker_that_slept_through_its_claim_sends_nothing(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def sleep_meanwhile(delivery: Delivery, _files: Mapping[str, str]) -> Drawn:
        sandbox.clock.step(61)
        another.settle()
        return draw_what(delivery, {})

    another = make_outbox()
    asleep = make_outbox(draw=sleep_meanwhile, course=another.course)
    asleep.owe("lesson", channel=channel)

    asleep.poll()

    assert posts(sandbox) == 1
    assert asleep.state("lesson") is State.POSTED


def test_a_worker_that_slept_between_its_look_and_the_send_deletes_what_it_posted_too_much(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def sleep_through_the_claim() -> None:
        sandbox.clock.step(61)
        another.settle()

    another = make_outbox()
    asleep = make_outbox(course=another.course)
    asleep.owe("lesson", channel=channel)

    with once_at(Point.SENDING, sleep_through_the_claim):
        asleep.poll()

    (message,) = sandbox.person("anna").messages(channel)
    assert posts(sandbox) == 2
    assert asleep.find("lesson").posted_ts == message.ts


def test_a_channel_that_cannot_be_read_now_is_read_later(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    sandbox.misbehave(Fault.DROP_REPLY)
    sandbox.misbehave(Fault.ERROR_500, method="conversations.history")
    sandbox.misbehave(Fault.RATE_LIMIT, method="conversations.history", retry_after=90)
    outbox.owe("lesson", channel=channel)

    outbox.poll()
    outbox.owe("another", channel=channel)
    outbox.poll_after(16)
    assert (outbox.state("lesson"), outbox.state("another")) == (State.UNKNOWN, State.POSTED)
    outbox.settle()

    assert texts(sandbox.person("anna").messages(channel)) == ["lesson", "another"]


def test_a_token_that_is_revoked_parks_what_is_due(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    sandbox.misbehave(Fault.REFUSE, error="token_revoked")
    outbox.owe("lesson", channel=channel)

    outbox.poll()

    assert outbox.state("lesson") is State.PARKED


def test_a_database_that_is_away_is_told_once_a_round_and_nothing_is_lost(
    sqlite_url: str, sandbox: Sandbox, channel: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(sqlite_url)
    outbox = Outbox(store, sandbox)
    outbox.owe("lesson", channel=channel)
    store.write(lambda conn: conn.exec_driver_sql("ALTER TABLE deliveries RENAME TO away"))
    caplog.clear()

    with caplog.at_level(logging.WARNING):
        outbox.poll()
        outbox.poll()
    store.write(lambda conn: conn.exec_driver_sql("ALTER TABLE away RENAME TO deliveries"))
    outbox.settle()
    store.close()

    told = "The database failed the poll; the next poll tries again"
    assert [record.getMessage() for record in caplog.records] == [told, told]
    assert texts(sandbox.person("anna").messages(channel)) == ["lesson"]
