"""`tutorbot cohort`: staff start a cohort, see it and stop it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tutorbot.app import bundled_courses
from tutorbot.authoring import load
from tutorbot.sandbox import Sandbox

LESSONS = len(list(load(bundled_courses()[0]).course.lessons()))
START = ("cohort", "start", "--course", "cqrs-event-sourcing", "--zone", "Europe/Zurich")


def test_the_dates_are_shown_before_anything_starts(run: Run, sandbox: Sandbox) -> None:
    sandbox.add_channel("autumn")

    result = run(*START, "--channel", "#autumn", "--from", "2099-03-26", "--skip", "2099-03-27", says="n\n")

    assert result.exit_code == 0, result.output
    assert "Thursday 26 March 2099, 09:00 (Europe/Zurich)  1.1 The row that forgot" in result.output
    assert "Monday 30 March 2099, 09:00 (Europe/Zurich)  1.2" in result.output
    assert "Nothing was started." in result.output
    assert "There is no cohort yet" in run("cohort", "list").output


def test_days_off_may_be_listed_and_a_name_be_written_with_capitals(run: Run, sandbox: Sandbox) -> None:
    sandbox.add_channel("autumn")

    result = run(*START, "--channel", "#Autumn", "--from", "2099-03-25", "--skip", "2099-03-26, 2099-03-27")

    assert "Wednesday 25 March 2099, 09:00 (Europe/Zurich)  1.1" in result.output
    assert "Monday 30 March 2099, 09:00 (Europe/Zurich)  1.2" in result.output


def test_a_cohort_is_started_listed_and_stopped(run: Run, sandbox: Sandbox) -> None:
    channel = sandbox.add_channel("autumn")
    started = run(*START, "--channel", channel, "--from", "2099-03-02", "--days", "mon,wed", says="y\n")

    listed = run("cohort", "list")
    owed = run("deliveries")
    stopped = run("cohort", "stop", "1", "--yes")

    assert "Cohort 1 is started." in started.output
    assert (
        f"Monday and Wednesday at 09:00 (Europe/Zurich), 0 learners, 0 of {LESSONS} lessons" in listed.output
    )
    assert "cohort/1/welcome" in owed.output
    assert f"In all: {LESSONS + 1} due." in owed.output
    assert "Cohort 1 is stopped." in stopped.output
    assert f"In all: {LESSONS + 1} dropped." in run("deliveries").output
    assert "stopped on" in run("cohort", "list").output


def test_a_channel_takes_one_cohort_at_a_time(run: Run, sandbox: Sandbox) -> None:
    sandbox.add_channel("autumn")
    run(*START, "--channel", "autumn", "--from", "2099-03-02", "--yes")

    again = run(*START, "--channel", "autumn", "--from", "2099-05-04", says="y\n")

    assert again.exit_code == 1
    assert "Cohort 1 runs in that channel." in again.output
    assert "Start this cohort?" not in again.output


def test_lessons_that_would_be_past_are_told(run: Run, sandbox: Sandbox) -> None:
    sandbox.add_channel("autumn")

    result = run(*START, "--channel", "autumn", "--from", "2020-01-06", says="n\n")

    assert f"ten minutes apart: {LESSONS} lessons." in result.output


def test_what_was_typed_wrong_is_told_with_what_would_be_right(run: Run, sandbox: Sandbox) -> None:
    sandbox.add_channel("autumn")
    sandbox.add_channel("closed", bot=False)
    sandbox.add_channel("over")
    sandbox.archive("over")
    good = {"--channel": "autumn", "--from": "2099-03-26"}
    wrong = [
        ({"--zone": "Europe/Zürch"}, "Europe/Zurich"),
        ({"--days": "mon-fry"}, "not a day of the week"),
        ({"--at": "25:00"}, "not a time of day"),
        ({"--from": "25.3.2027"}, "Write year, month and day"),
        ({"--course": "cqrs-event-sourcery"}, "Did you mean `cqrs-event-sourcing`?"),
        ({"--channel": "winter"}, "If it is private, write there first: /invite @tutor\n"),
        ({"--channel": "closed"}, "Write there first: /invite @tutor\n"),
        ({"--channel": "over"}, "#over is archived."),
        ({"--per-delivery": "0"}, "at least one lesson"),
    ]

    for given, told in wrong:
        words = [word for pair in (good | given).items() for word in pair]
        result = run(*START, *words, "--yes")

        assert result.exit_code == 1, (given, result.output)
        assert told in result.output, (given, result.output)
    assert "There is no cohort yet" in run("cohort", "list").output


def test_a_cohort_that_is_not_there_cannot_be_stopped(run: Run) -> None:
    result = run("cohort", "stop", "7", says="y\n")

    assert result.exit_code == 1
    assert result.output == "Error: There is no running cohort 7; `tutorbot cohort list` shows them.\n"


def test_a_database_that_was_not_there_is_told_with_its_name(
    run: Run, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs a command without the bot's settings would else believe that there is no cohort."""
    run("cohort", "list")
    first = caplog.messages
    caplog.clear()

    run("cohort", "list")

    file = sqlite_url.removeprefix("sqlite:///")
    assert f"The database is new: {file}. If there should be one already, look at DATABASE_URL." in first
    assert not caplog.messages


def test_a_database_in_the_folder_where_one_is_is_told_with_its_whole_path(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)

    run("cohort", "list", DATABASE_URL="sqlite:///tutorbot.db")  # three strokes, where four were meant

    assert f"The database is new: {tmp_path}/tutorbot.db." in caplog.text


def test_which_cohort_would_be_stopped_is_told_before_it_is(run: Run, sandbox: Sandbox) -> None:
    channel = sandbox.add_channel("autumn")
    run(*START, "--channel", channel, "--from", "2099-03-02", "--yes")

    asked = run("cohort", "stop", "1", says="n\n")

    assert f"Stop cohort 1, CQRS and Event Sourcing in {channel} with 0 learners?" in asked.output
    assert "Nothing was stopped." in asked.output
    assert "stopped on" not in run("cohort", "list").output


def test_a_missing_token_is_named(run: Run) -> None:
    result = run(*START, "--channel", "autumn", "--from", "2099-03-26", SLACK_BOT_TOKEN="")

    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN must be set" in result.output


def test_a_token_that_slack_does_not_take_is_told_without_a_traceback(run: Run) -> None:
    result = run(*START, "--channel", "autumn", "--from", "2099-03-26", SLACK_BOT_TOKEN="xoxb-wrong")

    assert result.exit_code == 1
    assert "A call to Slack failed: auth.test: invalid_auth. `tutorbot doctor` says what" in result.output
    assert "Traceback" not in result.output
