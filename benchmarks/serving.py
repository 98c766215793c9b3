"""A server to be measured: `python -m benchmarks.serving durable|acknowledging PORT`."""

import logging
import sys

from gunicorn.app.base import BaseApplication
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from tutorbot import app
from tutorbot.blocks import ids
from tutorbot.drawing import Drawer, Pressed
from tutorbot.handlers import strangers
from tutorbot.records.people import Learner
from tutorbot.settings import Settings, read_settings
from tutorbot.slack import Slack
from tutorbot.tutor.tutor import Tutor
from tutorbot.web import Application, wsgi


class Still(Drawer):
    """Draws nothing."""

    def __init__(self) -> None:
        pass

    def draw(self, place_id: int, *, pressed: Pressed | None = None) -> None:
        """Draw nothing."""

    def home(self, learner: Learner, *, at_once: bool = True) -> None:
        """Publish nothing."""


def durable(tutor: Tutor, slack: Slack) -> App:
    """Return the bot as it is, but for its drawer."""
    return app.build_bolt(tutor, Still(), slack)


def acknowledging(_tutor: Tutor, slack: Slack) -> App:
    """Return an app made as `app.build_bolt` makes it, whose answer button is acknowledged and no more."""
    me = slack.identity()

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=me.team,
            bot_token=app.NO_TOKEN,
            bot_id=me.bot_id,
            bot_user_id=me.user_id,
        )

    bolt = App(authorize=authorize, process_before_response=True, request_verification_enabled=False)
    strangers.refuse_others(bolt, slack.identity)

    @bolt.action(ids.listens(ids.ANSWER))
    def answer(ack: Ack) -> None:
        ack()

    return bolt


KINDS = {"durable": durable, "acknowledging": acknowledging}


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn as `tutorbot web` runs it; the app is built after the fork."""

    def __init__(self, kind: str, port: int, settings: Settings) -> None:
        self._kind, self._port, self._settings = kind, port, settings
        super().__init__()

    def load_config(self) -> None:
        """Set what `tutorbot web` sets."""
        options = {
            "bind": f"127.0.0.1:{self._port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 16,
            "keepalive": 65,
            "loglevel": "warning",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        """Build what is measured."""
        tutor = app.open_tutor(self._settings)
        slack = app.open_slack(self._settings, tutor)
        bolt = KINDS[self._kind](tutor, slack)
        return wsgi(bolt, self._settings.signing_secret, machine_now=tutor.clocks.machine)


if __name__ == "__main__":
    logging.getLogger().setLevel(logging.ERROR)
    Server(sys.argv[1], int(sys.argv[2]), read_settings()).run()
