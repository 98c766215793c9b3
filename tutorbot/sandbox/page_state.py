"""What the page shows to one person."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from zoneinfo import ZoneInfo

from tutorbot.sandbox.events import file_json
from tutorbot.sandbox.panel import Panel
from tutorbot.sandbox.payloads import shown_name
from tutorbot.sandbox.places import Channel, Choices, Kind, Member, Post, View
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.selections import choices_now, chosen_value
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.workspace import Workspace


def page_state(service: Service, me: Member, panel: Panel | None) -> Json:
    """Return everything the page shows to this person; see page_api.py for its shape."""
    workspace = service.workspace
    clock, saved = clock_json(panel), saved_json(panel)
    with workspace.lock:
        people = [person_json(person) for person in workspace.people.values() if not person.is_bot]
        seen = [channel for channel in workspace.channels.values() if me.id in channel.members]
        dm = workspace.dm_of(me.id)
        view, home = workspace.open_view(me.id), workspace.home_of(me.id)
        return {
            "team": {"id": workspace.team, "name": "Sandbox", "domain": workspace.domain},
            "me": person_json(me),
            "people": people,
            "bot": {"id": workspace.bot_id, "name": bot_name(workspace), "user_id": workspace.bot_user_id},
            "channels": [
                channel_json(workspace, me, channel)
                for channel in workspace.channels.values()
                if channel.kind is Kind.PUBLIC or (channel.kind is Kind.PRIVATE and channel in seen)
            ],
            "dm": {"id": dm.id, "unread": unread(workspace, me, dm)},
            "messages": {channel.id: messages_json(service, me, channel) for channel in seen},
            "view": view_json(workspace, me, view),
            "home": view_json(workspace, me, home),
            "commands": sorted(service.commands),
            "clock": clock,
            "saved": saved,
            "notices": [{"id": n.id, "text": n.text} for n in workspace.notices.get(me.id, [])],
            "version": workspace.version,
        }


def named(workspace: Workspace, some_id: str) -> str:
    """Return the name of a person or a conversation; an id that is not known as it is."""
    channel = workspace.channels.get(some_id)
    if channel is not None and channel.kind is not Kind.DM:
        return f"#{channel.name}"
    person = workspace.people.get(f"U{some_id[1:]}" if channel is not None else some_id)
    return person.real_name if person is not None else some_id


def bot_name(workspace: Workspace) -> str:
    """Return the bot's name as people see it."""
    return workspace.people[workspace.bot_user_id].real_name


def person_json(person: Member) -> Json:
    """Return a person."""
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "staff": person.staff,
        "guest": person.guest,
        "deactivated": person.deactivated,
        "color": person.colour,
        "initials": person.initials,
    }


def channel_json(workspace: Workspace, me: Member, channel: Channel) -> Json:
    """Return a line of the channel list."""
    return {
        "id": channel.id,
        "name": channel.name,
        "private": channel.kind is Kind.PRIVATE,
        "archived": channel.archived,
        "member": me.id in channel.members,
        "unread": unread(workspace, me, channel),
        "last_ts": channel.last_ts,
    }


def unread(workspace: Workspace, me: Member, channel: Channel) -> int:
    """Return how many messages, replies aside, this person has not seen yet."""
    if me.id not in channel.members:
        return 0
    read = read_up_to(workspace, me, channel)
    posts = workspace.visible_posts(me.id, channel)
    return sum(not post.is_reply and post.user != me.id and post.ts > read for post in posts)


def read_up_to(workspace: Workspace, me: Member, channel: Channel) -> str:
    """Return the `ts` up to which this person has read a conversation."""
    return workspace.read_up_to.get(f"{me.id} {channel.id}", "")


def messages_json(service: Service, me: Member, channel: Channel) -> list[Json]:
    """Return a conversation's messages, oldest first, replies among them."""
    read = read_up_to(service.workspace, me, channel)
    posts = service.workspace.visible_posts(me.id, channel)
    replies = Counter(post.thread_ts for post in posts if post.is_reply)
    return [
        message_json(service, me, channel, post)
        | {
            "reply_count": replies[post.ts],
            "unread": post.user != me.id and post.ts > read,
        }
        for post in posts
    ]


def message_json(service: Service, me: Member, channel: Channel, post: Post) -> Json:
    """Return a message as the page draws it."""
    workspace = service.workspace
    author = workspace.people.get(post.user)
    return {
        "ts": post.ts,
        "channel": channel.id,
        "channel_name": shown_name(channel),
        "user": post.user,
        "name": author.real_name if author else post.user,
        "is_bot": post.user == workspace.bot_user_id,
        "text": post.text,
        "blocks": post.blocks,
        "thread_ts": post.thread_ts,
        "ephemeral": post.only_for is not None,
        "edited": post.edited is not None,
        "at": post.at,
        "state": plain_choices(choices_now(post.blocks, workspace.chosen(me.id, post.place))),
        "warning": workspace.warnings.get(f"{me.id} {post.place}"),
        "files": [page_file(service, file_id) for file_id in post.files],
    }


def page_file(service: Service, file_id: str) -> Json:
    """Return an upload; `url` is null once it was deleted."""
    shown = file_json(service, file_id)
    there = file_id in service.workspace.files
    name = shown.get("title", "")
    return {
        "id": file_id,
        "name": name,
        "mimetype": shown.get("mimetype", ""),
        "url": f"/files/{file_id}",
    } | ({} if there else {"url": None})


def view_json(workspace: Workspace, me: Member, view: View | None) -> Json | None:
    """Return a modal or a Home as the page draws it."""
    if view is None:
        return None
    return {
        "id": view.id,
        "type": view.type,
        "title": view.fields.get("title"),
        "submit": view.fields.get("submit"),
        "close": view.fields.get("close"),
        "blocks": view.blocks,
        "errors": view.errors,
        "depth": len(workspace.stacks.get(me.id, [])),
        "state": plain_choices(choices_now(view.blocks, workspace.chosen(me.id, view.id))),
    }


def plain_choices(choices: Choices) -> Json:
    """Return what is chosen, plainly: an option's value, a list of them, or a text."""
    return {
        block_id: {action_id: chosen_value(value) for action_id, value in actions.items()}
        for block_id, actions in choices.items()
    }


def clock_json(panel: Panel | None) -> Json | None:
    """Return course time and what is due next."""
    if panel is None:
        return None
    now, zone, due = panel.now(), panel.zone(), panel.next_due()
    return {
        "now": now.isoformat(),
        "zone": zone,
        "now_text": now.astimezone(ZoneInfo(zone)).strftime("%A, %-d %B %Y, %H:%M"),
        "next": {"at": due[0].isoformat(), "what": due[1]} if due else None,
        "can_jump": True,
    }


def ledger_json(service: Service, panel: Panel | None) -> Json:
    """Return what the bot owes, with the names of places."""
    if panel is None:
        return {"owed": None}
    owed = [asdict(line) | {"due": line.due.isoformat()} for line in panel.ledger()]
    with service.workspace.lock:
        for line in owed:
            line["place"] = named(service.workspace, line["place"])
    return {"owed": owed, "now": panel.now().isoformat(), "zone": panel.zone()}


def saved_json(panel: Panel | None) -> Json | None:
    """Return what came of the course's files when they were last saved."""
    saved = panel.saved() if panel is not None else None
    return asdict(saved) if saved is not None else None
