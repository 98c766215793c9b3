"""Socket Mode: the connections by which Slack's requests come, and their end."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from threading import Condition
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from tutorbot.errors import BadSetting, TutorError

FINISH_WITHIN = 5.0
"""Seconds in which what was accepted is finished; Slack itself waits three for an answer."""


class Link:
    """Connections to Slack; once made, the SDK makes each again whenever it breaks.

    Slack hands each request to one of them, so that with two there is always one while the other is
    made anew, which Slack asks for every few hours. What was sent over a connection that broke before
    it was acknowledged comes again, if it was an event, and is known by its gesture.
    """

    def __init__(
        self, bolt: App, app_token: str, make_client: Callable[[], WebClient], *, connections: int = 1
    ) -> None:
        self._changed = Condition()
        self._closing = False
        self._working = 0
        self.sockets: list[SocketModeHandler] = [
            _Socket(self, bolt, app_token, make_client()) for _ in range(connections)
        ]

    def connect(self) -> None:
        """Connect; BadSetting when Slack does not take the token, TutorError when it cannot be reached."""
        try:
            for socket in self.sockets:
                socket.connect()
        except SlackApiError as error:
            code = error.response["error"]
            raise BadSetting(
                f"Slack does not take SLACK_APP_TOKEN: {code}. docs/operate.md says how."
            ) from None
        except OSError as error:
            raise TutorError(
                f"Slack cannot be reached: {error}. Check the network, then try again."
            ) from None

    def is_connected(self) -> bool:
        """Whether requests can come."""
        return any(socket.client.is_connected() for socket in self.sockets)

    def close(self) -> None:
        """Take no more requests, answer those that were taken, and end the connections.

        What comes meanwhile is not acknowledged: Slack sends events again, to another process or later.
        """
        ends = time.monotonic() + FINISH_WITHIN
        with self._changed:
            self._closing = True
            self._changed.wait_for(lambda: not self._working, ends - time.monotonic())
        for socket in self.sockets:
            _let_go(socket.client)
        for socket in self.sockets:
            socket.close()

    def begin(self) -> bool:
        """Begin to work on a request; False where no more are taken."""
        with self._changed:
            if self._closing:
                return False
            self._working += 1
            return True

    def end(self) -> None:
        """Say that a request is answered."""
        with self._changed:
            self._working -= 1
            self._changed.notify_all()


class _Socket(SocketModeHandler):
    """One connection."""

    def __init__(self, link: Link, bolt: App, app_token: str, client: WebClient) -> None:
        super().__init__(bolt, app_token, logger=_log(), web_client=client)
        self._link = link

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer a request, unless the link is being closed."""
        if not self._link.begin():
            return
        try:
            super().handle(client, req)
        finally:
            self._link.end()


def _let_go(client: Any) -> None:
    """End a connection at once: the SDK would wait for up to three seconds for something to come."""
    client.auto_reconnect_enabled = False
    client.current_session_state.terminated = True  # else its thread spins on a socket that has ended
    with suppress(AttributeError, OSError):  # a thread of the SDK's may be quicker
        client.current_session.sock.shutdown(SHUT_RDWR)
    with suppress(AttributeError, OSError):
        client.disconnect()


def _log() -> logging.Logger:
    """Return the log of the connections, at most from INFO on: at DEBUG the SDK tells what Slack sends."""
    log = logging.getLogger("tutorbot.link")
    log.setLevel(max(logging.INFO, logging.getLogger("tutorbot").getEffectiveLevel()))
    return log
