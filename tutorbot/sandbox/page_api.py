"""The page's HTTP API: its files, what it shows, news of changes, and what people do on it.

`GET /` and `GET /<file>`: the page. `GET /files/<id>`: the bytes of an upload.

`GET /page/state?as=U…` (without `as`: the first person): `team`, `me`, `people`, `bot`, `channels` (also
public ones one is not in), `dm` {id, unread}, `messages` {conversation: [message…]} (replies among them, by
`thread_ts`), `view` (the modal on top), `home`, `commands`, `clock` (null without a bot behind), `saved`
(null, or what came of the course's files: number, said, mistakes [{place, what, mend}], shows), `notices`
[{id, text}], `version`. In `state`, of messages and views, a value is an option's value, a list of them, or
the text: block id → action id → value.

`GET /page/events?as=U…`: server-sent events, `data: {"version": n}`, at every change.

For the panel of those who build: `GET /page/traffic?after=N` answers, as soon as there are any, the requests
and replies after the N-th, {lines, latest} (see page_traffic.py; `latest` below N tells that the sandbox has
begun anew); `GET /page/traffic/<number>` one in full; `GET /page/ledger` {owed, now, zone}, where `owed` is
null without a bot behind, else [{number, key, what, place, due, state, reason}].

`POST /page/do`: `{"as": "U…", "do": …}` and, by what is done,
  command {channel, text} · message {channel, text, thread_ts?} · edit {channel, ts, text} ·
  delete {channel, ts} · click {container, action_id, state?} ·
  check {container, action_id, selected: value or list} · submit {view, state} ·
  close {view, all?} · open_home {tab?} · read {channel, ts} · join {channel} ·
  jump {to: "next" | "day" | an ISO instant} · show_saved;
where a container is `{message: ts, channel}` or `{view: id}`, and `state` holds, by action id, what was
written or chosen and not reported yet. Blocks are not named: a redraw gives another id to each that the app
gives none, and a press that is on its way meanwhile goes through. The answer is `{"ok": true, …}`, or
`{"ok": false, "error": sentence}`, for a submission with `errors` by block id.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
from pathlib import Path

from aiohttp import web

from tutorbot.sandbox.gestures import ImpossibleError
from tutorbot.sandbox.page_deeds import Deeds
from tutorbot.sandbox.page_state import ledger_json, page_state
from tutorbot.sandbox.page_traffic import line_json, whole_json
from tutorbot.sandbox.panel import Panel
from tutorbot.sandbox.places import Member
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.service import Service, mimetype

FILES = Path(__file__).parent / "page"
HEARTBEAT_SECONDS = 15.0
FRESH = {"Cache-Control": "no-store"}


class PageApi:
    """Serves the page."""

    def __init__(self, service: Service, deeds: Deeds) -> None:
        self.service = service
        self.deeds = deeds
        self.panel: Panel | None = None
        self._streams: set[asyncio.Event] = set()
        self._closing = False

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return what the page needs of the server; the catch-all comes last."""
        return [
            web.get("/page/state", self.state),
            web.get("/page/events", self.events),
            web.get("/page/traffic", self.traffic),
            web.get(r"/page/traffic/{number:\d+}", self.exchange),
            web.get("/page/ledger", self.ledger),
            web.post("/page/do", self.do),
            web.get("/files/{file}", self.upload),
            web.get("/{path:.*}", self.file),
        ]

    def _who(self, user: str | None) -> Member:
        people = self.service.workspace.people
        if user in people and not people[user].is_bot:
            return people[user]
        if user:
            raise web.HTTPNotFound(text="There is nobody here with this id.")
        return next(person for person in people.values() if not person.is_bot)

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Answer what the page shows."""
        me = self._who(request.query.get("as"))
        shown = await asyncio.to_thread(page_state, self.service, me, self.panel)
        return web.json_response(shown, headers=FRESH)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Send a line at every change, until the page goes away."""
        self._who(request.query.get("as"))
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", **FRESH})
        await stream.prepare(request)
        news = asyncio.Event()
        self._streams.add(news)
        try:
            while not self._closing:
                line = json.dumps({"version": self.service.workspace.version})
                await stream.write(f"data: {line}\n\n".encode())
                await self._news_or_heartbeat(news)
        except (ConnectionError, RuntimeError):
            pass  # the page was closed
        finally:
            self._streams.discard(news)
        return stream

    async def _news_or_heartbeat(self, news: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(news.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            return
        news.clear()

    def wake(self) -> None:
        """Let every stream send what is new; runs in the event loop."""
        for news in self._streams:
            news.set()

    def close(self) -> None:
        """End the streams."""
        self._closing = True
        self.wake()
        self.service.traffic.wake()

    async def traffic(self, request: web.Request) -> web.StreamResponse:
        """Answer what went to and fro since the page last asked, once there is something."""
        after, traffic = int(request.query.get("after", "0")), self.service.traffic
        after = after if after <= traffic.latest else 0
        await traffic.after(after, HEARTBEAT_SECONDS)
        with self.service.workspace.lock:
            lines = [line_json(self.service, noted) for noted in traffic.since(after)]
        return web.json_response({"lines": lines, "latest": traffic.latest}, headers=FRESH)

    async def exchange(self, request: web.Request) -> web.StreamResponse:
        """Answer one request with its reply."""
        noted = self.service.traffic.find(int(request.match_info["number"]))
        if noted is None:
            raise web.HTTPNotFound(text="This request is not kept any more.")
        with self.service.workspace.lock:
            whole = whole_json(self.service, noted)
        return web.json_response(whole, headers=FRESH)

    async def ledger(self, _: web.Request) -> web.StreamResponse:
        """Answer what the bot owes."""
        shown = await asyncio.to_thread(ledger_json, self.service, self.panel)
        return web.json_response(shown, headers=FRESH)

    async def do(self, request: web.Request) -> web.StreamResponse:
        """Do what somebody did on the page."""
        try:
            asked: Json = json.loads(await request.read())
            done = await self.deeds.do(self._who(asked["as"]).id, str(asked["do"]), asked, self.panel)
        except (ImpossibleError, ValueError) as problem:
            done = {"ok": False, "error": str(problem)}
        except KeyError as missing:
            done = {"ok": False, "error": f"The request lacks {missing}."}
        return web.json_response(done, headers=FRESH)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Answer the bytes of an upload."""
        file = self.service.workspace.files.get(request.match_info["file"])
        if file is None or file.data is None:
            raise web.HTTPNotFound(text="There is no such file.")
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.data, content_type=mimetype(file), headers=headers)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Answer a file of the page."""
        path = (FILES / (request.match_info["path"] or "index.html")).resolve()
        if not path.is_relative_to(FILES) or not path.is_file():
            raise web.HTTPNotFound(text="There is nothing here.")
        kind = mimetypes.guess_type(path.name)[0]
        return web.Response(body=path.read_bytes(), content_type=kind, headers=FRESH)
