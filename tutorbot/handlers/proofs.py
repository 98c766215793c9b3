"""A press in a message proves that the message was posted, whatever became of the reply to its post."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse

from tutorbot.blocks import ids
from tutorbot.records import deliveries
from tutorbot.records.deliveries import State
from tutorbot.tutor.tutor import Tutor

REMEMBERED = 10_000


def register(app: App, tutor: Tutor) -> None:
    """Settle the delivery of a pressed message before the gesture, so that it is never posted again.

    The key rides in the message's metadata; a redraw by response URL drops it, but then this
    message was pressed, and settled, before.
    """
    known: OrderedDict[str, None] = OrderedDict()

    @app.middleware
    def settle(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's name
        key = _key_of(body)
        if key and key not in known:
            _settle(tutor, key, body["container"])
            known[key] = None
            if len(known) > REMEMBERED:
                known.popitem(last=False)
        return next()


def _key_of(body: dict[str, Any]) -> str | None:
    if body.get("type") != "block_actions" or body.get("container", {}).get("type") != "message":
        return None
    metadata = body.get("message", {}).get("metadata") or {}
    if metadata.get("event_type") != ids.DELIVERY_EVENT:
        return None
    key = metadata.get("event_payload", {}).get("key")
    return key if isinstance(key, str) else None


def _settle(tutor: Tutor, key: str, container: dict[str, Any]) -> None:
    with tutor.store.read() as conn:
        found = deliveries.find(conn, key)
    if found is None or found.state is State.POSTED:
        return
    channel, ts = container["channel_id"], container["message_ts"]
    tutor.store.write(lambda conn: deliveries.settle_by_click(conn, key, channel=channel, ts=ts))
