"""Cohorts, and when their lessons open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, insert, select, update

from tutorbot.lessons.pacing import Schedule
from tutorbot.records.schema import days_from_text, days_to_text, insert_once
from tutorbot.records.tables import cohort_lessons, cohorts


@dataclass(frozen=True, slots=True)
class Cohort:
    """A course run in a channel, with a schedule."""

    id: int
    team: str
    channel: str
    course_id: str
    digest: str
    schedule: Schedule
    started_at: datetime
    stopped_at: datetime | None


def _cohort_from(row: Row[Any]) -> Cohort:
    return Cohort(
        id=row.id,
        team=row.team,
        channel=row.channel,
        course_id=row.course_id,
        digest=row.digest,
        schedule=Schedule(
            days=days_from_text(row.days),
            at=row.wall_time,
            zone=ZoneInfo(row.zone),
            start=row.start,
            skip=frozenset(map(date.fromisoformat, row.skip)),
            per_delivery=row.per_delivery,
        ),
        started_at=row.started_at,
        stopped_at=row.stopped_at,
    )


def start_cohort(
    conn: Connection,
    team: str,
    channel: str,
    course_id: str,
    digest: str,
    schedule: Schedule,
    *,
    now: datetime,
) -> int | None:
    """Record a cohort and return its id, or None when one is running in that channel."""
    made: int | None = conn.scalar(
        insert_once(conn.dialect, cohorts)
        .values(
            team=team,
            channel=channel,
            course_id=course_id,
            digest=digest,
            days=days_to_text(schedule.days),
            wall_time=schedule.at,
            zone=schedule.zone.key,
            start=schedule.start,
            skip=sorted(day.isoformat() for day in schedule.skip),
            per_delivery=schedule.per_delivery,
            started_at=now,
        )
        .returning(cohorts.c.id)
    )
    return made


def plan_lessons(conn: Connection, cohort_id: int, opens_at: Mapping[str, datetime]) -> None:
    """Record when each lesson of a new cohort opens (UTC), by lesson id."""
    conn.execute(
        insert(cohort_lessons),
        [{"cohort_id": cohort_id, "lesson_id": lesson, "opens_at": at} for lesson, at in opens_at.items()],
    )


def lesson_times(conn: Connection, cohort_id: int) -> dict[str, datetime]:
    """Return when each lesson opens (UTC), by lesson id, in that order."""
    rows = conn.execute(
        select(cohort_lessons.c.lesson_id, cohort_lessons.c.opens_at)
        .where(cohort_lessons.c.cohort_id == cohort_id)
        .order_by(cohort_lessons.c.opens_at)
    )
    return {row.lesson_id: row.opens_at for row in rows}


def read_cohort(conn: Connection, cohort_id: int) -> Cohort | None:
    """Return one cohort, or None."""
    row = conn.execute(select(cohorts).where(cohorts.c.id == cohort_id)).first()
    return None if row is None else _cohort_from(row)


def lock_running(conn: Connection, cohort_id: int) -> Cohort | None:
    """Return a cohort that runs, or None; it is not stopped before this transaction ends.

    Whoever joins begins with this: on PostgreSQL they would else come to be in a cohort that is stopped
    meanwhile, and that has let go of its members already.
    """
    row = conn.execute(
        select(cohorts)
        .where(cohorts.c.id == cohort_id, cohorts.c.stopped_at.is_(None))
        .with_for_update(read=True)
    ).first()
    return None if row is None else _cohort_from(row)


def running_cohort(conn: Connection, team: str, channel: str) -> Cohort | None:
    """Return the cohort that runs in a channel, or None."""
    row = conn.execute(
        select(cohorts).where(
            cohorts.c.team == team, cohorts.c.channel == channel, cohorts.c.stopped_at.is_(None)
        )
    ).first()
    return None if row is None else _cohort_from(row)


def all_cohorts(conn: Connection) -> list[Cohort]:
    """Return all cohorts, the oldest first."""
    return [_cohort_from(row) for row in conn.execute(select(cohorts).order_by(cohorts.c.id))]


def stop_cohort(conn: Connection, cohort_id: int, *, now: datetime) -> bool:
    """Stop a running cohort; False when it does not run."""
    stopped = conn.execute(
        update(cohorts)
        .where(cohorts.c.id == cohort_id, cohorts.c.stopped_at.is_(None))
        .values(stopped_at=now)
    )
    return stopped.rowcount == 1
