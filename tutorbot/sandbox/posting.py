"""Posts, redraws and deletes messages, and tells the app."""

from __future__ import annotations

import asyncio
import copy
import secrets
from dataclasses import dataclass, field
from typing import Any

from tutorbot.sandbox.blockkit import elements_of, judge_message
from tutorbot.sandbox.events import MESSAGE_EVENTS, change_event, message_event, message_json
from tutorbot.sandbox.places import Channel, Post
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.selections import keep_choices
from tutorbot.sandbox.sent import Reply
from tutorbot.sandbox.service import Service

CUT_AT = 40_000

Heard = asyncio.Future[Reply] | None
"""How the app took the first telling of an event; None where it was told nothing."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)


def judged_content(service: Service, text: Any, blocks: Any) -> Content:
    """Return what a message is to say, or refuse it as Slack would."""
    if blocks:
        judge_message(blocks, service.file_is_ready)
    elif blocks is not None and not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    if text is not None and not isinstance(text, str):
        raise RefusedError("invalid_arguments", problems=["must provide a string [json-pointer:/text]"])
    if not blocks and not (text or "").strip():
        raise RefusedError("no_text")
    return Content((text or "")[:CUT_AT], with_ids(blocks or []))


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return blocks with the ids that Slack makes up where none were given."""
    filled = copy.deepcopy(blocks)
    for block in filled:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for _, element in elements_of(block):
            if element["type"] != "image":
                element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return filled


def add(
    service: Service,
    channel: Channel,
    content: Content,
    *,
    user: str | None = None,
    thread_ts: str | None = None,
    only_for: str | None = None,
    **more: Any,
) -> Post:
    """Put a message into a channel without telling the app; `user` is the bot unless said otherwise."""
    workspace = service.workspace
    with workspace.changing():
        message = Post(
            ts=workspace.next_ts(),
            channel=channel.id,
            user=user or workspace.bot_user_id,
            text=content.text,
            blocks=content.blocks,
            at=workspace.course_time().isoformat(),
            thread_ts=thread_ts,
            only_for=only_for,
            **more,
        )
        channel.posts[message.ts] = message
        if user is not None:
            workspace.read_up_to[f"{user} {channel.id}"] = message.ts
    return message


def tell(service: Service, message: Post) -> Heard:
    """Tell the app of a new message, unless it is ephemeral."""
    if message.only_for is not None:
        return None
    channel = service.workspace.channels[message.channel]
    return announce_in(service, channel, message_event(channel, message_json(service, message)))


def post(service: Service, channel: Channel, content: Content, **more: Any) -> Post:
    """Put a message into a channel (see `add`) and tell the app."""
    message = add(service, channel, content, **more)
    tell(service, message)
    return message


def redraw(service: Service, message: Post, content: Content, **changes: Any) -> Heard:
    """Change what a message says; what was chosen in it stays where the same element stays."""
    workspace = service.workspace
    channel = workspace.channels[message.channel]
    with workspace.changing():
        before = message_json(service, message)
        message.text, message.blocks = content.text, content.blocks
        for name, value in changes.items():
            setattr(message, name, value)
        keep_choices(workspace.choices.get(message.place, {}), message.blocks)
    if message.only_for is not None:
        return None
    details = {"message": message_json(service, message), "previous_message": before}
    return announce_change(service, channel, "message_changed", details)


def remove(service: Service, message: Post) -> Heard:
    """Delete a message."""
    workspace = service.workspace
    channel = workspace.channels[message.channel]
    with workspace.changing():
        before = message_json(service, message)
        del channel.posts[message.ts]
        workspace.choices.pop(message.place, None)
    if message.only_for is not None:
        return None
    details = {"deleted_ts": message.ts, "previous_message": before}
    return announce_change(service, channel, "message_deleted", details)


def announce_change(service: Service, channel: Channel, subtype: str, details: Json) -> Heard:
    """Tell the app that a message was changed or deleted."""
    with service.workspace.lock:
        ts = service.workspace.next_ts()
    return announce_in(service, channel, change_event(channel, subtype, ts, details))


def announce_in(service: Service, channel: Channel, event: Json) -> Heard:
    """Tell the app what happened in a conversation, if the bot is in it."""
    if service.workspace.bot_user_id not in channel.members:
        return None
    return service.announce(MESSAGE_EVENTS[channel.kind], event)
