"""Rich text: prose, lists, quotes and code that are shown as they are."""

from __future__ import annotations

from tutorbot.sandbox.blockkit.checks import (
    Check,
    array,
    boolean,
    by_type,
    fixed,
    integer,
    one_of,
    record,
    string,
)

STYLE = record(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
MANY = 10_000  # Slack states no number of elements; the size of the message is what counts


def inline(kind: str, required: dict[str, Check], optional: dict[str, Check]) -> Check:
    """Return the check of a piece of text."""
    return record({"type": fixed(kind), **required}, {"style": STYLE, **optional})


PIECES: dict[str, Check] = {
    "text": inline("text", {"text": string(12_000)}, {}),
    "link": inline("link", {"url": string(3000)}, {"text": string(3000), "unsafe": boolean}),
    "emoji": inline("emoji", {"name": string(100)}, {"unicode": string(100), "skin_tone": integer(1, 6)}),
    "user": inline("user", {"user_id": string(50)}, {}),
    "channel": inline("channel", {"channel_id": string(50)}, {}),
    "usergroup": inline("usergroup", {"usergroup_id": string(50)}, {}),
    "broadcast": inline("broadcast", {"range": one_of("here", "channel", "everyone")}, {}),
    "color": inline("color", {"value": string(50)}, {}),
    "date": inline(
        "date",
        {"timestamp": integer(0, 2**40), "format": string(200)},
        {"url": string(3000), "fallback": string(200)},
    ),
}

SECTION = record(
    {"type": fixed("rich_text_section"), "elements": array(by_type(PIECES), most=MANY, least=0)}, {}
)
BORDER = integer(0, 1)
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": record(
        {
            "type": fixed("rich_text_list"),
            "style": one_of("bullet", "ordered"),
            "elements": array(by_type({"rich_text_section": SECTION}), most=MANY),
        },
        {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": BORDER},
    ),
    "rich_text_preformatted": record(
        {
            "type": fixed("rich_text_preformatted"),
            "elements": array(by_type(PIECES, ("text", "link")), most=MANY),
        },
        {"border": BORDER},
    ),
    "rich_text_quote": record(
        {"type": fixed("rich_text_quote"), "elements": array(by_type(PIECES), most=MANY)}, {"border": BORDER}
    ),
}

RICH_TEXT_FIELDS: dict[str, Check] = {
    "type": fixed("rich_text"),
    "elements": array(by_type(PARTS), most=MANY),
}
