"""What is owed is owed once, claimed by one, and settled by what is known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, select

from tests.store.plans import plan_of
from tests.store.rows import add
from tutorbot.records import claims, settling
from tutorbot.records.deliveries import (
    Delivery,
    Kind,
    State,
    counts,
    drop,
    due_acts,
    find,
    list_deliveries,
    next_due,
    owe,
    retry,
    run_act,
    settle_by_click,
)
from tutorbot.records.doubting import RESTORED, doubt_what_was_due
from tutorbot.records.tables import deliveries, learners
from tutorbot.store import Store

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)  # course time
MACHINE = datetime(2026, 11, 23, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def owe_post(conn: Connection, key: str, **given: Any) -> int:
    values: dict[str, Any] = {"team": "T1", "due_at": NOW, "now": NOW} | given
    if "user" not in values:
        values.setdefault("channel", "C1")
    return owe(conn, key, {"show": "lesson card"}, **values)


def claim_now(conn: Connection, limit: int = 10, *, claimer: str = "one", **given: Any) -> list[Delivery]:
    values: dict[str, Any] = {"now": NOW, "machine": MACHINE, "until": MACHINE + MINUTE} | given
    return claims.claim(conn, claimer, limit=limit, **values)


def keys(found: list[Delivery]) -> list[str]:
    return [delivery.key for delivery in found]


def read(store: Store, key: str) -> Delivery:
    with store.read() as conn:
        delivery = find(conn, key)
    assert delivery is not None
    return delivery


def claimed(store: Store, key: str = "one", **given: Any) -> Delivery:
    """Owe something and claim it."""
    store.write(lambda conn: owe_post(conn, key, **given))
    (delivery,) = store.write(lambda conn: claim_now(conn, claimer=f"claimer of {key}"))
    return delivery


def unknown(store: Store, key: str = "one") -> Delivery:
    """Owe something, claim it, and lose track of it."""
    delivery = claimed(store, key)
    store.write(lambda conn: claims.mark_unknown(conn, delivery, settle_from=MACHINE))
    return read(store, key)


def test_the_same_key_is_owed_once(store: Store) -> None:
    first = store.write(lambda conn: owe_post(conn, "award/12"))

    again = store.write(lambda conn: owe_post(conn, "award/12", channel="C2"))

    assert again == first
    assert read(store, "award/12").channel == "C1"


def test_what_is_due_wakes_the_sender_after_the_commit_and_what_is_due_later_does_not(store: Store) -> None:
    wakes: list[str] = []
    store.wake = lambda: wakes.append("woken")

    store.write(lambda conn: owe_post(conn, "later", due_at=NOW + MINUTE))
    assert wakes == []
    store.write(lambda conn: owe_post(conn, "now"))
    assert wakes == ["woken"]
    store.write(lambda conn: owe_post(conn, "now"))
    assert wakes == ["woken"]


def test_a_message_to_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a channel or a user"):
        store.write(lambda conn: owe(conn, "lost", {}, team="T1", due_at=NOW, now=NOW))


def test_a_message_to_a_user_whose_direct_message_is_known_goes_there(store: Store) -> None:
    store.write(lambda conn: add(conn, learners, team="T1", user="U1", direct_channel="D1"))

    store.write(lambda conn: owe_post(conn, "hello", user="U1"))

    assert read(store, "hello").channel == "D1"


def test_the_oldest_is_claimed_first_and_one_for_each_place(store: Store) -> None:
    def owe_all(conn: Connection) -> None:
        owe_post(conn, "second of C1", due_at=NOW - MINUTE)
        owe_post(conn, "first of C1", due_at=NOW - 2 * MINUTE)
        owe_post(conn, "of U1", user="U1", due_at=NOW - 3 * MINUTE)
        owe_post(conn, "not due", channel="C3", due_at=NOW + MINUTE)
        owe_post(conn, "an act", channel="C4", kind=Kind.ACT)

    store.write(owe_all)

    assert keys(store.write(claim_now)) == ["of U1", "first of C1"]
    assert keys(store.write(claim_now)) == ["second of C1"]
    assert keys(store.write(claim_now)) == []


def test_places_that_are_busy_or_closed_are_passed_over(store: Store) -> None:
    def owe_all(conn: Connection) -> None:
        for n in range(30):
            owe_post(conn, f"busy {n}", channel="C1", due_at=NOW - 2 * MINUTE)
            owe_post(conn, f"closed {n}", user="U2", channel="D2", due_at=NOW - 2 * MINUTE)
        owe_post(conn, "free", channel="C3")
        owe_post(conn, "direct", user="U4")

    store.write(owe_all)

    found = store.write(lambda conn: claim_now(conn, busy=["C1"], closed=["D2"]))

    assert keys(found) == ["free", "direct"]


def test_no_more_than_the_limit_is_claimed(store: Store) -> None:
    store.write(lambda conn: [owe_post(conn, f"to C{n}", channel=f"C{n}") for n in range(5)])

    found = store.write(lambda conn: claim_now(conn, limit=2))

    assert keys(found) == ["to C0", "to C1"]


def test_a_released_delivery_waits_for_its_instant(store: Store) -> None:
    delivery = claimed(store)
    store.write(lambda conn: claims.release(conn, delivery, not_before=MACHINE + MINUTE))

    assert keys(store.write(claim_now)) == []
    assert keys(store.write(lambda conn: claim_now(conn, machine=MACHINE + MINUTE))) == ["one"]


def test_what_has_expired_is_neither_claimed_nor_kept(store: Store) -> None:
    store.write(lambda conn: owe_post(conn, "reminder", expires_at=NOW))

    assert keys(store.write(claim_now)) == []
    assert store.write(lambda conn: claims.drop_expired(conn, now=NOW)) == 1
    assert (read(store, "reminder").state, read(store, "reminder").reason) == (State.DROPPED, "expired")


def test_what_follows_waits_until_the_first_is_posted(store: Store) -> None:
    def owe_both(conn: Connection) -> None:
        card = owe_post(conn, "card")
        owe_post(conn, "text", channel="C2", after_id=card, in_thread=True)

    store.write(owe_both)
    (card,) = store.write(claim_now)

    assert store.write(claim_now) == []
    store.write(lambda conn: claims.mark_posted(conn, [claims.Stand(card.id, "C1", "1.5")]))
    (reply,) = store.write(claim_now)
    with store.read() as conn:
        assert claims.thread_of(conn, reply) == "1.5"


def test_a_reply_to_a_reply_goes_into_the_thread_of_the_first(store: Store) -> None:
    def owe_all(conn: Connection) -> None:
        card = owe_post(conn, "card")
        reply = owe_post(conn, "reply", after_id=card, in_thread=True)
        owe_post(conn, "reply to the reply", after_id=reply, in_thread=True)
        claims.mark_posted(conn, [claims.Stand(card, "C1", "1.5")])
        claims.mark_posted(conn, [claims.Stand(reply, "C1", "2.5")])

    store.write(owe_all)

    with store.read() as conn:
        assert claims.thread_of(conn, read(store, "reply to the reply")) == "1.5"
        assert claims.thread_of(conn, read(store, "card")) is None


def test_where_the_first_was_dropped_its_thread_is_too_and_the_rest_goes_ahead(store: Store) -> None:
    def owe_all(conn: Connection) -> None:
        card = owe_post(conn, "card")
        owe_post(conn, "text", after_id=card, in_thread=True)
        owe_post(conn, "question", channel="C2", after_id=card)
        drop(conn, card)

    store.write(owe_all)

    store.write(lambda conn: claims.drop_expired(conn, now=NOW))
    assert keys(store.write(claim_now)) == ["question"]
    assert read(store, "text").state is State.DROPPED


def test_of_claimers_at_once_one_wins(store: Store) -> None:
    store.write(lambda conn: [owe_post(conn, f"to C{n}", channel=f"C{n}") for n in range(40)])
    together = Barrier(8)

    def claim_some(number: int) -> list[str]:
        together.wait()
        return keys(store.write(lambda conn: claim_now(conn, claimer=str(number), limit=20)))

    with ThreadPoolExecutor(8) as threads:
        found = [key for batch in threads.map(claim_some, range(8)) for key in batch]

    assert len(found) == len(set(found))


def test_a_claim_that_ran_out_is_unknown_but_due_where_it_had_no_address_yet(store: Store) -> None:
    def owe_both(conn: Connection) -> None:
        owe_post(conn, "to a channel")
        owe_post(conn, "to a person", user="U1")

    store.write(owe_both)
    store.write(claim_now)

    later = MACHINE + MINUTE
    store.write(lambda conn: settling.note_run_out(conn, machine=later, settle_from=later + MINUTE))

    assert read(store, "to a channel").state is State.UNKNOWN
    assert read(store, "to a channel").not_before == later + MINUTE
    assert read(store, "to a person").state is State.DUE


def test_a_claim_that_still_stands_does_not_run_out(store: Store) -> None:
    delivery = claimed(store)

    store.write(lambda conn: settling.note_run_out(conn, machine=MACHINE, settle_from=MACHINE))

    with store.read() as conn:
        assert claims.look_at_claim(conn, delivery)


def test_a_claimer_sees_that_its_claim_is_gone(store: Store) -> None:
    delivery = unknown(store)

    with store.read() as conn:
        assert not claims.look_at_claim(conn, delivery)


def test_what_is_unknown_is_looked_for_from_its_instant_on(store: Store) -> None:
    delivery = claimed(store)
    store.write(lambda conn: claims.mark_unknown(conn, delivery, settle_from=MACHINE + MINUTE))

    with store.read() as conn:
        assert settling.unknown_deliveries(conn, machine=MACHINE, limit=10) == []
        later = settling.unknown_deliveries(conn, machine=MACHINE + MINUTE, limit=10)
    assert keys(later) == ["one"]


def test_what_was_read_and_is_absent_is_due_again(store: Store) -> None:
    delivery = unknown(store)

    assert store.write(lambda conn: settling.settle_absent(conn, delivery))

    assert keys(store.write(claim_now)) == ["one"]


def test_a_reading_from_before_a_later_claim_settles_nothing(store: Store) -> None:
    before = unknown(store)
    store.write(lambda conn: settling.settle_absent(conn, before))
    (again,) = store.write(lambda conn: claim_now(conn, claimer="another"))
    store.write(lambda conn: claims.mark_unknown(conn, again, settle_from=MACHINE))

    assert not store.write(lambda conn: settling.settle_absent(conn, before))
    assert not store.write(lambda conn: settling.park_unread(conn, before, "refused"))
    assert not store.write(lambda conn: settling.look_later(conn, before, settle_from=NOW))
    assert read(store, "one").state is State.UNKNOWN


def test_whoever_marks_first_decides_which_message_stands(store: Store) -> None:
    delivery = claimed(store)

    first = store.write(lambda conn: claims.mark_posted(conn, [claims.Stand(delivery.id, "C1", "1.5")]))
    second = store.write(lambda conn: claims.mark_posted(conn, [claims.Stand(delivery.id, "C1", "2.5")]))

    assert (first, second) == (["1.5"], ["1.5"])


@pytest.mark.parametrize("prepare", [claimed, unknown])
def test_a_click_proves_that_it_was_posted(store: Store, prepare: Callable[[Store], Delivery]) -> None:
    delivery = prepare(store)

    assert store.write(lambda conn: settle_by_click(conn, delivery.key, channel="D1", ts="1.5"))
    assert not store.write(lambda conn: settle_by_click(conn, delivery.id, channel="D1", ts="1.5"))

    settled = read(store, "one")
    assert (settled.state, settled.channel, settled.posted_ts) == (State.POSTED, "D1", "1.5")


def test_a_refused_delivery_is_parked_and_due_again_when_staff_retry_it(store: Store) -> None:
    delivery = claimed(store)
    store.write(lambda conn: claims.park_refused(conn, delivery, "is_archived"))

    assert read(store, "one").reason == "is_archived"
    assert store.write(lambda conn: retry(conn, delivery.id, now=NOW))
    assert keys(store.write(claim_now)) == ["one"]


def test_what_was_dropped_before_its_hour_keeps_it_when_it_is_retried(store: Store) -> None:
    tomorrow = NOW + timedelta(days=1)
    number = store.write(lambda conn: owe_post(conn, "one", due_at=tomorrow))
    store.write(lambda conn: drop(conn, number))

    assert store.write(lambda conn: retry(conn, number, now=NOW))

    assert read(store, "one").due_at == tomorrow


def test_what_was_parked_unread_is_looked_for_first_unless_staff_have_looked(store: Store) -> None:
    delivery = unknown(store)
    store.write(lambda conn: settling.park_unread(conn, delivery, "not_in_channel"))

    assert store.write(lambda conn: retry(conn, delivery.id, now=NOW))
    assert read(store, "one").state is State.UNKNOWN
    store.write(lambda conn: settling.park_unread(conn, read_in(conn, "one"), "not_in_channel"))
    assert store.write(lambda conn: retry(conn, delivery.id, now=NOW, anyway=True))
    assert read(store, "one").state is State.DUE


def read_in(conn: Connection, key: str) -> Delivery:
    delivery = find(conn, key)
    assert delivery is not None
    return delivery


def test_what_is_posted_can_be_neither_retried_nor_dropped(store: Store) -> None:
    delivery = claimed(store)
    assert not store.write(lambda conn: drop(conn, delivery.id))  # it is being sent

    store.write(lambda conn: claims.mark_posted(conn, [claims.Stand(delivery.id, "C1", "1.5")]))

    assert not store.write(lambda conn: drop(conn, delivery.id))
    assert not store.write(lambda conn: retry(conn, delivery.id, now=NOW))


def test_a_dropped_delivery_is_not_posted(store: Store) -> None:
    dropped = store.write(lambda conn: owe_post(conn, "one"))

    assert store.write(lambda conn: drop(conn, dropped))

    assert store.write(claim_now) == []


def test_an_act_and_its_effect_happen_once_and_together(store: Store) -> None:
    effects: list[str] = []
    store.write(lambda conn: owe_post(conn, "close the exam", kind=Kind.ACT))
    act = read(store, "close the exam")

    def run() -> bool:
        return store.write(
            lambda conn: run_act(conn, act, lambda _conn, done, _now: effects.append(done.key), NOW)
        )

    assert [run(), run()] == [True, False]
    assert effects == ["close the exam"]
    assert read(store, "close the exam").state is State.DONE


def test_an_act_that_fails_leaves_nothing_and_stays_due(store: Store) -> None:
    store.write(lambda conn: owe_post(conn, "close the exam", kind=Kind.ACT))
    act = read(store, "close the exam")

    def fail(conn: Connection, _delivery: Delivery, _now: datetime) -> None:
        add(conn, learners, team="T1", user="U1")
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        store.write(lambda conn: run_act(conn, act, fail, NOW))

    with store.read() as conn:
        assert conn.execute(select(learners)).first() is None
        assert keys(due_acts(conn, now=NOW, limit=10)) == ["close the exam"]


def test_an_act_that_may_have_run_before_a_restore_is_still_doubted_when_it_is_retried(store: Store) -> None:
    store.write(lambda conn: owe_post(conn, "close the exam", kind=Kind.ACT))
    store.write(lambda conn: doubt_what_was_due(conn, now=NOW))
    act = read(store, "close the exam")
    store.write(lambda conn: claims.park_act(conn, act, "it could not be done"))

    assert store.write(lambda conn: retry(conn, act.id, now=NOW))

    again = read(store, "close the exam")
    assert (again.state, again.claimed_by) == (State.DUE, RESTORED)


def test_the_next_that_is_due_is_told(store: Store) -> None:
    def owe_all(conn: Connection) -> None:
        owe_post(conn, "past", due_at=NOW - MINUTE)
        owe_post(conn, "much later", due_at=NOW + 9 * MINUTE)
        owe_post(conn, "next", due_at=NOW + MINUTE, kind=Kind.ACT)

    store.write(owe_all)

    with store.read() as conn:
        upcoming = next_due(conn, after=NOW)
        assert next_due(conn, after=NOW + 9 * MINUTE) is None
    assert upcoming is not None
    assert upcoming.key == "next"


def test_the_list_and_the_counts_show_what_is_parked(store: Store) -> None:
    parked = claimed(store, "parked")
    store.write(lambda conn: claims.park_refused(conn, parked, "is_archived"))
    store.write(lambda conn: owe_post(conn, "due"))

    with store.read() as conn:
        assert keys(list_deliveries(conn, states=[State.PARKED])) == ["parked"]
        assert keys(list_deliveries(conn)) == ["parked", "due"]
        numbers = counts(conn)
    assert (numbers[State.PARKED], numbers[State.DUE], numbers[State.UNKNOWN]) == (1, 1, 0)


def owe_many(store: Store, number: int) -> None:
    rows = [
        {
            "key": f"to {n}",
            "kind": "post",
            "what": {"show": "lesson card"},
            "team": "T1",
            "user": f"U{n}",
            "in_thread": False,
            "due_at": NOW - timedelta(seconds=n),
            "state": "due",
            "created_at": NOW,
        }
        for n in range(number)
    ]
    store.write(lambda conn: conn.execute(deliveries.insert(), rows))


@pytest.mark.timeout(60, func_only=True)  # PostgreSQL may have to be started first
def test_ten_thousand_due_are_claimed_in_batches_over_the_index(store: Store) -> None:
    owe_many(store, 10_000)

    batches = []
    while batch := store.write(lambda conn: claim_now(conn, limit=500)):
        batches.append(len(batch))

    assert batches == [500] * 20


def test_the_claim_looks_at_open_deliveries_alone(store: Store) -> None:
    owe_many(store, 2_000)
    store.write(lambda conn: conn.execute(deliveries.update().values(state="posted")))

    plan = plan_of(store, claims.SENDABLE, now=NOW, machine=MACHINE, busy=[], closed=[], most=50)

    assert "ix_deliveries_open" in plan
