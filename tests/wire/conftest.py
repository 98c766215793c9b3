"""What tests over the wire share: a sandbox, and the half of the bot that delivers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.wire.outbox import Outbox
from tutorbot.sandbox import Sandbox
from tutorbot.store import Store


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a running sandbox with Slack's own limits."""
    with Sandbox() as running:
        yield running


@pytest.fixture
def channel(sandbox: Sandbox) -> str:
    """Give the id of a channel in which everybody is, the bot too."""
    return sandbox.add_channel("cqrs-autumn")


@pytest.fixture
def make_outbox(store: Store, sandbox: Sandbox) -> Callable[..., Outbox]:
    """Give a maker of outboxes over one store and sandbox: several stand for several processes."""

    def make(**given: Any) -> Outbox:
        return Outbox(store, sandbox, **given)

    return make


@pytest.fixture
def outbox(make_outbox: Callable[..., Outbox]) -> Outbox:
    """Give an outbox that does everything in the thread of the test."""
    return make_outbox()
