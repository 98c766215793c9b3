"""Owes many things at once, as the plan of a course does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from tutorbot.records.deliveries import Kind, State, find, wake_sender
from tutorbot.records.prepared import Prepared
from tutorbot.records.tables import deliveries, learners


@dataclass(frozen=True, slots=True)
class Owed:
    """What `owe` takes, but for `after`: the key of the delivery that this one waits for."""

    key: str
    what: Mapping[str, Any]
    team: str
    due_at: datetime
    channel: str | None = None
    user: str | None = None
    cohort_id: int | None = None
    enrollment_id: int | None = None
    after: str | None = None
    in_thread: bool = False
    expires_at: datetime | None = None
    kind: Kind = Kind.POST

    def __post_init__(self) -> None:
        if self.kind is Kind.POST and not (self.channel or self.user):
            raise ValueError(f"{self.key}: a message needs a channel or a user")


_before = deliveries.alias("before")
_LOOKED_UP = {
    "after_id": select(_before.c.id).where(_before.c.key == bindparam("after")).scalar_subquery(),
    "channel": func.coalesce(
        bindparam("given_channel"),
        select(learners.c.direct_channel)
        .where(learners.c.team == bindparam("learner_team"), learners.c.user == bindparam("learner"))
        .scalar_subquery(),
    ),
}
_OWE = {
    "sqlite": Prepared(sqlite.insert(deliveries).values(_LOOKED_UP).on_conflict_do_nothing()),
    "postgresql": Prepared(postgresql.insert(deliveries).values(_LOOKED_UP).on_conflict_do_nothing()),
}


def owe_all(conn: Connection, owed: Sequence[Owed], *, now: datetime) -> int:
    """Owe all of this, each key once, as `owe` does it one by one; return how many are new.

    What waits for another one stands behind it, unless that one is owed already: raise ValueError
    otherwise. The driver runs one statement for each, in this order, so it finds what it waits for.
    """
    _find_befores(conn, owed)
    new = _OWE[conn.dialect.name].many(conn, _rows(owed), state=State.DUE.value, created_at=now)
    if new and any(each.due_at <= now for each in owed):
        wake_sender(conn)
    return new


def _find_befores(conn: Connection, owed: Sequence[Owed]) -> None:
    known: set[str] = set()
    for each in owed:
        if each.after is not None and each.after not in known:
            if find(conn, each.after) is None:
                raise ValueError(f"{each.key} is to wait for {each.after}, which is not owed")
            known.add(each.after)
        known.add(each.key)


def _rows(owed: Sequence[Owed]) -> Iterator[dict[str, Any]]:
    for each in owed:
        yield {
            "key": each.key,
            "kind": each.kind.value,
            "what": each.what,
            "team": each.team,
            "given_channel": each.channel,
            "learner_team": each.team,
            "learner": each.user,
            "user": each.user,
            "cohort_id": each.cohort_id,
            "enrollment_id": each.enrollment_id,
            "after": each.after,
            "in_thread": each.in_thread,
            "due_at": each.due_at,
            "expires_at": each.expires_at,
        }
