"""The blocks themselves, on which surface each may stand."""

from __future__ import annotations

from tutorbot.sandbox.blockkit.checks import (
    Check,
    Report,
    array,
    boolean,
    by_type,
    fixed,
    needs_one,
    one_of,
    record,
    string,
)
from tutorbot.sandbox.blockkit.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, image
from tutorbot.sandbox.blockkit.objects import ID, any_text, picture_url, plain_text, slack_file
from tutorbot.sandbox.blockkit.rich_text import RICH_TEXT_FIELDS
from tutorbot.sandbox.refusals import Json

TABLE_CHARACTERS = 10_000


def block(kind: str, required: dict[str, Check], optional: dict[str, Check], *rules: Check) -> Check:
    """Return the check of a block of this type."""
    return record({"type": fixed(kind), **required}, {"block_id": ID, **optional}, *rules)


def text_or_fields(value: Json, at: str, report: Report) -> None:
    """Check that a section says something."""
    if value.get("text") is None and value.get("fields") is None:
        report.add("must define either `text` or `fields`", f"{at}/type")


def table_is_small(value: Json, at: str, report: Report) -> None:
    """Check how much stands in all cells of a table."""
    if sum(len(str(cell.get("text", ""))) for row in value["rows"] for cell in row) > TABLE_CHARACTERS:
        report.add(f"must be less than {TABLE_CHARACTERS + 1} characters", f"{at}/rows")


CELL = by_type(
    {
        "raw_text": record({"type": fixed("raw_text"), "text": string(TABLE_CHARACTERS)}, {}),
        "rich_text": record(RICH_TEXT_FIELDS, {"block_id": ID}),
    }
)
COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
CONTEXT_ELEMENT = by_type({"image": image, "plain_text": any_text(3000), "mrkdwn": any_text(3000)})

BLOCKS: dict[str, Check] = {
    "section": block(
        "section",
        {},
        {
            "text": any_text(3000),
            "fields": array(any_text(2000), most=10),
            "accessory": by_type(IN_SECTION),
            "expand": boolean,
        },
        text_or_fields,
    ),
    "divider": block("divider", {}, {}),
    "header": block("header", {"text": plain_text(150)}, {}),
    "image": block(
        "image",
        {"alt_text": string(2000)},
        {"image_url": picture_url, "slack_file": slack_file, "title": plain_text(2000)},
        needs_one("image_url", "slack_file"),
    ),
    "context": block("context", {"elements": array(CONTEXT_ELEMENT, most=10)}, {}),
    "actions": block("actions", {"elements": array(by_type(IN_ACTIONS), most=25)}, {}),
    "input": block(
        "input",
        {"label": plain_text(2000), "element": by_type(IN_INPUT)},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": block("rich_text", RICH_TEXT_FIELDS, {}),
    "markdown": block("markdown", {"text": string(12_000)}, {}),
    "table": block(
        "table",
        {"rows": array(array(CELL, most=20), most=100)},
        {"column_settings": array(COLUMN, most=20, least=0)},
        table_is_small,
    ),
}

ON_SURFACE: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS),
    "modal": frozenset(BLOCKS) - {"markdown", "table"},
    "home": frozenset(BLOCKS) - {"markdown", "table"},
}
