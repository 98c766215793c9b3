"""The people and channels of a sandbox, as a test arranges them."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from tutorbot.sandbox.gestures import Gestures
from tutorbot.sandbox.persons import Person
from tutorbot.sandbox.places import Channel
from tutorbot.sandbox.server import Server
from tutorbot.sandbox.service import Service

T = TypeVar("T")


class Residents:
    """Adds people and channels, and changes what becomes of them."""

    def __init__(self, service: Service, gestures: Gestures, server: Server) -> None:
        self.service = service
        self.workspace = service.workspace
        self.gestures = gestures
        self._server = server

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the sandbox's event loop and wait for its result."""
        return self._server.run(work)

    @property
    def people(self) -> list[Person]:
        """Return everybody but the bot."""
        with self.workspace.lock:
            return [Person(self, person.id) for person in self.workspace.people.values() if not person.is_bot]

    def person(self, name: str) -> Person:
        """Return the person with this name or id."""
        with self.workspace.lock:
            return Person(self, self.workspace.person_named(name).id)

    def add_person(
        self,
        name: str,
        *,
        real_name: str | None = None,
        tz: str = "Europe/Zurich",
        staff: bool = False,
        guest: bool = False,
        deactivated: bool = False,
        team: str | None = None,
    ) -> Person:
        """Add somebody, who is in no channel yet; `team` for a person of another workspace."""
        with self.workspace.changing():
            person = self.workspace.add_person(
                name, real_name=real_name or name.capitalize(), tz=tz, staff=staff, guest=guest
            )
            person.deactivated = deactivated
            person.team = team
        return Person(self, person.id)

    def add_channel(
        self,
        name: str,
        *,
        private: bool = False,
        members: Iterable[str | Person] | None = None,
        bot: bool = True,
    ) -> str:
        """Add a channel with these people (by default everybody) and the bot; return its id."""
        with self.workspace.changing():
            chosen = self.people if members is None else members
            ids = [who.id if isinstance(who, Person) else self.person(who).id for who in chosen]
            if bot:
                ids.append(self.workspace.bot_user_id)
            return self.workspace.add_channel(name, private=private, members=ids).id

    def rename_channel(self, channel: str, name: str) -> None:
        """Give a channel another name; the id stays."""
        with self.workspace.changing():
            self._channel(channel).name = name

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        with self.workspace.changing():
            self._channel(channel).archived = True

    def kick_bot(self, channel: str) -> None:
        """Throw the bot out of a channel."""
        with self.workspace.changing():
            self._channel(channel).members.remove(self.workspace.bot_user_id)

    def invite_bot(self, channel: str) -> None:
        """Bring the bot into a channel."""
        with self.workspace.changing():
            members = self._channel(channel).members
            if self.workspace.bot_user_id not in members:
                members.append(self.workspace.bot_user_id)

    def _channel(self, name: str) -> Channel:
        return self.workspace.channel_named(name)
