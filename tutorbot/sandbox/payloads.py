"""What Slack sends when somebody does something, in Slack's shapes."""

from __future__ import annotations

from tutorbot.sandbox.events import message_json, view_json
from tutorbot.sandbox.places import Channel, Kind, Post, View
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.selections import choices_now
from tutorbot.sandbox.service import Service

NAME_OF_KIND = {Kind.DM: "directmessage", Kind.PRIVATE: "privategroup"}


def shown_name(channel: Channel) -> str:
    """Return a conversation's name as payloads give it: private ones go unnamed."""
    return NAME_OF_KIND.get(channel.kind, channel.name)


def response_url(service: Service, user: str, channel: Channel, source: str | None) -> str:
    """Return a new response URL."""
    kind = "actions" if source else "commands"
    return f"{service.base_url}{kind}/{service.tickets.response_url(user, channel.id, source)}"


def command_payload(service: Service, user: str, channel: Channel, command: str, text: str) -> Json:
    """Return a slash command, as form fields."""
    workspace = service.workspace
    return {
        "token": "sandbox-verification-token",
        "team_id": workspace.team,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": shown_name(channel),
        "user_id": user,
        "user_name": workspace.people[user].name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(service, user, channel, None),
        "trigger_id": service.tickets.trigger(user),
    }


def gesture(service: Service, kind: str, user: str, view: View | None) -> Json:
    """Return what all interactive payloads begin with."""
    workspace = service.workspace
    name, team = workspace.people[user].name, workspace.people[user].team or workspace.team
    in_modal = view.id if view is not None and view.type == "modal" else None
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": team},
        "api_app_id": workspace.app_id,
        "token": "sandbox-verification-token",
        "trigger_id": service.tickets.trigger(user, in_modal),
        "team": {"id": workspace.team, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action(service: Service, user: str, message: Post, action: Json) -> Json:
    """Return `block_actions` from a message, with its whole metadata. An ephemeral message is not sent along.

    https://github.com/slackapi/bolt-python/issues/863 reads the payload of such metadata in a press.
    """
    workspace = service.workspace
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    payload = gesture(service, "block_actions", user, None) | {
        "container": container,
        "channel": {"id": channel.id, "name": shown_name(channel)},
        "state": {"values": choices_now(message.blocks, workspace.chosen(user, message.place))},
        "response_url": response_url(service, user, channel, message.ts),
        "actions": [action],
    }
    if message.only_for is None:
        payload["message"] = message_json(service, message, whole_metadata=True)
    return payload


def view_action(service: Service, user: str, view: View, action: Json) -> Json:
    """Return `block_actions` from a modal or a Home; there is no response URL."""
    return gesture(service, "block_actions", user, view) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(service, view),
        "actions": [action],
    }


def submission(service: Service, user: str, view: View) -> Json:
    """Return `view_submission`."""
    shown = {"view": view_json(service, view), "response_urls": []}
    return gesture(service, "view_submission", user, view) | shown


def closing(service: Service, user: str, view: View, *, cleared: bool) -> Json:
    """Return `view_closed`, which carries no trigger."""
    payload = gesture(service, "view_closed", user, view)
    del payload["trigger_id"]
    return payload | {"view": view_json(service, view), "is_cleared": cleared}


def button_action(service: Service, block: Json, button: Json) -> Json:
    """Return the action of a button that was pressed."""
    kept: Json = {k: button[k] for k in ("action_id", "text", "value", "url", "style") if k in button}
    return {
        **kept,
        "block_id": block["block_id"],
        "type": "button",
        "action_ts": service.workspace.next_ts(),
    }


def choice_action(service: Service, block: Json, element: Json, entry: Json) -> Json:
    """Return the action of a box, menu or input that was changed."""
    given: Json = {name: element[name] for name in ("initial_option", "initial_options") if name in element}
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return {**entry, **ids, **given, "action_ts": service.workspace.next_ts()}
