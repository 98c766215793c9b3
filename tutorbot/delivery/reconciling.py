"""Looks in Slack for messages of which nobody knows whether they were posted."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from tutorbot.blocks import ids
from tutorbot.clock import Clocks
from tutorbot.delivery.addressing import direct_channel
from tutorbot.delivery.parking import Parking
from tutorbot.delivery.points import Point, reach
from tutorbot.delivery.suspicions import Surroundings, Suspicion, Suspicions
from tutorbot.records import claims, settling
from tutorbot.records.deliveries import Delivery, State, wake_sender
from tutorbot.slack import Identity, RateLimited, Refused, Slack, SlackError
from tutorbot.store import AWAY, Store

log = logging.getLogger(__name__)

LOOK_AGAIN_AFTER = timedelta(seconds=30)
LOOK_ONCE_MORE_AFTER = timedelta(minutes=2)
SKEW = timedelta(hours=1)
"""How far this machine's clock may be ahead of Slack's."""


class Reconciler:
    """Settles unknown deliveries by reading what stands in Slack."""

    def __init__(
        self, store: Store, slack: Slack, parking: Parking, suspicions: Suspicions, clocks: Clocks
    ) -> None:
        self._store = store
        self._slack = slack
        self._parking = parking
        self._suspicions = suspicions
        self._clocks = clocks

    def settle(self, where: Surroundings, unknown: Sequence[Delivery]) -> None:
        """Settle all of these, which were sent to the same surroundings, by one reading.

        A delivery that is there is posted, with the first message that carries its key; further
        ones are deleted. One that is not there is due again.
        """
        since = min(map(_sent_at, unknown))
        try:
            found = self._read(where, since=since)
        except Refused as refusal:
            self._park_unread(unknown, refusal)
        except SlackError as failure:
            log.warning("%s is read later: %s", where.channel, failure)
            self._look_later(unknown, failure)
        else:
            for delivery in unknown:
                reach(Point.READ, delivery)
            self._settle_found(where, found)
            absent = [delivery for delivery in unknown if delivery.key not in found]
            if absent:
                self._settle_absent(absent)
                look_at = self._clocks.machine() + LOOK_ONCE_MORE_AFTER
                self._suspicions.add(Suspicion(where, since, look_at, look_at))

    def address(self, unknown: Sequence[Delivery]) -> None:
        """Find the direct message of a person to whom all these were sent; the next poll looks there.

        That of what is unknown since a backup was restored may not be known (see doubting.py).
        """
        try:
            direct_channel(self._store, self._slack, unknown[0])
        except Refused as refusal:
            self._park_unread(unknown, refusal)
        except SlackError as failure:
            log.warning("%s is looked for later: %s", unknown[0].user, failure)
            self._look_later(unknown, failure)

    def follow(self, suspicion: Suspicion) -> None:
        """Look whether anything stands there twice, and delete what is too much."""
        try:
            self._settle_found(suspicion.where, self._read(suspicion.where, since=suspicion.since))
        except Refused as refusal:
            log.warning("%s cannot be looked through: %s", suspicion.where.channel, refusal)
        except (SlackError, *AWAY):
            look_at = self._clocks.machine() + LOOK_AGAIN_AFTER
            self._suspicions.add(replace(suspicion, look_at=look_at, at_last=max(look_at, suspicion.at_last)))

    def _read(self, where: Surroundings, *, since: datetime) -> dict[str, list[str]]:
        """Return the `ts` of our own messages, the first first, by the keys of their deliveries.

        Only our own app can have posted under our own app and bot ids; the key alone can be forged.
        """
        me = self._slack.identity()
        found: defaultdict[str, list[str]] = defaultdict(list)
        oldest = since - SKEW
        for message in self._messages(where, f"{oldest.timestamp():.6f}"):
            if key := _key_of(message, me):
                found[key].append(str(message["ts"]))
        return {key: sorted(stamps, key=float) for key, stamps in found.items()}

    def _messages(self, where: Surroundings, oldest: str) -> Iterator[dict[str, Any]]:
        args: dict[str, Any] = {"channel": where.channel, "oldest": oldest, "limit": 200}
        args["include_all_metadata"] = True
        method = "conversations.history"
        if where.thread:
            method = "conversations.replies"
            args["ts"] = where.thread
        while True:
            page = self._slack.call(method, patience=0, **args)
            yield from page["messages"]
            args["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not args["cursor"]:
                return

    def _settle_found(self, where: Surroundings, found: dict[str, list[str]]) -> None:
        with self._store.read() as conn:
            ledger = settling.deliveries_by_key(conn, found)
        for delivery in ledger:
            stamps = found[delivery.key]
            kept = delivery.posted_ts if delivery.posted_ts in stamps else stamps[0]
            if delivery.state is State.POSTED and kept != delivery.posted_ts:
                continue  # the one that counts is older than what was read
            for extra in stamps:
                if extra != kept:
                    self._delete_extra(delivery, where.channel, extra)
            if delivery.state is not State.POSTED:
                self._mark(delivery, where.channel, kept)

    def _delete_extra(self, delivery: Delivery, channel: str, ts: str) -> None:
        log.warning("%s was posted more than once; one is deleted", delivery.key)
        try:
            self._slack.call("chat.delete", channel=channel, ts=ts)
        except Refused as refusal:
            log.warning("%s could not be deleted: %s", delivery.key, refusal)

    def _mark(self, delivery: Delivery, channel: str, kept: str) -> None:
        def mark(conn: Connection) -> None:
            claims.mark_posted(conn, [claims.Stand(delivery.id, channel, kept)])
            wake_sender(conn)  # what waits for it may go now

        self._store.write(mark)
        reach(Point.SETTLED, delivery)

    def _settle_absent(self, absent: Sequence[Delivery]) -> None:
        def settle(conn: Connection) -> None:
            for delivery in absent:
                settling.settle_absent(conn, delivery)

        self._store.write(settle)
        for delivery in absent:
            reach(Point.SETTLED, delivery)

    def _park_unread(self, unknown: Sequence[Delivery], refusal: Refused) -> None:
        for delivery in unknown:
            reason = f"it may be posted, but Slack does not let us look: {refusal}"
            self._parking.park(settling.park_unread, delivery, reason, code=refusal.code)

    def _look_later(self, unknown: Sequence[Delivery], failure: SlackError) -> None:
        wait = LOOK_AGAIN_AFTER
        if isinstance(failure, RateLimited):
            wait = timedelta(seconds=failure.retry_after)
        settle_from = self._clocks.machine() + wait

        def postpone(conn: Connection) -> None:
            for delivery in unknown:
                settling.look_later(conn, delivery, settle_from=settle_from)

        self._store.write(postpone)


def surroundings_of(conn: Connection, delivery: Delivery) -> Surroundings:
    """Return what must be read to find a delivery; the person, before their direct message is known."""
    return Surroundings(delivery.channel or delivery.place, claims.thread_of(conn, delivery))


def _sent_at(delivery: Delivery) -> datetime:
    return delivery.sent_at or delivery.created_at


def _key_of(message: dict[str, Any], me: Identity) -> str | None:
    """Return the key that a message of our own carries, or None."""
    if message.get("bot_id") != me.bot_id or message.get("app_id") != me.app_id:
        return None
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != ids.DELIVERY_EVENT:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None
