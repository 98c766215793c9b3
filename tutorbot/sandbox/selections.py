"""What people choose and write in the elements of messages and views."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tutorbot.sandbox.blockkit import elements_of
from tutorbot.sandbox.places import Choices
from tutorbot.sandbox.refusals import Json

MANY = {"checkboxes", "multi_static_select"}
OPTION = {"radio_buttons", "static_select", "overflow"}
VALUE_NAME = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
}
INITIAL_NAME = {
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "users_select": "initial_user",
    "channels_select": "initial_channel",
    "conversations_select": "initial_conversation",
}
STATELESS = {"button", "overflow", "image"}


def usable(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every element that people can use, each with the block it stands in."""
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] != "image":
                yield block, element


def options_of(element: Json) -> list[Json]:
    """Return the options of an element, also those in groups."""
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options", [])]


def entry(element: Json, chosen: Any) -> Json:
    """Return Slack's entry of `state.values` for what was chosen.

    `chosen` is an option's value or label, a list of them, or a text. Raises ValueError, with a
    sentence, for an option that is not offered.
    """
    kind = element["type"]
    if kind in MANY:
        return {"type": kind, "selected_options": [find_option(element, each) for each in chosen or []]}
    if kind in OPTION:
        return {"type": kind, "selected_option": find_option(element, chosen) if chosen else None}
    return {"type": kind, VALUE_NAME[kind]: chosen or None}


def find_option(element: Json, wanted: Any) -> Json:
    """Return the option with this value or label."""
    offered = options_of(element)
    for option in offered:
        if wanted in (option["value"], option["text"]["text"]):
            return copy.deepcopy(option)
    labels = ", ".join(repr(option["text"]["text"]) for option in offered)
    raise ValueError(f"There is no option {wanted!r}; there are: {labels}.")


def chosen_value(value: Json) -> Any:
    """Return what an entry says, plainly: an option's value, a list of them, or a text."""
    if "selected_options" in value:
        return [option["value"] for option in value["selected_options"]]
    if "selected_option" in value:
        return (value["selected_option"] or {}).get("value")
    return next((each for name, each in value.items() if name != "type"), None)


def choices_now(blocks: list[Json], changed: Choices) -> Choices:
    """Return all that is chosen: what somebody has changed, over what is chosen at first."""
    choices: Choices = {}
    for block, element in usable(blocks):
        if element["type"] not in STATELESS:
            value = changed.get(block["block_id"], {}).get(element["action_id"])
            choices.setdefault(block["block_id"], {})[element["action_id"]] = value or initial_entry(element)
    return choices


def initial_entry(element: Json) -> Json:
    """Return the entry of an element that nobody has touched."""
    kind = element["type"]
    if kind in MANY:
        return {"type": kind, "selected_options": copy.deepcopy(element.get("initial_options") or [])}
    if kind in OPTION:
        return {"type": kind, "selected_option": copy.deepcopy(element.get("initial_option"))}
    return {"type": kind, VALUE_NAME[kind]: element.get(INITIAL_NAME.get(kind, "initial_value"))}


def keep_choices(by_person: dict[str, Choices], blocks: list[Json]) -> None:
    """Drop those choices whose element is gone, has another id or does not offer them any more.

    Slack's clients keep the others, so an app that wants an element to start afresh gives its block
    another `block_id`.
    """
    for person_id, old in by_person.items():
        kept: Choices = {}
        for block, element in usable(blocks):
            value = old.get(block["block_id"], {}).get(element["action_id"])
            if value is not None and still_fits(element, value):
                kept.setdefault(block["block_id"], {})[element["action_id"]] = value
        by_person[person_id] = kept


def still_fits(element: Json, value: Json) -> bool:
    """Say whether what was chosen can still be chosen."""
    chosen = value.get("selected_options") or [value.get("selected_option")]
    offered = [option["value"] for option in options_of(element)]
    return value["type"] == element["type"] and all(
        option is None or option["value"] in offered for option in chosen
    )


def missing_inputs(blocks: list[Json], choices: Choices) -> dict[str, str]:
    """Return what Slack's client itself says to inputs that cannot be handed in, by block id."""
    errors = {}
    for block, element in usable(blocks):
        if block["type"] == "input":
            value = chosen_value(choices.get(block["block_id"], {}).get(element["action_id"], {}))
            problem = input_problem(block, element, value)
            if problem:
                errors[block["block_id"]] = problem
    return errors


def input_problem(block: Json, element: Json, value: Any) -> str | None:
    """Return what is wrong with one input, in the client's words."""
    if not value:
        return None if block.get("optional") else "Please complete this required field."
    if element["type"] == "number_input":
        return number_problem(element, str(value))
    if element["type"] == "plain_text_input":
        if len(value) < (element.get("min_length") or 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(value) > (element.get("max_length") or 3000):
            return f"Please enter at most {element.get('max_length') or 3000} characters."
    return None


def number_problem(element: Json, value: str) -> str | None:
    """Return what is wrong with a number that was written."""
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Please enter a whole number."
    lowest, highest = element.get("min_value"), element.get("max_value")
    if lowest is not None and number < float(lowest):
        return f"Please enter a number of at least {lowest}."
    if highest is not None and number > float(highest):
        return f"Please enter a number of at most {highest}."
    return None
