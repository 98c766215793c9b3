"""Builds a bot that runs: settings, clocks and executors in, its parts out."""

import logging
import ssl
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from random import Random, SystemRandom

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import Connection

from tutorbot import authoring
from tutorbot.clock import Clocks, Now, machine_now
from tutorbot.delivery import Poller, Sender, StoredUploads, draw_picture
from tutorbot.drawing import Drawer
from tutorbot.handlers import answer, buttons, command, exam, faults, home, message, proofs, strangers
from tutorbot.handlers.requests import Requests
from tutorbot.health import Health
from tutorbot.link import Link
from tutorbot.metrics import Metrics
from tutorbot.records.deliveries import Delivery
from tutorbot.settings import Settings
from tutorbot.slack import Slack
from tutorbot.store import Store, open_store
from tutorbot.tutor import forgetting, messages, offering
from tutorbot.tutor.tutor import Tutor
from tutorbot.web import Application, served, watched, wsgi

log = logging.getLogger(__name__)

NO_TOKEN = "none"  # noqa: S105 - it is none
"""Bolt wants one for the clients that it hands to listeners; ours go through slack/door.py alone."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot, built and not yet started; `stop` finishes what was begun and leaves the rest in the ledger."""

    settings: Settings
    store: Store
    tutor: Tutor
    slack: Slack
    drawer: Drawer
    sender: Sender
    poller: Poller
    bolt: App
    health: Health
    executors: tuple[Executor, ...]

    def web(self) -> Application:
        """Return the WSGI application that takes Slack's signed requests.

        It tells of the bot's health too; where that has a port of its own, only that it is alive.
        """
        pages = self.health.pages()
        if self.settings.health_port:
            pages = {"/healthz": pages["/healthz"]}
        return wsgi(
            self.bolt, self.settings.signing_secret, machine_now=self.tutor.clocks.machine, pages=pages
        )

    @contextmanager
    def told(self) -> Iterator[int | None]:
        """Tell of the bot's health on the port that the settings name, if they do; yield the port."""
        if not self.settings.health_port:
            yield None
            return
        with served(watched(self.health.pages()), self.settings.health_port) as port:
            yield port

    def socket_mode(self) -> Link:
        """Return the Socket Mode connections, not yet made."""
        link = Link(
            self.bolt,
            self.settings.app_token,
            lambda: WebClient(
                base_url=self.settings.slack_api_url, ssl=_tls(self.settings), retry_handlers=[]
            ),
            connections=self.settings.connections,
        )
        self.health.connected = link.is_connected
        return link

    def stop(self) -> None:
        """Send and draw what was begun, then close the store."""
        self.sender.stop()
        self.drawer.stop()
        for executor in self.executors:
            executor.shutdown()
        self.store.close()


def open_tutor(
    settings: Settings, clocks: Clocks | None = None, chance: Random | None = None, *, offer: bool = True
) -> Tutor:
    """Open the store and, unless told otherwise, offer the bundled courses; nothing talks to Slack."""
    clocks = clocks or Clocks()
    store = open_store(settings.database_url)
    tutor = Tutor(store, clocks, chance or SystemRandom(), badge_channel=settings.badge_channel)
    if offer:
        offer_bundled(tutor, bundled_courses())
    return tutor


def open_slack(
    settings: Settings, tutor: Tutor, *, pacing: Now | None = None, metrics: Metrics | None = None
) -> Slack:
    """Open the one way out to Slack; asks Slack once who the bot is.

    `pacing` is the clock by which calls are paced, machine time unless a test has another.
    """
    settings.need("SLACK_BOT_TOKEN")
    asking = Slack(settings.bot_token, api_url=settings.slack_api_url, ssl=_tls(settings))
    uploads = StoredUploads(tutor.store, asking.identity().team, tutor.clocks.machine)
    return Slack(
        settings.bot_token,
        api_url=settings.slack_api_url,
        machine_now=pacing or tutor.clocks.machine,
        ssl=_tls(settings),
        uploads=uploads,
        picture=lambda digest: draw_picture(tutor, digest),
        metrics=metrics,
    )


def build(
    settings: Settings,
    clocks: Clocks | None = None,
    chance: Random | None = None,
    *,
    pacing: Now | None = None,
) -> Bot:
    """Build a bot from its settings; raises BadSetting, or SlackError when Slack does not take the token."""
    tutor = open_tutor(settings, clocks, chance)
    metrics = Metrics(version("tutorbot"))
    slack = open_slack(settings, tutor, pacing=pacing, metrics=metrics)
    drawing = ThreadPoolExecutor(settings.draw_threads, thread_name_prefix="draw")
    sending = ThreadPoolExecutor(settings.send_threads, thread_name_prefix="send")
    drawer = Drawer(tutor, slack, drawing, metrics)
    sender = Sender(
        tutor.store,
        slack,
        drawer.render,
        clocks=tutor.clocks,
        executor=sending,
        threads=settings.send_threads,
        staff_channel=settings.staff_channel,
        posted=drawer.look_again,
        metrics=metrics,
    )
    tutor.store.wake = sender.wake

    def act(conn: Connection, delivery: Delivery, _now: datetime) -> None:
        messages.do_act(conn, tutor, delivery)

    poller = Poller(tutor.store, slack, sender, act, clocks=tutor.clocks, executor=sending)
    bolt = build_bolt(tutor, drawer, slack, metrics)
    late_after = timedelta(minutes=settings.late_minutes)
    health = Health(tutor.store, slack, metrics, clocks=tutor.clocks, late_after=late_after)
    return Bot(settings, tutor.store, tutor, slack, drawer, sender, poller, bolt, health, (sending, drawing))


def build_bolt(tutor: Tutor, drawer: Drawer, slack: Slack, metrics: Metrics | None = None) -> App:
    """Build what takes Slack's requests; the answer comes first, since listeners are tried in order."""
    identity = slack.identity

    def authorize() -> AuthorizeResult:
        me = identity()
        return AuthorizeResult(
            enterprise_id=None,
            team_id=me.team,
            bot_token=NO_TOKEN,
            bot_id=me.bot_id,
            bot_user_id=me.user_id,
        )

    app = Requests(
        metrics or Metrics(),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,  # web.py verifies the raw bytes before anything is parsed
        logger=_bolt_log(),
    )
    strangers.refuse_others(app, identity)
    proofs.register(app, tutor)
    for gesture in (answer, exam, buttons, command, message, home):
        gesture.register(app, tutor, drawer)
    strangers.register_last(app, drawer)
    faults.register(app, tutor, drawer)
    return app


@contextmanager
def polling(bot: Bot) -> Iterator[BackgroundScheduler]:
    """Deliver what is due while the block runs: the sender when woken, the poller as its net."""
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    every = bot.settings.poll_seconds
    scheduler.add_job(bot.poller.poll_once, "interval", seconds=every, next_run_time=machine_now())
    forget = partial(forgetting.forget_old, bot.tutor, keep_days=bot.settings.keep_deliveries_days)
    scheduler.add_job(forget, "interval", days=1, next_run_time=machine_now())
    bot.sender.start()
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown()


def bundled_courses() -> list[Path]:
    """Return the folders of the courses that come with the program: in the wheel, or beside the sources."""
    packed = Path(str(files("tutorbot"))) / "content"
    content = packed if packed.is_dir() else Path(__file__).parent.parent / "content"
    return sorted(folder.parent for folder in content.glob("*/course.yaml"))


def offer_bundled(tutor: Tutor, folders: Iterable[Path]) -> None:
    """Offer what comes with the program: each version once, at the first start that finds it.

    So what was added by hand after it stays, start by start (and see offer_course for upgrades).
    """
    for folder in folders:
        if offering.has_bundled(tutor, authoring.digest_of(folder)):
            continue
        loaded = authoring.load(folder)
        if not offer_loaded(tutor, loaded, bundled=True):
            log.warning(
                "The course %s has changed in this version of tutorbot. New enrollments still take the one "
                "that was added by hand; `tutorbot course add %s` lets them take this one.",
                loaded.course.id,
                folder,
            )


def offer_loaded(tutor: Tutor, loaded: authoring.Loaded, *, bundled: bool = False) -> bool:
    """Store a course that was read; return whether new enrollments take it (see offer_course)."""
    pictures = {
        digest: offering.PictureFile(picture.name, picture.media_type, picture.data)
        for digest, picture in loaded.pictures.items()
    }
    return offering.offer_course(tutor, loaded.course, loaded.digest, pictures, bundled=bundled)


def _bolt_log() -> logging.Logger:
    """Return Bolt's logger, for errors alone: its other words may hold a whole request, with an answer."""
    bolt_log = logging.getLogger("tutorbot.bolt")
    bolt_log.setLevel(logging.ERROR)
    return bolt_log


def _tls(settings: Settings) -> ssl.SSLContext | None:
    return ssl.create_default_context() if settings.slack_api_url.startswith("https:") else None
