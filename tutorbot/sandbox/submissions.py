"""What a modal does with the app's answer to its submission."""

from __future__ import annotations

from typing import Any

from tutorbot.sandbox.blockkit import judge_view
from tutorbot.sandbox.places import View
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.sent import Reply
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.views import push_view, redraw_view


def follow(service: Service, user: str, view: View, reply: Reply) -> None:
    """Close, clear, update, push or show errors, as the app answers.

    Raises RefusedError where Slack's client would say that it had trouble connecting.
    """
    workspace = service.workspace
    if not reply.body:
        with workspace.changing():
            workspace.close_views(user, [view.id])
        return
    answer = reply.json() or {}
    action = answer.get("response_action")
    if action == "clear":
        with workspace.changing():
            workspace.close_views(user, list(workspace.stacks.get(user, [])))
    elif action == "errors":
        show_errors(service, view, answer.get("errors"))
    elif action == "update":
        redraw_view(service, view, judged(service, answer))
    elif action == "push":
        push_view(service, user, judged(service, answer))
    else:
        raise RefusedError("trouble")


def judged(service: Service, answer: Json) -> Json:
    """Return the view that came with the answer."""
    view: Any = answer.get("view")
    judge_view(view, service.file_is_ready, home=False)
    return dict(view)


def show_errors(service: Service, view: View, errors: Any) -> None:
    """Put errors under the inputs they name; each must name an input block."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise RefusedError("trouble")
    with service.workspace.changing():
        view.errors = {block_id: str(text) for block_id, text in errors.items()}
