"""A bot that runs in a sandbox, over Socket Mode or HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.wire.outbox import CourseClock
from tutorbot import app
from tutorbot.app import Bot
from tutorbot.clock import Clocks
from tutorbot.sandbox import Sandbox
from tutorbot.settings import Settings
from tutorbot.web import EVENTS


@dataclass(slots=True)
class Leaping:
    """A clock that is ten seconds later each time it is asked: no call is ever too early."""

    now: datetime = field(default_factory=lambda: datetime(2026, 1, 1, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return a later time than before."""
        self.now += timedelta(seconds=10)
        return self.now


@contextmanager
def running(
    sandbox: Sandbox, clock: CourseClock, database_url: str, seed: int, settings: Mapping[str, str]
) -> Iterator[Bot]:
    """Build a bot for the sandbox and stop it afterwards."""
    bot = app.build(
        Settings(
            database_url=database_url,
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            signing_secret=sandbox.signing_secret,
            slack_api_url=sandbox.api_url,
            **settings,  # type: ignore[arg-type]  # texts alone
        ),
        Clocks(course=clock),
        Random(seed),
        pacing=Leaping(),
    )
    bot.sender.start()
    try:
        yield bot
    finally:
        bot.stop()


@contextmanager
def reached_by_socket(sandbox: Sandbox, bot: Bot) -> Iterator[None]:
    """Let the bot connect in Socket Mode."""
    link = bot.socket_mode()
    link.connect()
    sandbox.connected()
    try:
        yield
    finally:
        sandbox.settled(40)
        for socket in link.sockets:
            socket.client.auto_reconnect_enabled = False
        sandbox.drop_connections()  # else closing the client waits for its socket
        link.close()


@contextmanager
def reached_over_http(sandbox: Sandbox, bot: Bot) -> Iterator[None]:
    """Let the bot take signed requests from a thread for each."""
    with make_server("127.0.0.1", 0, bot.web(), server_class=ThreadedServer, handler_class=Silent) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        sandbox.deliver_over_http(f"http://127.0.0.1:{server.server_port}{EVENTS}")
        try:
            yield
        finally:
            sandbox.settled(40)
            sandbox.deliver_over_http(None)
            server.shutdown()
            serving.join()


class ThreadedServer(ThreadingMixIn, WSGIServer):
    """Takes several requests at once."""


class Silent(WSGIRequestHandler):
    """Keeps no log of requests."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""
