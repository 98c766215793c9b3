"""`tutorbot run` and `worker`."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from socket import socketpair

import click

from tutorbot import app, logs
from tutorbot.app import Bot
from tutorbot.cli.progress import progress
from tutorbot.logs import Form
from tutorbot.settings import Settings, read_settings, unknown_names
from tutorbot.slack import redact

log = logging.getLogger(__name__)


def run() -> None:
    """Run everything in this process until it is told to stop."""
    settings = configured()
    settings.need("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    bot = _built(settings)
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
    bot = _built(configured())
    with ExitStack() as ending:
        ending.callback(bot.stop)
        ending.enter_context(bot.told())
        wait = ending.enter_context(stop_signal())
        ending.enter_context(app.polling(bot))
        click.echo("tutorbot delivers what is due. Stop it with Ctrl-C.", err=True)
        wait()


def _built(settings: Settings) -> Bot:
    with progress("Opening the database and asking Slack who the bot is"):
        return app.build(settings)


def configured() -> Settings:
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
