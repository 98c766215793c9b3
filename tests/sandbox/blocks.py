"""Blocks for tests, in as few words as possible."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Text", **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Press", action_id: str = "press", **more: Any) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Block, **more: Any) -> Block:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str, label: str | None = None) -> Block:
    return {"text": plain(label or value), "value": value}


def checkboxes(*values: str, action_id: str = "boxes", **more: Any) -> Block:
    options = [option(value, value.upper()) for value in values]
    return {"type": "checkboxes", "action_id": action_id, "options": options, **more}


def radios(*values: str, action_id: str = "radios", **more: Any) -> Block:
    options = [option(value, value.upper()) for value in values]
    return {"type": "radio_buttons", "action_id": action_id, "options": options, **more}


def text_input(action_id: str = "words", block_id: str = "said", **more: Any) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("Your words"),
        "element": {"type": "plain_text_input", "action_id": action_id},
        **more,
    }


def modal(*blocks: Block, **more: Any) -> Block:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks: Block, **more: Any) -> Block:
    return {"type": "home", "blocks": list(blocks), **more}


def rich(*pieces: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


def text(words: str) -> Block:
    return {"type": "text", "text": words}
