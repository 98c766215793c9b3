"""A bot in a process of its own that answers Slack over HTTP until it is told to stop, or dies at a point."""

import logging
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Event, Thread
from wsgiref.simple_server import make_server

from tests.races.racers import PATIENCE, processes
from tests.wire.running import Leaping, Silent, ThreadedServer
from tutorbot import app, drawing, store, web
from tutorbot.sandbox import Sandbox
from tutorbot.settings import Settings
from tutorbot.web import EVENTS, Application, Environ, StartResponse

WATCHED = (web.log, store.log, drawing.log)
BEFORE_THE_ANSWER = {web.TAKEN, store.DECIDED, store.COMMITTED}


class Doom(logging.Handler):
    """Kills this process at its point; one of drawing only once the request is answered."""

    def __init__(self, point: str) -> None:
        super().__init__(logging.DEBUG)
        self._point = point
        self.answered = Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Die, if this is the point."""
        if getattr(record, "point", None) == self._point:
            if self._point not in BEFORE_THE_ANSWER:
                self.answered.wait(PATIENCE)
            os.kill(os.getpid(), signal.SIGKILL)


class Answer:
    """A response that tells when it was sent."""

    def __init__(self, body: Iterable[bytes], sent: Event) -> None:
        self._body = body
        self._sent = sent

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Tell (the server calls this when all is written)."""
        self._sent.set()


def telling(application: Application, sent: Event) -> Application:
    """Return the application, which then tells when an answer was sent."""

    def told(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return Answer(application(environ, start_response), sent)

    return told


def live(settings: Settings, line: Connection, point: str | None) -> None:
    """Serve until told to stop, or die at the point (in the other process)."""
    bot = app.build(settings, pacing=Leaping())
    application = bot.web()
    if point is not None:
        doom = Doom(point)
        application = telling(application, doom.answered)
        for log in WATCHED:
            log.addHandler(doom)
            log.setLevel(logging.DEBUG)
    with make_server(
        "127.0.0.1", 0, application, server_class=ThreadedServer, handler_class=Silent
    ) as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        line.send(server.server_port)
        line.recv()
        server.shutdown()
        serving.join()
    bot.stop()


@contextmanager
def living(sandbox: Sandbox, settings: Settings, dies_at: str | None = None) -> Iterator[None]:
    """Let Slack reach a bot in another process, which must be dead at the end where it is to die."""
    ours, theirs = processes.Pipe()
    process = processes.Process(target=live, args=(settings, theirs, dies_at))
    process.start()
    theirs.close()
    assert ours.poll(PATIENCE), "the bot did not start in time"
    sandbox.deliver_over_http(f"http://127.0.0.1:{ours.recv()}{EVENTS}")
    try:
        yield
        if dies_at is None:
            sandbox.settled(40)
            ours.send("stop")
        process.join(PATIENCE)
    finally:
        sandbox.deliver_over_http(None)
        ended = process.exitcode
        process.kill()  # one that should have ended long ago, because the test failed
    assert ended == (0 if dies_at is None else -signal.SIGKILL)
