"""The HTTP server of the sandbox, in a thread and an event loop of its own."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler

from tutorbot.sandbox.courier import Courier
from tutorbot.sandbox.page_api import PageApi
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.responses import respond
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.web_api import WebApi, hang_up

T = TypeVar("T")
LARGEST_BODY = 50_000_000


class Server:
    """Serves the Web API, uploads, response URLs, web sockets and the page on 127.0.0.1."""

    def __init__(self, service: Service, api: WebApi, courier: Courier, page: PageApi) -> None:
        self.service, self.api, self.courier, self.page = service, api, courier, page
        self.port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._runner: web.AppRunner | None = None

    def start(self, port: int) -> None:
        """Serve from now on; port 0 takes any that is free."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sandbox", daemon=True)
        self._thread.start()
        try:
            self.run(self._open(port))
        except OSError:
            self.run(self._close())
            self._end_thread()
            raise
        self.service.workspace.listeners.append(self._on_change)

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self.service.workspace.listeners.remove(self._on_change)
        self.run(self._close())
        self._end_thread()

    def _end_thread(self) -> None:
        assert self._thread is not None
        loop = self._running_loop()
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join()
        loop.close()
        self._loop = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the event loop and wait, from another thread, for its result."""
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        return future.result()

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Run something in the event loop after a while."""
        loop = self._running_loop()
        loop.call_soon_threadsafe(loop.call_later, seconds, work)

    def _on_change(self) -> None:
        self._running_loop().call_soon_threadsafe(self.page.wake)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("The sandbox is not running.")
        return self._loop

    async def _open(self, port: int) -> None:
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[outlive_the_app])
        app.add_routes(
            [
                web.route("*", "/api/{method}", self.api.handle),
                web.post("/upload/{file}", self._receive_upload),
                web.post(r"/{kind:commands|actions}/{ticket:\d+/.+}", self._receive_response),
                web.get("/link", self.courier.sockets.handle),
                *self.page.routes(),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.service.base_url = f"http://127.0.0.1:{self.port}/"

    async def _close(self) -> None:
        self.page.close()
        await self.courier.close()
        await self.api.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _receive_upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of an upload, raw or as a form's file, once and in the length announced."""
        file = self.service.workspace.files.get(request.match_info["file"])
        if file is None or file.data is not None:
            return web.Response(status=404, text="Not Found")
        is_form = request.content_type.startswith("multipart/")
        data = await form_file(request) if is_form else await request.read()
        if len(data) != file.length:
            return web.Response(status=400, text=f"Expected {file.length} bytes, got {len(data)}")
        with self.service.workspace.changing():
            file.data = data
        return web.Response(text=f"OK - {len(data)}")

    async def _receive_response(self, request: web.Request) -> web.StreamResponse:
        """Take a message for a response URL."""
        started = time.monotonic()
        try:
            body: Any = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        try:
            with self.service.workspace.lock:
                url = self.service.tickets.respond(request.match_info["ticket"])
                respond(self.service, url, body if isinstance(body, dict) else {})
        except RefusedError as refusal:
            return self._answered(request, body, 404, refusal.body(), started)
        return self._answered(request, body, 200, {"ok": True}, started)

    def _answered(
        self, request: web.Request, body: Any, status: int, answer: Json, started: float
    ) -> web.Response:
        self.api.log_response(request.match_info["kind"], body, status, answer, started)
        is_command = request.match_info["kind"] == "commands"
        if status == 200 and is_command:
            return web.Response(text="ok")
        return web.json_response(answer, status=status)


@web.middleware
async def outlive_the_app(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a request go that was cut in the middle: half a request has no effect."""
    try:
        return await handler(request)
    except (web.RequestPayloadError, ConnectionError):
        return hang_up(request)


async def form_file(request: web.Request) -> bytes:
    """Return the first file of a form."""
    form = await request.post()
    for value in form.values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
