"""State kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.blocks import actions, button, checkboxes, home, section
from tests.sandbox.conftest import client_of
from tutorbot.sandbox import Sandbox

KEY = {"event_type": "delivery", "event_payload": {"key": "7"}}


def test_everything_but_open_modals_outlives_a_run(tmp_path: Path) -> None:
    state = tmp_path / "workspace.json"
    with Sandbox(state=state) as before:
        channel = before.add_channel("autumn")
        slack, anna = client_of(before), before.person("anna")
        slack.chat_postMessage(
            channel=channel, text="Lesson", metadata=KEY, blocks=[actions(checkboxes("a"))]
        )
        slack.chat_postEphemeral(channel=channel, user=anna.id, text="Only you")
        anna.check(anna.messages("autumn")[0], "boxes", ["a"])
        slack.views_publish(user_id=anna.id, view=home(section("Welcome")))
        slack.conversations_open(users=[anna.id])
        file_id = slack.files_upload_v2(filename="a.png", content=b"PNG")["file"]["id"]
        anna.command("/tutor", "help")
        before.add_person("dora", tz="Asia/Tokyo", guest=True)

    with Sandbox(state=state) as after:
        slack, anna = client_of(after), after.person("anna")
        lesson, only_you = anna.messages("autumn")
        later = slack.chat_postMessage(channel=channel, text="Later")["ts"]

        assert (lesson.metadata, lesson.inputs[0].value) == (KEY, ["a"])
        assert only_you.ephemeral
        assert anna.home is not None
        assert anna.home.plain == "Welcome"
        assert slack.conversations_history(channel=anna.dm_id)["ok"]
        assert slack.files_info(file=file_id)["file"]["size"] == 3
        assert anna.notices == ["/tutor failed with the error “dispatch_failed”."]
        assert slack.users_info(user=after.person("dora").id)["user"]["tz"] == "Asia/Tokyo"
        assert later > only_you.ts > lesson.ts
        assert after.add_channel("winter") != channel


def test_a_change_is_written_soon(tmp_path: Path) -> None:
    state = tmp_path / "workspace.json"

    with Sandbox(state=state) as sandbox:
        sandbox.add_channel("autumn")
        sandbox.wait_for(lambda: state.exists() and "autumn" in state.read_text())


def test_uploads_lie_beside_the_state(tmp_path: Path) -> None:
    state = tmp_path / "workspace.json"

    with Sandbox(state=state) as sandbox:
        file_id = client_of(sandbox).files_upload_v2(filename="a.png", content=b"PNG")["file"]["id"]

    assert (tmp_path / "workspace.json.files" / file_id).read_bytes() == b"PNG"


@pytest.mark.parametrize("kept", ["{", "[]", '{"format": 99}', '{"format": 1}'])
def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path, kept: str) -> None:
    state = tmp_path / "workspace.json"
    state.write_text(kept)

    with pytest.raises(ValueError, match="Move it away to begin afresh"):
        Sandbox(state=state)

    assert state.read_text() == kept


def test_an_old_message_still_works_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "workspace.json"
    with Sandbox(state=state) as before:
        channel = before.add_channel("autumn")
        client_of(before).chat_postMessage(channel=channel, text="Lesson", blocks=[actions(button())])

    with Sandbox(state=state) as after:
        anna = after.person("anna")
        answer = anna.click(anna.messages("autumn")[0], "Press")

    assert answer.error == "dispatch_failed"
