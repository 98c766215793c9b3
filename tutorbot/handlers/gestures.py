"""Who made a gesture, where, and how it is known from others."""

from typing import Any

from tutorbot.blocks import ids
from tutorbot.drawing import Pressed
from tutorbot.records.people import Learner

Body = dict[str, Any]


def learner_of(body: Body) -> Learner:
    """Return who made the gesture."""
    if "event" in body:
        event = body["event"]
        return Learner(body["team_id"], event.get("user") or event.get("message", {}).get("user", ""))
    if "user_id" in body:
        return Learner(body["team_id"], body["user_id"])
    return Learner(body["team"]["id"], body["user"]["id"])


def gesture_of(body: Body) -> str:
    """Return what makes this gesture one of its own; a repeated request carries the same."""
    return str(body.get("trigger_id") or body["event_id"])


def pressed_in(body: Body) -> Pressed | None:
    """Return the message in which a button was pressed; None in a window or in App Home."""
    container = body.get("container", {})
    if container.get("type") != "message" or "response_url" not in body:
        return None
    channel = container.get("channel_id") or body.get("channel", {}).get("id", "")
    return Pressed(channel, container["message_ts"], body["response_url"])


def channel_of(body: Body) -> str | None:
    """Return the channel in which the gesture was made."""
    found = (
        body.get("channel_id") or body.get("channel", {}).get("id") or body.get("event", {}).get("channel")
    )
    return str(found) if found else None


def checked_positions(body: Body, drawing: int, n: int) -> list[int] | None:
    """Return the positions of a drawing's checked boxes, or None where it has none in this message."""
    wanted = ids.action(ids.PICK, drawing, n)
    for values in body.get("state", {}).get("values", {}).values():
        if wanted in values:
            return [int(option["value"]) for option in values[wanted].get("selected_options") or ()]
    return None


def given_in(view: Body) -> str | list[int]:
    """Return what was given in the window of an answer: a text, or what was picked in each input in turn."""
    values = view["state"]["values"]
    if ids.ANSWER_INPUT in values:
        return values[ids.ANSWER_INPUT][ids.ANSWER_INPUT]["value"] or ""
    places = [ids.place_input(place) for place in range(len(values))]
    return [int(values[place][place]["selected_option"]["value"]) for place in places]
