"""A message shown as a window, where there is no message to answer beside."""

from typing import Any

from tutorbot.blocks.kit import Drawn, plain_text


def window(drawn: Drawn, *, title: str = "tutorbot") -> dict[str, Any]:
    """Return a window that shows the blocks of a message; its first header becomes part of it."""
    return {
        "type": "modal",
        "title": plain_text(title, 24),
        "close": plain_text("Close", 24),
        "blocks": drawn.blocks[:100],
    }
