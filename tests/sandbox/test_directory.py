"""What can be asked about people and channels."""

from __future__ import annotations

from slack_sdk import WebClient

from tests.sandbox.conftest import code
from tutorbot.sandbox import Person, Sandbox


def test_a_person_has_a_zone_and_an_address(slack: WebClient, anna: Person) -> None:
    user = slack.users_info(user=anna.id)["user"]

    assert (user["tz"], user["real_name"], user["deleted"]) == ("Europe/Zurich", "Anna Keller", False)
    assert user["profile"]["email"] == "anna@example.org"


def test_the_address_needs_a_scope_of_its_own(sandbox: Sandbox, slack: WebClient, anna: Person) -> None:
    sandbox.scopes.discard("users:read.email")

    assert "email" not in slack.users_info(user=anna.id)["user"]["profile"]


def test_somebody_deactivated_has_no_zone(slack: WebClient, anna: Person) -> None:
    anna.deactivate()

    user = slack.users_info(user=anna.id)["user"]
    assert user["deleted"]
    assert "tz" not in user


def test_people_move_and_change_their_names_under_one_id(slack: WebClient, anna: Person) -> None:
    anna.move_to("America/New_York")
    anna.rename("anja")

    user = slack.users_info(user=anna.id)["user"]
    assert (user["name"], user["tz"]) == ("anja", "America/New_York")


def test_guests_and_bots_are_told_apart(sandbox: Sandbox, slack: WebClient) -> None:
    guest = sandbox.add_person("gus", guest=True)

    assert slack.users_info(user=guest.id)["user"]["is_restricted"]
    assert slack.users_info(user=sandbox.bot_user_id)["user"]["is_bot"]
    assert code(lambda: slack.users_info(user="U0NOBODY")) == "user_not_found"


def test_somebody_of_another_workspace_is_a_stranger(sandbox: Sandbox, slack: WebClient) -> None:
    stranger = sandbox.add_person("zoe", team="T0ELSEWHERE")

    user = slack.users_info(user=stranger.id)["user"]
    assert (user["team_id"], user["is_stranger"]) == ("T0ELSEWHERE", True)


def test_everybody_is_listed(slack: WebClient) -> None:
    names = {user["name"] for user in slack.users_list()["members"]}

    assert names == {"tutor", "anna", "ben", "chiara", "sam"}


def test_a_channel_keeps_its_id_through_a_new_name(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    sandbox.rename_channel("autumn", "winter")

    shown = slack.conversations_info(channel=channel)["channel"]
    assert (shown["name"], shown["is_member"], shown["is_private"]) == ("winter", True, False)


def test_channels_are_listed_by_kind(sandbox: Sandbox, slack: WebClient, channel: str, anna: Person) -> None:
    sandbox.add_channel("staff", private=True)
    sandbox.add_channel("secret", private=True, bot=False)
    slack.conversations_open(users=[anna.id])

    public = slack.conversations_list()["channels"]
    private = slack.conversations_list(types="private_channel")["channels"]
    direct = slack.conversations_list(types="im")["channels"]

    assert [c["name"] for c in public] == ["general", "autumn"]
    assert [c["name"] for c in private] == ["staff"]
    assert [c["user"] for c in direct] == [anna.id]
    assert code(lambda: slack.conversations_list(types="rooms")) == "invalid_types"


def test_members_are_listed(sandbox: Sandbox, slack: WebClient, anna: Person) -> None:
    small = sandbox.add_channel("small", members=["anna"])

    assert slack.conversations_members(channel=small)["members"] == [anna.id, sandbox.bot_user_id]


def test_the_bot_joins_a_public_channel(sandbox: Sandbox, slack: WebClient) -> None:
    outside = sandbox.add_channel("outside", bot=False)
    private = sandbox.add_channel("staff", private=True)

    slack.conversations_join(channel=outside)

    assert slack.chat_postMessage(channel=outside, text="Hello")["ok"]
    refused = code(lambda: slack.conversations_join(channel=private))
    assert refused == "method_not_supported_for_channel_type"


def test_the_workspace_and_the_bot_describe_themselves(sandbox: Sandbox, slack: WebClient) -> None:
    assert slack.team_info()["team"]["id"] == sandbox.team
    assert slack.bots_info(bot=sandbox.bot_id)["bot"]["user_id"] == sandbox.bot_user_id
    assert code(lambda: slack.bots_info(bot="B0OTHER")) == "bot_not_found"
