"""HTTP: Slack's signed requests, and the pages of those who watch."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from socketserver import TCPServer, ThreadingMixIn
from threading import Thread
from types import MappingProxyType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App, BoltRequest, BoltResponse

from tutorbot.clock import Now
from tutorbot.errors import BadSetting

TAKEN = "taken"
"""That a signed request has come: logged, at DEBUG, as `record.point`."""

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000
OLDEST_SECONDS = 300
EVENTS = "/slack/events"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Page = Callable[[], tuple[HTTPStatus, str, bytes]]
"""Answers a GET: status, media type and body."""

NO_PAGES: Mapping[str, Page] = MappingProxyType({})
PLAIN = "text/plain; charset=utf-8"


def wsgi(
    bolt: App, signing_secret: str, *, machine_now: Now, pages: Mapping[str, Page] = NO_PAGES
) -> Application:
    """Return the application: POST /slack/events for Slack, and GET for each of the pages."""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if path in pages:
            return _show(start_response, pages[path], method)
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
        except Exception:  # Bolt takes junk apart as it comes, and raises what it may
            request = None
        if request is None or not _is_whole(request.body):
            return _send(start_response, HTTPStatus.BAD_REQUEST, b"The body cannot be read.\n")
        log.debug("A request is taken", extra={"point": TAKEN})
        return _answer(start_response, bolt.dispatch(request))

    return application


def watched(pages: Mapping[str, Page]) -> Application:
    """Return the application that has these pages and nothing else."""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path not in pages:
            return _send(start_response, HTTPStatus.NOT_FOUND, f"Here are {', '.join(pages)}.\n".encode())
        return _show(start_response, pages[path], environ["REQUEST_METHOD"])

    return application


@contextmanager
def served(application: Application, port: int) -> Iterator[int]:
    """Serve an application for a few, such as a monitor, in threads beside the bot; yield the port.

    Raise BadSetting where the port cannot be had.
    """
    try:
        server = make_server("", port, application, _Server, _Request)
    except OSError as error:
        raise BadSetting(f"TUTORBOT_HEALTH_PORT is {port}, which cannot be had: {error.strerror}.") from None
    serving = Thread(target=server.serve_forever, name="health", kwargs={"poll_interval": 0.2}, daemon=True)
    serving.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


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


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind, and do not ask the network for our name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", int(self.server_address[1])
        self.setup_environ()


class _Request(WSGIRequestHandler):
    timeout = 10

    def log_message(self, *args: object) -> None:
        """Keep no log of requests."""


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


def _show(start_response: StartResponse, page: Page, method: str) -> Iterable[bytes]:
    if method not in {"GET", "HEAD"}:
        return _send(start_response, HTTPStatus.METHOD_NOT_ALLOWED, b"This is to be read.\n")
    status, media_type, body = page()
    sent = _send(start_response, status, body, media_type)
    return sent if method == "GET" else []


def _send(
    start_response: StartResponse, status: HTTPStatus, body: bytes, media_type: str = PLAIN
) -> Iterable[bytes]:
    start_response(_status(status), [("Content-Type", media_type), ("Content-Length", str(len(body)))])
    return [body]


def _status(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"
