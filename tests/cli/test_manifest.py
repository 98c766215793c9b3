"""`tutorbot manifest`: what is pasted into Slack."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from tests.house.places import PACKAGE, ROOT
from tutorbot.cli import main
from tutorbot.sandbox.methods import METHODS
from tutorbot.slack import scopes
from tutorbot.slack.scopes import bot_scopes

SCHEMA = ROOT.parent / "shared" / "data" / "slack" / "manifest.schema.2.0.0.json"
OVER_HTTP = ("--url", "https://bot.example.org")

Json = dict[str, Any]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["manifest", *words])


def printed(*words: str) -> Json:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


@pytest.fixture(scope="module")
def schema() -> Json:
    """Give Slack's own JSON Schema of manifests, which is no part of this repository."""
    if not SCHEMA.exists():
        pytest.skip(f"Slack's JSON Schema of manifests is not at {SCHEMA}.")
    return dict(json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize("words", [(), OVER_HTTP, ("--name", "x" * 35)], ids=["socket", "http", "long name"])
def test_the_manifest_is_valid_by_slacks_own_schema(schema: Json, words: tuple[str, ...]) -> None:
    faults = [error.message for error in Draft7Validator(schema).iter_errors(printed(*words))]

    assert faults == []


def test_without_an_address_it_is_for_socket_mode() -> None:
    manifest = printed()

    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(manifest)
    assert printed("--socket") == manifest


@pytest.mark.parametrize(
    "address",
    [
        "https://bot.example.org",
        "https://bot.example.org/",
        "https://bot.example.org/slack/events",
    ],
)
def test_with_an_address_slack_sends_everything_there(address: str) -> None:
    manifest = printed("--url", address)

    settings = manifest["settings"]
    addresses = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        *(command["url"] for command in manifest["features"]["slash_commands"]),
    }
    assert addresses == {"https://bot.example.org/slack/events"}
    assert settings["socket_mode_enabled"] is False


def test_as_yaml_it_says_the_same() -> None:
    as_yaml = run("--yaml", "--name", "Kurs: für alle", *OVER_HTTP).stdout

    assert yaml.safe_load(as_yaml) == printed("--name", "Kurs: für alle", *OVER_HTTP)


def test_the_app_is_called_as_it_is_told() -> None:
    manifest = printed("--name", "Course tutor")

    assert manifest["display_information"]["name"] == "Course tutor"
    assert manifest["features"]["bot_user"]["display_name"] == "Course tutor"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--name", ""), "1 to 35 characters"),
        (("--name", "x" * 36), "1 to 35 characters"),
        (("--url", ""), "for example https://bot.example.org"),
        (("--url", "http://bot.example.org"), "an address with https"),
        (("--url", "bot.example.org"), "an address with https"),
        (("--url", "https://"), "an address with https"),
        (("--url", "https://[bot"), "an address with https"),
        (("--url", "https://bot.example.org/?x=1"), "an address with https"),
        (("--socket", *OVER_HTTP), "leave --socket or --url out"),
    ],
)
def test_what_slack_would_not_take_is_told_with_what_it_would(words: tuple[str, ...], told: str) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert told in result.output


def test_people_can_write_to_the_bot_and_press_its_buttons() -> None:
    manifest = printed()

    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == ["app_home_opened", "message.im"]
    assert [each["command"] for each in manifest["features"]["slash_commands"]] == ["/tutor"]


def test_the_scopes_are_those_of_what_the_bot_does() -> None:
    assert printed()["oauth_config"]["scopes"] == {"bot": list(bot_scopes())}


def test_the_list_of_methods_names_what_the_code_calls_and_nothing_else() -> None:
    called = {
        name for module in modules_of_the_bot() for name in METHODS if f'"{name}"' in module.read_text()
    }

    assert called == set(scopes.METHODS)


def modules_of_the_bot() -> list[Path]:
    """Return what may call Slack: pacing and scopes only tell of methods."""
    telling = {PACKAGE / "slack" / "pacing.py", PACKAGE / "slack" / "scopes.py"}
    ours = (module for module in PACKAGE.rglob("*.py") if not module.is_relative_to(PACKAGE / "sandbox"))
    return [module for module in ours if module not in telling]
