"""Text that would call people in Slack."""

import re

from tutorbot.authoring.faults import Faults, Spot

_PINGS = re.compile(
    r"<!(?:channel|here|everyone|subteam\^)[^<>\n]*>|<@[UWB]\w+[^<>\n]*>|(?<![\w.@])@(?:channel|here|everyone)\b(?!\.\w)"
)


def find_ping(text: str) -> str | None:
    """Return the first piece of the text that would call people in Slack."""
    found = _PINGS.search(text)
    return found[0] if found else None


def refuse_ping(ping: str, spot: Spot, faults: Faults) -> None:
    """Note that people would be called."""
    faults.add(spot, f"`{ping}` would call people in Slack", "say it in words")
