"""A request of Slack's, from its first line to its acknowledgement."""

import hashlib
import logging
import time
import uuid
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from tutorbot import logs
from tutorbot.metrics import Metrics

log = logging.getLogger(__name__)


class Requests(App):
    """Bolt's app, by which every request comes, over HTTP and by Socket Mode: it times each one."""

    def __init__(self, metrics: Metrics, **given: Any) -> None:
        super().__init__(**given)
        self._metrics = metrics

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer a request; it never raises.

        What handlers raise is answered by faults.py. What comes as far as this is junk, which Bolt takes
        apart as it comes, or could not be told to anybody: Slack then sends an event once more.
        """
        began, kind = time.perf_counter(), kind_of(req.body)
        with logs.about(id_of(req.body)):
            try:
                response = super().dispatch(req)
            except Exception:
                log.exception("A request cannot be taken")
                response = BoltResponse(status=400, body="This request cannot be taken.")
            took = time.perf_counter() - began
            log.debug("A request (%s) is answered with %d after %.1f ms", kind, response.status, 1_000 * took)
        self._metrics.acknowledged(kind, response.status, took)
        return response


def id_of(body: dict[str, Any]) -> str:
    """Return the id under which a request is logged, the same each time Slack sends it."""
    gesture = body.get("trigger_id") or body.get("event_id") or uuid.uuid4().hex
    return hashlib.sha256(str(gesture).encode(errors="replace")).hexdigest()[:8]


def kind_of(body: dict[str, Any]) -> str:
    """Return what kind of request it is, in one of a few words."""
    if "command" in body:
        return "command"
    match body.get("type"):
        case "event_callback":
            return "event"
        case "block_actions":
            return "action"
        case "view_submission" | "view_closed":
            return "view"
    return "other"
