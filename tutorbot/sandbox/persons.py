"""People as tests and the demo direct them."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Protocol, TypeVar

from tutorbot.sandbox.gestures import Answer, Chosen, Gestures, ImpossibleError
from tutorbot.sandbox.places import Channel, Post, View
from tutorbot.sandbox.service import Service
from tutorbot.sandbox.sight import Message, ViewSeen, see_message, see_view, the_button, the_input

T = TypeVar("T")
Seen = Message | ViewSeen


class Stage(Protocol):
    """What a person needs of the sandbox."""

    service: Service
    gestures: Gestures

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the sandbox's event loop and wait for its result."""
        ...


class Person:
    """Somebody in the workspace: what they see, and what they do.

    Every deed waits until the app has answered it, or three seconds of the sandbox's clock. Events
    (typing, editing, opening Home) are told once before the deed returns; Slack's retries come later.
    """

    def __init__(self, stage: Stage, person_id: str) -> None:
        self._stage = stage
        self._workspace = stage.service.workspace
        self.id = person_id

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    @property
    def name(self) -> str:
        """Return the name, which may change; the id never does."""
        return self._workspace.people[self.id].name

    @property
    def dm_id(self) -> str:
        """Return the id of the direct message with the bot."""
        return self._workspace.dm_of(self.id).id

    # What they see

    def messages(self, channel: str) -> list[Message]:
        """Return a channel's messages, oldest first, without those that stand in threads only."""
        with self._workspace.lock:
            found = self._workspace.channel_named(channel)
            posts = self._workspace.visible_posts(self.id, found)
            return [self._see(post) for post in posts if not post.is_reply or post.broadcast]

    def direct_messages(self) -> list[Message]:
        """Return the direct message with the bot, oldest first."""
        return self.messages(self.dm_id)

    def thread(self, message: Message) -> list[Message]:
        """Return the replies under a message, oldest first."""
        with self._workspace.lock:
            posts = self._workspace.visible_posts(self.id, self._workspace.channels[message.channel])
            return [self._see(post) for post in posts if post.is_reply and post.thread_ts == message.ts]

    def now(self, message: Message) -> Message:
        """Return a message as it stands now."""
        return self._see(self._post(message))

    @property
    def view(self) -> ViewSeen | None:
        """Return the modal on top."""
        with self._workspace.lock:
            return see_view(self._stage.service, self.id, self._workspace.open_view(self.id))

    @property
    def views(self) -> list[ViewSeen]:
        """Return the modals one upon the other, the top one last."""
        with self._workspace.lock:
            stack = [self._workspace.views[view_id] for view_id in self._workspace.stacks.get(self.id, [])]
            seen = [see_view(self._stage.service, self.id, view) for view in stack]
            return [view for view in seen if view is not None]

    @property
    def home(self) -> ViewSeen | None:
        """Return what the app published last."""
        with self._workspace.lock:
            return see_view(self._stage.service, self.id, self._workspace.home_of(self.id))

    @property
    def notices(self) -> list[str]:
        """Return what Slack itself has told, for example that a command failed."""
        with self._workspace.lock:
            return [notice.text for notice in self._workspace.notices.get(self.id, [])]

    # What they do

    def command(self, command: str, text: str = "", channel: str | None = None) -> Answer:
        """Send a slash command, by default from the direct message with the bot."""
        return self._do(self._gestures.command(self.id, self._channel(channel), command, text))

    def type(self, text: str, channel: str | None = None, thread: Message | str | None = None) -> Message:
        """Write a message, by default to the bot."""
        thread_ts = thread.ts if isinstance(thread, Message) else thread
        post, _ = self._do(self._gestures.say(self.id, self._channel(channel), text, thread_ts))
        return self._see(post)

    def edit(self, message: Message, text: str) -> Answer:
        """Change a message of their own."""
        return self._do(self._gestures.edit(self.id, self._post(message), text))

    def delete(self, message: Message) -> Answer:
        """Delete a message of their own."""
        return self._do(self._gestures.delete(self.id, self._post(message)))

    def click(
        self,
        target: Seen,
        button: str,
        state: Mapping[str, Chosen] | None = None,
        *,
        as_seen: bool = False,
    ) -> Answer:
        """Press a button, named by its text, what a screen reader says, or its action id.

        `state` is chosen or written first, by action id, without being reported. The button is looked
        for in the message or view as it stands now; with `as_seen` as it stood when it was seen, as by
        a thumb that was quicker than the redraw.
        """
        where = self._live(target)
        for action_id, chosen in (state or {}).items():
            self._gestures.fill(self.id, where, action_id, chosen)
        if as_seen:
            found = the_button(target.buttons, button)
            return self._do(self._gestures.press(self.id, where, target.blocks, found.action_id))

        async def click() -> Answer:
            found = the_button(self._see_again(target).buttons, button)
            return await self._gestures.click(self.id, where, found.action_id)

        return self._do(click())

    def check(self, target: Seen, action_id: str, chosen: Chosen) -> Answer:
        """Choose: option values or labels for boxes and menus, a text for inputs."""

        async def choose() -> Answer:
            found = the_input(self._see_again(target).inputs, action_id)
            return await self._gestures.choose(self.id, self._live(target), found.action_id, chosen)

        return self._do(choose())

    def submit(self, values: Mapping[str, Chosen] | None = None) -> Answer:
        """Fill in the modal on top, by action id or label, and hand it in."""
        seen = self.view
        if seen is None:
            raise ImpossibleError(f"{self.name} has no modal open.")
        view = self._live(seen)
        assert isinstance(view, View)
        for action_id, chosen in (values or {}).items():
            found = the_input(seen.inputs, action_id)
            self._gestures.fill(self.id, view, found.action_id, chosen)
        return self._do(self._gestures.submit(self.id, view))

    def close(self, *, everything: bool = False) -> Answer:
        """Close the modal on top, or all of them."""
        view = self._workspace.open_view(self.id)
        if view is None:
            raise ImpossibleError(f"{self.name} has no modal open.")
        return self._do(self._gestures.close(self.id, view, everything=everything))

    def open_home(self) -> ViewSeen | None:
        """Open the app's Home and return what is published by the time the app has acknowledged."""
        self._do(self._gestures.open_home(self.id))
        return self.home

    def open_messages(self) -> Answer:
        """Open the app's messages tab."""
        return self._do(self._gestures.open_home(self.id, "messages"))

    # What becomes of them

    def rename(self, name: str) -> None:
        """Take another name; the id stays."""
        with self._workspace.changing():
            self._workspace.people[self.id].name = name

    def move_to(self, tz: str) -> None:
        """Change their time zone."""
        with self._workspace.changing():
            self._workspace.people[self.id].tz = tz

    def deactivate(self) -> None:
        """Lose the account."""
        with self._workspace.changing():
            self._workspace.people[self.id].deactivated = True

    # How it is done

    @property
    def _gestures(self) -> Gestures:
        return self._stage.gestures

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._stage.run(work)

    def _see(self, post: Post) -> Message:
        with self._workspace.lock:
            return see_message(self._stage.service, self.id, post)

    def _channel(self, name: str | None) -> Channel:
        with self._workspace.lock:
            return self._workspace.channel_named(name or self.dm_id)

    def _post(self, message: Message) -> Post:
        post = self._workspace.channels[message.channel].posts.get(message.ts)
        if post is None or post.only_for not in (None, self.id):
            raise ImpossibleError("This message is gone.")
        return post

    def _live(self, target: Seen) -> Post | View:
        if isinstance(target, Message):
            return self._post(target)
        view = self._workspace.views.get(target.id)
        if view is None:
            raise ImpossibleError("This view is closed.")
        return view

    def _see_again(self, target: Seen) -> Seen:
        where = self._live(target)
        if isinstance(where, Post):
            return self._see(where)
        seen = see_view(self._stage.service, self.id, where)
        assert seen is not None
        return seen
