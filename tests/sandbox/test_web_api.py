"""Who may call the Web API, and how."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from slack_sdk import WebClient

from tests.sandbox.conftest import client_of, code, refusal
from tutorbot.sandbox import Sandbox


def raw(url: str, data: bytes, content_type: str, token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": content_type, "Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, data, {"Content-Type": content_type, **headers})
    with urllib.request.urlopen(request) as answer:
        return dict(json.load(answer))


def test_a_call_without_a_token_is_not_authed(sandbox: Sandbox) -> None:
    answer = raw(sandbox.api_url + "auth.test", b"", "application/x-www-form-urlencoded")

    assert answer == {"ok": False, "error": "not_authed"}


def test_a_wrong_token_is_refused(sandbox: Sandbox) -> None:
    assert code(client_of(sandbox, "xoxb-wrong").auth_test) == "invalid_auth"


def test_the_app_token_opens_connections_and_nothing_else(sandbox: Sandbox, slack: WebClient) -> None:
    assert code(client_of(sandbox, sandbox.app_token).auth_test) == "not_allowed_token_type"
    assert code(lambda: slack.apps_connections_open(app_token=sandbox.bot_token)) == "not_allowed_token_type"
    assert slack.apps_connections_open(app_token=sandbox.app_token)["url"].startswith("ws://127.0.0.1:")


def test_the_token_may_come_in_the_body(sandbox: Sandbox) -> None:
    body = f"token={sandbox.bot_token}".encode()

    answer = raw(sandbox.api_url + "auth.test", body, "application/x-www-form-urlencoded")

    assert answer["user_id"] == sandbox.bot_user_id
    assert answer["bot_id"] == sandbox.bot_id
    assert answer["team_id"] == sandbox.team


def test_an_unknown_method_is_refused(slack: WebClient) -> None:
    assert code(lambda: slack.api_call("files.upload")) == "unknown_method"


def test_a_missing_scope_says_what_was_needed_and_what_there_is(
    sandbox: Sandbox, slack: WebClient, channel: str
) -> None:
    sandbox.scopes.discard("chat:write")

    refused = refusal(lambda: slack.chat_postMessage(channel=channel, text="Hello"))

    assert refused.response["error"] == "missing_scope"
    assert refused.response["needed"] == "chat:write"
    assert "users:read" in refused.response["provided"].split(",")


def test_history_needs_the_scope_of_the_kind_of_conversation(
    sandbox: Sandbox, slack: WebClient, channel: str
) -> None:
    sandbox.scopes.discard("groups:history")
    private = sandbox.add_channel("staff", private=True)

    refused = refusal(lambda: slack.conversations_history(channel=private))

    assert (refused.response["error"], refused.response["needed"]) == ("missing_scope", "groups:history")
    assert slack.conversations_history(channel=channel)["ok"]


def test_a_missing_argument_is_named(slack: WebClient) -> None:
    refused = refusal(lambda: slack.api_call("conversations.history"))

    assert refused.response["error"] == "invalid_arguments"
    assert refused.response["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_writing_methods_read_json_and_forms(sandbox: Sandbox, channel: str) -> None:
    url, blocks = sandbox.api_url + "chat.postMessage", [{"type": "divider"}]
    as_json = json.dumps({"channel": channel, "text": "one", "blocks": blocks}).encode()
    as_form = urllib.parse.urlencode(
        {"channel": channel, "text": "two", "blocks": json.dumps(blocks)}
    ).encode()

    first = raw(url, as_json, "application/json", sandbox.bot_token)
    second = raw(url, as_form, "application/x-www-form-urlencoded", sandbox.bot_token)

    assert first["message"]["blocks"][0]["type"] == second["message"]["blocks"][0]["type"] == "divider"


def test_reading_methods_do_not_read_json(sandbox: Sandbox, channel: str) -> None:
    body = json.dumps({"channel": channel}).encode()

    answer = raw(sandbox.api_url + "conversations.history", body, "application/json", sandbox.bot_token)

    assert answer["error"] == "invalid_arguments"


def test_every_call_is_kept_without_its_token(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    slack.chat_postMessage(channel=channel, text="Hello", blocks=[{"type": "divider"}])

    call = sandbox.calls[-1]
    assert call.method == "chat.postMessage"
    assert call.args["blocks"] == [{"type": "divider"}]
    assert "token" not in call.args
    assert (call.ok, call.status, call.error) == (True, 200, None)


def test_a_sandbox_that_runs_for_days_can_be_told_to_remember_the_last_calls_alone() -> None:
    with Sandbox(remembers=2) as sandbox:
        slack = client_of(sandbox)
        slack.auth_test()
        slack.users_info(user="U0ANNA")
        slack.users_info(user="U0BEN")

        assert [call.args["user"] for call in sandbox.calls] == ["U0ANNA", "U0BEN"]
        assert "users.info" in sandbox.describe()
