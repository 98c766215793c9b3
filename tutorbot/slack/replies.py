"""What Slack's replies mean."""

import errno
import re
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError

from tutorbot.slack.failures import NoReply, NotSent, RateLimited, Refused, SlackError

# Slack says of these that part of the operation may have succeeded.
_PERHAPS_DONE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})
_UNREACHABLE = frozenset({errno.EADDRNOTAVAIL, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH})
_DEFAULT_RETRY_AFTER, _LEAST_RETRY_AFTER = 30.0, 1.0
"""Seconds. Slack names whole ones; a proxy that names none must not be called without a pause."""
_CODE = re.compile(r"[a-z][a-z0-9_.-]*")


def failure_of_reply(method: str, status: int, headers: Mapping[str, str], body: object) -> SlackError:
    """Return what a reply that is no success means."""
    answer: Mapping[str, Any] = body if isinstance(body, dict) else {}
    code = str(answer.get("error", ""))
    if not _CODE.fullmatch(code):  # something between us and Slack speaks, or the reply was cut short
        code = f"HTTP status {status}"
    if status == 429 or code in _RATE_LIMITED:
        return RateLimited(method, _retry_after(headers))
    if status >= 500 or code in _PERHAPS_DONE or code == "HTTP status 200":
        return NoReply(method, code)
    return Refused(method, code, _detail(answer))


def failure_of_connection(method: str, error: Exception) -> SlackError:
    """Return what it means that no reply could be had.

    Only where no connection was made is it certain that nothing was sent: urllib wraps what goes
    wrong up to the end of sending in URLError, and a timeout there may have come at either end.
    """
    reason = error.reason if isinstance(error, URLError) else None
    if isinstance(reason, (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)):
        return NotSent(method, f"Slack cannot be reached: {reason}")
    if isinstance(reason, OSError) and reason.errno in _UNREACHABLE:
        return NotSent(method, f"Slack cannot be reached: {reason}")
    return NoReply(method, f"no reply: {type(reason or error).__name__}")


def _retry_after(headers: Mapping[str, str]) -> float:
    text = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    try:
        return max(_LEAST_RETRY_AFTER, float(text))
    except ValueError:
        return _DEFAULT_RETRY_AFTER


def _detail(answer: Mapping[str, Any]) -> str:
    if "needed" in answer:
        return f"the scope {answer['needed']} is missing"
    metadata = answer.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return "; ".join(map(str, messages)) if isinstance(messages, list) else ""
