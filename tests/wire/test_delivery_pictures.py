"""Pictures are uploaded once, shown when Slack has finished them, and never stop a message."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.wire.outbox import Drawn, Outbox, make_slack
from tutorbot.delivery import StoredUploads
from tutorbot.records.deliveries import Delivery, State
from tutorbot.sandbox import Fault, Sandbox, Uploads
from tutorbot.slack import NotReady, Picture, Slack
from tutorbot.slack.manifest import app_manifest
from tutorbot.store import Store

MakeOutbox = Callable[..., Outbox]

PNG = b"\x89PNG\r\n\x1a\n not quite a picture"
DIGEST = "ab" * 32


def draw_with_picture(delivery: Delivery, files: Mapping[str, str]) -> Drawn:
    """Draw a text, and the picture where there is a file of it."""
    blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "plain_text", "text": "Lesson"}}]
    blocks += [
        {"type": "image", "slack_file": {"id": file_id}, "alt_text": "Events on a line"}
        for file_id in files.values()
    ]
    return Drawn("Lesson", blocks, needs=() if files else (DIGEST,))


def picture(_digest: str) -> Picture:
    return Picture("events.png", PNG)


def calls(sandbox: Sandbox, method: str) -> int:
    return sum(call.method == method for call in sandbox.calls)


def shown(sandbox: Sandbox, channel: str) -> list[list[str]]:
    """Return the types of the blocks of each message."""
    messages = sandbox.person("anna").messages(channel)
    return [[block["type"] for block in message.blocks] for message in messages]


@pytest.fixture
def slack(sandbox: Sandbox, store: Store) -> Slack:
    """Give a door that keeps in the store what was uploaded."""
    uploads = StoredUploads(store, sandbox.team, sandbox.clock.now)
    return make_slack(sandbox, uploads=uploads, picture=picture)


@pytest.fixture
def outbox(make_outbox: MakeOutbox, slack: Slack) -> Outbox:
    """Give an outbox whose messages have a picture."""
    return make_outbox(slack=slack, draw=draw_with_picture)


def test_a_picture_is_uploaded_and_shown_once_it_is_finished(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    outbox.owe("lesson", channel=channel)

    outbox.poll()

    assert shown(sandbox, channel) == [["section", "image"]]


def test_a_picture_is_uploaded_once_for_all_messages_and_processes(
    outbox: Outbox, make_outbox: MakeOutbox, store: Store, sandbox: Sandbox, channel: str
) -> None:
    outbox.owe("lesson", channel=channel)
    outbox.poll()

    uploads = StoredUploads(store, sandbox.team, sandbox.clock.now)
    restarted = make_outbox(
        slack=make_slack(sandbox, uploads=uploads, picture=picture), draw=draw_with_picture
    )
    restarted.owe("another", channel=channel)
    restarted.poll()

    assert shown(sandbox, channel) == [["section", "image"], ["section", "image"]]
    assert calls(sandbox, "files.completeUploadExternal") == 1


def test_threads_that_want_the_same_picture_share_an_upload(slack: Slack, sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as threads:
        files = set(threads.map(lambda _: slack.ensure_uploaded(DIGEST), range(8)))

    assert len(files) == 1
    assert calls(sandbox, "files.getUploadURLExternal") == 1


def test_a_picture_that_is_gone_is_uploaded_again(outbox: Outbox, sandbox: Sandbox, channel: str) -> None:
    outbox.owe("lesson", channel=channel)
    outbox.poll()
    outbox.slack.call("files.delete", file=outbox.slack.ensure_uploaded(DIGEST))

    outbox.owe("another", channel=channel)
    outbox.poll()

    assert shown(sandbox, channel)[1:] == [["section", "image"]]
    assert calls(sandbox, "files.completeUploadExternal") == 2


def test_a_picture_that_may_not_be_uploaded_is_left_out(
    outbox: Outbox, sandbox: Sandbox, channel: str
) -> None:
    sandbox.scopes.remove("files:write")
    outbox.owe("lesson", channel=channel)

    outbox.poll()

    assert shown(sandbox, channel) == [["section"]]


def test_a_picture_that_cannot_be_drawn_is_left_out(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    def broken(digest: str) -> Picture:
        raise LookupError(f"no picture {digest}")

    outbox = make_outbox(slack=make_slack(sandbox, picture=broken), draw=draw_with_picture)
    outbox.owe("lesson", channel=channel)

    outbox.poll()

    assert shown(sandbox, channel) == [["section"]]


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "files.completeUploadExternal", "files.info"]
)
def test_an_upload_that_went_wrong_is_done_again_and_the_message_waits_for_it(
    outbox: Outbox, sandbox: Sandbox, channel: str, method: str
) -> None:
    sandbox.misbehave(Fault.DROP_REPLY, method=method)
    outbox.owe("lesson", channel=channel)

    outbox.poll()
    assert outbox.state("lesson") is State.DUE
    outbox.settle()

    assert shown(sandbox, channel) == [["section", "image"]]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_a_message_waits_ten_minutes_for_a_picture_that_slack_does_not_take(
    outbox: Outbox, sandbox: Sandbox, channel: str, method: str
) -> None:
    sandbox.misbehave(Fault.REFUSE, method=method, error="service_unavailable", times=10_000)
    outbox.owe("lesson", channel=channel)

    outbox.poll()
    outbox.poll_after(500)
    assert outbox.state("lesson") is State.DUE
    outbox.poll_after(100)

    assert shown(sandbox, channel) == [["section"]]


def test_an_upload_that_is_never_finished_is_given_up_for_now(store: Store) -> None:
    with Sandbox(uploads=Uploads(polls=1000, seconds=1000), manifest=app_manifest()) as sandbox:
        slack = make_slack(sandbox, picture=picture)

        with pytest.raises(NotReady):
            slack.ensure_uploaded(DIGEST)


def test_a_message_that_names_a_file_slack_does_not_show_is_parked_and_not_tried_for_ever(
    make_outbox: MakeOutbox, sandbox: Sandbox, channel: str
) -> None:
    slack = make_slack(sandbox, picture=lambda _digest: Picture("events.txt", PNG))
    outbox = make_outbox(slack=slack, draw=draw_with_picture)
    outbox.owe("lesson", channel=channel)

    outbox.poll()

    assert calls(sandbox, "chat.postMessage") == 2
    assert "invalid slack file" in str(outbox.find("lesson").reason)
