"""`tutorbot run`, `web` and `worker`."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from socket import socketpair
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from tutorbot import app, logs
from tutorbot.logs import Form
from tutorbot.settings import Settings, read_settings, unknown_names
from tutorbot.slack import redact
from tutorbot.web import Application

log = logging.getLogger(__name__)


def run() -> None:
    """Run everything in this process until it is told to stop."""
    settings = _settings()
    settings.need("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    bot = app.build(settings)
    link = bot.socket_mode()
    with ExitStack() as ending:
        ending.callback(bot.stop)
        ending.enter_context(bot.told())
        ending.enter_context(app.polling(bot))
        ending.callback(link.close)  # first, so that what was taken is still answered and sent
        wait = ending.enter_context(stop_signal())
        link.connect()
        click.echo("tutorbot is connected. Stop it with Ctrl-C.", err=True)
        wait()


def worker() -> None:
    """Deliver what is due until it is told to stop."""
    bot = app.build(_settings())
    with ExitStack() as ending:
        ending.callback(bot.stop)
        ending.enter_context(bot.told())
        wait = ending.enter_context(stop_signal())
        ending.enter_context(app.polling(bot))
        click.echo("tutorbot delivers what is due. Stop it with Ctrl-C.", err=True)
        wait()


def web(host: str, port: int | None, threads: int) -> None:
    """Serve Slack's requests under gunicorn, in one process with threads."""
    settings = _settings()
    settings.need("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    options = {
        "bind": f"{host}:{port or settings.port}",
        "workers": 1,  # SQLite has one writer: more processes are slower, not faster
        "worker_class": "gthread",
        "threads": threads,
        "keepalive": 65,
        "graceful_timeout": 20,
        "control_socket_disable": True,
        "errorlog": None,
        "logger_class": _Log,
    }
    _Gunicorn(options).run()


class _Log(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own log, whose lines go the way of all others."""

    def setup(self, cfg: object) -> None:
        """Leave the form of a line to us."""
        super().setup(cfg)
        self.error_log.propagate = True


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with our options; the bot is built in the process that serves, after the fork."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.ending = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Set our options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)
        self.cfg.set("worker_exit", lambda _server, _worker: self.ending.close())  # what was accepted

    def load(self) -> Application:
        """Build the bot and return its application."""
        bot = app.build(read_settings())
        self.ending.callback(bot.stop)
        self.ending.enter_context(bot.told())
        bot.sender.start()
        return bot.web()


def _settings() -> Settings:
    """Return the settings, and log as they say; a name that is none is told."""
    settings = read_settings()
    logs.configure(settings.log_level, Form(settings.log) if settings.log else None, redact=redact)
    for sentence in unknown_names():
        log.warning("%s", sentence)
    return settings


def until_stopped() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    with stop_signal() as wait:
        wait()


@contextmanager
def stop_signal() -> Iterator[Callable[[], object]]:
    """Take Ctrl-C and SIGTERM from now on, and yield what waits for the first of them.

    The wait is for a byte that C's handler writes: a signal that comes just before a wait for a lock
    would be seen only when that wait ends, so never.
    """
    told, wakes = socketpair()
    wakes.setblocking(False)
    signal.set_wakeup_fd(wakes.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: None)
    try:
        yield lambda: told.recv(1)
    finally:
        signal.set_wakeup_fd(-1)
        told.close()
        wakes.close()
