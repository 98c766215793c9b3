"""The `views.*` methods: modals and App Home."""

from __future__ import annotations

import secrets
from typing import Any

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.blockkit import judge_view
from tutorbot.sandbox.events import view_json
from tutorbot.sandbox.installed import Feature
from tutorbot.sandbox.limits import Tier
from tutorbot.sandbox.methods.registry import Method
from tutorbot.sandbox.places import View
from tutorbot.sandbox.refusals import Json, RefusedError, missing_argument
from tutorbot.sandbox.scopes import NONE
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.views import open_view, push_view, redraw_view


def judged_fields(service: Service, args: Arguments, *, home: bool = False) -> Json:
    """Return the view that the call gives, or refuse it."""
    fields: Any = args.structure("view")
    if fields is None:
        raise missing_argument("view")
    judge_view(fields, service.file_is_ready, home=home)
    taken = {v.fields.get("external_id") for v in service.workspace.views.values()}
    external = fields.get("external_id")
    if (
        external
        and external in taken
        and args.text("external_id") != external
        and "view_id" not in args.given
    ):
        raise RefusedError("duplicate_external_id")
    return dict(fields)


def views_open(service: Service, args: Arguments) -> Json:
    """Open a modal for the person whose gesture the trigger stands for."""
    trigger_id = args.needed("trigger_id")
    fields = judged_fields(service, args)
    trigger = service.tickets.exchange(trigger_id)
    return {"view": view_json(service, open_view(service, trigger.user, fields))}


def views_push(service: Service, args: Arguments) -> Json:
    """Put a modal on top of the one in which the person has just done something."""
    trigger_id = args.needed("trigger_id")
    fields = judged_fields(service, args)
    trigger = service.tickets.exchange(trigger_id)
    if trigger.view not in service.workspace.stacks.get(trigger.user, []):
        problem = "must match the `type` of the root view whose stack we're pushing onto"
        raise RefusedError("invalid_arguments", problems=[f"{problem} [json-pointer:/view/type]"])
    return {"view": view_json(service, push_view(service, trigger.user, fields))}


def views_update(service: Service, args: Arguments) -> Json:
    """Draw a modal anew, if it still stands and nobody was quicker."""
    if not args.text("view_id") and not args.text("external_id"):
        raise missing_argument("view_id")
    found = named_view(service, args)
    fields = judged_fields(service, args, home=found is not None and found.type == "home")
    if found is None:
        raise RefusedError("not_found")
    if args.text("hash") and args.text("hash") != found.hash:
        raise RefusedError("hash_conflict")
    redraw_view(service, found, fields)
    return {"view": view_json(service, found)}


def named_view(service: Service, args: Arguments) -> View | None:
    """Return the view that the call names."""
    if args.text("view_id"):
        return service.workspace.views.get(args.text("view_id"))
    views = service.workspace.views.values()
    return next((v for v in views if v.fields.get("external_id") == args.text("external_id")), None)


def views_publish(service: Service, args: Arguments) -> Json:
    """Show a person's Home."""
    workspace = service.workspace
    if Feature.HOME not in service.app.features:
        raise RefusedError("not_enabled")
    user = args.needed("user_id")
    fields = judged_fields(service, args, home=True)
    person = workspace.people.get(user)
    if person is None or person.is_bot or person.deactivated:
        raise RefusedError("user_not_found")
    home = workspace.home_of(user)
    if args.text("hash") and (home is None or args.text("hash") != home.hash):
        raise RefusedError("hash_conflict")
    if home is not None:
        redraw_view(service, home, fields)
        return {"view": view_json(service, home)}
    with workspace.changing():
        view_id = workspace.next_id("V")
        home = View(view_id, user, {"type": "home", "blocks": []}, secrets.token_hex(4), root=view_id)
        workspace.views[view_id] = home
        workspace.homes[user] = view_id
    redraw_view(service, home, fields)
    return {"view": view_json(service, home)}


METHODS = {
    "views.open": Method(views_open, Tier.FOUR, NONE),
    "views.push": Method(views_push, Tier.FOUR, NONE),
    "views.update": Method(views_update, Tier.FOUR, NONE),
    "views.publish": Method(views_publish, Tier.FOUR, NONE),
}
