"""Signed HTTP requests to the app."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.sent import Reply, Sort


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's v0 signature of a body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(sort: Sort, payload: Json) -> tuple[str, bytes]:
    """Return content type and body: events as JSON, the rest as a form."""
    if sort is Sort.EVENT:
        return "application/json", json.dumps(payload).encode()
    form = payload if sort is Sort.COMMAND else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def signed_headers(secret: str, content_type: str, body: bytes, timestamp: str) -> dict[str, str]:
    """Return the headers that Slack sends."""
    return {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }


class HttpRoute:
    """Delivers requests to one address, each on a connection of its own."""

    def __init__(self, secret: str) -> None:
        self.url: str | None = None
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, sort: Sort, payload: Json, *, retry: int, reason: str | None) -> Reply:
        """Send one request and return how it was answered.

        It is signed for the real time, whatever the limits' clock shows: the app compares the two.
        """
        url = self.url
        if url is None:  # taken away since this route was chosen
            return Reply(error="dispatch_failed")
        content_type, body = encoded(sort, payload)
        headers = signed_headers(self._secret, content_type, body, str(int(time.time())))
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason or ""}
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True, limit=0))
        try:
            async with self._session.post(url, data=body, headers=headers) as answer:
                text = (await answer.read()).decode("utf-8", "replace")
        except (TimeoutError, aiohttp.ClientError, OSError):
            return Reply(error="dispatch_failed")
        return Reply(answer.status, text, None if answer.status == 200 else "dispatch_failed")

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
