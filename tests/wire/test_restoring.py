"""A backup is restored: nothing that was posted since is doubled, and nothing that was not is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.wire.classroom import CHANNEL, SMALL, Classroom
from tests.wire.outbox import START, CourseClock, Outbox, texts
from tests.wire.running import reached_over_http, running
from tests.wire.test_delivery_kills import Lives
from tutorbot.delivery import Point
from tutorbot.lessons.course import TextIn
from tutorbot.records.deliveries import Kind, State, counts
from tutorbot.sandbox import Limits, Sandbox
from tutorbot.store import Store, open_store
from tutorbot.upkeep.backing_up import back_up
from tutorbot.upkeep.restoring import restore

SOON = START + timedelta(minutes=1)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a sandbox that takes more posts at once: these tests run on the real clock."""
    with Sandbox(limits=Limits().times(100)) as running:
        running.be_patient()
        yield running


@pytest.fixture
def lives(sqlite_url: str, sandbox: Sandbox) -> Lives:
    """Give processes that may die."""
    return Lives(sqlite_url, sandbox)


@contextmanager
def opened(database_url: str) -> Iterator[Store]:
    """Give a store that is closed afterwards."""
    store = open_store(database_url)
    yield store
    store.close()


def owe_a_day(outbox: Outbox, day: str, channel: str) -> None:
    """Owe a card, two texts in its thread, a message to each of two people, and an exam that closes."""
    card = outbox.owe(f"{day} card", channel=channel)
    first = outbox.owe(f"{day} text 1", channel=channel, after_id=card, in_thread=True)
    outbox.owe(f"{day} text 2", channel=channel, after_id=first, in_thread=True)
    for name in ("anna", "ben"):
        outbox.owe(f"{day} for {name}", user=outbox.sandbox.person(name).id)
    outbox.owe(f"{day} exam", user=outbox.sandbox.person("ben").id, kind=Kind.ACT)


def seen(sandbox: Sandbox, channel: str) -> list[str]:
    """Return the texts of all messages, threads too."""
    anna, ben = sandbox.person("anna"), sandbox.person("ben")
    cards = anna.messages(channel)
    threads = [message for card in cards for message in anna.thread(card)]
    return sorted(texts([*cards, *threads, *anna.direct_messages(), *ben.direct_messages()]))


def all_of(day: str) -> list[str]:
    """Return the texts of a day, as they should be there once."""
    what = ("card", "text 1", "text 2", "for anna", "for ben")
    return [*(f"{day} {each}" for each in what), f"result of {day} exam"]


@pytest.mark.parametrize(
    ("point", "nth"), [(None, 1), *((Point.ANSWERED, nth) for nth in range(1, 7)), (Point.ADDRESSED, 2)]
)
@pytest.mark.parametrize("before", [True, False], ids=["known people", "new people"])
def test_what_was_posted_between_backup_and_death_is_not_posted_again(
    sqlite_url: str,
    sandbox: Sandbox,
    channel: str,
    lives: Lives,
    tmp_path: Path,
    point: Point | None,
    nth: int,
    before: bool,
) -> None:
    days = ["monday", "tuesday"] if before else ["tuesday"]
    for day in days:
        with opened(sqlite_url) as store:
            owe_a_day(Outbox(store, sandbox), day, channel)
        if day == "monday":
            lives.run()
    backup = back_up(sqlite_url, tmp_path / "backup.db").file
    died = lives.run(point, nth)

    restored = restore(sqlite_url, backup, now=SOON)
    lives.run()

    assert died == (point is not None)
    assert restored.doubted == 5
    assert seen(sandbox, channel) == sorted(text for day in days for text in all_of(day))
    with opened(sqlite_url) as store, store.read() as conn:
        assert counts(conn)[State.POSTED] == 6 * len(days)


def test_the_whole_bot_goes_on_after_a_restored_backup(
    sqlite_url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    channel, clock = sandbox.add_channel(CHANNEL), CourseClock()
    backup = tmp_path / "backup.db"
    with at_work(sandbox, clock, channel, sqlite_url, seed=1) as room:
        room.offer(SMALL)
        room.offer_changed(lambda course: replace(course, text_in=TextIn.THREAD))
        room.start_cohort("bread", at=time(10))
        room.let_happen()
        anna = room.pupil("anna")
        anna.command("join", channel=channel)
        anna.command("exam", channel=channel)
        room.let_happen()
        anna.press("Start the exam")
        anna.sees("Question 1 of 3")
        back_up(sqlite_url, backup)
        anna.chooses_and_confirms()
        anna.sees("Question 1 of 3", "Right.")
        room.later(hours=1)
        posted = everything(room)

    restore(sqlite_url, backup, now=clock.now)

    with at_work(sandbox, clock, channel, sqlite_url, seed=2) as room:
        sandbox.wait_for(partial(nothing_unknown, room))
        assert everything(room) == posted
        assert any("closed" in text or "right" in text for text in posted)
        anna = room.pupil("anna")
        room.later(days=1)
        assert len(everything(room)) > len(posted)
        assert len(set(everything(room))) == len(everything(room))


@contextmanager
def at_work(
    sandbox: Sandbox, clock: CourseClock, channel: str, database_url: str, *, seed: int
) -> Iterator[Classroom]:
    """Run the bot for a while."""
    with running(sandbox, clock, database_url, seed, {}) as bot, reached_over_http(sandbox, bot):
        yield Classroom(sandbox, bot, clock, channel)


def everything(room: Classroom) -> list[str]:
    """Return what the bot has posted to the channel, its threads and Anna."""
    room.let_happen()
    anna = room.pupil("anna")
    cards = [post for post in anna.person.messages(CHANNEL) if not post.ephemeral]
    threads = [message for card in cards for message in anna.person.thread(card)]
    return [f"{post.ts} {post.text}" for post in [*cards, *threads, *anna.posts()]]


def nothing_unknown(room: Classroom) -> bool:
    """Do a round, and say whether everything is known."""
    room.let_happen()
    with room.bot.store.read() as conn:
        return not counts(conn)[State.UNKNOWN]
