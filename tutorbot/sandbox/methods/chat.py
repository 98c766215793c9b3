"""The `chat.*` methods."""

from __future__ import annotations

import json
from typing import Any

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.events import message_json
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.methods.lookup import is_member, known_post, postable_channel, visible_channel
from tutorbot.sandbox.methods.registry import Method
from tutorbot.sandbox.places import Channel, Post
from tutorbot.sandbox.posting import Content, judged_content, post, redraw, remove
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.scopes import NONE, POSTING
from tutorbot.sandbox.service import Service

UPDATE_TEXT = 4000
METADATA_SIZE = 8000


def content_of(service: Service, args: Arguments) -> Content:
    """Return what the call wants said, or refuse it."""
    blocks = args.structure("blocks", malformed="invalid_blocks_format")
    return judged_content(service, args.given.get("text"), blocks)


def metadata_of(args: Arguments) -> Json | None:
    """Return the metadata; None if the call has none, empty if it takes away what there was."""
    metadata: Any = args.structure("metadata", malformed="invalid_metadata_format")
    if metadata is None:
        return None
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict):
        raise RefusedError("invalid_metadata_format")
    if set(metadata) != {"event_type", "event_payload"}:
        raise RefusedError("invalid_metadata_schema")
    event_type, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, dict):
        raise RefusedError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_SIZE:
        raise RefusedError("metadata_too_large")
    return metadata


def thread_of(channel: Channel, args: Arguments) -> str | None:
    """Return the thread the call names; a reply's own `ts` means the thread it stands in."""
    ts = args.text("thread_ts")
    return known_post(channel, ts, "thread_not_found").thread_ts or ts if ts else None


def post_message(service: Service, args: Arguments) -> Json:
    """Post a message."""
    if not args.text("channel"):
        raise RefusedError("channel_not_found")
    channel = postable_channel(service, args.text("channel"))
    content = content_of(service, args)
    thread_ts = thread_of(channel, args)
    broadcast = bool(thread_ts) and args.flag("reply_broadcast")
    metadata = metadata_of(args) or None
    message = post(service, channel, content, thread_ts=thread_ts, broadcast=broadcast, metadata=metadata)
    shown = message_json(service, message, whole_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(service: Service, args: Arguments) -> Json:
    """Show a message to one person; nothing reads it back."""
    user = args.needed("user")
    channel = postable_channel(service, args.needed("channel"))
    if user not in channel.members:
        raise RefusedError("user_not_in_channel")
    content = content_of(service, args)
    message = post(service, channel, content, thread_ts=thread_of(channel, args), only_for=user)
    return {"message_ts": message.ts}


def own_post(service: Service, args: Arguments, refusal: str) -> Post:
    """Return the bot's own message that the call names."""
    channel = visible_channel(service, args.needed("channel"))
    message = known_post(channel, args.needed("ts"))
    if message.user != service.workspace.bot_user_id:
        raise RefusedError(refusal)
    if channel.archived:
        raise RefusedError("is_archived")
    if not is_member(service, channel):
        raise RefusedError("not_in_channel")
    return message


def update(service: Service, args: Arguments) -> Json:
    """Change a message of the bot's own.

    Text without blocks takes the blocks away; blocks without text keep it. Metadata stays unless
    given anew, and goes if given empty.
    """
    message = own_post(service, args, "cant_update_message")
    if len(args.text("text")) > UPDATE_TEXT:
        raise RefusedError("msg_too_long")
    if "text" not in args.given and args.structure("blocks") is None:
        raise RefusedError("no_text")
    content = content_of(service, args)
    if "text" not in args.given:
        content = Content(message.text, content.blocks)
    metadata = metadata_of(args)
    changes: Json = {} if metadata is None else {"metadata": metadata or None}
    if not content.blocks:
        ts = service.workspace.next_ts()
        changes["edited"] = {"user": service.workspace.bot_user_id, "ts": ts}
    redraw(service, message, content, **changes)
    shown = message_json(service, message, whole_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def delete(service: Service, args: Arguments) -> Json:
    """Delete a message of the bot's own."""
    message = own_post(service, args, "cant_delete_message")
    remove(service, message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(service: Service, args: Arguments) -> Json:
    """Return the address of a message."""
    channel = visible_channel(service, args.needed("channel"))
    message = known_post(channel, args.needed("message_ts"))
    link = f"{service.base_url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(post_message, Tier.POSTING, POSTING),
    "chat.postEphemeral": Method(post_ephemeral, Tier.FOUR, POSTING),
    "chat.update": Method(update, Tier.THREE, POSTING),
    "chat.delete": Method(delete, Tier.THREE, POSTING),
    "chat.getPermalink": Method(get_permalink, Tier.GENEROUS, NONE, reads_json=False),
}
