"""Lessons that are late because the bot was down are sent one after the other, by day."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from tutorbot.lessons.pacing import catch_up
from tutorbot.records.deliveries import Delivery
from tutorbot.records.retiming import due_to, late_deliveries, retime, zone_of

LESSONS = frozenset({"lesson card", "paced lesson"})
"""What a delivery that brings a lesson shows: a cohort's card, or the next lesson at a learner's pace."""

GRACE = timedelta(minutes=10)


def retime_late_lessons(conn: Connection, *, now: datetime) -> int:
    """Give late lessons, and those that would overtake them, new instants; return how many.

    It happens in the transaction of the claim, so none is claimed before, and what has a new instant
    is not late any more: it gets another one only where that one is missed too.
    """
    late = late_deliveries(conn, grace_ends=now - GRACE)
    places = {delivery.place for delivery in late if _is_lesson(delivery)}
    if not places:
        return 0
    waiting: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in filter(_is_lesson, due_to(conn, places)):
        waiting[delivery.place].append(delivery)
    return sum(_retime_place(conn, lessons, now) for lessons in waiting.values())


def _retime_place(conn: Connection, lessons: list[Delivery], now: datetime) -> int:
    times = catch_up(
        [lesson.due_at for lesson in lessons], now=now, grace=GRACE, zone=_zone(zone_of(conn, lessons[0]))
    )
    return sum(
        retime(conn, lesson, due_at)
        for lesson, due_at in zip(lessons, times, strict=True)
        if due_at != lesson.due_at
    )


def _is_lesson(delivery: Delivery) -> bool:
    return delivery.what.get("show") in LESSONS


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):  # Slack may know a zone that this machine does not
        return ZoneInfo("UTC")
