"""A tiny app behind HTTP: it keeps what it is sent and answers as a test tells it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Request:
    """A request as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def payload(self) -> dict[str, Any]:
        """The interactive payload, the event or the command's fields."""
        if self.headers["content-type"] == "application/json":
            return dict(json.loads(self.body))
        form = self.form
        return dict(json.loads(form["payload"])) if "payload" in form else dict(form)


@dataclass(frozen=True)
class Says:
    """An answer: status, body, content type."""

    status: int = 200
    body: Any = ""


class TinyApp:
    """Serves until the `with` block ends; `answer` is called in a thread of its own per request."""

    def __init__(self, answer: Callable[[Request], Says] = lambda _: Says()) -> None:
        self.answer = answer
        self.requests: list[Request] = []
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = Request({name.lower(): value for name, value in self.headers.items()}, body)
                app.requests.append(request)
                says = app.answer(request)
                is_json = not isinstance(says.body, str)
                data = (json.dumps(says.body) if is_json else says.body).encode()
                try:
                    self.send_response(says.status)
                    self.send_header("Content-Type", "application/json" if is_json else "text/plain")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except ConnectionError:
                    return  # the sandbox has waited long enough

            def log_message(self, *_: Any, **__: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def __enter__(self) -> TinyApp:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
