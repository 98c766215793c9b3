"""Uploads in three steps, which finish later."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.sandbox.blocks import Block
from tests.sandbox.conftest import code, refusal
from tutorbot.sandbox import Person, Sandbox

PNG = b"\x89PNG not really"


def upload(slack: WebClient, **more: Any) -> str:
    """Upload a picture as the SDK does, and return its id."""
    answer = slack.files_upload_v2(filename="badge.png", content=PNG, title="The badge", **more)
    return str(answer["file"]["id"])


def picture(file_id: str) -> Block:
    return {"type": "image", "alt_text": "The badge", "slack_file": {"id": file_id}}


def post(url: str, data: bytes) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_a_block_too_early_is_refused(slack: WebClient, channel: str) -> None:
    file_id = upload(slack)

    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="x", blocks=[picture(file_id)]))

    assert refused.response["error"] == "invalid_blocks"
    assert refused.response["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]


def test_looking_twice_finds_it_finished(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    file_id = upload(slack)

    early = slack.files_info(file=file_id)["file"]
    late = slack.files_info(file=file_id)["file"]

    assert (early["mimetype"], late["mimetype"]) == ("", "image/png")
    assert slack.chat_postMessage(channel=channel, text="x", blocks=[picture(file_id)])["ok"]


def test_two_seconds_finish_it_too(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    file_id = upload(slack)

    sandbox.clock.step(2)

    assert slack.chat_postMessage(channel=channel, text="x", blocks=[picture(file_id)])["ok"]


def test_the_page_shows_the_bytes(sandbox: Sandbox, slack: WebClient) -> None:
    file_id = upload(slack)

    with urllib.request.urlopen(f"{sandbox.page_url}files/{file_id}") as answer:
        assert (answer.read(), answer.headers["Content-Type"]) == (PNG, "image/png")


def test_a_file_can_be_shared_in_a_channel(slack: WebClient, channel: str, anna: Person) -> None:
    file_id = upload(slack, channel=channel, initial_comment="Look")

    [message] = anna.messages("autumn")
    assert (message.text, message.files) == ("Look", [file_id])


def test_a_file_is_shared_only_where_the_bot_is(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    sandbox.kick_bot("autumn")

    assert code(lambda: upload(slack, channel=channel)) == "not_in_channel"


def test_the_bytes_are_those_announced_and_come_once(slack: WebClient) -> None:
    url = slack.files_getUploadURLExternal(filename="a.png", length=4)["upload_url"]

    assert post(url, b"five!") == 400
    assert post(url, b"four") == 200
    assert post(url, b"four") == 404


def test_an_upload_without_its_bytes_cannot_be_completed(slack: WebClient) -> None:
    file_id = slack.files_getUploadURLExternal(filename="a.png", length=4)["file_id"]

    assert code(lambda: slack.files_completeUploadExternal(files=[{"id": file_id}])) == "file_not_found"
    assert code(lambda: slack.files_info(file=file_id)) == "file_not_found"


def test_a_deleted_file_cannot_be_shown_again(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    file_id = upload(slack)
    sandbox.clock.step(2)

    slack.files_delete(file=file_id)

    assert code(lambda: slack.files_info(file=file_id)) == "file_not_found"
    refused = code(lambda: slack.chat_postMessage(channel=channel, text="x", blocks=[picture(file_id)]))
    assert refused == "invalid_blocks"


def test_only_pictures_can_stand_in_an_image_block(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    file_id = slack.files_upload_v2(filename="notes.txt", content="words")["file"]["id"]
    sandbox.clock.step(2)

    refused = code(lambda: slack.chat_postMessage(channel=channel, text="x", blocks=[picture(file_id)]))

    assert refused == "invalid_blocks"


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("files:write", lambda slack: slack.files_getUploadURLExternal(filename="a", length=1)),
        ("files:read", lambda slack: slack.files_info(file="F000000001")),
    ],
)
def test_files_need_their_scopes(
    sandbox: Sandbox, slack: WebClient, scope: str, call: Callable[[WebClient], Any]
) -> None:
    sandbox.scopes.discard(scope)

    assert code(lambda: call(slack)) == "missing_scope"
