"""Lessons that are late because the bot was down are sent one after the other, by day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from tutorbot.lessons.pacing import catch_up
from tutorbot.records.claims import due_posts_of, late_posts, retime
from tutorbot.records.cohorts import read_cohort
from tutorbot.records.deliveries import Delivery
from tutorbot.records.people import Learner, read_profile

LESSON = "lesson card"
GRACE = timedelta(minutes=10)


def retime_late_lessons(conn: Connection, *, now: datetime) -> int:
    """Give late lessons, and those that would overtake them, new instants; return how many.

    It happens in the transaction of the claim, so none is claimed before, and what has a new instant
    is not late any more: it is given again only where that one is missed too.
    """
    late = late_posts(conn, now=now, grace_ends=now - GRACE)
    places = {delivery.place for delivery in late if _is_lesson(delivery)}
    if not places:
        return 0
    waiting: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in filter(_is_lesson, due_posts_of(conn, places)):
        waiting[delivery.place].append(delivery)
    return sum(_retime_place(conn, lessons, now) for lessons in waiting.values())


def _retime_place(conn: Connection, lessons: list[Delivery], now: datetime) -> int:
    times = catch_up(
        [lesson.due_at for lesson in lessons], now=now, grace=GRACE, zone=_zone_of(conn, lessons)
    )
    return sum(
        retime(conn, lesson, due_at)
        for lesson, due_at in zip(lessons, times, strict=True)
        if due_at != lesson.due_at
    )


def _is_lesson(delivery: Delivery) -> bool:
    return delivery.what.get("show") == LESSON


def _zone_of(conn: Connection, lessons: Iterable[Delivery]) -> ZoneInfo:
    """Return the zone of the cohort, or of the learner, that these lessons go to."""
    first = next(iter(lessons))
    cohort = read_cohort(conn, first.cohort_id) if first.cohort_id is not None else None
    if cohort is not None:
        return cohort.schedule.zone
    profile = read_profile(conn, Learner(first.team, first.user or ""))
    try:
        return ZoneInfo(profile.zone)
    except (ValueError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")
