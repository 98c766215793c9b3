"""Judges the blocks of messages and views as Slack would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tutorbot.sandbox.blockkit.checks import Check, Report, array, boolean, by_type, fixed, record, string
from tutorbot.sandbox.blockkit.layouts import BLOCKS, ON_SURFACE
from tutorbot.sandbox.blockkit.objects import plain_text
from tutorbot.sandbox.refusals import Json, RefusedError

MESSAGE_SIZE = 13_000
"""Characters of a message's blocks as JSON; Slack states no number, refusals were seen from here on."""
MARKDOWN_SIZE = 12_000
VIEW_SIZE = 250_000

FileIsReady = Callable[[str], bool]


def judge_message(blocks: Any, file_is_ready: FileIsReady) -> None:
    """Raise the refusal that Slack would give to these blocks of a message."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise RefusedError("invalid_blocks_format")
    report = Report("message", file_is_ready)
    array(by_type(BLOCKS, ON_SURFACE["message"]), most=50, least=0)(blocks, "/blocks", report)
    find_repeated_ids(blocks, "/blocks", report)
    kinds = Counter(block.get("type") for block in blocks)
    if sum(len(block["text"]) for block in blocks if is_markdown(block)) > MARKDOWN_SIZE:
        report.add(f"must be less than {MARKDOWN_SIZE + 1} characters", "/blocks")
    if report.problems:
        raise RefusedError("invalid_blocks", problems=report.problems)
    if kinds["table"] > 1:
        raise RefusedError("invalid_attachments", problems=["only_one_table_allowed"])
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) >= MESSAGE_SIZE:
        raise RefusedError("msg_blocks_too_long")


def is_markdown(block: Json) -> bool:
    """Say whether this is a markdown block with a text in it."""
    return block.get("type") == "markdown" and isinstance(block.get("text"), str)


def judge_view(view: Any, file_is_ready: FileIsReady, *, home: bool) -> None:
    """Raise the refusal that Slack would give to this modal or Home."""
    surface = "home" if home else "modal"
    if not isinstance(view, dict):
        raise RefusedError("invalid_arguments", problems=["must provide an object [json-pointer:/view]"])
    report = Report(surface, file_is_ready)
    blocks = array(by_type(BLOCKS, ON_SURFACE[surface]), most=100, least=0)
    (HOME if home else MODAL)({**view, "blocks": []}, "/view", report)
    if "blocks" not in view:
        report.add("missing required field: blocks", "/view")
    else:
        blocks(view["blocks"], "/view/blocks", report)
        find_inputs_without_submit(view, surface, report)
        find_repeated_ids(view["blocks"], "/view/blocks", report)
    if report.problems:
        raise RefusedError("invalid_arguments", problems=report.problems)
    if len(json.dumps(view)) > VIEW_SIZE:
        raise RefusedError("view_too_large")


def judged_apart(value: Any, at: str, report: Report) -> None:
    """Pass: a view's blocks are judged where the surface is known."""


SHARED: dict[str, Check] = {
    "private_metadata": string(3000, shortest=0),
    "callback_id": string(255, shortest=0),
    "external_id": string(255, shortest=0),
}
HOME = record({"type": fixed("home"), "blocks": judged_apart}, SHARED)
MODAL = record(
    {"type": fixed("modal"), "title": plain_text(24), "blocks": judged_apart},
    {
        **SHARED,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)


def find_inputs_without_submit(view: Json, surface: str, report: Report) -> None:
    """Report inputs in a modal that nobody could hand in."""
    if surface != "modal" or view.get("submit") is not None or not isinstance(view["blocks"], list):
        return
    for n, block in enumerate(view["blocks"]):
        if isinstance(block, dict) and block.get("type") == "input":
            problem = "must define `submit` to use an `input` block in modals"
            report.add(problem, f"/view/blocks/{n}/input")
            return


def find_repeated_ids(blocks: Any, at: str, report: Report) -> None:
    """Report ids of blocks and actions that occur twice."""
    seen: dict[str, set[str]] = {"block_id": set(), "action_id": set()}
    for name, value, where in ids_in(blocks, at):
        if value in seen[name]:
            report.add(f'`{name}` "{value}" already exists', where)
        seen[name].add(value)


def ids_in(blocks: Any, at: str) -> Iterator[tuple[str, str, str]]:
    """Yield every block id and action id that was given: its name, itself and where it stands."""
    for n, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        if isinstance(block.get("block_id"), str):
            yield "block_id", block["block_id"], f"{at}/{n}/block_id"
        for where, element in elements_of(block):
            if isinstance(element.get("action_id"), str):
                yield "action_id", element["action_id"], f"{at}/{n}/{where}/action_id"


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """Yield a block's elements that people can use, each with where it stands in the block."""
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield name, block[name]
    if block.get("type") == "actions" and isinstance(block.get("elements"), list):
        for n, element in enumerate(block["elements"]):
            if isinstance(element, dict):
                yield f"elements/{n}", element
