"""What people do on the page, by name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tutorbot.sandbox.gestures import Answer, Gestures, ImpossibleError
from tutorbot.sandbox.panel import Panel
from tutorbot.sandbox.places import Channel, Kind, Post, View
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.workspace import Workspace

NOT_IN_THREADS = "Slash commands do not work in threads."
NO_ANSWER = "The app did not answer."


class Deeds:
    """Turns the page's requests into gestures."""

    def __init__(self, workspace: Workspace, gestures: Gestures) -> None:
        self.workspace = workspace
        self.gestures = gestures
        self._deeds: dict[str, Callable[[str, Json], Awaitable[Answer]]] = {
            "command": self._command,
            "message": self._message,
            "edit": self._edit,
            "delete": self._delete,
            "click": self._click,
            "check": self._check,
            "submit": self._submit,
            "close": self._close,
            "open_home": self._open_home,
            "read": self._read,
            "join": self._join,
        }

    async def do(self, me: str, what: str, asked: Json, panel: Panel | None) -> Json:
        """Do one thing; raises ImpossibleError, ValueError or KeyError with what is wrong."""
        if what == "jump":
            return await self._jump(asked, panel)
        if what == "show_saved":
            return await self._show_saved(me, panel)
        if what not in self._deeds:
            raise ImpossibleError(f"There is no deed named {what!r}.")
        return summary(await self._deeds[what](me, asked))

    async def _command(self, me: str, asked: Json) -> Answer:
        if asked.get("thread_ts"):
            raise ImpossibleError(NOT_IN_THREADS)
        command, _, text = str(asked["text"]).strip().partition(" ")
        return await self.gestures.command(me, self._channel(me, asked), command, text.strip())

    async def _message(self, me: str, asked: Json) -> Answer:
        channel, thread_ts = self._channel(me, asked), asked.get("thread_ts") or None
        return (await self.gestures.say(me, channel, str(asked["text"]), thread_ts))[1]

    async def _edit(self, me: str, asked: Json) -> Answer:
        return await self.gestures.edit(me, self._post(me, asked["channel"], asked["ts"]), str(asked["text"]))

    async def _delete(self, me: str, asked: Json) -> Answer:
        return await self.gestures.delete(me, self._post(me, asked["channel"], asked["ts"]))

    async def _click(self, me: str, asked: Json) -> Answer:
        where = self._container(me, asked["container"])
        self._fill(me, where, asked.get("state"))
        return await self.gestures.click(me, where, asked["action_id"])

    async def _check(self, me: str, asked: Json) -> Answer:
        where = self._container(me, asked["container"])
        chosen = asked["selected"] if "selected" in asked else asked.get("value")
        return await self.gestures.choose(me, where, asked["action_id"], chosen)

    async def _submit(self, me: str, asked: Json) -> Answer:
        view = self._view(me, asked["view"])
        self._fill(me, view, asked.get("state"))
        return await self.gestures.submit(me, view)

    async def _close(self, me: str, asked: Json) -> Answer:
        return await self.gestures.close(me, self._view(me, asked["view"]), everything=bool(asked.get("all")))

    async def _open_home(self, me: str, asked: Json) -> Answer:
        return await self.gestures.open_home(me, asked.get("tab") or "home")

    async def _read(self, me: str, asked: Json) -> Answer:
        channel = self._channel(me, asked)
        key = f"{me} {channel.id}"
        if asked["ts"] > self.workspace.read_up_to.get(key, ""):
            with self.workspace.changing():
                self.workspace.read_up_to[key] = asked["ts"]
        return Answer(True)

    async def _join(self, me: str, asked: Json) -> Answer:
        channel = self.workspace.channels.get(asked["channel"])
        if channel is None or channel.kind is not Kind.PUBLIC or channel.archived:
            raise ImpossibleError("This channel cannot be joined.")
        if me not in channel.members:
            with self.workspace.changing():
                channel.members.append(me)
        return Answer(True)

    async def _jump(self, asked: Json, panel: Panel | None) -> Json:
        if panel is None:
            raise ImpossibleError("There is no clock here to move.")
        await asyncio.to_thread(panel.jump, destination(str(asked["to"]), panel))
        with self.workspace.changing():
            return {"ok": True}

    async def _show_saved(self, me: str, panel: Panel | None) -> Json:
        if panel is None:
            raise ImpossibleError("There is no course here to show.")
        await asyncio.to_thread(panel.show, me)
        return {"ok": True}

    def _channel(self, me: str, asked: Json) -> Channel:
        channel = self.workspace.channels.get(asked["channel"])
        if channel is None or me not in channel.members:
            raise ImpossibleError("You are not in this channel.")
        return channel

    def _post(self, me: str, channel_id: str, ts: str) -> Post:
        channel = self._channel(me, {"channel": channel_id})
        post = channel.posts.get(ts)
        if post is None or post.only_for not in (None, me):
            raise ImpossibleError("This message is gone.")
        return post

    def _view(self, me: str, view_id: str) -> View:
        view = self.workspace.views.get(view_id)
        if view is None or view.user != me:
            raise ImpossibleError("This view is closed.")
        return view

    def _container(self, me: str, container: Json) -> Post | View:
        if "view" in container:
            return self._view(me, container["view"])
        return self._post(me, container["channel"], container["message"])

    def _fill(self, me: str, where: Post | View, state: Any) -> None:
        for action_id, chosen in (state or {}).items():
            self.gestures.fill(me, where, action_id, chosen)


def destination(to: str, panel: Panel) -> datetime:
    """Return the instant to jump to: the next delivery, a day on, or the one that is named."""
    if to == "day":
        return panel.now() + timedelta(days=1)
    if to == "next":
        due = panel.next_due()
        if due is None:
            raise ValueError("Nothing is due.")
        return due[0]
    try:
        instant = datetime.fromisoformat(to)
    except ValueError:
        raise ValueError(f"{to!r} is no point in time.") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def summary(answer: Answer) -> Json:
    """Return what the page is told of an answer; a notice or a sign on the message says the rest."""
    if answer.ok:
        return {"ok": True, "ts": answer.ts}
    sentence = {"incomplete": "Some fields are not filled in yet."}.get(answer.error or "", NO_ANSWER)
    return {"ok": False, "error": sentence, "code": answer.error, "errors": answer.errors}
