"""What Slack refuses is told to staff in words."""

import pytest

from tutorbot.blocks.refusals import in_words


def test_a_refusal_is_told_with_what_it_means_and_as_slack_said_it() -> None:
    told = in_words("chat.postMessage: not_in_channel")

    assert told == "the bot is not in the channel; invite it there (chat.postMessage: not_in_channel)"


@pytest.mark.parametrize(
    "reason", ["chat.postMessage: invalid_blocks (no_text)", "dropped by staff", "not_in_channels"]
)
def test_what_is_not_known_is_told_as_it_is(reason: str) -> None:
    assert in_words(reason) == reason
