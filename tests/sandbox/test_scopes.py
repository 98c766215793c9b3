"""What an app may do is what its manifest asked for: scopes, events, commands, features."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.sandbox.conftest import client_of, refusal
from tests.sandbox.tiny_app import TinyApp
from tutorbot.sandbox import Person, Sandbox
from tutorbot.sandbox.gestures import ImpossibleError
from tutorbot.sandbox.methods import METHODS

CONVERSATIONS = ("channels", "groups", "mpim", "im")
READ = {f"{kind}:read" for kind in CONVERSATIONS}
HISTORY = {f"{kind}:history" for kind in CONVERSATIONS}

# As the page of each method says: https://docs.slack.dev/reference/methods
DOCUMENTED: dict[str, set[str]] = {
    "apps.connections.open": {"connections:write"},
    "auth.test": set(),
    "bots.info": {"users:read"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": HISTORY,
    "conversations.info": READ,
    "conversations.join": {"channels:join"},
    "conversations.list": READ,
    "conversations.members": READ,
    "conversations.open": {"channels:manage", "groups:write", "mpim:write", "im:write"},
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": {"files:write"},
    "files.delete": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "team.info": {"team:read"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}

SMALL_APP: dict[str, Any] = {
    "display_information": {"name": "small"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/small", "description": "Small"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "im:history", "chat:write"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["message.im"]},
        "interactivity": {"is_enabled": True},
    },
}


def without(manifest: dict[str, Any], feature: str) -> dict[str, Any]:
    """Return the manifest with one thing of its App Home switched off."""
    features = manifest["features"]
    home = {**features["app_home"], feature: False}
    return {**manifest, "features": {**features, "app_home": home}}


@pytest.fixture
def naked(sandbox: Sandbox) -> Sandbox:
    """Give a workspace whose app holds no scope at all."""
    sandbox.scopes.clear()
    sandbox.service.app.connecting.clear()
    return sandbox


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_method_needs_one_of_the_scopes_that_its_page_names(naked: Sandbox, method: str) -> None:
    token = naked.app_token if method == "apps.connections.open" else naked.bot_token

    answer = client_of(naked, token).api_call
    needed = DOCUMENTED[method]

    if needed:
        refused = refusal(lambda: answer(method)).response
        assert refused["error"] == "missing_scope"
        assert set(refused["needed"].split(",")) == needed
        assert refused["provided"] == ""
        assert refused.headers["x-oauth-scopes"] == ""
    elif method == "auth.test":
        assert answer(method)["ok"]
    else:
        assert refusal(lambda: answer(method)).response["error"] != "missing_scope"


def test_every_method_here_has_its_scopes_looked_up() -> None:
    assert set(METHODS) == set(DOCUMENTED)


def test_an_answer_says_which_scopes_there_are_and_which_would_have_done(
    sandbox: Sandbox, slack: WebClient
) -> None:
    answer = slack.users_info(user=sandbox.person("anna").id)

    assert answer.headers["x-oauth-scopes"].split(",") == sorted(sandbox.scopes)
    assert answer.headers["x-accepted-oauth-scopes"] == "users:read"
    assert "x-accepted-oauth-scopes" not in slack.auth_test().headers


def test_the_scopes_of_the_app_level_token_are_its_own(sandbox: Sandbox) -> None:
    answer = client_of(sandbox, sandbox.app_token).api_call("apps.connections.open")

    assert answer.headers["x-oauth-scopes"] == "connections:write"


def test_a_wrong_token_is_told_nothing_of_scopes(sandbox: Sandbox) -> None:
    refused = refusal(client_of(sandbox, "xoxb-wrong").auth_test).response

    assert "x-oauth-scopes" not in refused.headers


@pytest.mark.parametrize(("kind", "private"), [("channels", False), ("groups", True)])
@pytest.mark.parametrize("what", ["history", "read"])
def test_each_kind_of_channel_has_a_scope_of_its_own(
    sandbox: Sandbox, slack: WebClient, kind: str, private: bool, what: str
) -> None:
    channel = sandbox.add_channel("place", private=private)
    method = {"history": "conversations.history", "read": "conversations.info"}[what]
    assert slack.api_call(method, params={"channel": channel})["ok"]
    sandbox.scopes.remove(f"{kind}:{what}")

    refused = refusal(lambda: slack.api_call(method, params={"channel": channel})).response

    assert (refused["error"], refused["needed"]) == ("missing_scope", f"{kind}:{what}")


def test_a_direct_message_is_opened_by_its_own_scope(
    sandbox: Sandbox, slack: WebClient, anna: Person
) -> None:
    sandbox.scopes.remove("im:write")
    sandbox.scopes.add("channels:manage")

    refused = refusal(lambda: slack.conversations_open(users=anna.id)).response

    assert (refused["error"], refused["needed"]) == ("missing_scope", "im:write")


def test_an_event_whose_scope_is_missing_is_not_sent(sandbox: Sandbox, app: TinyApp, anna: Person) -> None:
    anna.type("heard")
    sandbox.scopes.remove("im:history")

    anna.type("unheard")
    anna.open_home()

    assert [event_of(request.payload) for request in app.requests] == ["heard", "app_home_opened"]


def event_of(payload: dict[str, Any]) -> str:
    event = payload["event"]
    return str(event.get("text") or event["type"])


@pytest.mark.parametrize(("kind", "private"), [("channels", False), ("groups", True)])
def test_what_is_said_in_a_channel_is_heard_by_who_subscribes_and_is_in_it(
    sandbox: Sandbox, app: TinyApp, anna: Person, kind: str, private: bool
) -> None:
    sandbox.events.add(f"message.{kind}")
    with_bot = sandbox.add_channel("with", private=private)
    without_bot = sandbox.add_channel("without", private=private, bot=False)

    anna.type("heard", channel=with_bot)
    anna.type("not a member", channel=without_bot)
    sandbox.scopes.remove(f"{kind}:history")
    anna.type("no scope", channel=with_bot)

    assert [event_of(request.payload) for request in app.requests] == ["heard"]


def test_without_the_scope_there_are_no_commands(sandbox: Sandbox, app: TinyApp, anna: Person) -> None:
    assert anna.command("/tutor").ok
    sandbox.scopes.remove("commands")

    with pytest.raises(ImpossibleError, match="/tutor is not a valid command"):
        anna.command("/tutor")


def test_an_app_gets_what_its_manifest_asks_for_and_no_more() -> None:
    with Sandbox(manifest=SMALL_APP) as sandbox, TinyApp() as app:
        sandbox.deliver_over_http(app.url)
        anna = sandbox.person("anna")

        answered = anna.command("/small")
        anna.open_home()
        anna.type("Hello")

        assert answered.ok
        assert sandbox.scopes == {"commands", "im:history", "chat:write"}
        with pytest.raises(ImpossibleError, match="/tutor is not a valid command"):
            anna.command("/tutor")
        assert [request.payload.get("event", {}).get("text") for request in app.requests] == [None, "Hello"]


def test_a_home_tab_that_is_off_takes_no_view() -> None:
    with Sandbox(manifest=without(SMALL_APP, "home_tab_enabled")) as sandbox:
        view = {"type": "home", "blocks": [{"type": "divider"}]}

        refused = refusal(
            lambda: client_of(sandbox).views_publish(user_id=sandbox.person("anna").id, view=view)
        )

    assert refused.response["error"] == "not_enabled"


def test_nobody_can_write_to_an_app_without_a_messages_tab() -> None:
    with (
        Sandbox(manifest=without(SMALL_APP, "messages_tab_enabled")) as sandbox,
        pytest.raises(ImpossibleError, match="has been turned off"),
    ):
        sandbox.person("anna").type("Hello")


def test_a_button_does_nothing_without_interactivity(sandbox: Sandbox, app: TinyApp, anna: Person) -> None:
    sandbox.service.app.features.clear()
    channel = sandbox.add_channel("autumn")
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    client_of(sandbox).chat_postMessage(
        channel=channel, text="Go", blocks=[{"type": "actions", "elements": [button]}]
    )

    answer = anna.click(anna.messages("autumn")[-1], "Go")

    assert (answer.ok, answer.error) == (False, "not_interactive")
    assert not app.requests
