"""`tutorbot demo`: a workspace and the bot in one process."""

import json
import logging
import shutil
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import click

from tutorbot import app
from tutorbot.app import Bot
from tutorbot.cli.playing import Playing
from tutorbot.cli.progress import progress
from tutorbot.cli.running import until_stopped
from tutorbot.cli.watching import Watcher
from tutorbot.clock import Clocks, OffsetClock
from tutorbot.errors import TutorError
from tutorbot.presence import Presence
from tutorbot.records import deliveries
from tutorbot.records.deliveries import Delivery
from tutorbot.sandbox import Limits, Owed, Sandbox, Saved
from tutorbot.settings import Settings, default_data_folder
from tutorbot.slack.manifest import app_manifest
from tutorbot.tutor import messages

ZONE = "Europe/Zurich"
CHANNEL = "cqrs-autumn"
OWN_CHANNEL = "cohort"
"""Where a course is played that does not come with the program."""

QUIET_SECONDS = 60.0
LEDGER_LINES = 300
REQUESTS_REMEMBERED = 100


def run(port: int, state: Path | None, *, course: Path | None, fresh: bool, browser: bool) -> None:
    """Start the workspace and the bot, say where to look, and stop both on Ctrl-C."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("tutorbot.migrating").setLevel(logging.ERROR)  # a new demo has a new database
    folder = state or default_data_folder() / (f"demo-{course.resolve().name}" if course else "demo")
    with alone_in(folder):
        if fresh:
            forget(folder)
        demo = Demo(folder, course)
        try:
            with progress("Starting a workspace and the bot in it"):
                demo.start(port)
        except OSError as error:
            if error.filename:
                raise  # a file of its state, and not the port
            raise TutorError(
                f"Port {port} cannot be used ({error.strerror}). Choose another with --port."
            ) from None
        click.echo(_what_to_try(demo.sandbox.page_url, demo.channel))
        if (saved := demo.saved()) and saved.mistakes:
            click.echo(f"{saved.said} The page lists what to mend.", err=True)
        if browser:
            webbrowser.open(demo.sandbox.page_url)
        until_stopped()
        click.echo("Stopping. What you did is kept; with --fresh the demo begins anew.")
        demo.stop()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Have the folder for one demo; TutorError where another keeps its state there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        presence = Presence(folder, alone=True)
    except BlockingIOError:
        raise TutorError(
            f"Another demo runs, and keeps its state in {folder}. Look for it in another terminal, or name "
            "another folder with --state."
        ) from None
    try:
        yield
    finally:
        presence.leave()


def forget(folder: Path) -> None:
    """Remove what earlier runs left, if the folder is a demo's."""
    if (folder / "clock.json").exists():
        shutil.rmtree(folder)


@dataclass
class Demo:
    """The workspace and the bot; course time and everything that happened are kept in `folder`.

    `course` is a course's folder to play instead of the one that comes with the program. It is watched:
    what is saved there is played at once, and what is wrong in it is told on the page.
    """

    folder: Path
    course: Path | None = None
    clock: OffsetClock = field(default_factory=OffsetClock)

    @property
    def channel(self) -> str:
        """The name of the channel in which the course is played."""
        return OWN_CHANNEL if self.course else CHANNEL

    def start(self, port: int) -> None:
        """Start both; OSError when the port is taken."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._jumping = threading.Lock()
        self._load_clock()
        self.sandbox = Sandbox(
            port,
            state=self.folder / "workspace.json",
            limits=Limits(post_burst=20),
            zone=ZONE,
            manifest=app_manifest(),
            remembers=REQUESTS_REMEMBERED,
        )
        self.sandbox.start()
        channel = self._channel()
        self.bot = app.build(self._settings(channel), Clocks(course=self.clock))
        course = self.course or app.bundled_courses()[0]
        self._playing = Playing(self.bot, course, self.sandbox.team, channel, ZONE)
        self._watcher = Watcher(course, self._playing.take)
        self._playing.take()
        self._polling = app.polling(self.bot)
        self._polling.__enter__()
        self._link = self.bot.socket_mode()
        self._link.connect()
        self.sandbox.connected()
        self.sandbox.panel = self
        self._playing.told = self._look_again
        self._watcher.start()

    def stop(self) -> None:
        """Stop both, keeping their state."""
        self._watcher.stop()
        self._link.close()
        self._polling.__exit__(None, None, None)
        self.bot.stop()
        self.sandbox.stop()

    # What the page shows of the bot (sandbox.panel.Panel)

    def now(self) -> datetime:
        """Return course time."""
        return self.clock()

    def zone(self) -> str:
        """Return the zone in which the page shows it."""
        return ZONE

    def next_due(self) -> tuple[datetime, str] | None:
        """Return the next delivery, and what it is in words."""
        with self.bot.store.read() as conn:
            found = deliveries.next_due(conn, after=self.clock())
        return (found.due_at, messages.words_for(self.bot.tutor, found)) if found else None

    def ledger(self) -> list[Owed]:
        """Return what is owed and what became of it, the latest first."""
        with self.bot.store.read() as conn:
            found = deliveries.list_deliveries(conn, limit=LEDGER_LINES, backwards=True)
        return [self._line(delivery) for delivery in found]

    def _line(self, delivery: Delivery) -> Owed:
        words, reason = messages.words_for(self.bot.tutor, delivery), delivery.reason or ""
        state, place = delivery.state.value, delivery.place
        return Owed(delivery.id, delivery.key, words, place, delivery.due_at, state, reason)

    def jump(self, to: datetime) -> None:
        """Pass through every due instant up to this one; ValueError for one that is past."""
        with self._jumping:
            if to <= self.clock():
                raise ValueError("Course time only goes forward.")
            while (found := self.next_due()) and found[0] <= to:
                self._set_clock(found[0])
                self._let_happen(self.bot)
            self._set_clock(to)
            self._let_happen(self.bot)

    def saved(self) -> Saved | None:
        """Return what came of the course's files when they were last saved."""
        return self._playing.saved

    def show(self, user: str) -> None:
        """Send somebody what has changed in the files; ValueError when it cannot be."""
        self._playing.show(user)

    def _look_again(self) -> None:
        """Let the page ask for what it shows."""
        with self.sandbox.workspace.changing():
            pass

    def _let_happen(self, bot: Bot) -> None:
        bot.poller.poll_once()
        if not bot.sender.quiet(QUIET_SECONDS):
            raise ValueError("The bot is still sending; jump again in a moment.")

    def _set_clock(self, to: datetime) -> None:
        """Set course time; a moment that has passed meanwhile stays passed."""
        self.clock.offset += max(timedelta(), to - self.clock())
        (self.folder / "clock.json").write_text(json.dumps({"offset": self.clock.offset.total_seconds()}))

    def _load_clock(self) -> None:
        file = self.folder / "clock.json"
        if file.exists():
            self.clock.offset = timedelta(seconds=json.loads(file.read_text())["offset"])
        else:
            self._set_clock(self.clock())

    def _channel(self) -> str:
        names = {channel.name: channel.id for channel in self.sandbox.workspace.channels.values()}
        return names.get(self.channel) or self.sandbox.add_channel(self.channel)

    def _settings(self, channel: str) -> Settings:
        return Settings(
            database_url=f"sqlite:///{self.folder / 'tutorbot.db'}",
            bot_token=self.sandbox.bot_token,
            app_token=self.sandbox.app_token,
            signing_secret=self.sandbox.signing_secret,
            slack_api_url=self.sandbox.api_url,
            badge_channel=channel,
            poll_seconds=1.0,
        )


def _what_to_try(url: str, channel: str) -> str:
    return "\n".join(
        [
            f"The workspace is at {url}",
            f"  1. In #{channel} press Join, then look into the direct message with Tutor.",
            "  2. Press “To the next delivery” by the clock: a lesson comes; read it, answer its questions.",
            "  3. Go on with /tutor next, /tutor case and /tutor exam until the badge is in the channel.",
            "Stop with Ctrl-C.",
        ]
    )
