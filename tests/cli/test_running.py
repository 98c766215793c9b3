"""`tutorbot run`: what keeps it from starting is told in a sentence."""

from pathlib import Path

from tests.cli.conftest import Run
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
