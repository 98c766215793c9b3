"""`tutorbot doctor`: how everything stands, and what to do where it is not well."""

import json
import os
import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from sqlalchemy import make_url

from tests.cli.conftest import Run
from tutorbot import app, doctor
from tutorbot.clock import machine_now
from tutorbot.doctor import Finding, Level, Part
from tutorbot.doctor.database import Age, judge_age, judge_library
from tutorbot.doctor.disk import Disk, judge_disk
from tutorbot.doctor.ledger import judge_ledger
from tutorbot.doctor.workspace import judge_clock, judge_scopes
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.timewords import EVERY_DAY
from tutorbot.records.deliveries import State, owe
from tutorbot.records.lateness import Owed
from tutorbot.sandbox import Fault, Sandbox
from tutorbot.settings import PLATFORMS, Settings
from tutorbot.slack.scopes import bot_scopes
from tutorbot.store import Store, open_store
from tutorbot.tutor import cohorts

COURSE = "cqrs-event-sourcing"


@pytest.fixture
def all_set(sandbox: Sandbox) -> dict[str, str]:
    """Give what an operator of `tutorbot run` sets beside the bot token, on a machine of their own."""
    nowhere_special = dict.fromkeys(PLATFORMS, "")
    return {**nowhere_special, "SLACK_APP_TOKEN": sandbox.app_token}


@pytest.fixture
def database(sqlite_url: str) -> Path:
    """Give the file of a database that an earlier start has made."""
    open_store(sqlite_url).close()
    return file_of(sqlite_url)


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def told(result: Result, part: Part, level: Level) -> list[str]:
    """Return what was found of a part at a level, each with what to do, from the JSON."""
    findings = json.loads(result.stdout)["findings"]
    return [f"{f['says']} {f['do']}".strip() for f in findings if (f["part"], f["level"]) == (part, level)]


def faults(result: Result) -> list[str]:
    return [f["says"] for f in json.loads(result.stdout)["findings"] if f["level"] == Level.FAULT]


def start_cohort(url: str, sandbox: Sandbox, channel: str) -> None:
    """Start a cohort far in the future, as staff would."""
    tutor = app.open_tutor(Settings(database_url=url))
    schedule = Schedule(EVERY_DAY, time(9), ZoneInfo("Europe/Zurich"), date(2099, 3, 2))
    cohorts.start_cohort(tutor, sandbox.team, channel, cohorts.plan_cohort(tutor, COURSE, schedule))
    tutor.store.close()


# The whole


def test_an_installation_that_is_well_has_no_fault(
    run: Run, sandbox: Sandbox, all_set: dict[str, str], sqlite_url: str
) -> None:
    channel = sandbox.add_channel("autumn")
    start_cohort(sqlite_url, sandbox, channel)

    result = run("doctor", "--json", TUTORBOT_STAFF_CHANNEL=channel, **all_set)

    assert result.exit_code == 0, result.output
    assert faults(result) == []
    assert {finding["part"] for finding in json.loads(result.stdout)["findings"]} == set(Part)
    assert told(result, Part.CHANNELS, Level.OK) == [
        "The bot is in #autumn, the channel of the staff (TUTORBOT_STAFF_CHANNEL).",
        "The bot is in #autumn, the channel of cohort 1.",
    ]
    assert told(result, Part.SCOPES, Level.OK) == ["The bot token has all 11 scopes that are needed."]


def test_people_read_it_part_by_part(run: Run, all_set: dict[str, str], database: Path) -> None:
    result = run("doctor", **all_set)

    lines = result.stdout.splitlines()
    headings = [line for line in lines if not line.startswith(" ")]
    assert headings[:-1] == [
        part.capitalize() for part in Part if part is not Part.CHANNELS
    ]  # nothing to look at
    assert "  ok       The bot is @tutor in the workspace sandbox." in lines
    assert "\x1b" not in result.stdout


def test_each_fault_is_told_with_what_to_do_and_the_faults_are_counted(run: Run) -> None:
    result = run("doctor", SLACK_BOT_TOKEN="")

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = lines.index("  fault    SLACK_BOT_TOKEN is not set, so Slack cannot be asked anything.")
    assert lines[at + 1].startswith("           → Take the bot token from OAuth & Permissions")
    assert lines[-1].startswith("1 fault")


def test_looking_changes_nothing(run: Run, sandbox: Sandbox, all_set: dict[str, str], database: Path) -> None:
    channel = sandbox.add_channel("autumn")
    before = sha256(database.read_bytes()).hexdigest(), os.listdir(database.parent)

    run("doctor", TUTORBOT_STAFF_CHANNEL=channel, **all_set)

    assert (sha256(database.read_bytes()).hexdigest(), os.listdir(database.parent)) == before
    assert sandbox.person("anna").messages("autumn") == []
    assert {call.method for call in sandbox.calls} == {
        "apps.connections.open",
        "auth.test",
        "bots.info",
        "conversations.info",
    }


def test_what_cannot_be_understood_has_a_status_of_its_own(run: Run) -> None:
    assert run("doctor", "--yaml").exit_code == 2


# Settings


def test_without_tokens_the_rest_is_looked_at(run: Run, sandbox: Sandbox, database: Path) -> None:
    result = run("doctor", "--json", SLACK_BOT_TOKEN="")

    assert told(result, Part.DATABASE, Level.OK)
    assert told(result, Part.COURSES, Level.OK)
    assert told(result, Part.DELIVERIES, Level.OK)
    assert not sandbox.calls


def test_every_setting_that_cannot_be_used_is_told(run: Run) -> None:
    result = run("doctor", "--json", SLACK_BOT_TOKEN="xoxp-mine", PORT="high", TUTORBOT_STAFF_CHANEL="C1")

    found = told(result, Part.SETTINGS, Level.FAULT)
    assert any("SLACK_BOT_TOKEN must start with xoxb-" in each for each in found)
    assert any("PORT is 'high'; it must be a number" in each for each in found)
    assert "xoxp-mine" not in result.output
    assert not any("is not set" in each for each in found)
    assert "TUTORBOT_STAFF_CHANNEL is one" in told(result, Part.SETTINGS, Level.WARNING)[0]


def test_a_file_of_secrets_that_everybody_can_read_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("SLACK_SIGNING_SECRET=a-secret-of-the-app\n")

    file.chmod(0o644)
    open_to_all = told(run("doctor", "--json", TUTORBOT_ENV_FILE=str(file)), Part.SETTINGS, Level.WARNING)
    file.chmod(0o640)
    closed = told(run("doctor", "--json", TUTORBOT_ENV_FILE=str(file)), Part.SETTINGS, Level.WARNING)

    assert len(open_to_all) == 1
    assert f"Everybody on this machine can read {file}" in open_to_all[0]
    assert closed == []


def test_a_way_in_for_what_people_do_is_needed(run: Run) -> None:
    neither = run("doctor", "--json")
    over_http = run("doctor", "--json", SLACK_SIGNING_SECRET="a secret")

    assert "so nothing that people do reaches the bot" in told(neither, Part.SETTINGS, Level.FAULT)[0]
    assert told(over_http, Part.SETTINGS, Level.FAULT) == []
    assert any("tutorbot web" in each for each in told(over_http, Part.SETTINGS, Level.OK))


def test_a_file_of_settings_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    result = run("doctor", "--json", TUTORBOT_ENV_FILE=str(tmp_path / "missing"))

    assert result.exit_code == 1
    assert "cannot be read: No such file" in told(result, Part.SETTINGS, Level.FAULT)[0]


# Database and disk


def test_a_database_that_is_missing_is_told_and_not_made(run: Run, sqlite_url: str) -> None:
    result = run("doctor", "--json")

    assert "There is no database yet at" in told(result, Part.DATABASE, Level.WARNING)[0]
    assert not file_of(sqlite_url).parent.exists()


def test_a_database_of_another_version_is_told_and_left_as_it_is(run: Run, database: Path) -> None:
    with sqlite3.connect(database) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()

    result = run("doctor", "--json")

    assert "written by a newer tutorbot. Upgrade tutorbot" in told(result, Part.DATABASE, Level.FAULT)[0]


def test_a_database_without_tables_and_one_of_another_program_are_told(run: Run, sqlite_url: str) -> None:
    file = file_of(sqlite_url)
    file.parent.mkdir()
    file.touch()
    empty = run("doctor", "--json")
    with sqlite3.connect(file) as conn:
        conn.execute("CREATE TABLE invoices (id INTEGER)")
    conn.close()

    foreign = run("doctor", "--json")

    assert "It has no tables yet." in told(empty, Part.DATABASE, Level.WARNING)[0]
    assert "the tables of another program" in told(foreign, Part.DATABASE, Level.FAULT)[0]


def test_a_file_that_is_no_database_is_told_without_a_traceback(run: Run, sqlite_url: str) -> None:
    file = file_of(sqlite_url)
    file.parent.mkdir()
    file.write_text("These are not the bytes that you are looking for." * 100)

    result = run("doctor", "--json")

    assert result.exit_code == 1
    assert "file is not a database" in told(result, Part.DATABASE, Level.FAULT)[0]


def test_a_damaged_file_is_told(run: Run, database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[36:40] = (5).to_bytes(4)  # the number of free pages, of which there are none
    database.write_bytes(content)

    result = run("doctor", "--json")

    assert "Its file is damaged: " in told(result, Part.DATABASE, Level.FAULT)[0]
    assert "restore a backup" in told(result, Part.DATABASE, Level.FAULT)[0]


def test_a_file_whose_pages_are_lost_is_told_without_a_traceback(run: Run, database: Path) -> None:
    content = bytearray(database.read_bytes())
    for page in range(4096 * 4, len(content), 4096):
        content[page : page + 8] = b"\xff" * 8
    database.write_bytes(content)

    result = run("doctor", "--json")

    assert result.exit_code == 1
    assert "malformed" in told(result, Part.DATABASE, Level.FAULT)[0]
    assert "restore a backup" in told(result, Part.DATABASE, Level.FAULT)[0]


def test_a_path_that_is_another_in_each_folder_is_told(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)

    result = run("doctor", "--json", DATABASE_URL=f"sqlite:///{database.name}")

    (says,) = told(result, Part.DATABASE, Level.WARNING)
    assert f"which is {database} for what is started in this folder" in says
    assert f"sqlite:////{str(database)[1:]}" in result.stdout


def test_a_database_url_that_cannot_work_is_told(run: Run) -> None:
    result = run("doctor", "--json", DATABASE_URL="mysql://somewhere/else")

    assert "tutorbot works with" in told(result, Part.DATABASE, Level.FAULT)[0]


def test_a_file_that_there_cannot_be_is_told(run: Run, tmp_path: Path) -> None:
    result = run("doctor", "--json", DATABASE_URL=f"sqlite:///{tmp_path / ('x' * 300)}")

    assert told(result, Part.DATABASE, Level.FAULT)[0].partition(": ")[2].startswith("File name too long.")


def test_a_server_is_looked_at_like_a_file(run: Run, postgres_url: str) -> None:
    empty = run("doctor", "--json", DATABASE_URL=postgres_url)
    open_store(postgres_url).close()

    made = run("doctor", "--json", DATABASE_URL=postgres_url)

    assert "It has no tables yet." in told(empty, Part.DATABASE, Level.WARNING)[0]
    assert told(made, Part.DATABASE, Level.FAULT) == []
    assert "Its tables are those of this version." in told(made, Part.DATABASE, Level.OK)
    assert any(each.startswith("PostgreSQL ") for each in told(made, Part.DATABASE, Level.OK))


def test_a_server_that_is_not_there_is_told_without_its_password(run: Run) -> None:
    result = run("doctor", "--json", DATABASE_URL="postgresql://me:hunter42@127.0.0.1:9/tutorbot")

    assert "cannot be read: connection failed" in told(result, Part.DATABASE, Level.FAULT)[0]
    assert "hunter42" not in result.output


def test_on_a_platform_whose_disk_does_not_last_postgresql_is_required(
    run: Run, tmp_path: Path, postgres_url: str
) -> None:
    disk = Disk(tmp_path, free=10**10, writable=True, own_mount=False, in_container=True)

    found = list(judge_disk(disk, "Heroku"))
    on_postgresql = run("doctor", "--json", DATABASE_URL=postgres_url, DYNO="web.1")

    assert [each.level for each in found] == [Level.OK, Level.FAULT]
    assert "set DATABASE_URL to postgresql://" in found[1].do
    assert told(on_postgresql, Part.DISK, Level.FAULT) == []


def test_a_volume_of_its_own_lasts(tmp_path: Path) -> None:
    disk = Disk(tmp_path, free=10**10, writable=True, own_mount=True, in_container=True)

    assert [each.level for each in judge_disk(disk, "Fly.io")] == [Level.OK]


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"free": 50_000_000}, Level.FAULT),
        ({"free": 500_000_000}, Level.WARNING),
        ({"writable": False}, Level.FAULT),
        ({"in_container": True}, Level.WARNING),
    ],
)
def test_a_disk_that_is_full_shut_or_passing_is_told(
    tmp_path: Path, changes: dict[str, Any], level: Level
) -> None:
    well = {"free": 10**10, "writable": True, "own_mount": False, "in_container": False}

    found = list(judge_disk(Disk(tmp_path, **well | changes), None))

    assert [each.level for each in found if each.level is not Level.OK] == [level]


def test_a_sqlite_that_may_damage_a_log_is_told() -> None:
    old = judge_library((3, 40, 1))
    new = judge_library((3, 51, 3))

    assert old.level is Level.WARNING
    assert "3.51.3 or newer" in old.do
    assert new.level is Level.OK


def test_tables_of_an_older_version_are_no_fault() -> None:
    assert judge_age(Age.OLDER).level is Level.WARNING
    assert judge_age(Age.THIS).level is Level.OK


# Courses


def test_a_stored_course_that_cannot_be_read_is_told(run: Run, sqlite_url: str) -> None:
    app.open_tutor(Settings(database_url=sqlite_url)).store.close()
    with sqlite3.connect(file_of(sqlite_url)) as conn:
        conn.execute("UPDATE course_versions SET document = '{}'")
    conn.close()

    result = run("doctor", "--json")

    assert "is stored and cannot be read" in told(result, Part.COURSES, Level.FAULT)[0]


# Slack


def test_a_token_that_slack_does_not_take_is_told(run: Run, all_set: dict[str, str]) -> None:
    result = run("doctor", "--json", SLACK_BOT_TOKEN="xoxb-wrong", **all_set)

    assert "Slack does not take SLACK_BOT_TOKEN: invalid_auth." in told(result, Part.TOKENS, Level.FAULT)[0]
    assert told(result, Part.TOKENS, Level.OK) == ["The app-level token opens Socket Mode."]


def test_an_app_level_token_without_its_scope_is_told(
    run: Run, sandbox: Sandbox, all_set: dict[str, str]
) -> None:
    sandbox.service.app.connecting.clear()

    result = run("doctor", "--json", **all_set)

    assert "SLACK_APP_TOKEN lacks the scope connections:write." in told(result, Part.TOKENS, Level.FAULT)[0]


def test_tokens_of_two_apps_are_told(run: Run, sandbox: Sandbox) -> None:
    sandbox.service.app_token = "xapp-1-A0ANOTHER-1234-abcd"

    result = run("doctor", "--json", SLACK_APP_TOKEN=sandbox.app_token)

    assert "SLACK_APP_TOKEN is of the app A0ANOTHER" in told(result, Part.TOKENS, Level.FAULT)[0]
    assert "Take both from the same app." in told(result, Part.TOKENS, Level.FAULT)[0]


def test_slack_that_does_not_answer_is_told_once(run: Run, all_set: dict[str, str]) -> None:
    result = run("doctor", "--json", SLACK_API_URL="http://127.0.0.1:9/api/", **all_set)

    (only,) = told(result, Part.TOKENS, Level.FAULT)
    assert "must reach slack.com on port 443" in only


def test_slack_that_wants_to_be_left_alone_is_a_warning(run: Run, sandbox: Sandbox) -> None:
    sandbox.misbehave(Fault.RATE_LIMIT, "auth.test", retry_after=7)

    result = run("doctor", "--json")

    assert told(result, Part.TOKENS, Level.WARNING) == [
        "Slack wants no calls for 7 s. Run this again after that."
    ]


def test_a_missing_scope_is_told_and_a_superfluous_one_too(run: Run, sandbox: Sandbox) -> None:
    sandbox.scopes.remove("files:read")
    sandbox.scopes.update({"users:read.email", "team:read"})

    result = run("doctor", "--json")

    assert result.exit_code == 1
    assert "The bot token lacks files:read." in told(result, Part.SCOPES, Level.FAULT)[0]
    assert "`tutorbot manifest`" in told(result, Part.SCOPES, Level.FAULT)[0]
    assert "team:read and users:read.email" in told(result, Part.SCOPES, Level.WARNING)[0]


@pytest.mark.parametrize("scope", bot_scopes())
def test_each_scope_is_missed(scope: str) -> None:
    found = list(judge_scopes(set(bot_scopes()) - {scope}))

    assert [(each.level, scope in each.says) for each in found] == [(Level.FAULT, True)]


def test_a_channel_must_be_there_open_and_with_the_bot_in_it(
    run: Run, sandbox: Sandbox, sqlite_url: str
) -> None:
    shut, empty = sandbox.add_channel("shut"), sandbox.add_channel("empty", bot=False)
    start_cohort(sqlite_url, sandbox, shut)
    sandbox.archive("shut")

    result = run("doctor", "--json", TUTORBOT_STAFF_CHANNEL=empty, TUTORBOT_BADGE_CHANNEL="C0GONE")

    staff, badges, cohort = told(result, Part.CHANNELS, Level.FAULT)
    assert "The bot is not in #empty" in staff
    assert "`/invite @tutor` in #empty" in staff
    assert "channel_not_found" in badges
    assert "set TUTORBOT_BADGE_CHANNEL" in badges
    assert "#shut, the channel of cohort 1, is archived." in cohort


@pytest.mark.parametrize(
    ("ahead", "level"),
    [
        (timedelta(seconds=60), Level.OK),
        (timedelta(seconds=-61), Level.WARNING),
        (timedelta(minutes=5), Level.FAULT),
        (timedelta(minutes=-6), Level.FAULT),
    ],
)
def test_a_clock_that_is_off_is_told_by_how_far(ahead: timedelta, level: Level) -> None:
    found = judge_clock(ahead)

    assert found.level is level
    if level is not Level.OK:
        assert (
            f"{abs(ahead).seconds} s {'ahead of' if ahead > timedelta() else 'behind'} Slack's" in found.says
        )


def test_the_clock_is_held_against_the_answer_of_slack(
    run: Run, sandbox: Sandbox, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
    monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)

    right = doctor.examine()
    wrong = doctor.examine(lambda: machine_now() - timedelta(hours=1))

    assert clock_in(right).level is Level.OK
    assert clock_in(wrong).level is Level.FAULT


def clock_in(findings: list[Finding]) -> Finding:
    (found,) = (finding for finding in findings if finding.part is Part.CLOCK)
    return found


# Deliveries


def test_what_is_late_or_parked_is_told(run: Run, sandbox: Sandbox, sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    owe_one(store, "late", long_ago, sandbox.team)
    store.close()

    result = run("doctor", "--json")

    assert result.exit_code == 1
    assert "1 delivery is overdue, the first for" in told(result, Part.DELIVERIES, Level.FAULT)[0]


def owe_one(store: Store, key: str, due_at: datetime, team: str) -> None:
    store.write(
        lambda conn: owe(conn, key, {"show": "x"}, team=team, channel="C1", due_at=due_at, now=due_at)
    )


def test_parked_deliveries_are_a_warning() -> None:
    states = {State.DUE: 3, State.CLAIMED: 0, State.UNKNOWN: 0, State.PARKED: 2}

    found = list(judge_ledger(Owed(states, 0, timedelta()), timedelta(minutes=10)))

    assert [each.level for each in found] == [Level.WARNING]
    assert "2 deliveries are parked" in found[0].says
