"""What the Events API says, in Slack's shapes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tutorbot.sandbox.places import Channel, Kind, Post, View
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.selections import choices_now
from tutorbot.sandbox.service import Service, mimetype

MESSAGE_EVENTS: Mapping[Kind, str] = MappingProxyType(
    {Kind.PUBLIC: "message.channels", Kind.PRIVATE: "message.groups", Kind.DM: "message.im"}
)
"""What an app subscribes to in order to hear what is said in each kind of conversation."""


def bot_profile(service: Service) -> Json:
    """Return what a bot's message says of the bot."""
    workspace = service.workspace
    return {
        "id": workspace.bot_id,
        "deleted": False,
        "name": workspace.bot_name,
        "updated": 0,
        "app_id": workspace.app_id,
        "icons": {},
        "team_id": workspace.team,
    }


def message_json(service: Service, post: Post, *, whole_metadata: bool = False) -> Json:
    """Return a message as history, events and payloads show it.

    Without `whole_metadata` its metadata comes with the `event_type` alone.
    """
    message: Json = {"user": post.user, "type": "message", "ts": post.ts}
    if post.user == service.workspace.bot_user_id:
        message |= {"bot_id": service.workspace.bot_id, "app_id": service.workspace.app_id}
        message["bot_profile"] = bot_profile(service)
    message |= {"text": post.text, "team": service.workspace.team}
    for name in ("blocks", "attachments", "edited"):
        if getattr(post, name):
            message[name] = getattr(post, name)
    if post.files:
        message["files"] = [file_json(service, file_id) for file_id in post.files]
    if post.metadata:
        kept = ("event_type", "event_payload") if whole_metadata else ("event_type",)
        message["metadata"] = {name: post.metadata[name] for name in kept}
    return message | thread_json(service, post)


def thread_json(service: Service, post: Post) -> Json:
    """Return what a message says of the thread it belongs to."""
    if post.thread_ts and post.is_reply:
        parent = service.workspace.channels[post.channel].posts.get(post.thread_ts)
        return {"thread_ts": post.thread_ts, "parent_user_id": parent.user if parent else None}
    replies = service.workspace.channels[post.channel].replies_to(post.ts)
    if not replies or post.only_for:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": post.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "reply_users": people,
        "is_locked": False,
        "subscribed": False,
    }


def file_json(service: Service, file_id: str) -> Json:
    """Return a file as `files.info` shows it; until it is finished its `mimetype` is empty."""
    file = service.workspace.files.get(file_id)
    if file is None:
        return {"id": file_id, "mode": "tombstone"}
    done = service.is_finished(file)
    kind = mimetype(file)
    return {
        "id": file.id,
        "created": int(file.completed_at or 0),
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": kind if done else "",
        "filetype": kind.rpartition("/")[2] if done else "",
        "user": service.workspace.bot_user_id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "url_private": f"{service.base_url}files/{file.id}",
        "url_private_download": f"{service.base_url}files/{file.id}",
        "permalink": f"{service.base_url}files/{file.id}",
        "channels": [c for c in file.channels if c.startswith("C")],
        "ims": [c for c in file.channels if c.startswith("D")],
        "groups": [],
    }


def message_event(channel: Channel, message: Json) -> Json:
    """Return a `message` event about this message."""
    return {
        **message,
        "channel": channel.id,
        "event_ts": message["ts"],
        "channel_type": channel.kind.value,
    }


def change_event(channel: Channel, subtype: str, ts: str, details: Json) -> Json:
    """Return a `message` event that tells of a message changed or deleted."""
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind.value,
        **details,
    }


def home_event(service: Service, user: str, tab: str, view: View | None) -> Json:
    """Return an `app_home_opened` event; `view` is what was published before."""
    ts = service.workspace.next_ts()
    event: Json = {"type": "app_home_opened", "user": user, "tab": tab, "event_ts": ts}
    event["channel"] = service.workspace.dm_of(user).id
    if view is not None and tab == "home":
        event["view"] = view_json(service, view)
    return event


def view_json(service: Service, view: View) -> Json:
    """Return a view as Slack returns it to the app."""
    workspace, fields = service.workspace, view.fields
    return {
        "id": view.id,
        "team_id": workspace.team,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": fields.get("private_metadata") or "",
        "callback_id": fields.get("callback_id") or "",
        "state": {"values": choices_now(view.blocks, workspace.chosen(view.user, view.id))},
        "hash": view.hash,
        "title": fields.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(fields.get("clear_on_close")),
        "notify_on_close": bool(fields.get("notify_on_close")),
        "close": fields.get("close"),
        "submit": fields.get("submit"),
        "submit_disabled": bool(fields.get("submit_disabled")),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": workspace.app_id,
        "external_id": fields.get("external_id") or "",
        "app_installed_team_id": workspace.team,
        "bot_id": workspace.bot_id,
    }
