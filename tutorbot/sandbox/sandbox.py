"""The sandbox itself: a small Slack to start, to direct and to ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tutorbot.sandbox.clock import SteppableClock
from tutorbot.sandbox.courier import Courier
from tutorbot.sandbox.faults import Fault, Misbehaviour
from tutorbot.sandbox.gestures import Gestures
from tutorbot.sandbox.installed import Installed, install
from tutorbot.sandbox.limits import Limiter, Limits
from tutorbot.sandbox.page_api import PageApi
from tutorbot.sandbox.page_deeds import Deeds
from tutorbot.sandbox.panel import Panel
from tutorbot.sandbox.refusals import Json
from tutorbot.sandbox.residents import Residents
from tutorbot.sandbox.saved import Saver
from tutorbot.sandbox.sent import Reply, Sent
from tutorbot.sandbox.server import Server
from tutorbot.sandbox.service import Service, Uploads
from tutorbot.sandbox.tickets import Tickets
from tutorbot.sandbox.traffic import Call
from tutorbot.sandbox.web_api import WebApi
from tutorbot.sandbox.workspace import Workspace, machine_time

T = TypeVar("T")
LOOK_AGAIN_SECONDS = 0.1
WAIT_SECONDS = 30.0
PEOPLE = (
    ("anna", "Anna Keller", False),
    ("ben", "Ben Okafor", False),
    ("chiara", "Chiara Rossi", False),
    ("sam", "Sam Lindqvist", True),
)


class Sandbox(Residents):
    """A small Slack in this process.

    `limits`: True for Slack's own, False for none, or `Limits(…)` with other numbers: a test of a
    whole journey raises them (`Limits(post_burst=200)`), so that a flood is still refused.
    `uploads` says when an upload is finished. `state` is a file in which everything is kept between
    runs. `panel` is what the page shows of the bot behind it. The app is installed from its
    `manifest`: its scopes, events, commands and features; without one it may do everything here.
    `remembers` is how many `calls`, and requests `sent`, there are to be asked for: all, unless told.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        state: Path | None = None,
        team: str = "T0SANDBOX",
        limits: Limits | bool = True,
        uploads: Uploads | None = None,
        panel: Panel | None = None,
        zone: str = "Europe/Zurich",
        manifest: Mapping[str, Any] | None = None,
        remembers: int | None = None,
    ) -> None:
        self.clock = SteppableClock()
        workspace, tickets = Workspace(self.clock, team), Tickets(self.clock)
        service = Service(
            workspace,
            self.clock,
            tickets,
            uploads=uploads or Uploads(),
            app=install(manifest) if manifest else Installed(),
        )
        self.courier = Courier(service, remembers)
        service.announce = self.courier.announce
        service.connect = self.courier.sockets.issue_url
        chosen = Limits() if limits is True else limits or None
        self._api = WebApi(service, Limiter(chosen, self.clock.time), remembers)
        gestures = Gestures(service, self.courier)
        self._page = PageApi(service, Deeds(workspace, gestures))
        super().__init__(service, gestures, Server(service, self._api, self.courier, self._page))
        self._saver = Saver(self.workspace, state) if state is not None else None
        self._port = port
        if self._saver is None or not self._saver.load():
            self._people_the_place(zone)
        self.panel = panel

    def _people_the_place(self, zone: str) -> None:
        for name, real_name, staff in PEOPLE:
            self.workspace.add_person(name, real_name=real_name, tz=zone, staff=staff)
        everybody = [person.id for person in self.workspace.people.values() if not person.is_bot]
        self.workspace.add_channel("general", private=False, members=everybody)

    # Start and stop

    def start(self) -> Sandbox:
        """Serve from now on. Raises OSError if the port is taken."""
        self._server.start(self._port)
        if self._saver is not None:
            self._saver.watch(self._server.later)
        return self

    def stop(self) -> None:
        """Close every connection, keep the state if asked to, and end."""
        self._server.stop()
        if self._saver is not None:
            self._saver.save()

    def __enter__(self) -> Sandbox:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # Where it is

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        return self._server.port

    @property
    def page_url(self) -> str:
        """Return the page's address."""
        return self.service.base_url

    @property
    def api_url(self) -> str:
        """Return the Web API's address, for the app's `SLACK_API_URL`."""
        return f"{self.service.base_url}api/"

    @property
    def bot_token(self) -> str:
        """Return the bot's token."""
        return self.service.bot_token

    @property
    def app_token(self) -> str:
        """Return the app-level token, for Socket Mode."""
        return self.service.app_token

    @property
    def signing_secret(self) -> str:
        """Return the secret that requests to the app are signed with."""
        return self.service.signing_secret

    @property
    def team(self) -> str:
        """Return the workspace's id."""
        return self.workspace.team

    @property
    def app_id(self) -> str:
        """Return the app's id."""
        return self.workspace.app_id

    @property
    def bot_id(self) -> str:
        """Return the bot's id, `B…`."""
        return self.workspace.bot_id

    @property
    def bot_user_id(self) -> str:
        """Return the bot's id as a user, `U…`."""
        return self.workspace.bot_user_id

    @property
    def scopes(self) -> set[str]:
        """Return the bot token's scopes, to be changed in place."""
        return self.service.scopes

    @property
    def events(self) -> set[str]:
        """Return the events the app has subscribed to (`message.im`, …), to be changed in place."""
        return self.service.app.events

    @property
    def panel(self) -> Panel | None:
        """Return what the page shows of the bot behind it."""
        return self._page.panel

    @panel.setter
    def panel(self, panel: Panel | None) -> None:
        self._page.panel = panel
        self.workspace.course_time = panel.now if panel is not None else machine_time
        with self.workspace.changing():
            pass  # the page looks again

    def deliver_over_http(self, url: str | None) -> None:
        """Send requests to this address from now on; None goes back to Socket Mode."""
        self.courier.http.url = url

    def be_patient(self, seconds: float = 20) -> None:
        """Give the app so many seconds where Slack gives three: to acknowledge, and to use a trigger id.

        For tests of a whole bot: a busy machine is no fault of the bot's.
        """
        self.courier.patience = seconds
        self.service.tickets.trigger_seconds = seconds

    def connected(self, timeout: float = WAIT_SECONDS, connections: int = 1) -> None:
        """Wait until so many Socket Mode connections stand."""
        self.wait_for(lambda: len(self.courier.sockets.links) >= connections, timeout)

    def refresh_connections(self, reason: str = "refresh_requested") -> None:
        """Make the app reconnect, as Slack does every few hours; `warning` only announces it."""
        self.run(self.courier.sockets.refresh(reason))

    def drop_connections(self) -> None:
        """Lose every Socket Mode connection; an app that is alive connects again.

        The SDK's client, when closed, waits up to three seconds for its socket: drop the connection first.
        """
        self.run(self.courier.sockets.close())

    def retry_events(self) -> None:
        """Step the clock past every retry of the events not yet acknowledged."""
        self.clock.step(300)

    def replay(self, sent: Sent, **changes: Any) -> Reply:
        """Send a request again, with a fresh signature, as somebody who has overheard it would.

        `changes` replace fields of its payload, for example the team.
        """
        payload = {**sent.payload, **changes}
        return self.run(self.courier.request(sent.sort, payload, retry=sent.retry, reason=sent.reason))

    def misbehave(
        self,
        fault: Fault,
        method: str = "chat.postMessage",
        *,
        times: int = 1,
        when: Callable[[Json], bool] | None = None,
        retry_after: int = 30,
        error: str = "internal_error",
        hold: float = 0.2,
        after: float = 1.0,
        effect: bool = False,
    ) -> Misbehaviour:
        """Let something go wrong with the next calls of a method (see faults.py).

        `method` may be `*`; `when` chooses calls by their arguments. The misbehaviour that comes back
        counts in `struck`.
        """
        planned = Misbehaviour(fault, method, times, when, retry_after, error, hold, after, effect)
        with self.workspace.lock:
            self._api.misbehaviours.append(planned)
        return planned

    def behave(self) -> None:
        """Let nothing go wrong any more."""
        with self.workspace.lock:
            self._api.misbehaviours.clear()

    @property
    def calls(self) -> list[Call]:
        """Return the Web API requests of the app so far, and the uses of response URLs."""
        with self.workspace.lock:
            return list(self._api.calls)

    @property
    def sent(self) -> list[Sent]:
        """Return the requests to the app so far, with how each was answered."""
        with self.workspace.lock:
            return list(self.courier.outbox.sent)

    # Waiting

    def wait_for(self, condition: Callable[[], T | None], timeout: float = WAIT_SECONDS) -> T:
        """Wait until something is so, and return it.

        Looks at every change here, and ten times a second for what changes elsewhere. Raises
        TimeoutError, which says what there is.
        """
        deadline = time.monotonic() + timeout
        while True:
            with self.workspace.lock:
                happened = self.workspace.happened
            if result := condition():
                return result
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError(f"It did not come to that within {timeout} s.\n{self.describe()}")
            with self.workspace.changed:
                if happened == self.workspace.happened:
                    self.workspace.changed.wait(min(remaining, LOOK_AGAIN_SECONDS))

    def settled(self, timeout: float = WAIT_SECONDS) -> None:
        """Wait until no request to the app waits for its answer."""
        self.wait_for(lambda: self.courier.outbox.waiting == 0, timeout)

    def describe(self) -> str:
        """Return what was said and done lately, for a test that failed."""
        with self.workspace.lock:
            names = {person.id: person.name for person in self.workspace.people.values()}
            lines = [
                f"{channel.name} {channel.id}: {names.get(post.user)}: {post.text[:200]!r}"
                for channel in self.workspace.channels.values()
                for post in list(channel.posts.values())[-5:]
            ]
            called, sent = list(self._api.calls)[-10:], list(self.courier.outbox.sent)[-10:]
            lines += [f"called {c.method}: {c.status} {c.error or 'ok'}" for c in called]
            lines += [f"sent {s.name}: {s.reply.error or s.reply.status}" for s in sent]
        return "\n".join(lines)
