"""What need not be kept is forgotten; what keeps something from being done twice never is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.store.rows import NOON, add
from tutorbot.clock import Clocks
from tutorbot.records import people
from tutorbot.records.deliveries import State, list_deliveries
from tutorbot.records.people import Learner
from tutorbot.records.tables import deliveries, enrollments, learners, places
from tutorbot.store import Store
from tutorbot.tutor import forgetting
from tutorbot.tutor.tutor import Tutor

OLD = NOON - timedelta(days=30, seconds=1)


def owe(conn: Connection, key: str, **given: Any) -> int:
    """Add a delivery that was posted long ago, unless told otherwise."""
    values: dict[str, Any] = {"state": "posted", "kind": "post", "due_at": OLD, "created_at": OLD}
    return int(add(conn, deliveries, key=key, **values | given)["id"])


def forget(store: Store) -> None:
    """Forget what was over thirty days ago."""
    forgetting.forget_old(Tutor(store, Clocks(course=lambda: NOON)), keep_days=30)


def kept(store: Store) -> set[str]:
    """Return the keys of what is still there."""
    with store.read() as conn:
        return {delivery.key for delivery in list_deliveries(conn, limit=10_000)}


@pytest.mark.parametrize(
    "key", ["ask/1/lesson/es-1/t/1", "next/t", "note/t", "typed/t", "parked/C1/not_in_channel/2026-10-01"]
)
@pytest.mark.parametrize("state", ["posted", "dropped", "done"])
def test_what_somebody_asked_for_is_forgotten_once_it_is_over(store: Store, key: str, state: str) -> None:
    store.write(lambda conn: owe(conn, key, state=state))

    forget(store)

    assert kept(store) == set()


@pytest.mark.parametrize(
    "key",
    [
        "cohort/7/lesson/es-2",
        "cohort/7/welcome",
        "award/1/1",
        "award/1/1/own",
        "sitting/3/result",
        "sitting/3/close",
        "mark/5",
        "enrollment/1/joined/2026-10-01T12:00:00+00:00",
        "enrollment/1/paced/[1] 09:00:00/2026-10-01T12:00:00+00:00",
    ],
)
def test_what_is_owed_once_is_never_forgotten(store: Store, key: str) -> None:
    store.write(lambda conn: owe(conn, key))

    forget(store)

    assert kept(store) == {key}


@pytest.mark.parametrize(
    "given",
    [
        *({"state": state} for state in ("due", "claimed", "unknown", "parked")),
        {"due_at": NOON},
        {"created_at": NOON - timedelta(days=29)},
    ],
    ids=str,
)
def test_what_is_not_over_or_not_old_stays(store: Store, given: dict[str, Any]) -> None:
    store.write(lambda conn: owe(conn, "ask/1/next/t/1", **given))

    forget(store)

    assert kept(store) == {"ask/1/next/t/1"}


def test_what_posted_a_place_stays_with_it(store: Store) -> None:
    def fill(conn: Connection) -> None:
        add(conn, places, delivery_id=owe(conn, "ask/1/quiz/exam/t"))

    store.write(fill)

    forget(store)

    assert kept(store) == {"ask/1/quiz/exam/t"}


def test_parts_that_follow_one_another_are_forgotten_together_or_not_at_all(store: Store) -> None:
    def fill(conn: Connection) -> None:
        for purpose, last in (("ask/1", "posted"), ("ask/2", "due")):
            before = None
            for part in range(1, 6):
                state = last if part == 5 else "posted"
                before = owe(conn, f"{purpose}/{part}", after_id=before, state=state)

    store.write(fill)

    forget(store)

    assert kept(store) == {f"ask/2/{part}" for part in range(1, 6)}


def test_many_are_forgotten_in_several_transactions(store: Store) -> None:
    total = 2 * forgetting.BATCH + 1
    store.write(lambda conn: [owe(conn, f"note/{number}") for number in range(total)])

    forget(store)

    assert kept(store) == set()


def test_the_name_of_somebody_who_takes_no_course_is_forgotten(store: Store) -> None:
    def fill(conn: Connection) -> None:
        for user in ("U1", "U2", "U3"):
            add(conn, learners, team="T1", user=user, name=f"name of {user}")
        add(conn, enrollments, team="T1", user="U2")
        add(conn, deliveries, team="T1", user="U3", key="note/1", state=State.DUE.value)
        add(conn, deliveries, team="T1", user="U1", key="note/2", state=State.POSTED.value, due_at=NOON)

    store.write(fill)

    forget(store)

    with store.read() as conn:
        names = [people.read_profile(conn, Learner("T1", user)).name for user in ("U1", "U2", "U3")]
    assert names == ["", "name of U2", "name of U3"]
