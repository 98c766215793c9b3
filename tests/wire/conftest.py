"""What tests over the wire share: a sandbox, and the half of the bot that delivers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.wire.classroom import Classroom, Pupil, classroom
from tests.wire.outbox import Outbox
from tutorbot.sandbox import Sandbox
from tutorbot.slack.manifest import app_manifest
from tutorbot.store import Store


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a running sandbox with Slack's own limits."""
    with Sandbox(manifest=app_manifest()) as running:
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


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Classroom]:
    """Give a running bot, reached over HTTP, that offers two courses: the bundled one and "bread"."""
    with classroom(sqlite_url, over_http=True) as opened:
        yield opened


@pytest.fixture
def anna(room: Classroom) -> Pupil:
    """Give somebody who takes no course yet."""
    return room.pupil("anna")


@pytest.fixture
def ben(room: Classroom) -> Pupil:
    """Give somebody else who takes no course yet."""
    return room.pupil("ben")
