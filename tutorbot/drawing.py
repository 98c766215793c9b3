"""Shows what is stored, at the place where it is shown."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

from tutorbot import logs
from tutorbot.blocks import courses, kit, messages
from tutorbot.blocks.kit import Drawn
from tutorbot.errors import TutorError
from tutorbot.metrics import Metrics
from tutorbot.records import attempts
from tutorbot.records.attempts import Place
from tutorbot.records.deliveries import Delivery
from tutorbot.records.people import Learner
from tutorbot.slack import RateLimited, Refused, Slack, SlackError, doubts_a_picture
from tutorbot.turns import Turns
from tutorbot.tutor import joining
from tutorbot.tutor.messages import message_of
from tutorbot.tutor.overview import overview
from tutorbot.tutor.owing import Show
from tutorbot.tutor.pages import page_at
from tutorbot.tutor.tutor import Tutor

log = logging.getLogger(__name__)

HOME_EVERY = 60.0
HOME_PATIENCE = 5.0
"""Seconds for which somebody's Home waits for Slack's pace, in a thread that draws nothing else meanwhile."""
REMEMBERED = 1_000
"""Of how many places it is known, until they are posted, how they were rendered; others are drawn twice."""

DRAWING, READ, SHOWN = "drawing", "read", "shown"
"""How far a drawing has come, between which a process may die: logged, at DEBUG, as `record.point`."""


class PressAgain(TutorError):
    """That took too long for Slack to open a window. Press the button once more."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The message in which a button was pressed, and the address that replaces it."""

    channel: str
    ts: str
    response_url: str


class Drawer:
    """Redraws places, windows and Homes, always from the store, in threads of its own.

    One drawing at a time for each place; what comes meanwhile is drawn once more after it. Where Slack
    takes no more updates of messages at this moment, a place waits for its turn, and no thread with it.
    A lost drawing is harmless: drawing again gives the same picture.
    """

    def __init__(
        self, tutor: Tutor, slack: Slack, executor: Executor, metrics: Metrics | None = None
    ) -> None:
        self._tutor = tutor
        self._slack = slack
        self._executor = executor
        self._metrics = metrics or Metrics()
        self._guard = threading.Lock()
        self._waiting: dict[int, Pressed | None] = {}
        self._drawing: set[int] = set()
        self._posted: OrderedDict[int, Drawn] = OrderedDict()
        self._homes: dict[Learner, float] = {}
        self._turns = Turns(self.draw)

    def draw(self, place_id: int, *, pressed: Pressed | None = None) -> None:
        """Draw a place soon; `pressed` is the press in the place's own message that asked for it."""
        self._turns.leave(place_id)
        with self._guard:
            self._waiting[place_id] = pressed or self._waiting.get(place_id)
            if place_id in self._drawing:
                return
            self._drawing.add(place_id)
        self._submit(lambda: self._draw_until_still(place_id))

    def stop(self) -> None:
        """Leave out what waits for its turn; the executor finishes the rest."""
        self._turns.stop()

    def open(self, view: Mapping[str, Any], trigger_id: str, *, push: bool = False) -> None:
        """Open a window at once, on top of another if `push`; PressAgain when the trigger has expired."""
        try:
            self._slack.call(
                "views.push" if push else "views.open", view=view, trigger_id=trigger_id, patience=1
            )
        except Refused as refused:
            if refused.code in {"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"}:
                raise PressAgain from None
            raise

    def change(self, view: Mapping[str, Any], view_id: str) -> None:
        """Let an open window show something else."""
        self._slack.call("views.update", view=view, view_id=view_id, patience=1)

    def whisper(self, pressed: Pressed, drawn: Drawn) -> None:
        """Say something to the one who pressed a button, there and to nobody else."""
        self._submit(
            lambda: self._slack.respond(
                pressed.response_url,
                text=kit.escape(drawn.text),
                blocks=drawn.blocks,
                response_type="ephemeral",
                replace_original=False,
            )
        )

    def home(self, learner: Learner, *, at_once: bool = True) -> None:
        """Publish the learner's App Home; unless at once, then at most once a minute.

        Where Slack takes no more of them it is left as it is, until a later gesture or until it is opened.
        """
        now = time.monotonic()
        with self._guard:
            if not at_once and now - self._homes.get(learner, -HOME_EVERY) < HOME_EVERY:
                return
            self._homes.pop(learner, None)
            self._homes[learner] = now  # the newest last
            while now - next(iter(self._homes.values())) >= HOME_EVERY:
                del self._homes[next(iter(self._homes))]
        self._submit(lambda: self._publish_home(learner, HOME_PATIENCE if at_once else 0))

    def meet(self, learner: Learner, *, wait: float = 0.0) -> None:
        """Ask Slack for the learner's name and zone, and keep them; without an answer what is known stays.

        `wait` is how many seconds the caller has before it must acknowledge.
        """
        asked = Event()

        def ask() -> None:
            try:
                self._ask_who(learner)
            finally:
                asked.set()

        self._submit(ask)
        asked.wait(wait)

    def _ask_who(self, learner: Learner) -> None:
        try:
            person = self._slack.call("users.info", user=learner.user, patience=1)["user"]
        except SlackError as failure:
            log.warning("users.info gave nothing: %s", failure)
            return
        profile = person.get("profile", {})
        name = profile.get("real_name") or person.get("real_name") or person.get("name", "")
        joining.remember(self._tutor, learner, name, person.get("tz") or "UTC")

    def render(self, delivery: Delivery, files: Mapping[str, str]) -> Drawn | None:
        """Return what a delivery shows at the moment it is sent."""
        message = message_of(self._tutor, delivery)
        if message is None:
            return None
        drawn = messages.draw(message, files)
        if delivery.what["show"] == Show.PLACE:
            self._remember(delivery.what["place"], drawn)
        return replace(drawn, text=kit.escape(drawn.text))

    def redraw(self, delivery: Delivery) -> None:
        """Draw a message that was posted once more, as what it shows stands now."""
        self._submit(lambda: self._redraw(delivery))

    def look_again(self, delivery: Delivery) -> None:
        """Draw a place that was just posted once more if it has changed since it was rendered."""
        if delivery.what["show"] != Show.PLACE:
            return
        place_id = delivery.what["place"]
        with self._guard:
            posted = self._posted.pop(place_id, None)
        _, drawn = self._read(place_id)
        if drawn is not None and drawn != posted:
            self.draw(place_id)

    def _redraw(self, delivery: Delivery, *, doubted: bool = False) -> None:
        drawn = self.render(delivery, {})
        if drawn and drawn.needs:
            drawn = self.render(delivery, self._files(drawn.needs, doubted))
        if drawn is None:
            return
        try:
            self._slack.call(
                "chat.update",
                channel=delivery.channel,
                ts=delivery.posted_ts,
                text=drawn.text,
                blocks=drawn.blocks,
            )
            self._metrics.redrawn("chat.update")
        except Refused as refusal:
            if doubted or not (drawn.needs and doubts_a_picture(refusal)):
                raise
            self._redraw(delivery, doubted=True)

    def _submit(self, work: Callable[[], None]) -> None:
        def logged() -> None:
            try:
                work()
            except Exception:
                log.exception("A drawing failed; the next one draws the same")

        self._executor.submit(logs.carried(logged))

    def _draw_until_still(self, place_id: int) -> None:
        last: Drawn | None = None
        log.debug("Place %s is to be drawn", place_id, extra={"point": DRAWING})
        try:
            while True:
                with self._guard:
                    asked = place_id in self._waiting
                    pressed = self._waiting.pop(place_id, None)
                place, drawn = self._read(place_id)
                if place is not None and drawn is not None and (asked or drawn != last):
                    log.debug("Place %s is read", place_id, extra={"point": READ})
                    last = self._put(place, drawn, pressed)
                    log.debug("Place %s is shown", place_id, extra={"point": SHOWN})
                elif self._is_still(place_id):
                    return
        except RateLimited:
            if self._is_still(place_id):
                self._turns.wait(place_id)
            else:
                self._submit(lambda: self._draw_until_still(place_id))
        except Exception:
            if not self._is_still(place_id):
                self._submit(lambda: self._draw_until_still(place_id))
            raise

    def _is_still(self, place_id: int) -> bool:
        """Leave a place, unless somebody asked meanwhile for it to be drawn once more."""
        with self._guard:
            if place_id in self._waiting:
                return False
            self._drawing.discard(place_id)
            return True

    def _read(self, place_id: int, *, doubted: bool = False) -> tuple[Place | None, Drawn | None]:
        with self._tutor.store.read() as conn:
            place = attempts.read_place(conn, place_id)
            if place is None:
                return None, None
            page = page_at(conn, self._tutor, place)
        drawn = messages.page(page, {})
        return place, messages.page(page, self._files(drawn.needs, doubted)) if drawn.needs else drawn

    def _files(self, digests: tuple[str, ...], doubted: bool) -> dict[str, str]:
        try:
            return {digest: self._slack.ensure_uploaded(digest, doubted=doubted) for digest in digests}
        except SlackError as failure:
            log.warning("Drawn without its pictures: %s", failure)
            return {}

    def _put(self, place: Place, drawn: Drawn, pressed: Pressed | None) -> Drawn | None:
        """Show a drawing at its place and return what stands there now.

        Where Slack has lost a picture it refuses the drawing: the pictures are then looked after, and
        it is shown once more.
        """
        try:
            self._put_once(place, drawn, pressed)
            return drawn
        except Refused as refusal:
            if not (drawn.needs and doubts_a_picture(refusal)):
                raise
        _, mended = self._read(place.id, doubted=True)
        if mended is not None:
            self._put_once(place, mended, pressed)
        return mended

    def _put_once(self, place: Place, drawn: Drawn, pressed: Pressed | None) -> None:
        body: dict[str, Any] = {"text": kit.escape(drawn.text), "blocks": drawn.blocks}
        if pressed and self._replaced(pressed, body):
            return
        if place.channel and place.ts:
            self._slack.call("chat.update", channel=place.channel, ts=place.ts, patience=0, **body)
            self._metrics.redrawn("chat.update")

    def _replaced(self, pressed: Pressed, body: dict[str, Any]) -> bool:
        try:
            self._slack.respond(pressed.response_url, replace_original=True, **body)
        except SlackError as failure:
            if isinstance(failure, Refused) and doubts_a_picture(failure):
                raise
            log.info("The response URL is used up, so the message is updated instead: %s", failure)
            return False
        self._metrics.redrawn("response_url")
        return True

    def _publish_home(self, learner: Learner, patience: float) -> None:
        self._ask_who(learner)  # names and zones change
        view = courses.home(overview(self._tutor, learner))
        try:
            self._slack.call("views.publish", user_id=learner.user, view=view, patience=patience)
        except RateLimited as limited:
            log.info("A Home is left as it is: %s", limited)
            return
        self._metrics.redrawn("views.publish")

    def _remember(self, place_id: int, drawn: Drawn) -> None:
        with self._guard:
            self._posted[place_id] = drawn
            if len(self._posted) > REMEMBERED:
                self._posted.popitem(last=False)
