"""Answers the Web API over HTTP: who calls, whether they may, what comes of it, what goes wrong."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tutorbot.sandbox.arguments import Arguments
from tutorbot.sandbox.faults import Fault, Misbehaviour
from tutorbot.sandbox.limits import Limiter
from tutorbot.sandbox.methods import METHODS, Method
from tutorbot.sandbox.refusals import Json, RefusedError, missing_scope
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.traffic import Call


@dataclass(frozen=True, slots=True)
class Asked:
    """A call as it came: the method, the authorization header, the arguments, whether they came as JSON."""

    method: str
    header: str
    given: Json
    is_json: bool
    started: float = field(default_factory=time.monotonic)


class WebApi:
    """The HTTP side of the methods; it remembers the last calls, or all of them."""

    def __init__(self, service: Service, limiter: Limiter, remembered: int | None = None) -> None:
        self.service = service
        self.limiter = limiter
        self.calls: deque[Call] = deque(maxlen=remembered)
        self.misbehaviours: list[Misbehaviour] = []
        self._late: set[asyncio.Task[None]] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        asked = await read_request(request)
        fault = self._fault_for(asked.method, asked.given)
        if fault is None:
            return self._reply(*self._run(asked))
        return await self._go_wrong(fault, request, asked)

    def _fault_for(self, method: str, given: Json) -> Misbehaviour | None:
        with self.service.workspace.lock:
            return next((m for m in self.misbehaviours if m.strikes(method, given)), None)

    async def _go_wrong(self, m: Misbehaviour, request: web.Request, asked: Asked) -> web.StreamResponse:
        if m.fault is Fault.RATE_LIMIT:
            refusal = RefusedError("ratelimited", status=429, headers={"Retry-After": str(m.retry_after)})
            return self._refuse(asked, refusal, m.fault)
        if m.fault is Fault.REFUSE:
            return self._refuse(asked, RefusedError(m.error), m.fault)
        if m.fault is Fault.ERROR_500:
            if m.effect:
                self._run(asked, m.fault)
            else:
                self._log(asked, 500, {"ok": False, "error": "internal_error"}, m.fault)
            return web.Response(status=500, text="Internal Server Error")
        if m.fault is Fault.DROP_REPLY:
            self._run(asked, m.fault)
            return hang_up(request)
        if m.fault is Fault.ACCEPT_LATE:
            due = self.service.clock.time() + m.after
            task = asyncio.create_task(self._run_at(due, asked))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        else:
            self._log(asked, 0, {"ok": False, "error": "timed_out"}, m.fault)
        await self.service.clock.sleep(m.hold)
        return hang_up(request)

    async def _run_at(self, due: float, asked: Asked) -> None:
        await self.service.clock.sleep_until(due)
        self._run(asked, Fault.ACCEPT_LATE)

    def _run(self, asked: Asked, fault: Fault | None = None) -> tuple[int, dict[str, str], Json]:
        """Run a call and return status, headers and body of the answer."""
        headers: dict[str, str] = {}
        with self.service.workspace.lock:
            try:
                method = known_method(asked.method)
                held = self._scopes_held(method, asked.header, asked.given)
                headers = {"x-oauth-scopes": ",".join(sorted(held))}
                if method.scopes:
                    headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
                self._admit(asked.method, method, held, asked.given)
                args = Arguments(asked.given if method.reads_json or not asked.is_json else {})
                status, body = 200, {"ok": True, **method.run(self.service, args)}
            except RefusedError as refusal:
                status, body = refusal.status, refusal.body()
                headers = headers | refusal.headers
            self._log(asked, status, body, fault)
        return status, headers, body

    def _scopes_held(self, method: Method, header: str, given: Json) -> set[str]:
        """Return the scopes of the token that came with a call, or refuse a wrong one."""
        token = header.removeprefix("Bearer ").strip() or str(given.get("token") or "")
        if not token:
            raise RefusedError("not_authed")
        if token not in (self.service.bot_token, self.service.app_token):
            raise RefusedError("invalid_auth")
        if (token == self.service.app_token) is not method.app_level:
            raise RefusedError("not_allowed_token_type")
        return self.service.app.connecting if method.app_level else self.service.scopes

    def _admit(self, name: str, method: Method, held: set[str], given: Json) -> None:
        """Refuse a call whose token lacks the scope, and one too many."""
        if method.scopes and held.isdisjoint(method.scopes):
            raise missing_scope(method.scopes, held)
        channel = str(given.get("channel") or "")
        if channel in self.service.workspace.people:
            channel = f"D{channel[1:]}"
        self.limiter.take(name, method.tier, channel)

    def _refuse(self, asked: Asked, refusal: RefusedError, fault: Fault) -> web.StreamResponse:
        self._log(asked, refusal.status, refusal.body(), fault)
        return self._reply(refusal.status, refusal.headers, refusal.body())

    def _log(self, asked: Asked, status: int, body: Json, fault: Fault | None) -> None:
        workspace, now = self.service.workspace, self.service.clock.now()
        seconds = 0.0 if fault else time.monotonic() - asked.started
        shown = {name: readable_argument(value) for name, value in asked.given.items() if name != "token"}
        call = Call(asked.method, shown, now, status, body, fault, seconds)
        with workspace.lock:
            self.calls.append(call)
            workspace.happen()
        self.service.traffic.note(call)

    def log_response(self, kind: str, body: Json, status: int, answer: Json, started: float) -> None:
        """Note what the app sent to a response URL, as a call of `response_url/commands` or `/actions`."""
        self._log(Asked(f"response_url/{kind}", "", body, True, started), status, answer, None)

    async def close(self) -> None:
        """Forget the calls whose effect was still to come."""
        for task in list(self._late):
            task.cancel()

    def _reply(self, status: int, headers: dict[str, str], body: Json) -> web.Response:
        return web.json_response(body, status=status, headers=headers)


def known_method(name: str) -> Method:
    """Return the method with this name."""
    if name not in METHODS:
        raise RefusedError("unknown_method", req_method=name)
    return METHODS[name]


async def read_request(request: web.Request) -> Asked:
    """Return what was asked for."""
    started = time.monotonic()
    given: Json = dict(request.query)
    body = await request.read()
    is_json = request.content_type == "application/json"
    if is_json:
        try:
            asked: Any = json.loads(body or b"{}")
        except ValueError:
            asked = {}
        given |= asked if isinstance(asked, dict) else {}
    elif request.content_type == "application/x-www-form-urlencoded":
        given |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    header = request.headers.get("Authorization", "")
    return Asked(request.match_info["method"], header, given, is_json, started)


def readable_argument(value: Any) -> Any:
    """Return an argument as a structure if it is one, so that tests read forms and JSON alike."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def hang_up(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
