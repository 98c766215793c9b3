"""What is owed reaches Slack, once and in order."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError, TimeoutError  # noqa: A004 - the pool's

from tests.wire.outbox import Outbox, draw_what, texts
from tutorbot.records.deliveries import Delivery, Kind, State, list_deliveries
from tutorbot.sandbox import Limits, Sandbox
from tutorbot.store import Store

MakeOutbox = Callable[..., Outbox]


def test_what_is_owed_is_posted_and_marked(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    outbox.owe("cohort/7/lesson/es-2", channel=channel, text="Lesson 2")

    outbox.poll()

    (message,) = sandbox.person("anna").messages(channel)
    delivery = outbox.find("cohort/7/lesson/es-2")
    assert message.text == "Lesson 2"
    assert message.metadata == {
        "event_type": "tutorbot_delivery",
        "event_payload": {"key": "cohort/7/lesson/es-2"},
    }
    assert (delivery.state, delivery.posted_ts) == (State.POSTED, message.ts)


def test_what_is_due_later_waits_for_its_instant(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    outbox.owe("later", channel=channel, due_at=outbox.course.now + timedelta(hours=1))

    outbox.poll()
    assert sandbox.person("anna").messages(channel) == []
    outbox.course.forward(hours=1)
    outbox.poll()

    assert texts(sandbox.person("anna").messages(channel)) == ["later"]


def test_a_channel_gets_its_messages_in_the_order_in_which_they_are_due(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    with ThreadPoolExecutor(4) as threads:
        outbox = make_outbox(executor=threads)
        for number in range(5):
            due_at = outbox.course.now - timedelta(seconds=9 - number)
            outbox.owe(f"{number}", channel=channel, due_at=due_at)

        assert outbox.sender.quiet(10)

    assert texts(sandbox.person("anna").messages(channel)) == ["0", "1", "2", "3", "4"]


def test_more_than_slack_takes_at_once_is_sent_as_fast_as_it_takes_it(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    other = sandbox.add_channel("another")
    for number in range(12):
        outbox.owe(f"{number:02}", channel=channel)
    outbox.owe("elsewhere", channel=other)

    outbox.poll()
    at_once = len(sandbox.person("anna").messages(channel))
    outbox.settle()

    assert 1 <= at_once < 12
    assert texts(sandbox.person("anna").messages(other)) == ["elsewhere"]
    assert texts(sandbox.person("anna").messages(channel)) == [f"{number:02}" for number in range(12)]
    assert all(call.error != "ratelimited" for call in sandbox.calls)


def test_a_direct_message_is_opened_before_the_first_post_and_known_from_then_on(
    outbox: Outbox, sandbox: Sandbox
) -> None:
    anna = sandbox.person("anna")
    outbox.owe("first", user=anna.id)
    outbox.owe("second", user=anna.id)

    outbox.settle()
    outbox.owe("third", user=anna.id)
    outbox.settle()

    assert texts(anna.direct_messages()) == ["first", "second", "third"]
    assert [call.method for call in sandbox.calls].count("conversations.open") == 1
    assert outbox.find("first").channel == anna.dm_id


def test_whose_direct_message_slack_opens_only_later_holds_up_no_other(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    newcomers = [sandbox.add_person(f"newcomer-{number}") for number in range(Limits().tier_3 + 3)]
    for person in newcomers:
        outbox.owe(f"welcome {person.name}", user=person.id)
    outbox.owe("lesson", channel=channel)

    outbox.poll()
    states = [outbox.state(f"welcome {person.name}") for person in newcomers]
    outbox.settle()

    assert Counter(states) == {State.POSTED: Limits().tier_3, State.DUE: 3}
    assert all(texts(each.direct_messages()) == [f"welcome {each.name}"] for each in newcomers)


def test_what_follows_goes_into_the_thread_of_the_first(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    card = outbox.owe("card", channel=channel)
    text = outbox.owe("text", channel=channel, after_id=card, in_thread=True)
    outbox.owe("more text", channel=channel, after_id=text, in_thread=True)

    outbox.poll()

    (message,) = sandbox.person("anna").messages(channel)
    assert message.text == "card"
    assert texts(sandbox.person("anna").thread(message)) == ["text", "more text"]


def test_what_has_nothing_to_show_any_more_is_dropped(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    outbox = make_outbox(draw=lambda _delivery, _files: None)
    outbox.owe("gone", channel=channel)

    outbox.poll()

    assert sandbox.calls == []
    assert (outbox.state("gone"), outbox.find("gone").reason) == (
        State.DROPPED,
        "there is nothing to show any more",
    )


def test_a_reminder_that_expired_is_not_sent(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    outbox.owe("reminder", channel=channel, expires_at=outbox.course.now + timedelta(hours=1))
    outbox.course.forward(hours=1)

    outbox.poll()

    assert sandbox.person("anna").messages(channel) == []
    assert outbox.state("reminder") is State.DROPPED


def test_an_act_happens_once_when_it_is_due(make_outbox: MakeOutbox) -> None:
    def close(_conn: Connection, delivery: Delivery, _now: datetime) -> None:
        acted.append(delivery.key)

    acted: list[str] = []
    outbox = make_outbox(act=close)
    outbox.owe("close the exam", kind=Kind.ACT, due_at=outbox.course.now + timedelta(minutes=30))

    outbox.poll()
    assert acted == []
    outbox.course.forward(minutes=30)
    outbox.poll()
    outbox.poll()

    assert acted == ["close the exam"]
    assert outbox.state("close the exam") is State.DONE


def test_an_act_that_fails_is_parked_and_stops_no_other(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def fail(_conn: Connection, delivery: Delivery, _now: datetime) -> None:
        if delivery.key == "poisoned":
            raise ValueError("no such exam")

    outbox = make_outbox(act=fail)
    outbox.owe("poisoned", kind=Kind.ACT)
    outbox.owe("sound", kind=Kind.ACT)
    outbox.owe("message", channel=channel)

    outbox.poll()

    assert outbox.state("poisoned") is State.PARKED
    assert (
        outbox.find("poisoned").reason == "it could not be done: ValueError"
    )  # its words may quote an answer
    assert outbox.state("sound") is State.DONE
    assert outbox.state("message") is State.POSTED


@pytest.mark.parametrize(
    "failure", [OperationalError("UPDATE", {}, Exception("disk full")), TimeoutError("no connection left")]
)
def test_an_act_that_fails_for_the_database_is_done_at_the_next_round(
    make_outbox: MakeOutbox, failure: Exception
) -> None:
    failures = [failure]

    def fail_once(_conn: Connection, _delivery: Delivery, _now: datetime) -> None:
        if failures:
            raise failures.pop()

    outbox = make_outbox(act=fail_once)
    outbox.owe("close the exam", kind=Kind.ACT)

    outbox.poll()
    assert outbox.state("close the exam") is State.DUE
    outbox.poll()

    assert outbox.state("close the exam") is State.DONE


def test_an_act_that_the_database_refuses_is_parked_and_not_tried_for_ever(make_outbox: MakeOutbox) -> None:
    def break_a_rule(_conn: Connection, _delivery: Delivery, _now: datetime) -> None:
        raise IntegrityError("INSERT", {}, Exception("NOT NULL constraint failed"))

    outbox = make_outbox(act=break_a_rule)
    outbox.owe("close the exam", kind=Kind.ACT)

    outbox.poll()

    assert outbox.state("close the exam") is State.PARKED


def test_a_commit_wakes_the_sender_and_nobody_waits_for_the_poll(
    make_outbox: MakeOutbox, store: Store, sandbox: Sandbox, channel: str
) -> None:
    with ThreadPoolExecutor(4) as threads:
        outbox = make_outbox(executor=threads)
        store.wake = outbox.sender.wake
        outbox.sender.start()

        card = outbox.owe("card", channel=channel)
        outbox.owe("text", channel=channel, after_id=card, in_thread=True)

        sandbox.wait_for(lambda: outbox.state("text") is State.POSTED)
        outbox.sender.stop()


def test_a_sender_that_stops_finishes_what_it_began_and_begins_nothing_more(
    make_outbox: MakeOutbox, store: Store, sandbox: Sandbox, channel: str
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def draw_slowly(delivery: Delivery, files: object) -> object:
        begun.set()
        go_on.wait(60)
        return draw_what(delivery, {})

    with ThreadPoolExecutor(4) as threads:
        outbox = make_outbox(executor=threads, draw=draw_slowly)
        store.wake = outbox.sender.wake
        others = set(threading.enumerate())
        outbox.sender.start()
        (sending,) = (thread for thread in set(threading.enumerate()) - others if thread.name == "sender")
        outbox.owe("first", channel=channel)
        assert begun.wait(60)

        stopping = threading.Thread(target=outbox.sender.stop)
        stopping.start()
        sending.join(60)
        outbox.owe("second", channel=channel)
        go_on.set()
        stopping.join()

    assert (outbox.state("first"), outbox.state("second")) == (State.POSTED, State.DUE)


def test_after_a_post_it_is_told_where_the_message_stands(make_outbox: MakeOutbox, sandbox: Sandbox) -> None:
    posted: list[Delivery] = []
    outbox = make_outbox(posted=posted.append)
    anna = sandbox.person("anna")
    outbox.owe("question", user=anna.id)

    outbox.poll()

    (message,) = anna.direct_messages()
    (delivery,) = posted
    assert (delivery.channel, delivery.posted_ts) == (anna.dm_id, message.ts)


def test_two_workers_at_once_post_nothing_twice(
    make_outbox: MakeOutbox, store: Store, sandbox: Sandbox
) -> None:
    channels = [sandbox.add_channel(f"room-{number}") for number in range(30)]
    workers = [make_outbox() for _ in range(4)]
    for number in range(90):
        workers[0].owe(f"{number}", channel=channels[number % 30])
    together = threading.Barrier(4)

    def work(outbox: Outbox) -> None:
        together.wait()
        outbox.settle()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, workers))

    posts = [call for call in sandbox.calls if call.method == "chat.postMessage" and call.ok]
    assert sorted(int(call.args["text"]) for call in posts) == list(range(90))
    with store.read() as conn:
        assert {delivery.state for delivery in list_deliveries(conn)} == {State.POSTED}
