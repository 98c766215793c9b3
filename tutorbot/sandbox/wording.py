"""What can be read in a message, and whom it would have called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tutorbot.sandbox.refusals import Json

PING = re.compile(r"<(!(?:channel|here|everyone|subteam\^[A-Z0-9]+)|@[UW][A-Z0-9]+)(?:\|[^>]*)?>")
LINK = re.compile(r"<(?:https?://|mailto:)[^|>]*\|([^>]*)>")
READ = (
    *("text", "elements", "fields", "accessory", "label", "element", "hint"),
    *("options", "option_groups", "description", "placeholder", "initial_value"),
    *("title", "submit", "close", "alt_text", "rows"),
)


def escape(text: str) -> str:
    """Return what a person typed as Slack hands it on: `&`, `<` and `>` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return text as a person reads it: entities resolved, links by their words."""
    return LINK.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def readable(value: Any) -> str:
    """Return all that a person can read in blocks or a view, a line for each piece."""
    return "\n".join(piece for piece in pieces(value) if piece)


def pieces(value: Any) -> Iterator[str]:
    """Yield what can be read, from top to bottom."""
    if isinstance(value, list):
        for each in value:
            yield from pieces(each)
    elif isinstance(value, dict):
        if str(value.get("type", "")) in INLINE_PARENTS:
            yield "".join(inline(element) for element in value["elements"])
            return
        for name in READ:
            each = value.get(name)
            if isinstance(each, str):
                yield unescape(each) if value.get("type") != "plain_text" else each
            elif each is not None:
                yield from pieces(each)


INLINE_PARENTS = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}


def inline(element: Json) -> str:
    """Return what a piece of rich text looks like."""
    shown = {
        "user": lambda: f"@{element['user_id']}",
        "channel": lambda: f"#{element['channel_id']}",
        "broadcast": lambda: f"@{element['range']}",
        "emoji": lambda: f":{element['name']}:",
        "date": lambda: str(element.get("fallback", "")),
    }.get(str(element.get("type")))
    return shown() if shown else str(element.get("text") or element.get("url") or "")


def pings(text: str, blocks: list[Json]) -> list[str]:
    """Return everybody that a message would have notified: `!channel`, `@U…`.

    The text counts too when there are blocks: it is what a notification shows.
    """
    return [*PING.findall(text), *block_pings(blocks)]


def block_pings(value: Any) -> Iterator[str]:
    """Yield whom these blocks would have notified; plain text calls nobody."""
    if isinstance(value, list):
        for each in value:
            yield from block_pings(each)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind in ("mrkdwn", "markdown") and isinstance(value.get("text"), str):
            yield from PING.findall(value["text"])
        elif kind == "user":
            yield f"@{value['user_id']}"
        elif kind == "broadcast":
            yield f"!{value['range']}"
        else:
            for each in value.values():
                yield from block_pings(each)
