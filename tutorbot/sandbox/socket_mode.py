"""Web sockets to the app, as in Socket Mode."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.sent import Reply, Sort
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.traffic import Frame

MOST_LINKS = 10
ACCEPTS_RESPONSE = {Sort.COMMAND: True, Sort.INTERACTIVE: True, Sort.EVENT: False}


@dataclass(eq=False, slots=True)
class Link:
    """One connection, and the envelopes on it that wait to be acknowledged."""

    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Reply]] = field(default_factory=dict)


class SocketRoute:
    """Hands requests to the connections in turn."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._tickets: set[str] = set()
        self.links: list[Link] = []

    def issue_url(self) -> str:
        """Return the address for one new connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"{self._service.base_url.replace('http', 'ws', 1)}link?ticket={ticket}&app_id=A0SANDBOX"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404, text="Not Found")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        link = Link(socket)
        try:
            if len(self.links) >= MOST_LINKS:
                await self._say_goodbye(link, "too_many_websockets")
                return socket
            await socket.send_json(self._hello())
            self._add(link)
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(link, frame.data)
        except (ConnectionError, RuntimeError):
            pass  # the app went away in the middle of a word
        finally:
            self._drop(link)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.links) + 1,
            "connection_info": {"app_id": self._service.workspace.app_id},
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _add(self, link: Link) -> None:
        with self._service.workspace.lock:
            self.links.append(link)
            self._service.workspace.happen()
        self._note("hello", self._now_open(), self._hello())

    def _drop(self, link: Link) -> None:
        with self._service.workspace.lock:
            was_open = link in self.links
            if was_open:
                self.links.remove(link)
            self._service.workspace.happen()
        if was_open:
            self._note("closed", self._now_open())
        for future in link.waiting.values():
            if not future.done():
                future.set_result(Reply(error="operation_timeout"))

    def _acknowledge(self, link: Link, text: str) -> None:
        try:
            answer: Any = json.loads(text)
        except ValueError:
            return
        future = link.waiting.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if future is not None and not future.done():
            payload, envelope = answer.get("payload"), answer["envelope_id"]
            future.set_result(Reply(200, json.dumps(payload) if payload else "", envelope=envelope))
        elif isinstance(answer, dict):
            self._note("ack", "too late, or for nothing that was sent", answer, error="not_awaited")

    def _now_open(self) -> str:
        count = len(self.links)
        return f"{count} {'connection' if count == 1 else 'connections'} open"

    def _note(self, name: str, about: str, body: Json | None = None, error: str | None = None) -> None:
        self._service.traffic.note(Frame(name, about, self._service.clock.now(), body or {}, error))

    async def deliver(self, sort: Sort, payload: Json, *, retry: int, reason: str | None) -> Reply:
        """Send one envelope and return how it was acknowledged."""
        link = self._next_link()
        if link is None:
            return Reply(error="dispatch_failed")
        envelope_id = secrets.token_hex(16)
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": sort.value,
            "accepts_response_payload": ACCEPTS_RESPONSE[sort],
            "payload": payload,
        }
        if sort is Sort.EVENT:
            envelope |= {"retry_attempt": retry, "retry_reason": (reason or "").removeprefix("http_")}
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        link.waiting[envelope_id] = future
        try:
            await link.socket.send_json(envelope)
            return await future
        except (ConnectionError, RuntimeError):
            return Reply(error="operation_timeout")
        finally:
            link.waiting.pop(envelope_id, None)

    def _next_link(self) -> Link | None:
        with self._service.workspace.lock:
            if not self.links:
                return None
            self.links.append(self.links.pop(0))
            return self.links[-1]

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to reconnect, as Slack does every few hours; `warning` only announces it."""
        for link in list(self.links):
            if reason == "warning":
                await self._disconnect_frame(link, reason)
            else:
                self._drop(link)
                await self._say_goodbye(link, reason)

    async def _disconnect_frame(self, link: Link, reason: str) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        self._note("disconnect", reason, frame)
        try:
            await link.socket.send_json(frame)
        except (ConnectionError, RuntimeError):
            return

    async def _say_goodbye(self, link: Link, reason: str) -> None:
        await self._disconnect_frame(link, reason)
        await link.socket.close()

    async def close(self) -> None:
        """Close every connection; the app is not told why."""
        for link in list(self.links):
            await link.socket.close()
