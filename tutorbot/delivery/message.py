"""What a delivery looks like at the moment in which it is sent."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from tutorbot.blocks import ids
from tutorbot.records.deliveries import Delivery


class Rendered(Protocol):
    """A message as it is to be posted. `needs`: the digests of the pictures that it shows."""

    @property
    def text(self) -> str:
        """Return the text for notifications and screen readers."""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Return the blocks."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the digests of pictures for which no file was given."""


Draw = Callable[[Delivery, Mapping[str, str]], Rendered | None]
"""Draws a delivery with these files (file ids by digest), or None where there is nothing to show.

It is drawn without files first. Where a picture cannot be had, that drawing is the one that is
posted: a lesson without its picture is better than none.
"""


def message(delivery: Delivery, rendered: Rendered, *, channel: str, thread: str | None) -> dict[str, Any]:
    """Return the arguments of chat.postMessage; the key rides along, to find the message again."""
    return {
        "channel": channel,
        "text": rendered.text,
        "blocks": rendered.blocks or None,
        "thread_ts": thread,
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": ids.DELIVERY_EVENT, "event_payload": {"key": delivery.key}},
    }
