"""A small real Bolt app, unchanged, over HTTP and over Socket Mode."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from tests.sandbox.blocks import actions, button, home, modal, section, text_input
from tests.sandbox.conftest import client_of
from tutorbot.sandbox import Person, Sandbox


def bolt_app(sandbox: Sandbox) -> App:
    """Return an app that joins, asks, and takes answers by button, by typing and in a modal."""
    client = client_of(sandbox)
    app = App(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)

    @app.command("/tutor")
    def command(ack: Ack, command: dict[str, Any]) -> None:
        client.chat_postMessage(channel=command["user_id"], text="Q", blocks=[actions(button("A"))])
        ack(f"Look into your messages, {command['user_name']}.")

    @app.action("press")
    def press(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(text_input(), callback_id="why"))
        ack()

    @app.view("why")
    def why(ack: Ack, view: dict[str, Any]) -> None:
        said = view["state"]["values"]["said"]["words"]["value"]
        ack() if said == "because" else ack(response_action="errors", errors={"said": "Think again."})

    @app.event("message")
    def typed(event: dict[str, Any]) -> None:
        if "subtype" not in event:
            client.chat_postMessage(channel=event["channel"], text=f"You said {event['text']}")

    @app.event("app_home_opened")
    def home_opened(event: dict[str, Any]) -> None:
        client.views_publish(user_id=event["user"], view=home(section("Welcome")))

    return app


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any, **__: Any) -> None:
        return


@pytest.fixture(params=["http", "socket mode"])
def anna_and_bolt(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Person]:
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    serve = over_http if request.param == "http" else over_socket_mode
    yield from serve(sandbox, bolt_app(sandbox))


def over_http(sandbox: Sandbox, app: App) -> Iterator[Person]:
    wsgi = SlackRequestHandler(app, path="/slack/events")
    with make_server("127.0.0.1", 0, wsgi, server_class=WSGIServer, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        sandbox.deliver_over_http(f"http://127.0.0.1:{server.server_port}/slack/events")
        yield sandbox.person("anna")
        sandbox.settled()
        server.shutdown()
        thread.join()


def over_socket_mode(sandbox: Sandbox, app: App) -> Iterator[Person]:
    handler = SocketModeHandler(app, sandbox.app_token, web_client=client_of(sandbox))
    handler.connect()
    sandbox.connected()
    yield sandbox.person("anna")
    sandbox.settled()
    handler.client.auto_reconnect_enabled = False
    sandbox.drop_connections()  # the client would wait three seconds for a socket that is quiet
    sandbox.wait_for(lambda: not handler.client.is_connected())
    handler.close()


def test_a_bolt_app_works_unchanged(anna_and_bolt: Person, sandbox: Sandbox) -> None:
    anna = anna_and_bolt

    answer = anna.command("/tutor", "join", channel="general")
    anna.click(anna.direct_messages()[0], "A")
    wrong = anna.submit({"words": "so"})
    right = anna.submit({"words": "because"})
    anna.type("B")
    home = anna.open_home()

    assert answer.text == "Look into your messages, anna."
    assert wrong.errors == {"said": "Think again."}
    assert right.ok
    assert anna.view is None
    assert home is not None
    assert home.plain == "Welcome"
    sandbox.wait_for(lambda: anna.direct_messages()[-1].text == "You said B")
