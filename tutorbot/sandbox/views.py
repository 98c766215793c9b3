"""Opens, stacks and redraws modals and Homes."""

from __future__ import annotations

import secrets

from tutorbot.sandbox.places import View
from tutorbot.sandbox.posting import with_ids
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.selections import keep_choices
from tutorbot.sandbox.service import Service

DEEPEST_STACK = 3


def open_view(service: Service, user: str, fields: Json) -> View:
    """Open a modal; whatever this person had open is gone."""
    with service.workspace.changing():
        service.workspace.close_views(user, service.workspace.stacks.get(user, []))
        return stacked(service, user, fields, below=[])


def push_view(service: Service, user: str, fields: Json) -> View:
    """Put a modal on top of those this person has open, at most three high."""
    stack = service.workspace.stacks.get(user, [])
    if len(stack) >= DEEPEST_STACK:
        raise RefusedError("push_limit_reached")
    with service.workspace.changing():
        return stacked(service, user, fields, below=stack)


def stacked(service: Service, user: str, fields: Json, *, below: list[str]) -> View:
    """Return a new modal, which stands on these."""
    workspace = service.workspace
    view_id = workspace.next_id("V")
    root, previous = (below[0], below[-1]) if below else (view_id, None)
    view = View(view_id, user, drawn(fields), new_hash(service), root=root, previous=previous)
    workspace.views[view_id] = view
    workspace.stacks[user] = [*below, view_id]
    return view


def redraw_view(service: Service, view: View, fields: Json) -> None:
    """Draw a view anew; what was written and chosen stays where the same element stays."""
    with service.workspace.changing():
        view.fields, view.hash, view.errors = drawn(fields), new_hash(service), {}
        keep_choices(service.workspace.choices.get(view.id, {}), view.blocks)


def drawn(fields: Json) -> Json:
    """Return a view's fields with the ids that Slack makes up."""
    return {**fields, "blocks": with_ids(fields["blocks"])}


def new_hash(service: Service) -> str:
    """Return the hash of a view as it stands now."""
    return f"{int(service.clock.time())}.{secrets.token_hex(4)}"
