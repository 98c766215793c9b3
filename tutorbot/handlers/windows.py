"""What a button asks for, shown where it was pressed: beside the message, or in a window."""

from typing import Any

from tutorbot.blocks.kit import Drawn, plain_text
from tutorbot.drawing import Drawer
from tutorbot.handlers.gestures import pressed_in


def show(drawer: Drawer, body: dict[str, Any], drawn: Drawn) -> None:
    """Show something to the one who pressed: beside the message, in the open window, else in a new one."""
    view = body.get("view") or {}
    if pressed := pressed_in(body):
        drawer.whisper(pressed, drawn)
    elif view.get("type") == "modal":
        drawer.change(window(drawn), view["id"])  # pushing one upon the other would end at the third
    else:
        drawer.open(window(drawn), body["trigger_id"])


def window(drawn: Drawn, *, title: str = "tutorbot") -> dict[str, Any]:
    """Return a window that shows the blocks of a message; its first header becomes part of it."""
    return {
        "type": "modal",
        "title": plain_text(title, 24),
        "close": plain_text("Close", 24),
        "blocks": drawn.blocks[:100],
    }
