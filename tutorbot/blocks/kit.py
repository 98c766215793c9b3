"""Block Kit's elements, kept within Slack's limits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from tutorbot.lessons.text import Span, Spans, plain

Block = dict[str, Any]
Files = Mapping[str, str]
"""The id of the file that Slack has, by the digest of a picture."""

MOST_TEXT = 3_000
MOST_BLOCKS = 50
MOST_CHARACTERS = 12_000
"""Of a message's blocks as JSON; Slack names no limit, and has refused them from about 13,000 on."""
CUT_SHORT = "This goes on, but one message cannot hold more."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as Slack takes it; `needs` are the digests of pictures to be uploaded first.

    `text` is what a notification and a screen reader say: text as it is, not yet escaped. Blocks that
    Slack would not take in one message are cut; the buttons at the end stay.
    """

    text: str
    blocks: list[Block]
    needs: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", fitted(self.blocks))


def fitted(blocks: list[Block]) -> list[Block]:
    """Return the blocks as far as one message holds them, and then the last rows of buttons."""
    if _fit(blocks):
        return blocks
    feet = len(list(takewhile(lambda block: block["type"] == "actions", reversed(blocks))))
    body, end = blocks[: len(blocks) - feet], [small(CUT_SHORT), *blocks[len(blocks) - feet :]]
    while body and not _fit([*body, *end]):
        body = body[:-1]
    return [*body, *end]


def shortened(blocks: list[Block], beside: list[Block]) -> list[Block]:
    """Return the blocks as far as one message holds them beside what must not be cut."""
    if _fit([*blocks, *beside]):
        return blocks
    note = small(CUT_SHORT)  # and once more at the end, if that is cut as well
    kept = next(n for n in range(len(blocks), -1, -1) if not n or _fit([*blocks[:n], note, *beside, note]))
    return [*blocks[:kept], note]


def _fit(blocks: list[Block]) -> bool:
    if len(blocks) > MOST_BLOCKS:
        return False
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) <= MOST_CHARACTERS


def cut(text: str, most: int) -> str:
    """Return the text, cut with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def escape(text: str) -> str:
    """Return text as mrkdwn that pings nobody and hides nothing."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, most: int) -> Block:
    """Return a plain text object; Slack refuses an empty one."""
    return {"type": "plain_text", "text": cut(text, most) or " ", "emoji": False}


def header(text: str) -> Block:
    """Return a header."""
    return {"type": "header", "text": plain_text(text, 150)}


def divider() -> Block:
    """Return a line between two parts."""
    return {"type": "divider"}


def bold(text: str) -> Span:
    """Return a bold run of text."""
    return Span(text, bold=True)


def code(text: str) -> Span:
    """Return a run of text set as code."""
    return Span(text, code=True)


def spans(*parts: Span | str) -> Spans:
    """Return runs of text; strings are plain ones."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def says(*parts: Span | str) -> Block:
    """Return a paragraph that shows its text as it is, whatever people or authors wrote."""
    return {"type": "rich_text", "elements": [section(spans(*parts))]}


def sentence(text: str) -> Block:
    """Return a paragraph of our own; what stands between backticks is set as code."""
    return says(*(code(piece) if index % 2 else piece for index, piece in enumerate(text.split("`"))))


def section(runs: Spans) -> Block:
    """Return a section of rich text."""
    return {"type": "rich_text_section", "elements": [run(span) for span in runs if span.text] or [_SPACE]}


_SPACE: Block = {"type": "text", "text": " "}


def run(span: Span) -> Block:
    """Return one run of rich text."""
    styles = {name: True for name in ("bold", "italic", "strike", "code") if getattr(span, name)}
    element: Block = (
        {"type": "link", "url": span.link, "text": span.text}
        if span.link
        else {"type": "text", "text": span.text}
    )
    return element | ({"style": styles} if styles else {})


def small(*lines: str) -> Block:
    """Return small print, a plain text element for each line."""
    return {"type": "context", "elements": [plain_text(line, MOST_TEXT) for line in lines[:10]]}


def image(file_id: str, alt: str, title: str = "") -> Block:
    """Return a picture that was uploaded."""
    block: Block = {"type": "image", "slack_file": {"id": file_id}, "alt_text": cut(alt, 2_000)}
    return block | ({"title": plain_text(title, 2_000)} if title else {})


def button(
    text: str,
    action_id: str,
    *,
    primary: bool = False,
    label: str = "",
    confirm: Block | None = None,
) -> Block:
    """Return a button; `label` is what a screen reader says instead of its text."""
    block: Block = {"type": "button", "text": plain_text(text, 75), "action_id": cut(action_id, 255)}
    if primary:
        block["style"] = "primary"
    if label:
        block["accessibility_label"] = cut(label, 75)
    if confirm:
        block["confirm"] = confirm
    return block


def asks(title: str, text: str, yes: str) -> Block:
    """Return the dialog that asks before a button does something."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(text, 300),
        "confirm": plain_text(yes, 30),
        "deny": plain_text("Not yet", 30),
    }


def actions(*elements: Block, block_id: str = "") -> list[Block]:
    """Return a row of elements, or nothing when there are none; Slack gives it an id if it has none."""
    row: Block = {"type": "actions", "elements": list(elements[:25])}
    return [row | ({"block_id": block_id} if block_id else {})] if elements else []


def option(text: str, value: str) -> Block:
    """Return one of the choices of a select, of radio buttons or of check boxes."""
    return {"text": plain_text(text, 75), "value": cut(value, 150)}


def check_boxes(action_id: str, options: Sequence[Block], checked: Sequence[Block] = ()) -> Block:
    """Return check boxes."""
    block: Block = {"type": "checkboxes", "action_id": action_id, "options": list(options[:10])}
    return block | ({"initial_options": list(checked)} if checked else {})


def radio_buttons(action_id: str, options: Sequence[Block], chosen: Block) -> Block:
    """Return radio buttons."""
    return {
        "type": "radio_buttons",
        "action_id": action_id,
        "options": list(options[:10]),
        "initial_option": chosen,
    }


def select(action_id: str, placeholder: str, options: Sequence[Block]) -> Block:
    """Return a menu."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, 150),
        "options": list(options[:100]),
    }


def letter(position: int) -> str:
    """Return the letter under which the option at a position (from 0) is shown."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[position]


def stopped(text: str) -> str:
    """Return the text as a sentence: with a full stop, unless it ends with one, within quotes or not."""
    return text if text.rstrip("”’").endswith((".", "!", "?", "…")) else f"{text}."


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 try" or "2 tries"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def shown(runs: Spans) -> str:
    """Return the text of the runs on one line."""
    return " ".join(plain(runs).split())
