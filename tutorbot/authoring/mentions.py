"""Text that would call people in Slack."""

import re

from tutorbot.authoring.faults import Faults, Spot

_PINGS = re.compile(
    r"<!(?:channel|here|everyone|subteam\^)[^<>\n]*>|<@[UWB]\w+[^<>\n]*>|(?<![\w.@])@(?:channel|here|everyone)\b(?!\.\w)"
)
_BEGINS = re.compile(
    r"(?<![\w.@])@(?=(?:channel|here|everyone)\b)"
    r"|<(?=!(?:channel|here|everyone|subteam\^)[^<>\n]*>|@[UWB]\w[^<>\n]*>)"
)
"""Where such a piece begins."""


def find_ping(text: str) -> str | None:
    """Return the first piece of the text that would call people in Slack."""
    found = _PINGS.search(text)
    return found[0] if found else None


def calling_nobody(text: str) -> str:
    """Return the text with a space in whatever would call people in Slack."""
    return _BEGINS.sub(r"\g<0> ", text)


def refuse_ping(ping: str, spot: Spot, faults: Faults) -> None:
    """Note that people would be called."""
    faults.add(spot, f"`{ping}` would call people in Slack", "say it in words")
