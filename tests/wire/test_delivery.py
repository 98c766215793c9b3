"""What is owed reaches Slack, once and in order."""

from tests.wire.outbox import Outbox, texts
from tutorbot.records.deliveries import State
from tutorbot.sandbox import Sandbox


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
    outbox.owe("later", channel=channel, due_at=outbox.course.now.replace(hour=9))

    outbox.poll()
    assert sandbox.person("anna").messages(channel) == []
    outbox.course.forward(hours=1)
    outbox.poll()

    assert texts(sandbox.person("anna").messages(channel)) == ["later"]
