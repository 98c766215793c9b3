"""Methods about people, the workspace and the app itself."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.methods.conversations import cut
from tutorbot.sandbox.methods.lookup import known_person
from tutorbot.sandbox.methods.registry import Method
from tutorbot.sandbox.places import Member
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.scopes import CONNECTIONS, NONE, PEOPLE, TEAM
from tutorbot.sandbox.service import Service


def person_json(service: Service, person: Member) -> Json:
    """Return a person as Slack describes them.

    Somebody deactivated has no time zone; an e-mail comes only with its scope.
    """
    profile: Json = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "team": service.workspace.team,
        "avatar_hash": "",
    }
    if "users:read.email" in service.scopes and not person.is_bot:
        profile["email"] = f"{person.name}@example.org"
    shown: Json = {
        "id": person.id,
        "team_id": person.team or service.workspace.team,
        "name": person.name,
        "deleted": person.deactivated,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if person.team:
        shown["is_stranger"] = True
    return shown if person.deactivated else shown | standing_json(service, person)


def standing_json(service: Service, person: Member) -> Json:
    """Return what Slack says only of somebody who is active."""
    offset = service.clock.now().astimezone(ZoneInfo(person.tz)).utcoffset() or timedelta()
    return {
        "color": person.colour.lstrip("#"),
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()),
        "is_admin": person.staff,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
    }


def users_info(service: Service, args: Arguments) -> Json:
    """Describe a person."""
    if not args.text("user"):
        raise RefusedError("user_not_found")
    return {"user": person_json(service, known_person(service, args.text("user")))}


def users_list(service: Service, args: Arguments) -> Json:
    """List everybody."""
    shown, cursor = cut(list(service.workspace.people.values()), args, 999)
    return {
        "members": [person_json(service, person) for person in shown],
        "cache_ts": int(service.clock.time()),
        "response_metadata": {"next_cursor": cursor},
    }


def auth_test(service: Service, _: Arguments) -> Json:
    """Say whose token this is."""
    workspace = service.workspace
    return {
        "url": service.base_url,
        "team": workspace.domain,
        "user": workspace.bot_name,
        "team_id": workspace.team,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def team_info(service: Service, _: Arguments) -> Json:
    """Describe the workspace."""
    workspace = service.workspace
    return {"team": {"id": workspace.team, "name": "Sandbox", "domain": workspace.domain, "icon": {}}}


def bots_info(service: Service, args: Arguments) -> Json:
    """Describe the bot."""
    workspace = service.workspace
    if args.text("bot", workspace.bot_id) != workspace.bot_id:
        raise RefusedError("bot_not_found")
    return {
        "bot": {
            "id": workspace.bot_id,
            "deleted": False,
            "name": workspace.bot_name,
            "updated": 0,
            "app_id": workspace.app_id,
            "user_id": workspace.bot_user_id,
            "icons": {},
        }
    }


def open_connection(service: Service, _: Arguments) -> Json:
    """Return the address for a web socket."""
    return {"url": service.connect()}


METHODS = {
    "apps.connections.open": Method(open_connection, Tier.CONNECTING, (CONNECTIONS,), app_level=True),
    "auth.test": Method(auth_test, Tier.GENEROUS, NONE),
    "users.info": Method(users_info, Tier.FOUR, PEOPLE, reads_json=False),
    "users.list": Method(users_list, Tier.TWO, PEOPLE, reads_json=False),
    "team.info": Method(team_info, Tier.THREE, TEAM, reads_json=False),
    "bots.info": Method(bots_info, Tier.THREE, PEOPLE, reads_json=False),
}
