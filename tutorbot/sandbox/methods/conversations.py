"""The `conversations.*` methods."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.events import message_json
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.methods.lookup import (
    described_channel,
    is_member,
    known_post,
    needs_scope,
    opened_dm,
    readable_channel,
    visible_channel,
)
from tutorbot.sandbox.methods.registry import Method
from tutorbot.sandbox.places import Channel, Kind, Post
from tutorbot.sandbox.refusals import Json, RefusedError, missing_argument
from tutorbot.sandbox.scopes import HISTORY, JOINING, OPENING, READ
from tutorbot.sandbox.service import Service

MOST = 999
T = TypeVar("T")


def channel_json(service: Service, channel: Channel) -> Json:
    """Return a conversation as Slack describes it."""
    shown: Json = {"id": channel.id, "created": 0, "is_archived": channel.archived, "updated": 0}
    if channel.kind is Kind.DM:
        return shown | {"is_im": True, "user": channel.members[0], "is_open": channel.opened}
    private = channel.kind is Kind.PRIVATE
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_general": channel.name == "general",
        "is_member": is_member(service, channel),
        "is_shared": False,
        "is_ext_shared": False,
        "context_team_id": service.workspace.team,
        "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def cut(items: Sequence[T], args: Arguments, default: int) -> tuple[list[T], str]:
    """Return the items of the page that the call asks for, and the cursor of the next."""
    limit = args.number("limit", default)
    if not 1 <= limit <= MOST:
        problem = f"must be between 1 and {MOST} [json-pointer:/limit]"
        raise RefusedError("invalid_limit", problems=[problem])
    start = read_cursor(args.text("cursor"))
    more = start + limit < len(items)
    return list(items[start : start + limit]), write_cursor(start + limit) if more else ""


def write_cursor(start: int) -> str:
    """Return a cursor that means this position."""
    return base64.b64encode(f"next:{start}".encode()).decode()


def read_cursor(cursor: str) -> int:
    """Return the position a cursor means."""
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise RefusedError("invalid_cursor") from None


def within(posts: Sequence[Post], args: Arguments) -> list[Post]:
    """Return the messages between `oldest` and `latest`."""
    oldest, latest = (moment(args, name, default) for name, default in (("oldest", 0), ("latest", 2**40)))
    inclusive = args.flag("inclusive")
    return [
        post
        for post in posts
        if oldest < float(post.ts) < latest or (inclusive and float(post.ts) in (oldest, latest))
    ]


def moment(args: Arguments, name: str, default: float) -> float:
    """Return an argument that is a `ts`."""
    try:
        return float(args.given.get(name) or default)
    except ValueError:
        raise RefusedError(f"invalid_ts_{name}") from None


def messages_page(service: Service, posts: list[Post], args: Arguments, default: int) -> Json:
    """Return a page of messages in Slack's shape."""
    shown, cursor = cut(posts, args, default)
    whole = args.flag("include_all_metadata")
    messages = [message_json(service, post, whole_metadata=whole) for post in shown]
    answer: Json = {"messages": messages, "has_more": bool(cursor)}
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def history(service: Service, args: Arguments) -> Json:
    """Return a conversation's messages, latest first, without replies that stay in their thread."""
    channel = readable_channel(service, args.needed("channel"))
    posts = [
        post
        for post in channel.posts.values()
        if post.only_for is None and (not post.is_reply or post.broadcast)
    ]
    answer = messages_page(service, within(posts, args)[::-1], args, 100)
    return {**answer, "pin_count": 0}


def replies(service: Service, args: Arguments) -> Json:
    """Return a thread's messages, oldest first, beginning with the one it hangs under."""
    channel = readable_channel(service, args.needed("channel"))
    parent = known_post(channel, args.needed("ts"), "thread_not_found")
    posts = [post for post in channel.replies_to(parent.ts) if post.only_for is None]
    return messages_page(service, [parent, *within(posts, args)], args, MOST)


def open_dm(service: Service, args: Arguments) -> Json:
    """Open the direct message with one person."""
    if args.text("channel"):
        channel = visible_channel(service, args.text("channel"))
        if channel.kind is not Kind.DM:
            raise RefusedError("method_not_supported_for_channel_type")
        return {"channel": {"id": channel.id}}
    users = [user for user in args.text("users").split(",") if user]
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > 1:
        needs_scope(service, "mpim:write")
        raise RefusedError("method_not_supported_for_channel_type")
    needs_scope(service, "im:write")
    earlier = service.workspace.channels.get(f"D{users[0][1:]}")
    already = {"no_op": True, "already_open": True} if earlier and earlier.opened else {}
    channel = opened_dm(service, users[0])
    shown = channel_json(service, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown, **already}


def info(service: Service, args: Arguments) -> Json:
    """Describe a conversation."""
    channel = described_channel(service, args.needed("channel"))
    shown = channel_json(service, channel)
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def list_channels(service: Service, args: Arguments) -> Json:
    """List the conversations the bot can see, of the kinds it asks for."""
    kinds = args.text("types", "public_channel").replace(" ", "").split(",")
    known = {"public_channel": Kind.PUBLIC, "private_channel": Kind.PRIVATE, "im": Kind.DM, "mpim": None}
    if not set(kinds) <= set(known):
        raise RefusedError("invalid_types")
    for kind, scope in (("public_channel", "channels"), ("private_channel", "groups"), ("im", "im")):
        if kind in kinds:
            needs_scope(service, f"{scope}:read")
    wanted = {known[kind] for kind in kinds}
    seen = [
        channel
        for channel in service.workspace.channels.values()
        if channel.kind in wanted
        and (channel.kind is Kind.PUBLIC or is_member(service, channel))
        and (channel.kind is not Kind.DM or channel.opened)
        and not (channel.archived and args.flag("exclude_archived"))
    ]
    shown, cursor = cut(seen, args, 100)
    return {
        "channels": [channel_json(service, channel) for channel in shown],
        "response_metadata": {"next_cursor": cursor},
    }


def members(service: Service, args: Arguments) -> Json:
    """List who is in a conversation."""
    channel = described_channel(service, args.needed("channel"))
    shown, cursor = cut(channel.members, args, 100)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def join(service: Service, args: Arguments) -> Json:
    """Bring the bot into a public channel."""
    if not args.text("channel"):
        raise missing_argument("channel")
    channel = visible_channel(service, args.text("channel"))
    if channel.kind is not Kind.PUBLIC:
        raise RefusedError("method_not_supported_for_channel_type")
    if channel.archived:
        raise RefusedError("is_archived")
    already = is_member(service, channel)
    if not already:
        with service.workspace.changing():
            channel.members.append(service.workspace.bot_user_id)
    answer: Json = {"channel": channel_json(service, channel)}
    return answer | ({"warning": "already_in_channel"} if already else {})


METHODS = {
    "conversations.history": Method(history, Tier.THREE, HISTORY, reads_json=False),
    "conversations.replies": Method(replies, Tier.THREE, HISTORY, reads_json=False),
    "conversations.open": Method(open_dm, Tier.THREE, OPENING),
    "conversations.info": Method(info, Tier.THREE, READ, reads_json=False),
    "conversations.list": Method(list_channels, Tier.TWO, READ, reads_json=False),
    "conversations.members": Method(members, Tier.FOUR, READ, reads_json=False),
    "conversations.join": Method(join, Tier.THREE, JOINING),
}
