"""Requests and replies as the page's panel for builders lists them, without secrets.

A line of the list is {number, way: "in" | "out" | "line", sort, name, about, at, seconds, error}: `in`
went to the app, `out` came from it, `line` is the web socket itself; `at` is when it began. A line in full
has `parts` besides: [{title, note, body}].
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from tutorbot.sandbox.page_state import named
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.sent import Reply, Sent, Sort
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.traffic import Call, Frame, Noted

SORTS = {Sort.COMMAND: "command", Sort.INTERACTIVE: "interaction", Sort.EVENT: "event"}
MASK = "•••"
SECRET_NAMES = {"token", "signing_secret", "authorization", "ticket"}
SECRETS = re.compile(r"(xox[a-z]-|xapp-|[?&]ticket=|/commands/|/actions/)[\w/.-]*[\w/-]")
"""Tokens, and addresses that open something for whoever knows them; the part that may be seen is a group."""
LONGEST_ABOUT = 120


def line_json(service: Service, noted: Noted) -> Json:
    """Return a line of the list."""
    match noted.what:
        case Sent() as sent:
            told = _told_of_sent(service, sent)
        case Call() as call:
            told = _told_of_call(service, call)
        case Frame() as frame:
            told = _told_of_frame(frame)
    return {
        "number": noted.number,
        "at": _began(noted.what).isoformat(timespec="microseconds"),
        **masked(told),
    }


def _began(what: Sent | Call | Frame) -> datetime:
    return what.at - timedelta(seconds=what.seconds) if isinstance(what, Call) else what.at


def whole_json(service: Service, noted: Noted) -> Json:
    """Return a line with what was asked and answered."""
    return line_json(service, noted) | {"parts": masked(_parts(noted.what))}


def _told_of_frame(frame: Frame) -> Json:
    return {
        "way": "line",
        "sort": "Socket Mode",
        "name": frame.name,
        "about": frame.about,
        "seconds": None,
        "error": frame.error,
    }


def _told_of_sent(service: Service, sent: Sent) -> Json:
    payload = sent.payload.get("event", sent.payload)
    about = [
        _name(service, payload.get("user_id") or payload.get("user")),
        _name(service, payload.get("channel_id") or payload.get("channel")),
        *[action["action_id"] for action in payload.get("actions", [])],
        (payload.get("view") or {}).get("callback_id"),
        payload.get("text", ""),
        f"retry {sent.retry}" if sent.retry else "",
    ]
    return {
        "way": "in",
        "sort": SORTS[sent.sort],
        "name": sent.name,
        "about": _joined(about),
        "seconds": sent.seconds,
        "error": sent.reply.error,
    }


def _told_of_call(service: Service, call: Call) -> Json:
    args = call.args if isinstance(call.args, dict) else {}
    users = args.get("user_id") or args.get("user") or args.get("users")
    about = [
        _name(service, args.get("channel")),
        _name(service, users),
        args.get("text", ""),
        _title(args.get("view")),
        call.fault.name.lower().replace("_", " ") if call.fault else "",
    ]
    return {
        "way": "out",
        "sort": "response_url" if call.method.startswith("response_url/") else "Web API",
        "name": call.method,
        "about": _joined(about),
        "seconds": None if call.fault else call.seconds,
        "error": None if call.ok else call.error or str(call.status),
    }


def _parts(what: Sent | Call | Frame) -> list[Json]:
    if isinstance(what, Frame):
        return [_part("Frame", "", what.body)] if what.body else []
    if isinstance(what, Call):
        late = f"; a fault was asked for: {what.fault.name}" if what.fault else ""
        return [_part("Arguments", "", what.args), _part("Reply", f"status {what.status}{late}", what.body)]
    again = f"retry {what.retry}, because of {what.reason}" if what.retry else ""
    reply: Any = what.reply.json() or what.reply.body or None
    return [_part("Payload", again, what.payload), _part("Acknowledgement", _acknowledged(what.reply), reply)]


def _acknowledged(reply: Reply) -> str:
    if reply.error:
        return {
            "operation_timeout": "none within three seconds",
            "dispatch_failed": f"status {reply.status}" if reply.status else "nobody took the request",
        }.get(reply.error, reply.error)
    how = f"envelope {reply.envelope}" if reply.envelope else f"status {reply.status}"
    return how if reply.body else f"{how}, without a body"


def _part(title: str, note: str, body: Any) -> Json:
    return {"title": title, "note": note, "body": body}


def _name(service: Service, given: Any) -> str:
    """Return the name of a person or a conversation, given by its id or as payloads give it."""
    return named(service.workspace, str((given.get("id") if isinstance(given, dict) else given) or ""))


def _title(view: Any) -> str:
    title = view.get("title") if isinstance(view, dict) else None
    return str(title.get("text", "")) if isinstance(title, dict) else ""


def _joined(words: list[Any]) -> str:
    text = " · ".join(dict.fromkeys(" ".join(str(word).split()) for word in words if word))
    return text if len(text) <= LONGEST_ABOUT else text[: LONGEST_ABOUT - 1] + "…"


def masked(value: Any, name: str = "") -> Any:
    """Return a copy without tokens, tickets and what else opens a door."""
    if isinstance(value, dict):
        return {key: masked(each, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    if not isinstance(value, str):
        return value
    if name.lower() in SECRET_NAMES:
        return MASK
    return SECRETS.sub(rf"\1{MASK}", value)
