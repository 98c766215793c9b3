"""Requests of other workspaces, and gestures that nobody else listens to."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltResponse

from tutorbot.blocks import messages
from tutorbot.drawing import Drawer
from tutorbot.handlers.windows import show
from tutorbot.slack import Identity


def refuse_others(app: App, identity: Callable[[], Identity]) -> None:
    """Refuse what another workspace, or another app, sends: with one token Bolt would serve it as ours."""

    @app.middleware
    def ours(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's name
        me = identity()
        team = body.get("team_id") or (body.get("team") or {}).get("id")
        if team != me.team or body.get("api_app_id", me.app_id) != me.app_id:
            return BoltResponse(status=403, body="This bot serves another workspace.")
        return next()


def register_last(app: App, drawer: Drawer) -> None:
    """Acknowledge whatever no other listener takes, so that Slack neither warns nor sends it again."""

    @app.action(ANYTHING)
    def any_action(ack: Ack, body: dict[str, Any]) -> None:
        ack()

        if not body["actions"][0].get("url"):
            show(drawer, body, messages.note(GONE))

    @app.view(ANYTHING)
    def any_view(ack: Ack) -> None:
        ack()

    @app.event(ANYTHING)
    def any_event(ack: Ack) -> None:
        ack()


ANYTHING = re.compile("")
GONE = "This button does nothing any more. Write `/tutor` to see what is yours."
