"""What the page is shown in its tests: a lesson, a question, a form, a Home, a full workspace."""

from __future__ import annotations

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


def fill(stand_in: StandIn) -> None:
    """Fill the workspace with something of everything."""
    stand_in.show(
        home=HOME, notices=[{"id": "N1", "text": "/tutor failed with the error “operation_timeout”."}]
    )
    stand_in.post(DM, a_message("10.1", "hi", user=ANNA), a_message("20.1", "Question", blocks=QUESTION))
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
