"""`tutorbot web`."""

import logging
from contextlib import ExitStack
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from tutorbot import app
from tutorbot.cli.failing import sentence_for
from tutorbot.cli.progress import progress
from tutorbot.cli.running import configured
from tutorbot.errors import TutorError
from tutorbot.settings import Settings, read_settings
from tutorbot.slack import SlackError
from tutorbot.web import Application

log = logging.getLogger(__name__)


def web(host: str, port: int | None, threads: int) -> None:
    """Serve Slack's requests under gunicorn, in one process with threads."""
    settings = configured()
    settings.need("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    _prove(settings)
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


def _prove(settings: Settings) -> None:
    """Raise what would keep the bot from being built: gunicorn would tell it by a traceback of its worker."""
    with progress("Opening the database and asking Slack who the bot is"):
        tutor = app.open_tutor(settings)
        try:
            app.open_slack(settings, tutor)
        finally:
            tutor.store.close()


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
        """Build the bot and return its application; the server ends where that has become impossible."""
        try:
            return self._started()
        except (TutorError, SlackError) as error:
            log.error("%s", sentence_for(error))
            raise SystemExit(Arbiter.APP_LOAD_ERROR) from error

    def _started(self) -> Application:
        bot = app.build(read_settings())
        self.ending.callback(bot.stop)
        self.ending.enter_context(bot.told())
        bot.sender.start()
        return bot.web()
