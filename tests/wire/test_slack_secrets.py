"""Tokens and secret addresses never reach a log."""

import io
import logging
from collections.abc import Iterator

import pytest

from tests.wire.outbox import make_slack
from tutorbot.sandbox import Sandbox
from tutorbot.slack import Redaction, redact
from tutorbot.slack.door import sdk_log

SECRETS = [
    "xoxb-1234567890-abcdefGHIJ",
    "xapp-1-A0123-456-deadbeef",
    "xoxe.xoxp-1-Mi0yLTEyMzQ",
    "https://hooks.slack.com/actions/T0123/456/AbCdEfGh",
    "https://hooks.slack.com/commands/T0123/456/AbCdEfGh",
    "https://files.slack.com/upload/v1/CwABAAAAXA",
    "wss://wss-primary.slack.com/link/?ticket=1234-5678&app_id=9",
    "http://127.0.0.1:3000/link?ticket=1234-5678",
]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give what the SDK logs, whole requests included."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Redaction())
    level = sdk_log.level
    sdk_log.addHandler(handler)
    sdk_log.setLevel(logging.DEBUG)
    yield written
    sdk_log.removeHandler(handler)
    sdk_log.setLevel(level)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_left_out_and_the_sentence_stays(secret: str) -> None:
    redacted = redact(f"Could not post to {secret}, sorry")

    assert redacted.startswith("Could not post to ")
    assert redacted.endswith(", sorry")
    assert secret.rsplit("/", 1)[-1].rsplit("=", 1)[-1] not in redacted


def test_what_is_no_secret_stays() -> None:
    text = "https://example.org/courses/cqrs?page=2 and xoxo, and https://slack.com/api/chat.postMessage"

    assert redact(text) == text


def test_a_traceback_is_redacted_too() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "to %s", (SECRETS[0],), None)
    try:
        raise ValueError(SECRETS[3])
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)

    assert Redaction().filter(record)

    written = logging.Formatter().format(record)
    assert "ValueError" in written
    assert not any(secret in written for secret in SECRETS)


def test_the_sdk_says_what_it_sends_without_the_token(
    log: io.StringIO, sandbox: Sandbox, channel: str
) -> None:
    make_slack(sandbox).call("chat.postMessage", channel=channel, text="Good morning")

    assert "Good morning" in log.getvalue()
    assert sandbox.bot_token not in log.getvalue()
