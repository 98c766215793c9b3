"""Brings requests to the app: three seconds to acknowledge, retries for events."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Coroutine
from typing import Any

from tutorbot.sandbox.installed import Feature
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.requests_http import HttpRoute
from tutorbot.sandbox.sent import Outbox, Reply, Sent, Sort
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.socket_mode import SocketRoute

SECONDS_TO_ACKNOWLEDGE = 3.0
RETRY_AFTER = (0.0, 60.0, 300.0)
"""Seconds of the clock between the beginning of a try to send an event and the next try."""


class Courier:
    """Sends over HTTP where an address is set, else over the web sockets.

    `patience` is how many seconds of the clock an answer may take: three, as at Slack. It remembers the
    last requests, or all of them.
    """

    def __init__(self, service: Service, remembered: int | None = None) -> None:
        self.service = service
        self.http = HttpRoute(service.signing_secret)
        self.sockets = SocketRoute(service)
        self.outbox = Outbox(deque(maxlen=remembered))
        self.patience = SECONDS_TO_ACKNOWLEDGE
        self._tasks: set[asyncio.Task[None]] = set()

    async def request(self, sort: Sort, payload: Json, *, retry: int = 0, reason: str | None = None) -> Reply:
        """Send one request, wait as long as Slack would, and return the reply.

        An app without interactivity is not told what people press and hand in.
        """
        if sort is Sort.INTERACTIVE and Feature.INTERACTIVITY not in self.service.app.features:
            return Reply(error="not_interactive")
        workspace, started = self.service.workspace, time.monotonic()
        route = self.http if self.http.url else self.sockets
        at = self.service.clock.now()
        with workspace.lock:
            self.outbox.waiting += 1
        reply = await self._in_time(route.deliver(sort, payload, retry=retry, reason=reason))
        seconds = time.monotonic() - started
        with workspace.lock:
            self.outbox.waiting -= 1
            sent = Sent(sort, payload, at, reply, seconds, retry, reason)
            self.outbox.sent.append(sent)
            workspace.happen()
        self.service.traffic.note(sent)
        return reply

    async def _in_time(self, delivery: Coroutine[Any, Any, Reply]) -> Reply:
        until = self.service.clock.time() + self.patience
        answer = asyncio.create_task(delivery)
        alarm = asyncio.create_task(self.service.clock.sleep_until(until))
        try:
            await asyncio.wait({answer, alarm}, return_when=asyncio.FIRST_COMPLETED)
            return answer.result() if answer.done() else Reply(error="operation_timeout")
        finally:
            answer.cancel()
            alarm.cancel()

    def announce(self, name: str, event: Json) -> asyncio.Future[Reply] | None:
        """Send an event, if the app hears of such; return the reply to the first try.

        Runs in the event loop.
        """
        if not self.service.app.hears(name):
            return None
        first: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._event(self._wrapped(event), first))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return first

    def _wrapped(self, event: Json) -> Json:
        workspace = self.service.workspace
        authorization = {
            "enterprise_id": None,
            "team_id": workspace.team,
            "user_id": workspace.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "sandbox-verification-token",
            "team_id": workspace.team,
            "context_team_id": workspace.team,
            "context_enterprise_id": None,
            "api_app_id": workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(self.service.clock.time()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": secrets.token_urlsafe(16),
        }

    async def _event(self, payload: Json, first: asyncio.Future[Reply]) -> None:
        # What is waited for counts from before a try: nobody steps the clock between the two.
        begun = self.service.clock.time()
        reply = await self.request(Sort.EVENT, payload)
        first.set_result(reply)
        for retry, wait in enumerate(RETRY_AFTER, start=1):
            if reply.ok:
                return
            await self.service.clock.sleep_until(begun + wait)
            begun = self.service.clock.time()
            reply = await self.request(Sort.EVENT, payload, retry=retry, reason=retry_reason(reply))

    async def close(self) -> None:
        """Stop what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.sockets.close()
        await self.http.close()


def retry_reason(reply: Reply) -> str:
    """Return Slack's word for why an event is sent again."""
    if reply.error == "operation_timeout":
        return "http_timeout"
    return "http_error" if reply.status else "connection_failed"
