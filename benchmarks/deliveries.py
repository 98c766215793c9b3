"""Measures how fast deliveries are posted: against a bare loop, and against what Slack allows."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from typing import Any

from slack_sdk import WebClient

from benchmarks.report import Figure, Section
from benchmarks.turns import in_turns, middle, middle_ratio, seconds
from benchmarks.workspace import Workspace, workspace
from tutorbot.blocks import ids
from tutorbot.clock import Clocks, Now, machine_now
from tutorbot.delivery import Sender
from tutorbot.records.deliveries import Delivery
from tutorbot.records.planning import Owed, owe_all
from tutorbot.sandbox import Limits
from tutorbot.slack import Slack
from tutorbot.store import Store, open_store

THREADS = 4
PLACES = 100
POSTS = 1_000
DRAINED = 500
PATIENCE = 120
"""Seconds after which a measurement is given up."""


@dataclass(frozen=True, slots=True)
class Note:
    """A small message with a button, as most that the bot posts."""

    text: str = "Lesson 3 is open: Events are facts"
    blocks: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Lesson 3* is open: Events are facts"}},
            {"type": "actions", "elements": [_button("Read the lesson", "read:3")]},
        ]
    )
    needs: tuple[str, ...] = ()


def _button(text: str, action: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": text}}


def measure(folder: Path, *, rounds: int) -> Section:
    """Measure posts a second in turns with a bare loop, then a ledger drained under Slack's limits."""
    with workspace(PLACES, times=1_000) as there:
        turns = in_turns(rounds, lambda: _bare(there), lambda: _sent(there, folder, POSTS, _fast()))
        assert there.counted() == (2 * rounds * POSTS, 0)
    with workspace(PLACES) as there:
        took = _sent(there, folder, DRAINED, machine_now)
        taken, refused = there.counted()
    least = least_seconds(DRAINED, PLACES)
    return Section(
        figures=[
            Figure("posts a second, of those of a bare loop", 1 / middle_ratio(turns), 0.7, at_least=True),
            Figure(
                "the rate at which a ledger drains, of the one allowed", least / took, 0.95, at_least=True
            ),
            Figure("refusals by Slack (429) meanwhile", refused, 0, digits=0),
        ],
        how=f"{POSTS} small messages with a button to {PLACES} direct messages, posted from the ledger by "
        f"{THREADS} threads (claimed, posted, marked as posted; marks and claims committed several at "
        f"once with `synchronous=FULL`), in "
        f"turns with a loop of the SDK's client in as many threads, to a sandbox in a process of its own "
        f"whose limits are raised; medians of {rounds} rounds. Then {DRAINED} messages to {PLACES} places "
        f"under Slack's own limits, in real time.",
        details=f"- A bare loop: {POSTS / middle(turns, 0):,.0f} posts a second.\n"
        f"- From the ledger: {POSTS / middle(turns, 1):,.0f} posts a second.\n"
        f"- {taken} of {DRAINED} posts under Slack's limits: {took:.1f} s, where {least:.0f} s is the least.",
    )


def least_seconds(posts: int, places: int) -> float:
    """Return the least time in which Slack takes so many posts, spread evenly over the places."""
    limits = Limits()
    full_minutes = (posts - 1) // limits.posts_a_minute
    in_a_place = -(-posts // places)
    full_bursts = (in_a_place - 1) // limits.post_burst
    return max(full_minutes * 60, full_bursts * limits.post_burst / limits.posts_a_second)


def _bare(there: Workspace) -> float:
    """Post with the SDK's client alone; plain HTTP needs no TLS context."""
    client, note = WebClient(there.bot_token, base_url=there.api_url, retry_handlers=[]), Note()
    places = list(islice(cycle(there.people.values()), POSTS))

    def post(number: int) -> None:
        client.chat_postMessage(
            channel=places[number],
            text=note.text,
            blocks=note.blocks,
            metadata={"event_type": ids.DELIVERY_EVENT, "event_payload": {"key": f"bench/{number}"}},
            unfurl_links=False,
            unfurl_media=False,
        )

    with ThreadPoolExecutor(THREADS) as threads:
        return seconds(lambda: list(threads.map(post, range(POSTS))))


def _sent(there: Workspace, folder: Path, posts: int, pacing: Now) -> float:
    """Post what a new ledger owes, and return the seconds that this takes."""
    with TemporaryDirectory(dir=folder) as name, _opened(Path(name)) as store:
        now = machine_now()
        people = islice(cycle(there.people.items()), posts)
        owed = [
            Owed(f"bench/{number}", {"show": "note"}, there.team, now, channel=channel, user=user)
            for number, (user, channel) in enumerate(people)
        ]
        store.write(lambda conn: owe_all(conn, owed, now=now))
        return _drained(store, Slack(there.bot_token, api_url=there.api_url, machine_now=pacing), posts)


def _drained(store: Store, slack: Slack, posts: int) -> float:
    left, guard, done = [posts], Lock(), Event()

    def posted(_delivery: Delivery) -> None:
        with guard:
            left[0] -= 1
            if not left[0]:
                done.set()

    with ThreadPoolExecutor(THREADS) as threads:
        sender = Sender(
            store, slack, _draw, clocks=Clocks(), executor=threads, threads=THREADS, posted=posted
        )
        sender.start()
        began = time.perf_counter()
        sender.wake()
        assert done.wait(PATIENCE), f"{left[0]} of {posts} posts are missing"
        took = time.perf_counter() - began
        sender.stop()
    return took


def _draw(_delivery: Delivery, _files: Mapping[str, str]) -> Note:
    return Note()


def _fast() -> Now:
    """Return a clock that runs ten thousand times as fast: by it no pace is ever too fast."""
    began, since = machine_now(), time.monotonic()

    def now() -> datetime:
        return began + timedelta(seconds=(time.monotonic() - since) * 10_000)

    return now


@contextmanager
def _opened(folder: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{folder / 'ledger.db'}")
    try:
        yield store
    finally:
        store.close()
