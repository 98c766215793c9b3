"""`tutorbot web`."""

from contextlib import ExitStack
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from tutorbot import app
from tutorbot.cli.running import configured
from tutorbot.settings import read_settings
from tutorbot.web import Application


def web(host: str, port: int | None, threads: int) -> None:
    """Serve Slack's requests under gunicorn, in one process with threads."""
    settings = configured()
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
