"""What Slack refuses is told to staff in words."""

from datetime import UTC, datetime

import pytest

from tutorbot.blocks.refusals import in_words, parked
from tutorbot.records.deliveries import Delivery, find, owe
from tutorbot.store import open_store
from tutorbot.tutor.messages import ParkedNotice

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def owed(url: str, *, channel: str | None, user: str | None) -> Delivery:
    """Owe a message to a channel or a person."""
    store = open_store(url)
    number = store.write(
        lambda conn: owe(conn, "lesson", {}, team="T", channel=channel, user=user, due_at=NOW, now=NOW)
    )
    with store.read() as conn:
        found = find(conn, number)
    store.close()
    assert found is not None
    return found


def test_staff_are_told_which_channel_a_message_was_for(sqlite_url: str) -> None:
    to_channel = parked(ParkedNotice(owed(sqlite_url, channel="C1", user=None)))

    assert "tutorbot deliveries lists all that wait." in to_channel.text
    assert "{'type': 'channel', 'channel_id': 'C1'}" in str(to_channel.blocks)


def test_nobody_is_named_in_the_channel_of_the_staff(sqlite_url: str) -> None:
    to_person = parked(ParkedNotice(owed(sqlite_url, channel=None, user="U1")))

    assert "U1" not in str(to_person.blocks)
    assert len(to_person.blocks) == 1


def test_a_refusal_is_told_with_what_it_means_and_as_slack_said_it() -> None:
    told = in_words("chat.postMessage: not_in_channel")

    assert told == "the bot is not in the channel; invite it there (chat.postMessage: not_in_channel)"


@pytest.mark.parametrize(
    "reason", ["chat.postMessage: invalid_blocks (no_text)", "dropped by staff", "not_in_channels"]
)
def test_what_is_not_known_is_told_as_it_is(reason: str) -> None:
    assert in_words(reason) == reason
