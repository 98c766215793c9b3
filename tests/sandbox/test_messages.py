"""Posting, changing, deleting and reading back."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from tests.sandbox.blocks import actions, button, section
from tests.sandbox.conftest import code, refusal
from tutorbot.sandbox import Person, Sandbox

KEY = {"event_type": "delivery", "event_payload": {"key": "cohort/7/lesson/es-2"}}


def test_a_message_is_seen_by_everybody_in_the_channel(
    slack: WebClient, channel: str, anna: Person, ben: Person
) -> None:
    answer = slack.chat_postMessage(channel=channel, text="Lesson 1")

    assert [m.text for m in anna.messages("autumn")] == ["Lesson 1"]
    assert ben.messages("autumn")[0].ts == answer["ts"]
    assert answer["message"]["bot_id"]


def test_a_message_without_words_is_refused(slack: WebClient, channel: str) -> None:
    empty, blank = ({"channel": channel, "text": text} for text in ("", "  \n"))

    assert code(lambda: slack.api_call("chat.postMessage", json=empty)) == "no_text"
    assert code(lambda: slack.api_call("chat.postMessage", json=blank)) == "no_text"


def test_a_text_is_cut_above_forty_thousand_characters(slack: WebClient, channel: str, anna: Person) -> None:
    slack.chat_postMessage(channel=channel, text="x" * 40_001)

    assert len(anna.messages("autumn")[0].text) == 40_000


def test_the_bot_posts_only_where_it_is_a_member(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    sandbox.kick_bot("autumn")
    outside = code(lambda: slack.chat_postMessage(channel=channel, text="Hello"))
    sandbox.invite_bot("autumn")
    inside = slack.chat_postMessage(channel=channel, text="Hello")

    assert outside == "not_in_channel"
    assert inside["ok"]


def test_a_private_channel_without_the_bot_is_as_if_not_there(sandbox: Sandbox, slack: WebClient) -> None:
    private = sandbox.add_channel("staff", private=True, bot=False)

    assert code(lambda: slack.chat_postMessage(channel=private, text="Hello")) == "channel_not_found"
    assert code(lambda: slack.conversations_info(channel=private)) == "channel_not_found"


def test_an_archived_channel_takes_nothing(sandbox: Sandbox, slack: WebClient, channel: str) -> None:
    sandbox.archive("autumn")

    assert code(lambda: slack.chat_postMessage(channel=channel, text="Hello")) == "is_archived"


def test_names_are_no_ids(slack: WebClient, channel: str) -> None:
    assert code(lambda: slack.chat_postMessage(channel="#autumn", text="Hello")) == "channel_not_found"
    assert code(lambda: slack.api_call("chat.postMessage", params={"text": "Hello"})) == "channel_not_found"


def test_a_direct_message_is_unknown_until_it_was_opened(slack: WebClient, anna: Person) -> None:
    before = code(lambda: slack.conversations_history(channel=anna.dm_id))
    opened = slack.conversations_open(users=[anna.id])
    slack.chat_postMessage(channel=opened["channel"]["id"], text="Hello")

    assert before == "channel_not_found"
    assert opened["channel"]["id"] == anna.dm_id
    assert [m.text for m in anna.direct_messages()] == ["Hello"]
    assert slack.conversations_open(users=[anna.id])["already_open"]


def test_a_person_who_writes_opens_the_direct_message(slack: WebClient, anna: Person) -> None:
    anna.type("B")

    assert slack.conversations_history(channel=anna.dm_id)["messages"][0]["text"] == "B"


def test_posting_to_a_persons_id_reaches_their_direct_message(slack: WebClient, anna: Person) -> None:
    answer = slack.chat_postMessage(channel=anna.id, text="Hello")

    assert answer["channel"] == anna.dm_id


def test_no_direct_message_with_nobody_a_bot_or_somebody_gone(
    sandbox: Sandbox, slack: WebClient, ben: Person
) -> None:
    ben.deactivate()

    assert code(lambda: slack.conversations_open(users=["U0NOBODY"])) == "user_not_found"
    assert code(lambda: slack.conversations_open(users=[sandbox.bot_user_id])) == "cannot_dm_bot"
    assert code(lambda: slack.conversations_open(users=[ben.id])) == "user_disabled"


def test_an_update_changes_what_everybody_sees(slack: WebClient, channel: str, anna: Person) -> None:
    ts = slack.chat_postMessage(channel=channel, text="Before", blocks=[section("Before")])["ts"]

    slack.chat_update(channel=channel, ts=ts, text="After", blocks=[section("After")])

    assert [m.plain for m in anna.messages("autumn")] == ["After"]
    assert not anna.messages("autumn")[0].edited


def test_an_update_with_text_alone_takes_the_blocks_away(
    slack: WebClient, channel: str, anna: Person
) -> None:
    ts = slack.chat_postMessage(channel=channel, text="Before", blocks=[section("Before")])["ts"]

    slack.chat_update(channel=channel, ts=ts, text="After")

    assert anna.messages("autumn")[0].blocks == []
    assert anna.messages("autumn")[0].edited


def test_only_messages_that_are_there_and_our_own_can_be_changed(
    slack: WebClient, channel: str, anna: Person
) -> None:
    theirs = anna.type("Hello", channel="autumn").ts

    assert code(lambda: slack.chat_update(channel=channel, ts=theirs, text="x")) == "cant_update_message"
    assert code(lambda: slack.chat_delete(channel=channel, ts=theirs)) == "cant_delete_message"
    assert code(lambda: slack.chat_update(channel=channel, ts="1.000001", text="x")) == "message_not_found"


def test_an_update_takes_a_shorter_text_than_a_post(slack: WebClient, channel: str) -> None:
    ts = slack.chat_postMessage(channel=channel, text="x" * 4001)["ts"]

    assert code(lambda: slack.chat_update(channel=channel, ts=ts, text="x" * 4001)) == "msg_too_long"


def test_a_deleted_message_is_gone(slack: WebClient, channel: str, anna: Person) -> None:
    ts = slack.chat_postMessage(channel=channel, text="Hello")["ts"]

    slack.chat_delete(channel=channel, ts=ts)

    assert anna.messages("autumn") == []
    assert code(lambda: slack.chat_delete(channel=channel, ts=ts)) == "message_not_found"


def test_an_ephemeral_message_is_for_one_person_and_cannot_be_read_back(
    slack: WebClient, channel: str, anna: Person, ben: Person
) -> None:
    ts = slack.chat_postEphemeral(channel=channel, user=anna.id, text="Only you")["message_ts"]

    assert [(m.text, m.ephemeral) for m in anna.messages("autumn")] == [("Only you", True)]
    assert ben.messages("autumn") == []
    assert slack.conversations_history(channel=channel)["messages"] == []
    assert code(lambda: slack.chat_update(channel=channel, ts=ts, text="x")) == "message_not_found"


def test_an_ephemeral_message_needs_both_in_the_channel(
    sandbox: Sandbox, slack: WebClient, ben: Person
) -> None:
    small = sandbox.add_channel("small", members=["anna"])

    refused = code(lambda: slack.chat_postEphemeral(channel=small, user=ben.id, text="x"))

    assert refused == "user_not_in_channel"


def test_metadata_comes_back_whole_only_when_asked_for(slack: WebClient, channel: str) -> None:
    slack.chat_postMessage(channel=channel, text="Lesson", metadata=KEY)

    whole = slack.conversations_history(channel=channel, include_all_metadata=True)
    brief = slack.conversations_history(channel=channel)

    assert whole["messages"][0]["metadata"] == KEY
    assert brief["messages"][0]["metadata"] == {"event_type": "delivery"}


def test_metadata_stays_through_an_update_unless_given_anew(slack: WebClient, channel: str) -> None:
    ts = slack.chat_postMessage(channel=channel, text="Lesson", metadata=KEY)["ts"]

    kept = slack.chat_update(channel=channel, ts=ts, text="Lesson 1")["message"]
    gone = slack.chat_update(channel=channel, ts=ts, text="Lesson 1", metadata={})["message"]

    assert kept["metadata"] == KEY
    assert "metadata" not in gone


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("not json", "invalid_metadata_format"),
        ([1], "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "", "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": []}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {}, "more": 1}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"key": "x" * 8000}}, "metadata_too_large"),
    ],
)
def test_metadata_of_another_shape_is_refused(
    slack: WebClient, channel: str, metadata: object, expected: str
) -> None:
    arguments = {"channel": channel, "text": "x", "metadata": metadata}

    assert code(lambda: slack.api_call("chat.postMessage", json=arguments)) == expected


def test_history_is_latest_first_in_pages_and_between_instants(slack: WebClient, channel: str) -> None:
    stamps = [slack.chat_postMessage(channel=channel, text=str(n))["ts"] for n in range(5)]

    first = slack.conversations_history(channel=channel, limit=2)
    second = slack.conversations_history(
        channel=channel, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    between = slack.conversations_history(channel=channel, oldest=stamps[1], latest=stamps[3])
    inclusive = slack.conversations_history(channel=channel, oldest=stamps[3], inclusive=True)

    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert first["has_more"]
    assert [m["text"] for m in second["messages"]] == ["2", "1"]
    assert [m["text"] for m in between["messages"]] == ["2"]
    assert [m["text"] for m in inclusive["messages"]] == ["4", "3"]


def test_a_cursor_made_up_is_refused(slack: WebClient, channel: str) -> None:
    assert code(lambda: slack.conversations_history(channel=channel, cursor="xyz")) == "invalid_cursor"


def test_replies_stand_in_their_thread_and_not_in_the_channel(
    slack: WebClient, channel: str, anna: Person
) -> None:
    parent = slack.chat_postMessage(channel=channel, text="Lesson")["ts"]
    slack.chat_postMessage(channel=channel, text="Part 1", thread_ts=parent, metadata=KEY)
    slack.chat_postMessage(channel=channel, text="Part 2", thread_ts=parent, reply_broadcast=True)

    thread = slack.conversations_replies(channel=channel, ts=parent, include_all_metadata=True)
    history = slack.conversations_history(channel=channel)

    assert [m["text"] for m in thread["messages"]] == ["Lesson", "Part 1", "Part 2"]
    assert thread["messages"][1]["metadata"] == KEY
    assert [m["text"] for m in history["messages"]] == ["Part 2", "Lesson"]
    assert history["messages"][1]["reply_count"] == 2
    assert [m.text for m in anna.thread(anna.messages("autumn")[0])] == ["Part 1", "Part 2"]


def test_a_thread_that_is_not_there_is_refused(slack: WebClient, channel: str) -> None:
    post = refusal(lambda: slack.chat_postMessage(channel=channel, text="x", thread_ts="1.000001"))
    read = refusal(lambda: slack.conversations_replies(channel=channel, ts="1.000001"))

    assert post.response["error"] == read.response["error"] == "thread_not_found"


def test_a_permalink_points_to_the_message(slack: WebClient, channel: str) -> None:
    ts = slack.chat_postMessage(channel=channel, text="Hello")["ts"]

    link = slack.chat_getPermalink(channel=channel, message_ts=ts)["permalink"]

    assert link.endswith(f"/archives/{channel}/p{ts.replace('.', '')}")


def test_what_would_ping_somebody_is_told(slack: WebClient, channel: str, anna: Person) -> None:
    blocks = [
        section("<!channel> and <@U0BEN>, not &lt;!here&gt;"),
        {"type": "section", "text": {"type": "plain_text", "text": "<@U0SAM> stays plain"}},
    ]

    slack.chat_postMessage(channel=channel, text="Hello <!here>", blocks=blocks)

    assert anna.messages("autumn")[0].pings == ["!here", "!channel", "@U0BEN"]


def test_ids_that_were_not_given_are_made_up(slack: WebClient, channel: str, anna: Person) -> None:
    unnamed = {"type": "button", "text": {"type": "plain_text", "text": "Press"}}

    slack.chat_postMessage(channel=channel, text="x", blocks=[actions(unnamed, button("Other", "other"))])

    pressed, other = anna.messages("autumn")[0].buttons
    assert pressed.action_id
    assert pressed.block_id == other.block_id != ""
