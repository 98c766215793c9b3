"""`tutorbot deliveries`."""

from datetime import UTC

import click

from tutorbot.clock import machine_now
from tutorbot.errors import BadInput
from tutorbot.records import deliveries
from tutorbot.records.deliveries import Delivery, State
from tutorbot.settings import read_settings
from tutorbot.store import Store, open_store

OWED = (State.DUE, State.CLAIMED, State.UNKNOWN, State.PARKED)


def show(*, everything: bool, limit: int) -> None:
    """Print what is owed, the earliest first, and how many there are in each state."""
    with _opened().read() as conn:
        found = deliveries.list_deliveries(conn, states=tuple(State) if everything else OWED, limit=limit)
        counts = deliveries.counts(conn)
    for delivery in found:
        click.echo(_line(delivery))
    told = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    click.echo(f"In all: {told or 'nothing is owed yet'}.")


def retry(number: int, *, anyway: bool) -> None:
    """Owe a parked or dropped delivery again."""
    store = _opened()
    if not store.write(lambda conn: deliveries.retry(conn, number, now=machine_now(), anyway=anyway)):
        state = _state(store, number)
        raise BadInput(f"Delivery {number} is {state}; only what is parked or dropped is retried.")
    click.echo(f"Delivery {number} is owed again.")


def drop(number: int) -> None:
    """Give a delivery up."""
    store = _opened()
    if not store.write(lambda conn: deliveries.drop(conn, number)):
        raise BadInput(f"Delivery {number} is {_state(store, number)}, so there is nothing to drop.")
    click.echo(f"Delivery {number} is dropped.")


def _opened() -> Store:
    return open_store(read_settings().database_url)


def _state(store: Store, number: int) -> str:
    with store.read() as conn:
        found = deliveries.find(conn, number)
    if found is None:
        raise BadInput(f"There is no delivery {number}; `tutorbot deliveries --all` lists them.")
    return found.state.value


def _line(delivery: Delivery) -> str:
    due = delivery.due_at.astimezone(UTC)
    where = delivery.channel or delivery.user or ""
    waits = f", after {delivery.after_id}" if delivery.after_id else ""
    reason = f": {delivery.reason}" if delivery.reason else ""
    head = f"{delivery.id:>6}  {delivery.state.value:<8} {due:%Y-%m-%d %H:%M} UTC  {where:<12}"
    return f"{head} {delivery.key}{waits}{reason}"
