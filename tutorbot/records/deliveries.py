"""What is owed: the ledger of messages to be posted and of things that happen by themselves.

Course time decides what is due and what has expired (`due_at`, `expires_at`); machine time decides
about sending (`not_before`, `claimed_until`, `sent_at`, `told_at`). How a delivery is sent stands in
claims.py and settling.py, how a late one is moved in retiming.py.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, and_, func, or_, select, text, update

from tutorbot.records.people import Learner, read_profile
from tutorbot.records.schema import insert_once
from tutorbot.records.tables import OPEN_STATES, deliveries


class Kind(StrEnum):
    """A message, or something that happens by itself, such as an exam that closes."""

    POST = "post"
    ACT = "act"


class State(StrEnum):
    """How far a delivery has come.

    `unknown`: sent, or perhaps sent, and nobody knows whether Slack has it. `parked`: waits for
    staff. `dropped`: expired, or given up by staff. `done`: an act, or one whose message is gone.
    """

    DUE = "due"
    CLAIMED = "claimed"
    POSTED = "posted"
    UNKNOWN = "unknown"
    PARKED = "parked"
    DROPPED = "dropped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing owed at one instant. `what` says what it shows; it is drawn when it is sent."""

    id: int
    key: str
    kind: Kind
    what: Mapping[str, Any]
    team: str
    channel: str | None
    user: str | None
    cohort_id: int | None
    enrollment_id: int | None
    after_id: int | None
    in_thread: bool
    due_at: datetime
    expires_at: datetime | None
    not_before: datetime | None
    state: State
    claimed_by: str | None
    claimed_until: datetime | None
    sent_at: datetime | None
    posted_ts: str | None
    reason: str | None
    told_at: datetime | None
    created_at: datetime

    @property
    def place(self) -> str:
        """Return where it goes: to a person (also before the direct message is known), or a channel."""
        return self.user or self.channel or ""


def owe(
    conn: Connection,
    key: str,
    what: Mapping[str, Any],
    *,
    team: str,
    due_at: datetime,
    now: datetime,
    channel: str | None = None,
    user: str | None = None,
    cohort_id: int | None = None,
    enrollment_id: int | None = None,
    after_id: int | None = None,
    in_thread: bool = False,
    expires_at: datetime | None = None,
    kind: Kind = Kind.POST,
) -> int:
    """Owe what this key stands for, once; return the delivery's id, also where it is owed already.

    A message goes to the channel, or to the direct message of the user. One with `after_id`
    waits until that one is posted, and with `in_thread` goes into its thread. `due_at`, `expires_at`
    and `now` are course time.
    """
    if kind is Kind.POST and not (channel or user):
        raise ValueError(f"{key}: a message needs a channel or a user")
    if channel is None and user is not None:
        channel = read_profile(conn, Learner(team, user)).direct_channel
    owed = conn.scalar(
        insert_once(conn.dialect, deliveries)
        .values(
            key=key,
            kind=kind.value,
            what=dict(what),
            team=team,
            channel=channel,
            user=user,
            cohort_id=cohort_id,
            enrollment_id=enrollment_id,
            after_id=after_id,
            in_thread=in_thread,
            due_at=due_at,
            expires_at=expires_at,
            state=State.DUE.value,
            created_at=now,
        )
        .returning(deliveries.c.id)
    )
    if owed is None:
        return int(conn.execute(select(deliveries.c.id).where(deliveries.c.key == key)).scalar_one())
    if due_at <= now:
        wake_sender(conn)
    return int(owed)


def wake_sender(conn: Connection) -> None:
    """Have the sender woken once this transaction is committed (see Store.wake)."""
    conn.info["wake"] = True


def find(conn: Connection, delivery: int | str) -> Delivery | None:
    """Return a delivery by its id or its key, or None."""
    row = conn.execute(select(deliveries).where(_is(delivery))).first()
    return None if row is None else delivery_from(row)


def next_due(conn: Connection, *, after: datetime) -> Delivery | None:
    """Return what is due next after this instant (course time), or None."""
    row = conn.execute(
        select(deliveries)
        .where(in_state(State.DUE), deliveries.c.due_at > after)
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(1)
    ).first()
    return None if row is None else delivery_from(row)


def list_deliveries(
    conn: Connection,
    *,
    states: Collection[State] = tuple(State),
    after: datetime | None = None,
    limit: int | None = 100,
    backwards: bool = False,
) -> list[Delivery]:
    """Return deliveries in these states, due after that instant, the first first or, backwards, the last."""
    order = (deliveries.c.due_at, deliveries.c.id)
    found = select(deliveries).where(deliveries.c.state.in_([state.value for state in states]))
    if after is not None:
        found = found.where(deliveries.c.due_at > after)
    ordered = found.order_by(*(column.desc() for column in order) if backwards else order).limit(limit)
    return list(map(delivery_from, conn.execute(ordered)))


def counts(conn: Connection) -> dict[State, int]:
    """Return how many deliveries there are in each state."""
    rows = conn.execute(select(deliveries.c.state, func.count()).group_by(deliveries.c.state))
    return dict.fromkeys(State, 0) | {State(state): number for state, number in rows}


def settle_by_click(conn: Connection, delivery: int | str, *, channel: str, ts: str) -> bool:
    """Mark a delivery as posted because somebody clicked in it; False where that was known.

    Call it before the gesture is taken (see handlers/proofs.py): a message that was clicked is there,
    whatever became of the reply to its post, and it must not be posted again.
    """
    posted = conn.execute(
        update(deliveries).where(_is(delivery), may_be_posted()).values(posted_values(channel, ts))
    )
    if posted.rowcount:
        wake_sender(conn)  # what waits for it may go now
    return posted.rowcount == 1


def retry(conn: Connection, delivery_id: int, *, now: datetime, anyway: bool = False) -> bool:
    """Owe again what was parked or dropped, from its hour on or from now; False where it is neither.

    Where nobody knows whether it was posted, it is looked for first. `anyway` posts it without
    that, for staff who have looked themselves. An act of which nobody knows whether it happened before
    a restore stays so (see doubting.py).
    """
    row = find(conn, delivery_id)
    if row is None or row.state not in (State.PARKED, State.DROPPED):
        return False
    fresh: dict[str, Any] = {"not_before": None, "reason": None, "told_at": None}
    doubted = None if anyway else row.claimed_by
    if doubted and row.kind is Kind.POST:
        fresh |= {"state": State.UNKNOWN.value}
    else:
        fresh |= {"state": State.DUE.value, "claimed_by": doubted, "sent_at": None}
        fresh |= {"due_at": max(row.due_at, now), "expires_at": None}
    changed = conn.execute(
        update(deliveries).where(_is(delivery_id), deliveries.c.state == row.state.value).values(fresh)
    )
    wake_sender(conn)
    return changed.rowcount == 1


def drop(conn: Connection, delivery_id: int, *, reason: str = "dropped by staff") -> bool:
    """Give a delivery up; False where it is posted, done, being sent or dropped already."""
    droppable = [State.DUE.value, State.UNKNOWN.value, State.PARKED.value]
    dropped = conn.execute(
        update(deliveries)
        .where(_is(delivery_id), deliveries.c.state.in_(droppable))
        .values(state=State.DROPPED.value, reason=reason)
    )
    return dropped.rowcount == 1


def due_acts(conn: Connection, *, now: datetime, limit: int) -> list[Delivery]:
    """Return the acts that are due, the oldest first."""
    rows = conn.execute(
        select(deliveries)
        .where(in_state(State.DUE), deliveries.c.kind == Kind.ACT.value, deliveries.c.due_at <= now)
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
    )
    return [delivery_from(row) for row in rows]


def run_act(
    conn: Connection, delivery: Delivery, act: Callable[[Connection, Delivery, datetime], None], now: datetime
) -> bool:
    """Have an act's effect and mark it done, in this transaction; False where it is not due any more."""
    done = conn.execute(
        update(deliveries)
        .where(
            _is(delivery.id),
            deliveries.c.kind == Kind.ACT.value,
            deliveries.c.state == State.DUE.value,
            deliveries.c.due_at <= now,
        )
        .values(state=State.DONE.value)
    )
    if not done.rowcount:
        return False
    act(conn, delivery, now)
    return True


def in_state(state: State) -> ColumnElement[bool]:
    """Return the condition for an open state, worded so that the index of open deliveries serves it.

    SQLite uses a partial index only where the query repeats its condition to the letter.
    """
    return and_(text(f"deliveries.{OPEN_STATES}"), deliveries.c.state == state.value)


def may_be_posted() -> ColumnElement[bool]:
    """Return the condition that the delivery turns out to be posted: it is neither known nor given up.

    It has no IN, which SQLAlchemy does not take where a statement is run for many rows.
    """
    open_states = (State.DUE, State.CLAIMED, State.UNKNOWN, State.PARKED)
    return and_(
        deliveries.c.kind == Kind.POST.value,
        or_(*(deliveries.c.state == state.value for state in open_states)),
    )


def posted_values(channel: str | BindParameter[str], ts: str | BindParameter[str]) -> dict[str, Any]:
    """Return what is written of a delivery that stands in Slack."""
    return {
        "state": State.POSTED.value,
        "channel": channel,
        "posted_ts": ts,
        "claimed_by": None,
        "claimed_until": None,
        "not_before": None,
        "reason": None,
    }


def delivery_from(row: Row[Any]) -> Delivery:
    """Return the delivery of a row of the table."""
    values = row._asdict()
    return Delivery(**values | {"kind": Kind(row.kind), "state": State(row.state)})


def _is(delivery: int | str) -> ColumnElement[bool]:
    return deliveries.c.key == delivery if isinstance(delivery, str) else deliveries.c.id == delivery
