"""`tutorbot deliveries`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import click
from sqlalchemy import Connection

from tutorbot.blocks.refusals import in_words
from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.clock import machine_now
from tutorbot.errors import BadInput
from tutorbot.records import deliveries
from tutorbot.records.deliveries import Delivery, State
from tutorbot.records.lateness import count_to_come
from tutorbot.settings import read_settings
from tutorbot.store import Store, open_store

STUCK = (State.PARKED, State.UNKNOWN, State.CLAIMED)
OVER = (State.POSTED, State.DONE, State.DROPPED)
USUAL_LINES = 20
"""How many deliveries of each kind people are told, unless they say how many."""


def show(*, everything: bool, limit: int | None, as_json: bool) -> None:
    """Print what is stuck or late, then what comes next, then perhaps what is over; a limit of 0 is none."""
    now, usual = machine_now(), 0 if as_json else USUAL_LINES
    most = (usual if limit is None else limit) or None
    with progress("Reading the deliveries"), _opened() as store, store.read() as conn:
        due = deliveries.list_deliveries(conn, states=[State.DUE], limit=most)
        stuck = [
            each for state in STUCK for each in deliveries.list_deliveries(conn, states=[state], limit=most)
        ]
        coming = deliveries.list_deliveries(conn, states=[State.DUE], after=now, limit=most)
        over = deliveries.list_deliveries(conn, states=OVER, limit=most, backwards=True) if everything else []
        counts = deliveries.counts(conn)
        to_come, last = count_to_come(conn, after=now)
    pressing = [*stuck, *(each for each in due if each.due_at <= now)][:most]
    if as_json:
        listed = {"pressing": pressing, "coming": coming, "over": over}
        programs.tell({name: list(map(_data, found)) for name, found in listed.items()} | {"counts": counts})
        return
    _tell(
        "Parked, unknown, being sent or late",
        pressing,
        sum(counts[state] for state in (*STUCK, State.DUE)) - to_come,
    )
    _tell("To come", coming, to_come, f" until {_instant(last)}" if last else "")
    _tell("Over, the latest first", over, sum(counts[state] for state in OVER))
    told = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    click.echo(f"In all: {told or 'nothing is owed yet'}.")


def _tell(title: str, listed: Sequence[Delivery], number: int, until: str = "") -> None:
    """Print deliveries under a title, and how many more there are."""
    if not listed:
        return
    click.echo(f"{title}:")
    for delivery in listed:
        click.echo(_line(delivery))
    if number > len(listed):
        click.echo(f"  and {number - len(listed):,} more{until}; --limit 0 lists all.")
    click.echo()


def retry(numbers: Sequence[int], *, anyway: bool) -> None:
    """Owe parked or dropped deliveries again."""
    now = machine_now()
    _change(
        numbers,
        lambda number, conn: deliveries.retry(conn, number, now=now, anyway=anyway),
        done="is owed again",
        otherwise="; only what is parked or dropped is retried",
    )


def drop(numbers: Sequence[int]) -> None:
    """Give deliveries up."""
    _change(
        numbers,
        lambda number, conn: deliveries.drop(conn, number),
        done="is dropped",
        otherwise=", so there is nothing to drop",
    )


def _change(
    numbers: Sequence[int], change: Callable[[int, Connection], bool], *, done: str, otherwise: str
) -> None:
    """Change each that can be, and tell; BadInput names the others."""
    left: list[str] = []
    with _opened() as store:
        for number in numbers:
            if store.write(partial(change, number)):
                click.echo(f"Delivery {number} {done}.")
            else:
                left.append(_why_not(store, number, otherwise))
    if left:
        raise BadInput("\n".join(left))


@contextmanager
def _opened() -> Iterator[Store]:
    store = open_store(read_settings().database_url)
    try:
        yield store
    finally:
        store.close()


def _why_not(store: Store, number: int, otherwise: str) -> str:
    with store.read() as conn:
        found = deliveries.find(conn, number)
    if found is None:
        return f"There is no delivery {number}; `tutorbot deliveries --all` lists them."
    return f"Delivery {number} is {found.state.value}{otherwise}."


def _data(delivery: Delivery) -> dict[str, object]:
    return {
        "delivery": delivery.id,
        "key": delivery.key,
        "state": delivery.state,
        "due_at": delivery.due_at,
        "channel": delivery.channel,
        "user": delivery.user,
        "cohort": delivery.cohort_id,
        "after": delivery.after_id,
        "sent_at": delivery.sent_at,
        "reason": delivery.reason,
    }


def _line(delivery: Delivery) -> str:
    where = delivery.channel or delivery.user or ""
    waits = f", after {delivery.after_id}" if delivery.after_id else ""
    reason = f": {in_words(delivery.reason)}" if delivery.reason else ""
    head = f"{delivery.id:>6}  {delivery.state.value:<8} {_instant(delivery.due_at)}  {where:<12}"
    return f"{head} {delivery.key}{waits}{reason}"


def _instant(due_at: datetime) -> str:
    return f"{due_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
