"""What people do: type, command, click, choose, hand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutorbot.sandbox import payloads
from tutorbot.sandbox.courier import Courier
from tutorbot.sandbox.events import home_event
from tutorbot.sandbox.installed import Feature
from tutorbot.sandbox.places import Channel, Kind, Post, View
from tutorbot.sandbox.posting import Content, Heard, add, redraw, remove, tell
from tutorbot.sandbox.refusals import Json, RefusedError
from tutorbot.sandbox.responses import respond
from tutorbot.sandbox.selections import choices_now, entry, missing_inputs, usable
from tutorbot.sandbox.sent import Reply, Sort
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.submissions import follow
from tutorbot.sandbox.tickets import ResponseUrl
from tutorbot.sandbox.wording import escape

ADDRESS = re.compile(r"https?://[^\s<>]+")
Chosen = str | list[str] | None


class ImpossibleError(AssertionError):
    """Something that nobody could do here: no such button, channel, message or option."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something a person did.

    `ok`: acknowledged within three seconds. `error`: what Slack would say (`operation_timeout`,
    `dispatch_failed`, `invalid_command_response`, `incomplete`, `trouble`). `text`, `blocks`: what
    the body of the reply showed. `errors`: what stands under inputs, by block id.
    """

    ok: bool
    status: int | None = None
    error: str | None = None
    body: str = ""
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    ts: str | None = None


class Gestures:
    """Does what people do, as Slack's client does it; runs in the event loop."""

    def __init__(self, service: Service, courier: Courier) -> None:
        self.service = service
        self.workspace = service.workspace
        self.courier = courier

    # Words

    async def command(self, user: str, channel: Channel, command: str, text: str) -> Answer:
        """Send a slash command and show what comes back in its answer."""
        if command not in self.service.commands:
            raise ImpossibleError(f"{command} is not a valid command.")
        if user not in channel.members:
            raise ImpossibleError(f"{user} is not in {channel.name}.")
        with self.workspace.lock:
            payload = payloads.command_payload(self.service, user, channel, command, escape(text))
        reply = await self.courier.request(Sort.COMMAND, payload)
        error, post = reply.error, None
        if reply.ok and reply.body:
            try:
                post = self._show_body(user, channel, reply)
            except RefusedError:
                error = "invalid_command_response"
        if error:
            self._tell(user, f"{command} failed with the error “{error}”.")
            return Answer(False, reply.status, error, reply.body)
        if post is None:
            return Answer(True, reply.status, body=reply.body)
        return Answer(True, reply.status, None, reply.body, post.text, post.blocks, ts=post.ts)

    def _show_body(self, user: str, channel: Channel, reply: Reply) -> Post | None:
        body = reply.json()
        if body is None:
            body = {"text": reply.body}
        if not body.get("text") and not body.get("blocks"):
            return None
        url = ResponseUrl(user, channel.id, None, self.service.clock.time())
        return respond(self.service, url, body)

    def _tell(self, user: str, text: str) -> None:
        with self.workspace.changing():
            self.workspace.notify(user, text)

    async def say(
        self, user: str, channel: Channel, text: str, thread_ts: str | None = None
    ) -> tuple[Post, Answer]:
        """Type a message; addresses in it are unfurled, which the app hears as a change."""
        if user not in channel.members:
            raise ImpossibleError(f"{user} is not in {channel.name}.")
        if channel.archived:
            raise ImpossibleError(f"{channel.name} is archived.")
        if channel.kind is Kind.DM and Feature.MESSAGES not in self.service.app.features:
            raise ImpossibleError("Sending messages to this app has been turned off.")
        if not text.strip():
            raise ImpossibleError("There is nothing to send.")
        if thread_ts is not None and thread_ts not in channel.posts:
            raise ImpossibleError("The message to reply to is gone.")
        channel.opened = True
        message = add(self.service, channel, typed(text), user=user, thread_ts=thread_ts)
        answer = await heard(tell(self.service, message))
        if ADDRESS.search(text):
            attachments = [{"id": 1, "from_url": url, "fallback": url} for url in ADDRESS.findall(text)]
            content = Content(message.text, message.blocks)
            redraw(self.service, message, content, attachments=attachments)
        return message, answer

    async def edit(self, user: str, message: Post, text: str) -> Answer:
        """Change what one has typed."""
        if message.user != user or message.only_for is not None:
            raise ImpossibleError("One can change only what one has typed oneself.")
        edited = {"user": user, "ts": self.workspace.next_ts()}
        return await heard(redraw(self.service, message, typed(text), edited=edited))

    async def delete(self, user: str, message: Post) -> Answer:
        """Delete what one has typed, or put an ephemeral message away."""
        if user not in (message.user, message.only_for):
            raise ImpossibleError("One can delete only what one has typed oneself.")
        return await heard(remove(self.service, message))

    # Buttons and boxes

    async def click(self, user: str, where: Post | View, action_id: str) -> Answer:
        """Press a button."""
        return await self.press(user, where, where.blocks, action_id)

    async def press(self, user: str, where: Post | View, blocks: list[Json], action_id: str) -> Answer:
        """Press a button as it stands in these blocks, which may be older than what is shown now."""
        block, button = self._element(blocks, action_id)
        if button["type"] != "button":
            raise ImpossibleError(f"{action_id} is no button.")
        return await self._act(user, where, payloads.button_action(self.service, block, button))

    async def choose(self, user: str, where: Post | View, action_id: str, chosen: Chosen) -> Answer:
        """Change a box, menu or input; an input that does not dispatch is kept and not reported."""
        block, element = self._element(where.blocks, action_id)
        value = self._keep(user, where, block, element, chosen)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Answer(True)
        action = payloads.choice_action(self.service, block, element, value)
        return await self._act(user, where, action)

    def fill(self, user: str, where: Post | View, action_id: str, chosen: Chosen) -> None:
        """Change a box, menu or input without telling the app yet."""
        block, element = self._element(where.blocks, action_id)
        if element["type"] != "button":
            self._keep(user, where, block, element, chosen)

    def _keep(self, user: str, where: Post | View, block: Json, element: Json, chosen: Chosen) -> Json:
        try:
            value = entry(element, chosen)
        except ValueError as problem:
            raise ImpossibleError(str(problem)) from None
        if element["type"] != "overflow":
            with self.workspace.changing():
                place = where.place if isinstance(where, Post) else where.id
                kept = self.workspace.chosen(user, place).setdefault(block["block_id"], {})
                kept[element["action_id"]] = value
        return value

    def _element(self, blocks: list[Json], action_id: str) -> tuple[Json, Json]:
        for block, element in usable(blocks):
            if element["action_id"] == action_id:
                return block, element
        raise ImpossibleError(f"There is no {action_id} here any more.")

    async def _act(self, user: str, where: Post | View, action: Json) -> Answer:
        with self.workspace.lock:
            if isinstance(where, Post):
                payload = payloads.message_action(self.service, user, where, action)
            else:
                payload = payloads.view_action(self.service, user, where, action)
        reply = await self.courier.request(Sort.INTERACTIVE, payload)
        self._mark(user, where, reply)
        return Answer(reply.ok, reply.status, reply.error, reply.body)

    def _mark(self, user: str, where: Post | View, reply: Reply) -> None:
        """Put up, or take away, the warning sign of something that did not work."""
        with self.workspace.changing():
            if not isinstance(where, Post):
                if not reply.ok:
                    self.workspace.notify(user, "We had some trouble connecting. Try again?")
            elif reply.ok:
                self.workspace.warnings.pop(f"{user} {where.place}", None)
            else:
                warning = "This did not work: the app did not answer."
                self.workspace.warnings[f"{user} {where.place}"] = warning

    # Modals and Home

    async def submit(self, user: str, view: View) -> Answer:
        """Hand a modal in, and do with it what the app answers."""
        if view.id not in self.workspace.stacks.get(user, []):
            raise ImpossibleError("This modal is closed.")
        changed = self.workspace.chosen(user, view.id)
        errors = missing_inputs(view.blocks, choices_now(view.blocks, changed))
        with self.workspace.changing():
            view.errors = errors
            payload = None if errors else payloads.submission(self.service, user, view)
        if payload is None:
            return Answer(False, error="incomplete", errors=errors)
        reply = await self.courier.request(Sort.INTERACTIVE, payload)
        return self._after_submission(user, view, reply)

    def _after_submission(self, user: str, view: View, reply: Reply) -> Answer:
        error = reply.error
        if reply.ok:
            try:
                follow(self.service, user, view, reply)
            except RefusedError as refusal:
                error = refusal.code
        if error:
            self._tell(user, "We had some trouble connecting. Try again?")
        return Answer(error is None, reply.status, error, reply.body, errors=dict(view.errors))

    async def close(self, user: str, view: View, *, everything: bool = False) -> Answer:
        """Close a modal: the one on top, or all of them."""
        stack = self.workspace.stacks.get(user, [])
        if view.id not in stack:
            raise ImpossibleError("This modal is closed.")
        everything = everything or bool(view.fields.get("clear_on_close"))
        closed = stack if everything else stack[stack.index(view.id) :]
        told = [
            payloads.closing(self.service, user, self.workspace.views[view_id], cleared=everything)
            for view_id in reversed(closed)
            if self.workspace.views[view_id].fields.get("notify_on_close")
        ]
        with self.workspace.changing():
            self.workspace.close_views(user, list(closed))
        reply = Reply(200)
        for payload in told:
            reply = await self.courier.request(Sort.INTERACTIVE, payload)
        return Answer(reply.ok, reply.status, reply.error, reply.body)

    async def open_home(self, user: str, tab: str = "home") -> Answer:
        """Open the app's Home, or its messages."""
        dm = self.workspace.dm_of(user)
        if tab == "messages":
            dm.opened = True
        with self.workspace.lock:
            event = home_event(self.service, user, tab, self.workspace.home_of(user))
        return await heard(self.service.announce("app_home_opened", event))


def typed(text: str) -> Content:
    """Return what a person typed as Slack keeps it: escaped, and as rich text."""
    escaped = ADDRESS.sub(lambda found: f"<{found[0]}>", escape(text))
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return Content(escaped, [{"type": "rich_text", "block_id": "typed", "elements": [section]}])


async def heard(first: Heard) -> Answer:
    """Wait until the app has heard of something, or could not be told."""
    if first is None:
        return Answer(True)
    reply = await first
    return Answer(reply.ok, reply.status, reply.error, reply.body)
