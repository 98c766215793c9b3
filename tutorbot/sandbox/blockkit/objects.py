"""Composition objects: texts, options, confirmations, pictures."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from tutorbot.sandbox.blockkit.checks import (
    Check,
    Report,
    array,
    boolean,
    by_type,
    fixed,
    one_of,
    record,
    string,
)
from tutorbot.sandbox.refusals import Json

ID = string(255)
LINK = string(3000)


def plain_text(longest: int) -> Check:
    """Return the check of a `plain_text` object."""
    return by_type(
        {"plain_text": record({"type": fixed("plain_text"), "text": string(longest)}, {"emoji": boolean})}
    )


def any_text(longest: int) -> Check:
    """Return the check of a `plain_text` or `mrkdwn` object."""
    kinds = {
        "plain_text": plain_text(longest),
        "mrkdwn": record({"type": fixed("mrkdwn"), "text": string(longest)}, {"verbatim": boolean}),
    }
    return by_type(kinds)


CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300)},
    {"confirm": plain_text(30), "deny": plain_text(30), "style": one_of("primary", "danger")},
)

OPTION = record({"text": plain_text(75), "value": string(150)}, {"description": plain_text(75)})
RICH_OPTION = record({"text": any_text(75), "value": string(150)}, {"description": any_text(75)})
LINK_OPTION = record(
    {"text": plain_text(75), "value": string(150)}, {"description": plain_text(75), "url": LINK}
)
OPTION_GROUP = record({"label": plain_text(75), "options": array(OPTION, most=100)}, {})


def distinct_values(value: Json, at: str, report: Report) -> None:
    """Check that no two options have the same value."""
    seen: set[str] = set()
    for n, option in enumerate(value.get("options") or []):
        if option["value"] in seen:
            report.add("options must have distinct values", f"{at}/options/{n}/value")
        seen.add(option["value"])


def initial_is_an_option(value: Json, at: str, report: Report) -> None:
    """Check that what is chosen at first is, to the letter, one of the options."""
    offered = [option for group in value.get("option_groups") or [value] for option in group["options"]]
    if value.get("initial_option") is not None and value["initial_option"] not in offered:
        report.add("must match one of the provided options", f"{at}/initial_option")
    for n, option in enumerate(value.get("initial_options") or []):
        if option not in offered:
            report.add("must match one of the provided options", f"{at}/initial_options/{n}")


def picture_url(value: Any, at: str, report: Report) -> None:
    """Check an `image_url`: Slack fetches it itself, so it is https and public."""
    string(3000)(value, at, report)
    if not isinstance(value, str):
        return
    parts = urlsplit(value)
    if parts.scheme != "https" or not is_public(parts.hostname or ""):
        report.add("downloading image failed", at)


def is_public(host: str) -> bool:
    """Say whether Slack's servers could reach a host by this name."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".test", ".invalid"))


def slack_file(value: Any, at: str, report: Report) -> None:
    """Check that an uploaded file is named which has finished."""
    record({"id": string(50, pattern="^[F][A-Z0-9]{8,}$")}, {})(value, at, report)
    if isinstance(value, dict) and isinstance(value.get("id"), str) and not report.file_is_ready(value["id"]):
        report.add("invalid slack file", at)
