"""Settings come from the environment and from .env, and what is wrong with them is told by name."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutorbot.cli import main
from tutorbot.errors import BadSetting
from tutorbot.settings import SETTINGS, Given, look_up, mask, read_settings, unknown_names

TOKEN = "xoxb-1111-2222-abcdefghijkl7890"
URL = "postgresql://tutor:s3cr@t/word@db.example.org/tutor"

Write = Callable[[str], dict[str, str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a file of settings and returns the environment that names it."""

    def write(text: str) -> dict[str, str]:
        file = tmp_path / "settings.env"
        file.write_text(text)
        return {"TUTORBOT_ENV_FILE": str(file), "HOME": str(tmp_path)}

    return write


def settings_command(*words: str, **environ: str) -> Result:
    nothing = {setting.name: None for setting in SETTINGS.values()}
    return CliRunner().invoke(main, ["settings", *words], env={**nothing, **environ})


def given(environ: dict[str, str], name: str) -> Given:
    return next(each for each in look_up(environ) if each.setting.name == name)


def test_what_nobody_gave_has_its_default(write: Write) -> None:
    settings = read_settings(write(""))

    assert (settings.poll_seconds, settings.port, settings.bot_token) == (5.0, 3000, "")
    assert settings.database_url.endswith("/tutorbot.db")


def test_the_file_gives_what_the_environment_does_not(write: Write) -> None:
    environ = write(f"SLACK_BOT_TOKEN={TOKEN}\nTUTORBOT_SEND_THREADS=7\n")

    settings = read_settings(environ | {"TUTORBOT_SEND_THREADS": "9"})

    assert (settings.bot_token, settings.send_threads) == (TOKEN, 9)


def test_the_file_named_env_in_the_working_directory_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=8080\n")
    monkeypatch.chdir(tmp_path)

    assert read_settings({"HOME": str(tmp_path)}).port == 8080


def test_a_folder_named_env_is_no_file_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").mkdir()
    monkeypatch.chdir(tmp_path)

    assert read_settings({"HOME": str(tmp_path)}).port == 3000


def test_a_file_is_written_as_people_write_one(write: Write) -> None:
    environ = write(
        "\ufeff# for the course\n\nexport PORT=8080   # behind the proxy\n"
        "TUTORBOT_STAFF_CHANNEL='C0 STAFF'\nTUTORBOT_BADGE_CHANNEL=\n"
        "SLACK_SIGNING_SECRET=pa$$${HOME}#word\n"
    )

    settings = read_settings(environ)

    assert (settings.port, settings.staff_channel, settings.badge_channel) == (8080, "C0 STAFF", "")
    assert settings.signing_secret == "pa$$${HOME}#word"


def test_a_setting_says_where_it_was_given(write: Write) -> None:
    environ = write("# nothing here\n\n\nPORT=8080\nTUTORBOT_DRAW_THREADS=2\n") | {"SLACK_BOT_TOKEN": TOKEN}
    file = environ["TUTORBOT_ENV_FILE"]

    assert given(environ, "SLACK_BOT_TOKEN").place == "the environment"
    assert given(environ, "PORT").place == f"{file}, line 4"
    assert given(environ, "TUTORBOT_DRAW_THREADS").place == f"{file}, line 5"
    assert given(environ, "TUTORBOT_POLL_SECONDS").place == "default"


def test_a_named_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"nowhere\.env cannot be read: No such file"):
        read_settings({"TUTORBOT_ENV_FILE": str(tmp_path / "nowhere.env")})


def test_a_file_of_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "bytes.env").write_bytes(b"PORT=\xff\xfe")

    with pytest.raises(BadSetting, match=r"bytes\.env cannot be read: it is not UTF-8"):
        read_settings({"TUTORBOT_ENV_FILE": str(tmp_path / "bytes.env")})


def test_a_line_that_cannot_be_read_is_named_and_not_shown(write: Write) -> None:
    with pytest.raises(BadSetting, match=r"line 3: write NAME=value") as told:
        read_settings(write(f"PORT=1\n\nmy token is {TOKEN}\n"))

    assert TOKEN not in str(told.value)


@pytest.mark.parametrize("none", [{}, {"XDG_DATA_HOME": ""}], ids=["not set", "empty"])
def test_without_a_folder_for_data_the_database_is_below_the_home(
    none: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = read_settings({"HOME": "/home/ada", **none})

    assert settings.database_url.startswith("sqlite:////home/ada/")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("PORT", "http", "PORT is 'http'; it must be a number"),
        ("PORT", "65536", "it must be above 0 and at most 65535"),
        ("TUTORBOT_POLL_SECONDS", "0", "TUTORBOT_POLL_SECONDS is '0'; it must be above 0"),
        ("TUTORBOT_POLL_SECONDS", "nan", "it must be above 0"),
        ("TUTORBOT_SEND_THREADS", "2.5", "TUTORBOT_SEND_THREADS is '2.5'; it must be a number"),
        ("SLACK_BOT_TOKEN", "xoxp-1234567890", "SLACK_BOT_TOKEN must start with xoxb-"),
        ("TUTORBOT_STAFF_CHANNEL", "#staff", "TUTORBOT_STAFF_CHANNEL is '#staff'; it must be a channel's id"),
        ("TUTORBOT_BADGE_CHANNEL", "general", "such as C0123ABCD, and not its name"),
        ("SLACK_BOT_TOKEN", "xoxb-…", "SLACK_BOT_TOKEN must be the token as Slack shows it"),
        ("SLACK_BOT_TOKEN", f"{TOKEN} {TOKEN}", "SLACK_BOT_TOKEN must be the token as Slack shows it"),
        ("SLACK_APP_TOKEN", TOKEN, "SLACK_APP_TOKEN must start with xapp-"),
    ],
)
def test_a_bad_value_stops_the_start_with_its_name_and_place(
    write: Write, name: str, text: str, told: str
) -> None:
    with pytest.raises(BadSetting) as caught:
        read_settings(write(f"{name}={text}\n"))

    assert told in str(caught.value)
    assert "settings.env, line 1" in str(caught.value)


def test_all_bad_values_are_told_at_once_and_no_secret_is_shown(write: Write) -> None:
    with pytest.raises(BadSetting) as caught:
        read_settings(write(f"SLACK_APP_TOKEN={TOKEN}\nPORT=x\n"))

    assert "SLACK_APP_TOKEN" in str(caught.value)
    assert "PORT" in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_a_name_that_is_none_is_told_with_the_likely_one(write: Write) -> None:
    environ = write("SLACK_BOT_TOKN=x\nPATH_OF_ANOTHER_PROGRAM=y\n")

    told = unknown_names(environ | {"TUTORBOT_POL_SECONDS": "5", "TUTORBOT_COLOUR": "red", "SLACK_BOT": "x"})

    file = environ["TUTORBOT_ENV_FILE"]
    assert told == [
        f"SLACK_BOT_TOKN, in {file}, line 1, is no setting; SLACK_BOT_TOKEN is one.",
        "TUTORBOT_POL_SECONDS, in the environment, is no setting; TUTORBOT_POLL_SECONDS is one.",
        "TUTORBOT_COLOUR, in the environment, is no setting; `tutorbot settings` lists them.",
    ]


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        (TOKEN, "xoxb-…7890"),
        ("xapp-1-A0123-456-deadbeef", "xapp-…beef"),
        ("8f742231b10e8888abcd99yyyzzz85a5", "…85a5"),
        ("short", "…"),
        ("", ""),
    ],
)
def test_a_secret_shows_its_kind_and_its_last_four_characters(secret: str, shown: str) -> None:
    assert mask(secret) == shown


def test_settings_are_listed_without_secrets(write: Write) -> None:
    environ = write(f"SLACK_BOT_TOKEN={TOKEN}\nDATABASE_URL={URL}\nTUTORBOT_STAF_CHANNEL=C1\n")

    result = settings_command(**environ)

    assert result.exit_code == 0
    assert f"SLACK_BOT_TOKEN = xoxb-…7890 ({environ['TUTORBOT_ENV_FILE']}, line 1)" in result.output
    assert "DATABASE_URL = postgresql://tutor:…@db.example.org/tutor" in result.output
    assert "SLACK_APP_TOKEN: not set" in result.output
    assert "TUTORBOT_STAF_CHANNEL" in result.output
    assert TOKEN not in result.output
    assert "s3cr" not in result.output


def test_settings_are_listed_for_programs_also_where_one_is_bad(write: Write) -> None:
    environ = write(f"SLACK_APP_TOKEN={TOKEN}\nDATABASE_URL={URL}\n")

    result = settings_command("--json", **environ)

    told = {each["name"]: each for each in json.loads(result.output)["settings"]}
    assert result.exit_code == 1
    assert set(told) == {setting.name for setting in SETTINGS.values()}
    assert told["SLACK_APP_TOKEN"]["line"] == 1
    assert "must start with xapp-" in told["SLACK_APP_TOKEN"]["fault"]
    assert told["PORT"] | {"about": ""} == {
        "name": "PORT",
        "value": "3000",
        "secret": False,
        "from": "default",
        "line": None,
        "about": "",
        "fault": None,
    }
    assert TOKEN not in result.output
    assert "s3cr" not in result.output


def test_the_settings_themselves_do_not_tell_their_secrets(write: Write) -> None:
    settings = read_settings(write(f"SLACK_BOT_TOKEN={TOKEN}\n") | {"DATABASE_URL": URL})

    assert TOKEN not in repr(settings)


def test_every_setting_says_what_it_is_for() -> None:
    assert all(setting.about for setting in SETTINGS.values())
