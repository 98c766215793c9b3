"""What may stand twice is looked for, however often something new is suspected there."""

from datetime import UTC, datetime, timedelta

from tutorbot.delivery.suspicions import Surroundings, Suspicion, Suspicions

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HERE = Surroundings("C1", None)


def suspected(minute: int) -> Suspicion:
    """Return what is sent in this minute after noon, and to be looked for two minutes later."""
    look_at = NOON + timedelta(minutes=minute + 2)
    return Suspicion(HERE, NOON + timedelta(minutes=minute), look_at, look_at)


def test_a_new_one_puts_off_no_look_and_gets_its_own() -> None:
    suspicions = Suspicions()
    looks = []

    for minute in range(6):
        if minute < 4:
            suspicions.add(suspected(minute))
        looks += [(minute, each.since) for each in suspicions.take(machine=NOON + timedelta(minutes=minute))]

    assert looks == [
        (2, NOON),  # for the first
        (4, NOON),  # for those that came until then
        (5, NOON),  # for the last
    ]
    assert suspicions.take(machine=NOON + timedelta(hours=1)) == []
