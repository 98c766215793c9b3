"""What is owed, counted: how much, and how late the latest is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select, text

from tutorbot.records.claims import its_turn
from tutorbot.records.deliveries import State, in_state
from tutorbot.records.tables import OPEN_STATES, PARKED, attempts, deliveries, erasures


@dataclass(frozen=True, slots=True)
class Owed:
    """What is not over: how many in each state, how many are overdue, and for how long the first of them."""

    states: dict[State, int]
    overdue: int
    late: timedelta


def count_owed(conn: Connection, *, now: datetime) -> Owed:
    """Count what is not over. However long the ledger is, only open and parked deliveries are looked at."""
    states = dict.fromkeys((State.DUE, State.CLAIMED, State.UNKNOWN, State.PARKED), 0)
    for condition in (OPEN_STATES, PARKED):
        counted = select(deliveries.c.state, func.count()).where(text(f"deliveries.{condition}"))
        states |= {State(state): number for state, number in conn.execute(counted.group_by("state"))}
    number, since = _overdue(conn, now)
    return Owed(states, number, now - since if since else timedelta())


def count_to_come(conn: Connection, *, after: datetime) -> tuple[int, datetime | None]:
    """Return how many deliveries are due later than that instant (course time), and when the last is."""
    found = conn.execute(
        select(func.count(), func.max(deliveries.c.due_at)).where(
            in_state(State.DUE), deliveries.c.due_at > after
        )
    ).one()
    return int(found[0]), found[1]


def count_answers(conn: Connection) -> int:
    """Return how many answers were given, those of people who were erased since too."""
    erased = sum(rows.get(attempts.name, 0) for rows in conn.scalars(select(erasures.c.rows)))
    return (conn.scalar(select(func.count()).select_from(attempts)) or 0) + int(erased)


def _overdue(conn: Connection, now: datetime) -> tuple[int, datetime | None]:
    """Return how many could have been posted or done by now, and the instant at which the first was due."""
    found = conn.execute(select(func.count(), func.min(deliveries.c.due_at)).where(*_is_overdue(now))).one()
    return int(found[0]), found[1]


def _is_overdue(now: datetime) -> list[ColumnElement[bool]]:
    return [
        text(f"deliveries.{OPEN_STATES}"),  # type: ignore[list-item]  # a text is a condition too
        deliveries.c.due_at <= now,
        or_(deliveries.c.expires_at.is_(None), deliveries.c.expires_at > now),
        or_(deliveries.c.after_id.is_(None), its_turn()),
    ]
