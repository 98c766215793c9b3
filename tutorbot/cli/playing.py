"""The course that the demo plays, taken from its folder whenever a file is saved."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tutorbot import app, authoring
from tutorbot.app import Bot
from tutorbot.authoring import CourseFaults, Fault, Loaded
from tutorbot.errors import TutorError
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.timewords import EVERY_DAY
from tutorbot.records import cohorts as cohort_records
from tutorbot.records.cohorts import Cohort
from tutorbot.records.people import Learner
from tutorbot.sandbox import Mistake, Saved
from tutorbot.tutor import cohorts, moving
from tutorbot.tutor.moving import Changed, Moved

FIRST_LESSON_IN = timedelta(minutes=1)


class Playing:
    """Keeps the course of a channel as it was saved last without faults.

    `saved` is what there is to tell of the files; `told` is called whenever that is something new.
    """

    def __init__(self, bot: Bot, folder: Path, team: str, channel: str, zone: str) -> None:
        self.saved: Saved | None = None
        self.told: Callable[[], None] = lambda: None
        self._bot = bot
        self._folder = folder
        self._team = team
        self._channel = channel
        self._zone = ZoneInfo(zone)
        self._changed: Changed | None = None

    def take(self) -> None:
        """Read the folder, and play it from now on; with faults, tell them and go on as before."""
        running = self._running()
        try:
            loaded = authoring.load(self._folder)
        except CourseFaults as found:
            self._tell(_with_faults(len(found.faults), running), found.faults)
            return
        if running is None:
            self._begin(loaded)
            if self.saved:
                self._tell(f"No faults any more. {loaded.course.title} begins: join it in the channel.")
        elif running.course_id != loaded.course.id:
            cohorts.stop_cohort(self._bot.tutor, running.id)
            self._begin(loaded)
            self._tell(f"Another course is played now: {loaded.course.title}. Join it in the channel.")
        elif running.digest != loaded.digest:
            self._reload(loaded, running.digest)
        elif self.saved and self.saved.mistakes:
            self._tell("No faults any more. The course is what it was before.")

    def show(self, user: str) -> None:
        """Send what has changed to this person; ValueError when there is nothing, or no way to."""
        running = self._running()
        if running is None or self._changed is None:
            raise ValueError("Nothing has changed that could be shown.")
        learner = Learner(self._team, user)
        self._bot.drawer.meet(learner)
        try:
            moving.show_changed(
                self._bot.tutor, learner, running.id, self._changed, gesture=f"saved/{uuid.uuid4()}"
            )
        except TutorError as problem:
            raise ValueError(str(problem)) from None

    def _running(self) -> Cohort | None:
        with self._bot.store.read() as conn:
            return cohort_records.running_cohort(conn, self._team, self._channel)

    def _begin(self, loaded: Loaded) -> None:
        """Start a cohort whose first lesson is due a minute from now."""
        tutor = self._bot.tutor
        app.offer_loaded(tutor, loaded)
        first = (tutor.now() + FIRST_LESSON_IN).astimezone(self._zone)
        schedule = Schedule(EVERY_DAY, first.time(), self._zone, first.date())
        plan = cohorts.plan_cohort(tutor, loaded.course.id, schedule)
        cohorts.start_cohort(tutor, self._team, self._channel, plan)

    def _reload(self, loaded: Loaded, before: str) -> None:
        app.offer_loaded(self._bot.tutor, loaded)
        moved = moving.move_everybody(self._bot.tutor, loaded.course.id, before, loaded.digest)
        self._draw_again(moved)
        self._tell(_reloaded(moved.said), changed=moved.changed[0] if moved.changed else None)

    def _draw_again(self, moved: Moved) -> None:
        drawer = self._bot.drawer
        for message in moved.messages:
            drawer.redraw(message)
        for place in moved.places:
            drawer.draw(place)
        for learner in moved.learners:
            drawer.home(learner)

    def _tell(self, said: str, faults: list[Fault] | None = None, *, changed: Changed | None = None) -> None:
        number = self.saved.number + 1 if self.saved else 1
        mistakes = tuple(
            Mistake(f"{fault.file}:{fault.line}:{fault.column}", fault.what, fault.mend)
            for fault in faults or ()
        )
        self._changed = changed
        self.saved = Saved(number, said, mistakes, shows=changed.title if changed else "")
        self.told()


def _with_faults(count: int, running: Cohort | None) -> str:
    faults = "a fault" if count == 1 else f"{count} faults"
    if running is None:
        return f"The course has {faults}. It begins once {'it is' if count == 1 else 'they are'} mended."
    return f"The course has {faults}. What is played is how it was before."


def _reloaded(changes: tuple[str, ...]) -> str:
    """Return that the course was reloaded, and the first of what has changed in it."""
    first, more = changes[:1], len(changes) - 1
    others = [f"And {more} more {'change' if more == 1 else 'changes'}."] if more > 0 else []
    return " ".join(["The course was reloaded.", *first, *others])
