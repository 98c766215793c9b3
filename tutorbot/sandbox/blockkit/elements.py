"""The elements people press, choose and write in."""

from __future__ import annotations

from typing import Any

from tutorbot.sandbox.blockkit.checks import (
    Check,
    Report,
    array,
    boolean,
    fixed,
    integer,
    needs_one,
    one_of,
    record,
    string,
)
from tutorbot.sandbox.blockkit.objects import (
    CONFIRM,
    ID,
    LINK,
    LINK_OPTION,
    OPTION,
    OPTION_GROUP,
    RICH_OPTION,
    distinct_values,
    initial_is_an_option,
    picture_url,
    plain_text,
    slack_file,
)
from tutorbot.sandbox.refusals import Json

DATE = string(10, pattern=r"^\d{4}-\d{2}-\d{2}$")
TIME = string(5, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
NUMBER = string(50, pattern=r"^-?\d+(\.\d+)?$")
DISPATCH = record(
    {}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), most=2)}
)


def element(kind: str, required: dict[str, Check], optional: dict[str, Check], *rules: Check) -> Check:
    """Return the check of an interactive element of this type."""
    return record({"type": fixed(kind), **required}, {"action_id": ID, **optional}, *rules)


def lengths_agree(value: Json, at: str, report: Report) -> None:
    """Check that the shortest text allowed is not longer than the longest."""
    shortest, longest = value.get("min_length") or 0, value.get("max_length") or 3000
    if shortest > longest:
        report.add("must be less than or equal to max_length", f"{at}/min_length")


BUTTON = element(
    "button",
    {"text": plain_text(75)},
    {
        "url": LINK,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)

BOXES: dict[str, Check] = {"confirm": CONFIRM, "focus_on_load": boolean}
CHECKBOXES = element(
    "checkboxes",
    {"options": array(RICH_OPTION, most=10)},
    {**BOXES, "initial_options": array(RICH_OPTION, most=10)},
    distinct_values,
    initial_is_an_option,
)
RADIO_BUTTONS = element(
    "radio_buttons",
    {"options": array(RICH_OPTION, most=10)},
    {**BOXES, "initial_option": RICH_OPTION},
    distinct_values,
    initial_is_an_option,
)
OVERFLOW = element("overflow", {"options": array(LINK_OPTION, most=5)}, {"confirm": CONFIRM}, distinct_values)

MENU: dict[str, Check] = {**BOXES, "placeholder": plain_text(150)}
MENU_OPTIONS: dict[str, Check] = {
    "options": array(OPTION, most=100),
    "option_groups": array(OPTION_GROUP, most=100),
}
STATIC_SELECT = element(
    "static_select",
    {},
    {**MENU, **MENU_OPTIONS, "initial_option": OPTION},
    needs_one("options", "option_groups"),
    distinct_values,
    initial_is_an_option,
)
MULTI_STATIC_SELECT = element(
    "multi_static_select",
    {},
    {
        **MENU,
        **MENU_OPTIONS,
        "initial_options": array(OPTION, most=100),
        "max_selected_items": integer(1, 100),
    },
    needs_one("options", "option_groups"),
    distinct_values,
    initial_is_an_option,
)
USERS_SELECT = element("users_select", {}, {**MENU, "initial_user": string(50)})
CHANNELS_SELECT = element(
    "channels_select", {}, {**MENU, "initial_channel": string(50), "response_url_enabled": boolean}
)
CONVERSATIONS_SELECT = element(
    "conversations_select",
    {},
    {
        **MENU,
        "initial_conversation": string(50),
        "default_to_current_conversation": boolean,
        "response_url_enabled": boolean,
    },
)

DATEPICKER = element("datepicker", {}, {**MENU, "initial_date": DATE})
TIMEPICKER = element("timepicker", {}, {**MENU, "initial_time": TIME, "timezone": string(100)})

WRITING: dict[str, Check] = {
    "placeholder": plain_text(150),
    "dispatch_action_config": DISPATCH,
    "focus_on_load": boolean,
}
PLAIN_TEXT_INPUT = element(
    "plain_text_input",
    {},
    {
        **WRITING,
        "initial_value": string(3000),
        "multiline": boolean,
        "min_length": integer(0, 3000),
        "max_length": integer(1, 3000),
    },
    lengths_agree,
)
NUMBER_INPUT = element(
    "number_input",
    {"is_decimal_allowed": boolean},
    {**WRITING, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
)
EMAIL_INPUT = element("email_text_input", {}, {**WRITING, "initial_value": string(3000)})
URL_INPUT = element("url_text_input", {}, {**WRITING, "initial_value": string(3000)})


def image(value: Any, at: str, report: Report) -> None:
    """Check an image within a section or a context."""
    record(
        {"type": fixed("image"), "alt_text": string(2000)},
        {"image_url": picture_url, "slack_file": slack_file},
        needs_one("image_url", "slack_file"),
    )(value, at, report)


MENUS: dict[str, Check] = {
    "static_select": STATIC_SELECT,
    "multi_static_select": MULTI_STATIC_SELECT,
    "users_select": USERS_SELECT,
    "channels_select": CHANNELS_SELECT,
    "conversations_select": CONVERSATIONS_SELECT,
}
CHOICES: dict[str, Check] = {
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO_BUTTONS,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
    **MENUS,
}
IN_ACTIONS: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW, **CHOICES}
IN_SECTION: dict[str, Check] = {**IN_ACTIONS, "image": image}
IN_INPUT: dict[str, Check] = {
    **CHOICES,
    "plain_text_input": PLAIN_TEXT_INPUT,
    "number_input": NUMBER_INPUT,
    "email_text_input": EMAIL_INPUT,
    "url_text_input": URL_INPUT,
}
