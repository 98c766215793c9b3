"""How a message of which nobody knows whether it was posted comes to be known.

It is read for in Slack; what was decided from a reading holds only while nothing else has happened
to the delivery since. All instants here are machine time.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Update, and_, exists, or_, select, update

from tutorbot.records.deliveries import Delivery, State, delivery_from, in_state, wake_sender
from tutorbot.records.tables import deliveries


def note_run_out(conn: Connection, *, machine: datetime, settle_from: datetime) -> int:
    """Make claims that ran out unknown; those that cannot have been sent are due again.

    Nothing is sent before its channel was written down.
    """
    run_out = and_(in_state(State.CLAIMED), deliveries.c.claimed_until <= machine)
    unsent = conn.execute(
        update(deliveries)
        .where(run_out, deliveries.c.channel.is_(None))
        .values(state=State.DUE.value, claimed_by=None, claimed_until=None)
    )
    unknown = conn.execute(
        update(deliveries)
        .where(run_out)
        .values(state=State.UNKNOWN.value, claimed_until=None, not_before=settle_from)
    )
    return unsent.rowcount + unknown.rowcount


def unknown_deliveries(conn: Connection, *, machine: datetime, limit: int) -> list[Delivery]:
    """Return what may be looked for by now, the oldest first.

    What went into a thread is not, before it is known which: that of a message which is itself unknown,
    or due again, is not there to be read.
    """
    before = deliveries.alias("before")
    settled = [State.POSTED.value, State.DROPPED.value, State.DONE.value]
    rows = conn.execute(
        select(deliveries)
        .where(
            in_state(State.UNKNOWN),
            or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= machine),
            or_(
                deliveries.c.in_thread.is_(False),
                exists().where(before.c.id == deliveries.c.after_id, before.c.state.in_(settled)),
            ),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
    )
    return [delivery_from(row) for row in rows]


def deliveries_by_key(conn: Connection, keys: Collection[str]) -> list[Delivery]:
    """Return the deliveries with these keys."""
    rows = conn.execute(select(deliveries).where(deliveries.c.key.in_(list(keys))))
    return [delivery_from(row) for row in rows]


def settle_absent(conn: Connection, delivery: Delivery) -> bool:
    """Make due again what was looked for and is not there.

    Only while nothing has happened to it since it was read as `delivery`: another worker may have
    settled it, and posted it, meanwhile.
    """
    settled = conn.execute(
        _still_unknown(delivery).values(state=State.DUE.value, claimed_by=None, not_before=None)
    )
    if settled.rowcount:
        wake_sender(conn)
    return settled.rowcount == 1


def look_later(conn: Connection, delivery: Delivery, *, settle_from: datetime) -> bool:
    """Look for an unknown delivery again from that instant on."""
    return conn.execute(_still_unknown(delivery).values(not_before=settle_from)).rowcount == 1


def park_unread(conn: Connection, delivery: Delivery, reason: str) -> bool:
    """Park what cannot be looked for; it keeps its claimer, so that a retry looks for it first."""
    parked = conn.execute(
        _still_unknown(delivery).values(state=State.PARKED.value, not_before=None, reason=reason)
    )
    return parked.rowcount == 1


def _still_unknown(delivery: Delivery) -> Update:
    return update(deliveries).where(
        deliveries.c.id == delivery.id,
        deliveries.c.state == State.UNKNOWN.value,
        deliveries.c.claimed_by == delivery.claimed_by,
    )
