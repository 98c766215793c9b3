"""What a restored ledger does not know: what was posted after the backup was taken.

A message that was due by now may stand in Slack already. So it is unknown, is looked for by its key,
and is posted only where it is absent (see settling.py).
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Update, case, func, select, text, update

from tutorbot.records.deliveries import Delivery, Kind, State, run_act
from tutorbot.records.schema import metadata
from tutorbot.records.tables import deliveries

RESTORED = "restored"
"""Who claimed what may have been posted, or may have happened, after the backup was taken."""

NUMBERS_FROM, A_SECOND = datetime(2026, 1, 1, tzinfo=UTC), 100
"""After a restore numbers go on at so many for each second since then: more are not given, on the average."""

GAP = 1_000_000
"""How many numbers are left out where a clock was wrong: more than can have been given since the backup."""

_EARLIEST = case(
    (deliveries.c.created_at > deliveries.c.due_at, deliveries.c.created_at), else_=deliveries.c.due_at
)


def doubt_what_was_due(conn: Connection, *, now: datetime) -> int:
    """Make every message that was due by now unknown, unless it is posted; return how many.

    What is parked stays so, and is looked for when it is retried. Acts stay due: what they did is gone
    with the rows, and they do it again. No number is given that may stand in a message posted since.
    """
    skip_numbers(conn, now=now)
    was_due = deliveries.c.due_at <= now
    conn.execute(
        _doubt(_EARLIEST)
        .where(was_due, deliveries.c.kind == Kind.POST.value, _in(State.PARKED))
        .values(state=State.PARKED.value)
    )
    conn.execute(
        update(deliveries)
        .where(was_due, deliveries.c.kind == Kind.ACT.value, _in(State.DUE))
        .values(claimed_by=RESTORED)
    )
    doubted = conn.execute(
        _doubt(_EARLIEST).where(
            was_due, deliveries.c.kind == Kind.POST.value, _in(State.DUE, State.CLAIMED, State.UNKNOWN)
        )
    )
    return doubted.rowcount


def run_act_again(
    conn: Connection, delivery: Delivery, act: Callable[[Connection, Delivery, datetime], None], now: datetime
) -> bool:
    """Run an act that may have run after the backup was taken: what it owes may be posted already."""
    newest = conn.scalar(select(func.coalesce(func.max(deliveries.c.id), 0)))
    done = run_act(conn, delivery, act, now)
    conn.execute(
        _doubt(delivery.due_at).where(
            deliveries.c.id > newest, deliveries.c.kind == Kind.POST.value, _in(State.DUE)
        )
    )
    return done


def skip_numbers(conn: Connection, *, now: datetime) -> None:
    """Leave out numbers in every table that counts its rows.

    They go on at the number of this moment: so where the same backup is restored once more, or an older
    one, nothing gets a number either that was given between the two.
    """
    moment = A_SECOND * int((now - NUMBERS_FROM).total_seconds())

    def further(last: int) -> int:
        return moment if moment > last else last + GAP

    for table in metadata.sorted_tables:
        if "id" not in table.c:
            continue
        name = {"table": table.name}
        if conn.dialect.name == "postgresql":
            sequence = conn.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), name)
            last = conn.execute(text(f"SELECT last_value FROM {sequence}")).scalar_one()  # noqa: S608 - ours
            counted = {"sequence": sequence, "last": further(last)}
            conn.execute(text("SELECT setval(:sequence, :last)"), counted)
            continue
        last = conn.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :table"), name)
        conn.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), name)
        conn.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"),
            name | {"last": further(last or 0)},
        )


def _doubt(since: ColumnElement[datetime] | datetime) -> Update:
    """Begin an UPDATE that makes messages unknown, which were not sent before this instant."""
    return update(deliveries).values(
        state=State.UNKNOWN.value,
        claimed_by=func.coalesce(deliveries.c.claimed_by, RESTORED),
        claimed_until=None,
        not_before=None,
        sent_at=func.coalesce(deliveries.c.sent_at, since),
    )


def _in(*states: State) -> ColumnElement[bool]:
    return deliveries.c.state.in_([state.value for state in states])
