"""Posts one claimed delivery, and writes down where it was not taken."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tutorbot import logs
from tutorbot.clock import Clocks
from tutorbot.delivery.addressing import direct_channel
from tutorbot.delivery.message import Draw, Rendered, message
from tutorbot.delivery.parking import Parking
from tutorbot.delivery.points import Point, reach
from tutorbot.delivery.posted import Posted
from tutorbot.delivery.suspicions import Surroundings, Suspicion, Suspicions
from tutorbot.records import claims
from tutorbot.records.deliveries import Delivery
from tutorbot.slack import NotSent, RateLimited, Refused, Slack, SlackError, doubts_a_picture
from tutorbot.store import AWAY, Store

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(seconds=10)
"""How long to wait where Slack could not be reached."""

WITHOUT_PICTURES_AFTER = timedelta(minutes=10)
"""How long a message waits for pictures that Slack does not take: perhaps it never will."""

SPARE = timedelta(seconds=5)
"""What a claim must still last beyond the timeout of the request."""

FRESH = timedelta(seconds=1)
"""For how long a claim is believed without a look, which for each message cost a fifth of the speed."""


class Posting:
    """Draws, addresses and posts one delivery at a time, in any thread."""

    def __init__(
        self,
        store: Store,
        slack: Slack,
        draw: Draw,
        parking: Parking,
        suspicions: Suspicions,
        *,
        clocks: Clocks,
        claim_for: timedelta,
        settle_after: timedelta,
    ) -> None:
        self._store = store
        self._slack = slack
        self._draw = draw
        self._parking = parking
        self._metrics = parking.metrics
        self._suspicions = suspicions
        self._clocks = clocks
        self._claim_for = claim_for
        self._settle_after = settle_after

    def post(self, delivery: Delivery) -> Posted | None:
        """Post a delivery that this process has claimed; return where it stands, or None if it does not.

        That it stands is for the caller to mark; what else came of it is written down.

        Where a picture that was there is gone, Slack refuses the message for it: the pictures are
        then looked after, and the message is tried once more. What is raised here leaves the claim
        to run out.
        """
        for doubted in (False, True):
            ready = self._prepare(delivery, doubted)
            if ready is None:
                return None
            try:
                return self._send(delivery, ready)
            except Refused as refusal:
                if doubted or not doubts_a_picture(refusal):
                    self._park(delivery, str(refusal), code=refusal.code)
                    return None
        return None

    def give_back(self, delivery: Delivery) -> None:
        """Make a delivery that this process has claimed due again; nothing of it was begun."""
        self._release(delivery, timedelta())

    def _prepare(self, delivery: Delivery, doubted: bool) -> dict[str, Any] | None:
        """Return the message; None where it cannot be sent now, which is then written down."""
        try:
            return self._drawn_message(delivery, doubted)
        except Refused as refusal:
            self._park(delivery, str(refusal), code=refusal.code)
        except RateLimited as limited:
            self._release(delivery, timedelta(seconds=limited.retry_after))
        except (SlackError, *AWAY) as failure:
            log.warning("%s is tried again: %s", delivery.key, failure)
            self._release(delivery, AGAIN_AFTER)
        except Exception as error:
            log.exception("%s could not be drawn", delivery.key)
            self._park(delivery, f"it could not be drawn: {logs.described(error)}")
        return None

    def _drawn_message(self, delivery: Delivery, doubted: bool) -> dict[str, Any] | None:
        """Return the message, or None where there is nothing to show: then it is dropped."""
        channel = delivery.channel or direct_channel(self._store, self._slack, delivery)
        addressed = replace(delivery, channel=channel)
        reach(Point.ADDRESSED, addressed)
        rendered = self._drawn(addressed, doubted)
        if rendered is None:
            self._store.write(
                lambda conn: claims.drop_claimed(conn, delivery, "there is nothing to show any more")
            )
            self._metrics.settled("dropped")
            return None
        return message(delivery, rendered, channel=channel, thread=self._thread_of(delivery))

    def _thread_of(self, delivery: Delivery) -> str | None:
        if not delivery.in_thread:
            return None
        with self._store.read() as conn:
            return claims.thread_of(conn, delivery)

    def _drawn(self, delivery: Delivery, doubted: bool) -> Rendered | None:
        """Draw a delivery, with its pictures if they can be had."""
        rendered = self._draw(delivery, {})
        if rendered is None or not rendered.needs:
            return rendered
        try:
            files = {
                digest: self._slack.ensure_uploaded(digest, doubted=doubted) for digest in rendered.needs
            }
        except Refused as refusal:
            log.warning("%s goes without its pictures: %s", delivery.key, refusal)
            return rendered
        except AWAY:
            raise
        except SlackError as failure:
            if not self._has_waited(delivery):
                raise
            log.warning("%s goes without its pictures, for which it has waited: %s", delivery.key, failure)
            return rendered
        except Exception:
            log.exception("%s goes without its pictures, which cannot be drawn", delivery.key)
            return rendered
        return self._draw(delivery, files)

    def _has_waited(self, delivery: Delivery) -> bool:
        """Say whether it was claimed for the first time long enough ago to go without its pictures."""
        now = self._clocks.machine()
        return now - (delivery.sent_at or now) >= WITHOUT_PICTURES_AFTER

    def _send(self, delivery: Delivery, ready: dict[str, Any]) -> Posted | None:
        """Send the message; raise Refused where Slack refuses it."""
        try:
            answer = self._call(delivery, ready)
        except Refused:
            raise
        except RateLimited as limited:
            self._release(delivery, timedelta(seconds=limited.retry_after))
        except NotSent as failure:
            log.warning("%s is tried again: %s", delivery.key, failure)
            self._release(delivery, AGAIN_AFTER)
        except SlackError as failure:
            log.warning("%s is looked for later: %s", delivery.key, failure)
            self._note_unknown(delivery, Surroundings(ready["channel"], ready["thread_ts"]))
        else:
            if answer is not None:
                reach(Point.ANSWERED, delivery)
                return Posted(delivery, channel=str(answer["channel"]), ts=str(answer["ts"]))
        return None

    def _call(self, delivery: Delivery, ready: dict[str, Any]) -> dict[str, Any] | None:
        """Post, and return Slack's answer; None where it may not be sent any more."""
        if not self._may_still_send(delivery):
            return None
        reach(Point.SENDING, delivery)
        return self._slack.call("chat.postMessage", patience=0, **ready)

    def _may_still_send(self, delivery: Delivery) -> bool:
        """Look whether the claim stands, if it was not made just now; it must outlast the request."""
        assert delivery.claimed_until is not None
        left = delivery.claimed_until - self._clocks.machine()
        if not self._claim_for - FRESH <= left <= self._claim_for and not self._stands(delivery):
            return False
        if left > timedelta(seconds=self._slack.timeout) + SPARE:
            return True
        self._release(delivery, timedelta())
        return False

    def _stands(self, delivery: Delivery) -> bool:
        with self._store.read() as conn:
            return claims.look_at_claim(conn, delivery)

    def _note_unknown(self, delivery: Delivery, where: Surroundings) -> None:
        machine = self._clocks.machine()
        settle_from = machine + timedelta(seconds=self._slack.timeout) + self._settle_after
        ours = self._store.write(lambda conn: claims.mark_unknown(conn, delivery, settle_from=settle_from))
        self._metrics.settled("unknown")
        if not ours:  # we slept; another has settled it, and may have sent it too
            self._suspicions.add(Suspicion(where, delivery.sent_at or machine, settle_from, settle_from))

    def _release(self, delivery: Delivery, wait: timedelta) -> None:
        not_before = self._clocks.machine() + wait
        self._store.write(lambda conn: claims.release(conn, delivery, not_before=not_before))
        self._metrics.settled("due again")

    def _park(self, delivery: Delivery, reason: str, *, code: str = "") -> None:
        self._parking.park(claims.park_refused, delivery, reason, code=code)
