"""How what is owed is claimed, and what its claimer writes down.

`due → claimed → posted`. Back to `due` only by the claimer, who knows that Slack did not take it.
Where nobody knows, it is `unknown` (see settling.py). All instants here are machine time, but for
`now`, which is course time.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, and_, bindparam, exists, func, or_, select, update

from tutorbot.records.deliveries import (
    Delivery,
    Kind,
    State,
    delivery_from,
    find,
    in_state,
    may_be_posted,
    posted_values,
)
from tutorbot.records.prepared import Prepared
from tutorbot.records.tables import deliveries

_before = deliveries.alias("before")
_place = func.coalesce(deliveries.c.user, deliveries.c.channel)  # as Delivery.place


def its_turn() -> ColumnElement[bool]:
    """Return the condition that what a delivery waits for is posted, or given up."""
    given_up = _before.c.state.in_([State.DROPPED.value, State.DONE.value])
    return exists().where(
        _before.c.id == deliveries.c.after_id,
        or_(
            _before.c.state == State.POSTED.value,
            and_(given_up, deliveries.c.in_thread.is_(False)),
        ),
    )


# These run for every message that is sent, and making one anew takes longer than SQLite takes to run it.
_IS_DUE_POST = and_(
    in_state(State.DUE), deliveries.c.kind == Kind.POST.value, deliveries.c.due_at <= bindparam("now")
)
SENDABLE = (
    select(deliveries.c.id, _place.label("place"))
    .where(
        _IS_DUE_POST,
        or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= bindparam("machine")),
        or_(deliveries.c.expires_at.is_(None), deliveries.c.expires_at > bindparam("now")),
        or_(deliveries.c.after_id.is_(None), its_turn()),
        _place.not_in(bindparam("busy", expanding=True)),
        or_(deliveries.c.channel.is_(None), deliveries.c.channel.not_in(bindparam("closed", expanding=True))),
    )
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("most", type_=Integer))
)
"""What is due and may be sent, the oldest first."""

_CLAIMABLE = SENDABLE.with_for_update(skip_locked=True)
_CLAIM = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("chosen", expanding=True)), deliveries.c.state == State.DUE.value)
    .values(
        state=State.CLAIMED.value,
        claimed_by=bindparam("claimer"),
        claimed_until=bindparam("until"),
        not_before=None,
        sent_at=func.coalesce(deliveries.c.sent_at, bindparam("machine", type_=deliveries.c.sent_at.type)),
    )
    .returning(*deliveries.c)
)
_LOOK = Prepared(
    select(deliveries.c.id).where(
        deliveries.c.id == bindparam("delivery"),
        deliveries.c.state == State.CLAIMED.value,
        deliveries.c.claimed_by == bindparam("claimer"),
    )
)
_MARK = Prepared(
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), may_be_posted())
    .values(posted_values(bindparam("to"), bindparam("ts")))
)
_STANDING = select(deliveries.c.id, deliveries.c.posted_ts).where(
    deliveries.c.id.in_(bindparam("marked", expanding=True))
)


class Stand(NamedTuple):
    """Where a delivery stands in Slack."""

    delivery_id: int
    channel: str
    ts: str


def claim(
    conn: Connection,
    claimer: str,
    *,
    now: datetime,
    machine: datetime,
    until: datetime,
    limit: int,
    busy: Collection[str] = (),
    closed: Collection[str] = (),
) -> list[Delivery]:
    """Claim what is due and may be sent, the oldest first, one for each place that is not busy.

    `closed` are channels to which Slack takes nothing at this moment.

    The UPDATE decides, so of two claimers one wins. `claimer` is new for each claim: it tells this
    claim from a later one of the same delivery. What waits for a delivery before it is left until
    that is posted; where that was given up, only what was to go into its thread waits on.
    """
    chosen: dict[str, int] = {}
    passed = set(busy)
    while len(chosen) < limit:
        given = {"now": now, "machine": machine, "busy": passed, "closed": closed, "most": limit}
        page = conn.execute(_CLAIMABLE, given).all()
        for row in page:
            if len(chosen) < limit:
                chosen.setdefault(row.place, row.id)
            passed.add(row.place)
        if len(page) < limit:
            break
    if not chosen:
        return []
    claimed = conn.execute(
        _CLAIM, {"chosen": chosen.values(), "claimer": claimer, "until": until, "machine": machine}
    ).all()
    return sorted(map(delivery_from, claimed), key=lambda delivery: (delivery.due_at, delivery.id))


def anything_to_send(
    conn: Connection,
    *,
    now: datetime,
    machine: datetime,
    busy: Collection[str] = (),
    closed: Collection[str] = (),
) -> bool:
    """Say whether something is due that may be sent at this moment, as `claim` has it."""
    given = {"now": now, "machine": machine, "busy": busy, "closed": closed, "most": 1}
    return conn.execute(SENDABLE, given).first() is not None


def look_at_claim(conn: Connection, delivery: Delivery) -> bool:
    """Say whether the claim still stands: look just before sending."""
    return bool(_LOOK.rows(conn, delivery=delivery.id, claimer=delivery.claimed_by))


def thread_of(conn: Connection, delivery: Delivery) -> str | None:
    """Return the `ts` of the message in whose thread a delivery goes, or None."""
    root: Delivery | None = delivery
    while root is not None and root.in_thread and root.after_id is not None:
        root = find(conn, root.after_id)
    return root.posted_ts if root is not None and root.id != delivery.id else None


def keep_direct_channel(conn: Connection, team: str, user: str, channel: str) -> None:
    """Write the direct message of a user to everything that is to go there."""
    conn.execute(
        update(deliveries)
        .where(
            or_(in_state(State.DUE), in_state(State.CLAIMED), in_state(State.UNKNOWN)),
            deliveries.c.team == team,
            deliveries.c.user == user,
            deliveries.c.channel.is_(None),
        )
        .values(channel=channel)
    )


def mark_posted(conn: Connection, posted: Sequence[Stand]) -> list[str | None]:
    """Mark deliveries as posted; return, in their order, the `ts` that stand for them from now on.

    Whoever marks first decides. Who gets another `ts` back than his own has posted an extra
    message; who gets None has posted what was given up meanwhile.
    """
    rows = [{"delivery": each.delivery_id, "to": each.channel, "ts": each.ts} for each in posted]
    if _MARK.many(conn, rows) == len(posted):
        return [each.ts for each in posted]
    standing = dict(conn.execute(_STANDING, {"marked": [each.delivery_id for each in posted]}).all())
    return [standing.get(each.delivery_id) for each in posted]


def release(conn: Connection, delivery: Delivery, *, not_before: datetime) -> bool:
    """Make a delivery due again, by its claimer, who knows that Slack did not take it."""
    return _settle_claim(
        conn, delivery, {"state": State.DUE.value, "claimed_by": None, "not_before": not_before}
    )


def mark_unknown(conn: Connection, delivery: Delivery, *, settle_from: datetime) -> bool:
    """Note that nobody knows whether Slack took it; it is looked for from that instant on."""
    return _settle_claim(conn, delivery, {"state": State.UNKNOWN.value, "not_before": settle_from})


def park_refused(conn: Connection, delivery: Delivery, reason: str) -> bool:
    """Park what Slack, or our own drawing of it, has refused: it is certainly not posted."""
    return _settle_claim(conn, delivery, {"state": State.PARKED.value, "claimed_by": None, "reason": reason})


def drop_claimed(conn: Connection, delivery: Delivery, reason: str) -> bool:
    """Drop what has nothing to show any more."""
    return _settle_claim(conn, delivery, {"state": State.DROPPED.value, "claimed_by": None, "reason": reason})


def _settle_claim(conn: Connection, delivery: Delivery, values: Mapping[str, Any]) -> bool:
    """Change what the claimer holds, or held until the claim ran out."""
    changed = conn.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.state.in_([State.CLAIMED.value, State.UNKNOWN.value]),
            deliveries.c.claimed_by == delivery.claimed_by,
        )
        .values(claimed_until=None, **values)
    )
    return changed.rowcount == 1


def drop_expired(conn: Connection, *, now: datetime) -> int:
    """Drop what came too late, and what was to go into the thread of something dropped."""
    expired = conn.execute(
        update(deliveries)
        .where(in_state(State.DUE), deliveries.c.due_at <= now, deliveries.c.expires_at <= now)
        .values(state=State.DROPPED.value, reason="expired")
    )
    orphaned = conn.execute(
        update(deliveries)
        .where(
            _IS_DUE_POST,
            deliveries.c.in_thread.is_(True),
            exists().where(_before.c.id == deliveries.c.after_id, _before.c.state == State.DROPPED.value),
        )
        .values(state=State.DROPPED.value, reason="the message it was to follow was dropped"),
        {"now": now},
    )
    return expired.rowcount + orphaned.rowcount


def park_act(conn: Connection, delivery: Delivery, reason: str) -> bool:
    """Park an act whose effect failed."""
    parked = conn.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery.id, in_state(State.DUE))
        .values(state=State.PARKED.value, reason=reason)
    )
    return parked.rowcount == 1


def note_told(conn: Connection, delivery_id: int, *, machine: datetime) -> None:
    """Note that staff were told of a parked delivery."""
    conn.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(told_at=machine))
