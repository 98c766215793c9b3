"""What the page is shown in its tests: a lesson, a question, a form, a Home, a full workspace."""

from __future__ import annotations

from typing import Any

from tests.page.stand_in import (
    ANNA,
    BEN,
    CHANNEL,
    DM,
    Json,
    StandIn,
    a_button,
    a_message,
    mrkdwn,
    options,
    plain,
)

LESSON: list[Json] = [
    {"type": "header", "text": plain("1.1 Why reading and writing part ways")},
    {"type": "context", "elements": [mrkdwn("Module 1 · Lesson 1 of 6 · 12 minutes")]},
    {"type": "section", "text": mrkdwn("One model for *commands* and _queries_ serves neither well.")},
    {
        "type": "image",
        "slack_file": {"id": "F1"},
        "alt_text": "A write side and a read side, joined by an arrow",
        "title": plain("Two sides of one system"),
    },
    {
        "type": "actions",
        "block_id": "lesson",
        "elements": [
            a_button("Read the lesson", "read", style="primary"),
            a_button("B", "quiz", accessibility_label="Answer its 4 questions"),
            a_button(
                "Skip",
                "skip",
                style="danger",
                confirm={
                    "title": plain("Skip this lesson?"),
                    "text": mrkdwn("You can come back *at any time*."),
                    "confirm": plain("Skip it"),
                    "deny": plain("Keep it"),
                    "style": "danger",
                },
            ),
            {
                "type": "overflow",
                "action_id": "more",
                "options": options("Mute this course", "Report a mistake"),
            },
        ],
    },
]
FORM: Json = {
    "id": "V1",
    "type": "modal",
    "title": plain("Before you start"),
    "submit": plain("Hand in"),
    "close": plain("Not now"),
    "errors": {},
    "state": {},
    "depth": 1,
    "blocks": [
        {"type": "section", "text": mrkdwn("The exam has *12 questions*.")},
        {
            "type": "input",
            "block_id": "name",
            "label": plain("Name on the badge"),
            "hint": plain("As others will read it."),
            "element": {"type": "plain_text_input", "action_id": "name", "initial_value": "Anna Keller"},
        },
        {
            "type": "input",
            "block_id": "why",
            "label": plain("Why event sourcing?"),
            "element": {"type": "plain_text_input", "action_id": "why", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "count",
            "label": plain("How many projections?"),
            "optional": True,
            "element": {"type": "number_input", "action_id": "count", "is_decimal_allowed": False},
        },
        {
            "type": "input",
            "block_id": "where",
            "label": plain("Where should the badge go?"),
            "element": {
                "type": "radio_buttons",
                "action_id": "where",
                "options": options("Channel", "Direct message alone"),
                "initial_option": options("Channel")[0],
            },
        },
    ],
}
HOME: Json = {
    "id": "V9",
    "type": "home",
    "errors": {},
    "state": {},
    "blocks": [
        {"type": "header", "text": plain("CQRS and Event Sourcing")},
        {
            "type": "section",
            "block_id": "next",
            "text": mrkdwn("*Next lesson:* 1.2 Commands and what they may refuse"),
            "accessory": a_button("Read it", "read", style="primary"),
        },
        {"type": "section", "fields": [mrkdwn("*Done*\n1 of 6 lessons"), mrkdwn("*Open*\n3 questions")]},
    ],
}


QUESTION: list[Json] = [
    {
        "type": "section",
        "block_id": "question",
        "text": mrkdwn("*Question 2 of 4*\nWhich of these may change what is stored?"),
        "accessory": {"type": "checkboxes", "action_id": "pick", "options": options("Commands", "Queries")},
    },
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {"type": "radio_buttons", "action_id": "hint", "options": options("Hint please", "No thanks")},
            {
                "type": "static_select",
                "action_id": "lesson",
                "placeholder": plain("Choose a lesson"),
                "options": options("One first", "Two second"),
            },
            {"type": "datepicker", "action_id": "since", "placeholder": plain("Since")},
            {
                "type": "multi_static_select",
                "action_id": "days",
                "placeholder": plain("Weekdays"),
                "options": options("Monday", "Tuesday"),
                "initial_options": options("Monday"),
            },
            {
                "type": "overflow",
                "action_id": "more",
                "options": options("Mute this course", "Report a mistake"),
            },
        ],
    },
]


def words(*parts: str | Json) -> list[Json]:
    """Return elements of rich text: plain words, or elements as they are."""
    return [{"type": "text", "text": part} if isinstance(part, str) else part for part in parts]


def bullets(indent: int, *items: str, style: str = "bullet") -> Json:
    """Return a list of rich text at a level."""
    sections = [{"type": "rich_text_section", "elements": words(item)} for item in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": sections}


PROSE: list[Json] = [
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": words(
                    "An ",
                    {"type": "text", "text": "event", "style": {"bold": True}},
                    " is a fact: ",
                    {"type": "text", "text": "ParcelCollected", "style": {"code": True}},
                    ". See ",
                    {"type": "link", "url": "https://example.org/", "text": "the paper"},
                    " or ask ",
                    {"type": "user", "user_id": BEN},
                    ".",
                ),
            },
            bullets(0, "What happened", "Who did it"),
            bullets(1, "by a command"),
            bullets(2, "that was not refused"),
            bullets(0, "Fold", "Compare", style="ordered"),
            {"type": "rich_text_quote", "elements": words("A row says how things stand.")},
            {
                "type": "rich_text_preformatted",
                "elements": words("for event in stream:\n    row = fold(row, event)"),
            },
        ],
    },
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"is_wrapped": True, "align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": text} for text in row]
            for row in (("Part", "Mark"), ("Review questions", "82 %"), ("Final exam", "75 %"))
        ],
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("lesson 1 of 6 · <#C0LOUNGE>")]},
]
WRONG: Json = {**FORM, "errors": {"why": "Say it in your own words.", "where": "Choose one."}}
MENUS: Json = {
    **FORM,
    "title": plain("Put in order"),
    "blocks": [
        {
            "type": "input",
            "block_id": f"place-{place}",
            "label": plain(f"{place}."),
            "element": {
                "type": "static_select",
                "action_id": "item",
                "placeholder": plain("Choose a step"),
                "options": options("Mix", "Let it rise", "Shape", "Bake"),
            },
        }
        for place in (1, 2, 3, 4)
    ],
}


def a_line(name: str, way: str = "in", sort: str = "interaction", **more: Any) -> Json:
    """Return a request and its reply as the sandbox tells them."""
    at = "2025-11-03T07:59:00.123+00:00"
    return {
        "way": way,
        "sort": sort,
        "name": name,
        "about": "Anna Keller",
        "at": at,
        "seconds": 0.0123,
        "error": None,
        **more,
    }


def an_owed(number: int, what: str, hour: int, state: str, **more: Any) -> Json:
    """Return a line of the ledger, due at this hour of UTC."""
    due = f"2025-11-03T{hour:02}:00:00+00:00"
    key, place = f"cohort/1/lesson/{number}", "#cqrs-autumn"
    return {
        "number": number,
        "key": key,
        "what": what,
        "place": place,
        "due": due,
        "state": state,
        "reason": "",
    } | more


LINES: list[Json] = [
    a_line("hello", "line", "Socket Mode", about="1 connection open", seconds=None),
    a_line("/tutor", sort="command", about="Anna Keller · #cqrs-autumn · next"),
    a_line("block_actions", about="Anna Keller · #cqrs-autumn · answer:12:1:2"),
    a_line("chat.postMessage", "out", "Web API", about="Ben Okafor · " + "Lesson 1.1 " * 9, seconds=0.0041),
    a_line("chat.update", "out", "Web API", error="ratelimited", seconds=1.25),
    a_line("response_url/actions", "out", "response_url", about="", seconds=0.002),
]
PARTS: list[Json] = [
    {
        "title": "Payload",
        "note": "",
        "body": {"type": "block_actions", "user": {"id": ANNA}, "actions": [{"n": 1}]},
    },
    {"title": "Acknowledgement", "note": "envelope 8c3f, without a body", "body": None},
]
LEDGER: Json = {
    "now": "2025-11-03T07:59:00+00:00",
    "zone": "Europe/Zurich",
    "owed": [
        an_owed(3, "lesson 1.3", 12, "due"),
        an_owed(2, "lesson 1.2", 9, "claimed"),
        an_owed(1, "lesson 1.1", 7, "parked", reason="not_in_channel"),
        an_owed(0, "welcome", 6, "posted"),
    ],
}


def fill(stand_in: StandIn) -> None:
    """Fill the workspace with something of everything."""
    stand_in.show(
        home=HOME, notices=[{"id": "N1", "text": "/tutor failed with the error “operation_timeout”."}]
    )
    stand_in.let_pass(*LINES)
    stand_in.parts = dict.fromkeys(range(1, 1 + len(LINES)), PARTS)
    stand_in.ledger = LEDGER
    stand_in.post(
        DM,
        a_message("10.1", "hi", user=ANNA),
        a_message("15.1", "Prose", blocks=PROSE),
        a_message("20.1", "Question", blocks=QUESTION),
    )
    stand_in.post(
        CHANNEL,
        a_message("30.1", "Good morning, who else starts today?", user=BEN),
        a_message("40.1", "Looking forward to it, <@U0ANNA> and <@U0SAM>", user=BEN, edited=True),
        a_message("60.1", "Lesson 1.1", blocks=LESSON, reply_count=1, unread=True),
        a_message(
            "70.1",
            "`code` and <https://example.org/a-rather-long-address-without-a-break|a link>",
            thread_ts="60.1",
        ),
        a_message("80.1", "Thanks", user=ANNA, warning="This did not work: the app did not answer."),
        a_message("90.1", "Your next lesson comes tomorrow at 09:00.", ephemeral=True),
    )
