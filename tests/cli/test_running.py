"""`tutorbot run`: what keeps it from starting is told in a sentence."""

import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.processes import bot, free_port
from tutorbot.sandbox import Sandbox


def test_a_missing_token_is_named(run: Run) -> None:
    result = run("run")

    assert result.exit_code == 1
    assert "SLACK_APP_TOKEN must be set" in result.output


def test_an_app_token_that_slack_does_not_take_is_told(run: Run) -> None:
    result = run("run", SLACK_APP_TOKEN="xapp-wrong")

    assert result.exit_code == 1
    assert "Slack does not take SLACK_APP_TOKEN: invalid_auth" in result.output


def test_a_token_of_the_wrong_kind_is_told_before_anything_is_asked(run: Run, sandbox: Sandbox) -> None:
    result = run("run", SLACK_BOT_TOKEN="xoxp-somebody", SLACK_APP_TOKEN=sandbox.app_token)

    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN must start with xoxb-" in result.output
    assert not sandbox.calls


def test_a_database_that_cannot_be_used_is_told(run: Run, tmp_path: Path) -> None:
    result = run("deliveries", DATABASE_URL="sqlite://")

    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_slack_that_cannot_be_reached_is_told(run: Run) -> None:
    result = run("worker", SLACK_API_URL="http://127.0.0.1:9/api/")

    assert result.exit_code == 1
    assert "Slack cannot be reached" in result.output


@pytest.mark.parametrize("command", ["run", "worker", "web"])
@pytest.mark.parametrize(
    "wrong", [{"SLACK_BOT_TOKEN": "xoxb-wrong"}, {"SLACK_API_URL": "http://127.0.0.1:9/api/"}], ids=list
)
def test_what_keeps_a_process_from_starting_is_told_in_its_last_line(
    sandbox: Sandbox, sqlite_url: str, command: str, wrong: dict[str, str]
) -> None:
    with bot(sandbox, sqlite_url, command, **wrong) as process:
        said = process.communicate(timeout=60)[1]

    assert process.returncode == 1
    assert said.splitlines()[-1].startswith("Error: A call to Slack failed: auth.test: ")
    assert "Traceback" not in said
    assert '"errors"' not in said  # which is how the log tells of one


def test_a_server_that_fails_in_its_worker_tells_why_without_a_traceback(
    sandbox: Sandbox, sqlite_url: str
) -> None:
    with socket.create_server(("", 0)) as taken:
        port = str(taken.getsockname()[1])

        with bot(sandbox, sqlite_url, "web", PORT=str(free_port()), TUTORBOT_HEALTH_PORT=port) as process:
            said = process.communicate(timeout=60)[1]

    assert process.returncode != 0
    assert f"TUTORBOT_HEALTH_PORT is {port}, which cannot be had" in said
    assert "Traceback" not in said
    assert '"errors"' not in said
