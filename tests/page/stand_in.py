"""Serves the page with states of its own making, so that the page can be tested without the sandbox."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from aiohttp import web

import tutorbot.sandbox

Json = dict[str, Any]

PAGE = Path(tutorbot.sandbox.__path__[0]) / "page"
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240">
  <rect width="480" height="240" fill="#efe4fb"/>
  <g fill="none" stroke="#51347a" stroke-width="4">
    <rect x="40" y="80" width="120" height="80" rx="8" fill="#fff"/>
    <rect x="320" y="80" width="120" height="80" rx="8" fill="#f4bf52"/>
    <path d="M160 120h150m-14-12 16 12-16 12"/>
  </g>
</svg>"""
ANNA, BEN, CHIARA, SAM = "U0ANNA", "U0BEN", "U0CHIARA", "U0SAM"
BOT = "U0TUTOR"
CHANNEL, LOUNGE, OLD, DM = "C0CQRS", "C0LOUNGE", "C0OLD", "D0TUTOR"
PEOPLE: list[Json] = [
    {
        "id": ANNA,
        "name": "anna",
        "real_name": "Anna Keller",
        "staff": False,
        "color": "#2f7d6b",
        "initials": "AK",
    },
    {
        "id": BEN,
        "name": "ben",
        "real_name": "Ben Okafor",
        "staff": False,
        "color": "#b4541f",
        "initials": "BO",
    },
    {
        "id": CHIARA,
        "name": "chiara",
        "real_name": "Chiara Rossi",
        "staff": False,
        "color": "#6b4fc4",
        "initials": "CR",
    },
    {
        "id": SAM,
        "name": "sam",
        "real_name": "Sam Lindqvist",
        "staff": True,
        "color": "#1f6fa8",
        "initials": "SL",
    },
]


class StandIn:
    """A server that shows what a test gives it and keeps what the page asked it to do."""

    def __init__(self) -> None:
        self.state = a_state()
        self.done: list[Json] = []
        self.answer: Callable[[Json], Json] = lambda _: {"ok": True}
        self.version = 1
        self.lines: list[Json] = []
        self.parts: dict[int, list[Json]] = {}
        self.ledger: Json = {"owed": None}
        self._port = 0
        self._readers: set[asyncio.Queue[int | None]] = set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        """Serve, after a stop at the same port as before."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(30)

    def stop(self) -> None:
        """Break every connection and serve no more."""
        self._wake(None)
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def show(self, **changes: Any) -> None:
        """Change the state and tell every open page."""
        self.state = {**self.state, **changes}
        self.version += 1
        self._wake(self.version)

    def post(self, channel: str, *messages: Json) -> None:
        """Add messages to a channel."""
        shown = self.state["messages"]
        self.show(messages={**shown, channel: [*shown.get(channel, []), *messages]})

    def redraw(self, channel: str, ts: str, **changes: Any) -> None:
        """Change one message in its place."""
        shown = self.state["messages"]
        redrawn = [{**each, **changes} if each["ts"] == ts else each for each in shown[channel]]
        self.show(messages={**shown, channel: redrawn})

    def let_pass(self, *lines: Json) -> None:
        """Let requests and replies pass between the bot and the workspace."""
        for line in lines:
            self.lines.append({**line, "number": len(self.lines) + 1})
        self._wake(self.version)

    def asked(self, what: str) -> list[Json]:
        """Return what the page asked to do of this kind."""
        return [each for each in self.done if each["do"] == what]

    def _wake(self, version: int | None) -> None:
        for reader in list(self._readers):
            self._loop.call_soon_threadsafe(reader.put_nowait, version)

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_get("/", self._index)
        app.router.add_get("/page/state", self._state)
        app.router.add_get("/page/events", self._events)
        app.router.add_get("/page/traffic", self._traffic)
        app.router.add_get(r"/page/traffic/{number:\d+}", self._exchange)
        app.router.add_get("/page/ledger", self._ledger)
        app.router.add_post("/page/do", self._do)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_static("/", PAGE)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # aiohttp has no other way

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _file(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text=PICTURE, content_type="image/svg+xml")

    async def _state(self, request: web.Request) -> web.Response:
        who = request.query.get("as", ANNA)
        me = next(each for each in PEOPLE if each["id"] == who)
        return web.json_response({**self.state, "me": me, "version": self.version})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        reader: asyncio.Queue[int | None] = asyncio.Queue()
        self._readers.add(reader)
        try:
            while (version := await reader.get()) is not None:
                await response.write(f"data: {json.dumps({'version': version})}\n\n".encode())
        except ConnectionResetError:
            pass  # the page went away
        finally:
            self._readers.discard(reader)
        return response

    async def _traffic(self, request: web.Request) -> web.Response:
        asked = int(request.query["after"])
        after = asked if asked <= len(self.lines) else 0
        reader: asyncio.Queue[int | None] = asyncio.Queue()
        self._readers.add(reader)
        try:
            while len(self.lines) <= after and await reader.get() is not None:
                continue
        finally:
            self._readers.discard(reader)
        return web.json_response({"lines": self.lines[after:], "latest": len(self.lines)})

    async def _exchange(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        return web.json_response({**self.lines[number - 1], "parts": self.parts.get(number, [])})

    async def _ledger(self, _: web.Request) -> web.Response:
        return web.json_response(self.ledger)

    async def _do(self, request: web.Request) -> web.Response:
        asked: Json = await request.json()
        self.done.append(asked)
        return web.json_response(await asyncio.to_thread(self.answer, asked))


def a_message(ts: str, text: str = "", *, user: str = BOT, **more: Any) -> Json:
    """Return a message as the sandbox tells it; at `ts` seconds after eight in Zurich."""
    name = next((each["real_name"] for each in PEOPLE if each["id"] == user), "Tutor")
    minutes, seconds = divmod(int(float(ts)), 60)
    return {
        "ts": ts,
        "user": user,
        "name": name,
        "is_bot": user == BOT,
        "text": text,
        "blocks": [],
        "thread_ts": None,
        "reply_count": 0,
        "ephemeral": False,
        "edited": False,
        "at": f"2025-11-03T{7 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}+00:00",
        "state": {},
        "warning": None,
        "unread": False,
        "files": [],
        **more,
    }


def a_state(**changes: Any) -> Json:
    """Return a workspace with a few channels, nothing said yet, and a clock."""
    return {
        "team": {"id": "T0SANDBOX", "name": "Sandbox Academy"},
        "people": PEOPLE,
        "bot": {"id": "B0TUTOR", "name": "Tutor", "user_id": BOT},
        "channels": [
            a_channel(CHANNEL, "cqrs-autumn"),
            a_channel(LOUNGE, "lounge", private=True),
            a_channel(OLD, "cqrs-spring", archived=True),
        ],
        "dm": {"id": DM, "unread": 0},
        "messages": {CHANNEL: [], LOUNGE: [], OLD: [], DM: []},
        "view": None,
        "home": None,
        "commands": ["/tutor", "/tutor-admin"],
        "clock": {
            "now": "2025-11-03T07:59:00+00:00",
            "zone": "Europe/Zurich",
            "now_text": "Monday 3 November, 08:59",
            "next": {"at": "2025-11-03T08:00:00+00:00", "what": "Lesson 1.1 in #cqrs-autumn"},
            "can_jump": True,
        },
        "saved": None,
        "notices": [],
        **changes,
    }


def a_channel(channel: str, name: str, **changes: Any) -> Json:
    """Return a channel of which everybody is a member."""
    return {
        "id": channel,
        "name": name,
        "private": False,
        "archived": False,
        "member": True,
        "unread": 0,
        "last_ts": None,
        **changes,
    }


def a_button(text: str, action: str, **more: Any) -> Json:
    """Return a button; its value is its action."""
    return {"type": "button", "text": plain(text), "action_id": action, "value": action, **more}


def plain(text: str) -> Json:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    """Return a text object with Slack's markup."""
    return {"type": "mrkdwn", "text": text}


def options(*texts: str) -> list[Json]:
    """Return options; the value of each is its first word, in small letters."""
    return [{"text": plain(text), "value": text.split()[0].lower()} for text in texts]
