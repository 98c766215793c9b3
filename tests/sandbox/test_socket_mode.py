"""Socket Mode, spoken with the SDK's own client."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.sandbox.blocks import actions, button
from tests.sandbox.conftest import client_of
from tutorbot.sandbox import Person, Sandbox

Answer = Callable[[SocketModeRequest], dict[str, Any] | None]


class Connected:
    """A Socket Mode client that keeps what it gets; `answer` None means it never acknowledges."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.requests: list[SocketModeRequest] = []
        self.answer: Answer | None = lambda _: None
        self.client = SocketModeClient(sandbox.app_token, web_client=client_of(sandbox), ping_interval=0.5)
        self.client.socket_mode_request_listeners.append(self._listen)

    def _listen(self, client: Any, request: SocketModeRequest) -> None:
        answer = self.answer  # as it is before the test hears of the request
        self.requests.append(request)
        if answer is not None:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer(request)))


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Callable[[], Connected]]:
    made: list[Connected] = []

    def connect() -> Connected:
        made.append(Connected(sandbox))
        made[-1].client.connect()
        sandbox.connected(connections=len(made))
        return made[-1]

    yield connect
    for each in made:
        each.client.auto_reconnect_enabled = False
        each.client.current_app_monitor.shutdown()
    sandbox.drop_connections()  # the client would wait three seconds for a socket that is quiet
    sandbox.wait_for(lambda: not any(each.client.is_connected() for each in made))
    for each in made:
        each.client.close()


def test_a_command_is_answered_with_a_payload(
    connect: Callable[[], Connected], channel: str, anna: Person
) -> None:
    app = connect()
    app.answer = lambda request: {"text": f"You said {request.payload['text']}"}

    answer = anna.command("/tutor", "help", channel="autumn")

    assert (answer.ok, answer.text) == (True, "You said help")
    assert app.requests[0].type == "slash_commands"
    assert app.requests[0].accepts_response_payload
    assert anna.messages("autumn")[0].ephemeral


def test_gestures_and_events_have_envelopes_of_their_own(
    connect: Callable[[], Connected], slack: WebClient, channel: str, anna: Person
) -> None:
    app = connect()
    slack.chat_postMessage(channel=channel, text="x", blocks=[actions(button())])

    anna.click(anna.messages("autumn")[0], "Press")
    anna.type("B")

    pressed, typed = app.requests
    assert (pressed.type, pressed.payload["type"]) == ("interactive", "block_actions")
    assert (typed.type, typed.payload["event"]["text"]) == ("events_api", "B")
    assert not typed.accepts_response_payload
    assert typed.retry_attempt == 0


def test_a_large_envelope_arrives_whole(
    connect: Callable[[], Connected], slack: WebClient, channel: str, anna: Person
) -> None:
    app = connect()
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "ü" * 3000}}] * 3
    slack.chat_postMessage(channel=channel, text="x" * 30_000, blocks=[*blocks, actions(button())])

    assert anna.click(anna.messages("autumn")[0], "Press").ok
    assert app.requests[0].payload["message"]["text"] == "x" * 30_000


def test_an_event_nobody_acknowledges_is_retried_on_the_wire(
    connect: Callable[[], Connected], sandbox: Sandbox, anna: Person
) -> None:
    app = connect()
    app.answer = None
    typing = threading.Thread(target=anna.type, args=("B",))

    typing.start()
    sandbox.wait_for(lambda: len(app.requests) == 1)
    app.answer = lambda _: None
    sandbox.clock.step(3)
    typing.join()
    sandbox.wait_for(lambda: len(app.requests) == 2)

    first, again = app.requests
    assert (again.retry_attempt, again.retry_reason) == (1, "timeout")
    assert again.payload["event_id"] == first.payload["event_id"]
    assert again.envelope_id != first.envelope_id


def test_a_command_nobody_acknowledges_times_out(
    connect: Callable[[], Connected], sandbox: Sandbox, anna: Person
) -> None:
    app = connect()
    app.answer = None
    answers = []
    commanding = threading.Thread(target=lambda: answers.append(anna.command("/tutor", "help")))

    commanding.start()
    sandbox.wait_for(lambda: len(app.requests) == 1)
    sandbox.clock.step(3)
    commanding.join()

    assert answers[0].error == "operation_timeout"


def test_connections_take_turns(connect: Callable[[], Connected], anna: Person) -> None:
    first, second = connect(), connect()

    for _ in range(4):
        anna.command("/tutor", "help")

    assert (len(first.requests), len(second.requests)) == (2, 2)


def test_a_refresh_makes_the_client_connect_again(
    connect: Callable[[], Connected], sandbox: Sandbox, anna: Person
) -> None:
    app = connect()

    sandbox.refresh_connections()
    sandbox.wait_for(lambda: sum(call.method == "apps.connections.open" for call in sandbox.calls) == 2)
    sandbox.connected()

    assert anna.command("/tutor", "help").ok
    assert len(app.requests) == 1


def test_a_lost_connection_is_made_again(
    connect: Callable[[], Connected], sandbox: Sandbox, anna: Person
) -> None:
    connect()

    sandbox.drop_connections()
    sandbox.wait_for(lambda: sum(call.method == "apps.connections.open" for call in sandbox.calls) == 2)
    sandbox.connected()

    assert anna.command("/tutor", "help").ok


def test_a_ticket_is_good_for_one_connection(sandbox: Sandbox, slack: WebClient) -> None:
    url = slack.apps_connections_open(app_token=sandbox.app_token)["url"]

    assert handshake(url).startswith(b"HTTP/1.1 101")
    assert handshake(url).startswith(b"HTTP/1.1 404")


def test_the_eleventh_connection_is_sent_away(sandbox: Sandbox, slack: WebClient) -> None:
    opened = [open_socket(slack.apps_connections_open(app_token=sandbox.app_token)["url"]) for _ in range(10)]
    sandbox.connected(connections=10)

    eleventh = open_socket(slack.apps_connections_open(app_token=sandbox.app_token)["url"])
    told = b""
    while b"too_many_websockets" not in told:
        told += eleventh.recv(4096)

    assert b'"type": "disconnect"' in told
    for each in [*opened, eleventh]:
        each.close()


def test_a_refresh_may_be_announced(sandbox: Sandbox, slack: WebClient) -> None:
    with open_socket(slack.apps_connections_open(app_token=sandbox.app_token)["url"]) as link:
        sandbox.connected()

        sandbox.refresh_connections("warning")
        told = b""
        while b'"reason": "warning"' not in told:
            told += link.recv(4096)

        assert len(sandbox.courier.sockets.links) == 1


def test_a_connection_cut_in_the_middle_of_a_request_is_a_timeout(
    sandbox: Sandbox, slack: WebClient, anna: Person
) -> None:
    link = open_socket(slack.apps_connections_open(app_token=sandbox.app_token)["url"])
    sandbox.connected()
    answers = []
    commanding = threading.Thread(target=lambda: answers.append(anna.command("/tutor", "help")))

    commanding.start()
    sandbox.wait_for(lambda: sandbox.courier.outbox.waiting == 1)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    link.close()
    commanding.join()

    assert answers[0].error == "operation_timeout"
    sandbox.wait_for(lambda: not sandbox.courier.sockets.links)


def open_socket(url: str) -> socket.socket:
    """Return a web socket, by hand, that nobody reads."""
    parts = urlsplit(url)
    link = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60)
    request = (
        f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n"
    )
    link.sendall(request.encode())
    return link


def handshake(url: str) -> bytes:
    """Return how the sandbox greets a web socket."""
    with open_socket(url) as link:
        return link.recv(4096)
