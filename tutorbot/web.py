"""HTTP: Slack's signed requests."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from tutorbot.clock import Now

TAKEN = "taken"
"""That a signed request has come: logged, at DEBUG, as `record.point`."""

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000
OLDEST_SECONDS = 300
EVENTS = "/slack/events"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


def wsgi(bolt: App, signing_secret: str, *, machine_now: Now) -> Application:
    """Return the application: POST /slack/events for Slack, GET /healthz for whoever watches."""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if path == "/healthz" and method in {"GET", "HEAD"}:
            return _send(start_response, HTTPStatus.OK, b"ok\n")
        if path != EVENTS:
            return _send(start_response, HTTPStatus.NOT_FOUND, b"Slack's requests go to /slack/events.\n")
        if method != "POST":
            return _send(start_response, HTTPStatus.METHOD_NOT_ALLOWED, b"Slack sends POST.\n")
        body = _body(environ)
        if body is None:
            return _send(start_response, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"That is too large.\n")
        headers = _headers(environ)
        if not is_signed(signing_secret, headers, body, now=machine_now().timestamp()):
            return _send(start_response, HTTPStatus.UNAUTHORIZED, b"The signature does not fit.\n")
        try:
            request = BoltRequest(body=body.decode(), headers=dict(headers))
        except (ValueError, TypeError, AttributeError, RecursionError):
            request = None
        if request is None or not _is_whole(request.body):  # Bolt takes junk apart as it comes, and raises
            return _send(start_response, HTTPStatus.BAD_REQUEST, b"The body cannot be read.\n")
        log.debug("A request is taken", extra={"point": TAKEN})
        return _answer(start_response, bolt.dispatch(request))

    return application


def is_signed(secret: str, headers: dict[str, str], body: bytes, *, now: float) -> bool:
    """Whether the raw bytes carry Slack's signature, not older than five minutes (Unix seconds).

    Junk in the headers is no signature: it never raises.
    """
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 15) or not secret:
        return False
    if abs(now - int(timestamp)) > OLDEST_SECONDS:
        return False
    expected = (
        "v0="
        + hmac.new(secret.encode(), b"v0:%s:%s" % (timestamp.encode(), body), hashlib.sha256).hexdigest()
    )
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape"))


def _body(environ: Environ) -> bytes | None:
    try:
        length = max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return b""
    if length > MOST_BYTES:
        return None
    content: bytes = environ["wsgi.input"].read(length)
    return content


def _is_whole(body: dict[str, Any]) -> bool:
    """Whether the request has what Bolt looks at first."""
    if body.get("type") == "event_callback":
        return isinstance(body.get("event"), dict)
    if body.get("type") == "block_actions":
        actions = body.get("actions")
        return isinstance(actions, list) and bool(actions) and isinstance(actions[0], dict)
    return True


def _headers(environ: Environ) -> dict[str, str]:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    return headers


def _answer(start_response: StartResponse, response: BoltResponse) -> Iterable[bytes]:
    body = str(response.body).encode()
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    headers.append(("Content-Length", str(len(body))))  # without it the server would send chunks
    start_response(_status(HTTPStatus(response.status)), headers)
    return [body]


def _send(start_response: StartResponse, status: HTTPStatus, body: bytes) -> Iterable[bytes]:
    start_response(
        _status(status), [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    )
    return [body]


def _status(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"
