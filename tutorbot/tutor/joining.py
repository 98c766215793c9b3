"""A learner joins a course, leaves it, and sets a pace."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Connection

from tutorbot.errors import BadInput, Nothing
from tutorbot.lessons import timewords
from tutorbot.lessons.course import Course
from tutorbot.records import cohorts, courses, deliveries, enrollments, people
from tutorbot.records.cohorts import Cohort
from tutorbot.records.deliveries import Delivery, Kind
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import cohort_here, find_course, find_enrollment, offered_courses
from tutorbot.tutor.owing import Show, owe_learner
from tutorbot.tutor.passing import award_if_passed
from tutorbot.tutor.reading import send_lesson, touch
from tutorbot.tutor.standing import CourseStanding, course_standing
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Joined:
    """That the learner takes part, and since when: `already` for one who did before."""

    standing: CourseStanding
    already: bool
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """That the learner pauses; everything done is kept."""

    course: Course


@dataclass(frozen=True, slots=True)
class PaceSet:
    """When the next lesson comes by itself; `next_at` is None when the learner asks for lessons instead."""

    course: Course
    days: frozenset[int] | None
    next_at: datetime | None
    zone: str


def join(tutor: Tutor, learner: Learner, *, name: str = "", channel: str | None = None) -> Joined:
    """Join the cohort of this channel, or elsewhere the named (or the only) course at one's own pace."""

    def work(conn: Connection) -> Joined:
        here = cohort_here(conn, learner, channel)
        here = cohorts.lock_running(conn, here.id) if here else None
        wanted = find_course(conn, tutor, name) if name else None
        if here and (wanted is None or wanted.id == here.course_id):
            return _take_part(conn, tutor, learner, here.course_id, here)
        return _take_part(conn, tutor, learner, (wanted or _only_course(conn, tutor)).id, None)

    return tutor.store.write(work)


def join_cohort(tutor: Tutor, learner: Learner, cohort_id: int) -> Joined:
    """Join the cohort whose welcome message carries the pressed button."""

    def work(conn: Connection) -> Joined:
        cohort = cohorts.lock_running(conn, cohort_id)
        if cohort is None:
            raise Nothing("This cohort has ended. Write `/tutor join` to take the course at your own pace.")
        if cohort.team != learner.team:
            raise Nothing("This cohort belongs to another workspace.")
        return _take_part(conn, tutor, learner, cohort.course_id, cohort)

    return tutor.store.write(work)


def leave(tutor: Tutor, learner: Learner, *, name: str = "", channel: str | None = None) -> Left:
    """Pause a course: nothing is sent any more, and what was done and what was open is kept."""

    def work(conn: Connection) -> Left:
        found = find_enrollment(conn, tutor, learner, course=name, channel=channel)
        enrollment, now = enrollments.lock_enrollment(conn, found.id), tutor.now()
        opened = enrollments.opened_lessons(conn, enrollment, now=now)
        if not enrollments.end_membership(conn, enrollment.id, now=now):
            raise Nothing(
                "You have left that course already. `/tutor join` takes it up again where you were."
            )
        enrollments.open_lessons(conn, enrollment.id, sorted(opened), now=now)
        return Left(tutor.course(conn, enrollment.digest))

    return tutor.store.write(work)


def set_pace(tutor: Tutor, learner: Learner, text: str, *, channel: str | None = None) -> PaceSet:
    """Set the days and the hour, in the learner's own zone, at which the next lesson comes by itself.

    `text` is like "mon-fri 09:00"; "off" ends it. Raises BadInput with what would be right, and Nothing where
    no lesson can come so.
    """
    days, at = _parse_pace(text)

    def work(conn: Connection) -> PaceSet:
        enrollment = find_enrollment(conn, tutor, learner, channel=channel)
        if not enrollment.active:
            raise Nothing("You have paused this course. `/tutor join` resumes it, then set your pace.")
        if enrollment.cohort_id is not None:
            raise Nothing(
                "Your lessons come with your cohort's schedule; a pace of your own is for learning alone."
            )
        enrollments.set_pace(conn, enrollment.id, days, at)
        paced = enrollments.read_enrollment(conn, enrollment.id)
        standing = course_standing(conn, tutor, paced)
        if days and standing.next_unread is None:
            raise Nothing(
                f"You have read every lesson of {standing.course.title}: none is left to come by itself. "
                "`/tutor` says what comes next."
            )
        owe_paced_lesson(conn, tutor, standing)
        return PaceSet(standing.course, days, standing.paced_at, standing.zone)

    return tutor.store.write(work)


def deliver_paced_lesson(conn: Connection, tutor: Tutor, delivery: Delivery) -> None:
    """Send a self-paced learner the next lesson and owe the one after it.

    Nothing happens when the learner left, joined a cohort or changed the pace meanwhile; where they moved
    to another zone, it is the hour of that zone that counts.
    """
    assert delivery.enrollment_id is not None
    enrollment = enrollments.lock_enrollment(conn, delivery.enrollment_id)
    if not enrollment.active or enrollment.cohort_id is not None or enrollment.pace_days is None:
        return
    if delivery.what["pace"] != _pace_name(enrollment):
        return
    standing = course_standing(conn, tutor, enrollment)
    if delivery.what["zone"] != standing.zone:
        owe_paced_lesson(conn, tutor, standing)
        return
    unread = next((state for state in standing.lessons if not state.read), None)
    if unread is None:
        return
    send_lesson(conn, tutor, standing, unread, f"paced/{delivery.id}")
    if unread is not standing.lessons[-1]:
        owe_paced_lesson(conn, tutor, standing)


def owe_paced_lesson(conn: Connection, tutor: Tutor, standing: CourseStanding) -> None:
    """Owe a self-paced learner the lesson that comes next by itself, if they have set a pace."""
    enrollment, at = standing.enrollment, standing.paced_at
    if at is None:
        return
    deliveries.owe(
        conn,
        f"enrollment/{enrollment.id}/paced/{_pace_name(enrollment)}/{at.isoformat()}",
        {"show": Show.PACED_LESSON, "pace": _pace_name(enrollment), "zone": standing.zone},
        kind=Kind.ACT,
        team=enrollment.learner.team,
        user=enrollment.learner.user,
        enrollment_id=enrollment.id,
        due_at=at,
        now=tutor.now(),
    )


def _take_part(
    conn: Connection, tutor: Tutor, learner: Learner, course_id: str, cohort: Cohort | None
) -> Joined:
    now = tutor.now()
    digest = cohort.digest if cohort else courses.current_digests(conn)[course_id]
    enrollment_id, new = enrollments.enroll(conn, learner, course_id, digest, now=now)
    before = enrollments.lock_enrollment(conn, enrollment_id)
    already = before.active and before.cohort_id == (cohort.id if cohort else before.cohort_id)
    if not already:
        go_over(conn, before, cohort, now=now)
    enrollment = enrollments.read_enrollment(conn, enrollment_id)
    touch(conn, enrollment)
    standing = course_standing(conn, tutor, enrollment)
    if not already:
        owe_learner(
            conn,
            tutor,
            learner,
            f"enrollment/{enrollment_id}/joined/{now.isoformat()}",
            {"show": Show.JOINED, "enrollment": enrollment_id, "resumed": not new},
            enrollment=enrollment,
        )
        owe_paced_lesson(conn, tutor, standing)
        award_if_passed(conn, tutor, enrollment)  # by other due dates the same answers may be enough
    return Joined(standing, already=already, resumed=not new and not already)


def go_over(conn: Connection, before: Enrollment, cohort: Cohort | None, *, now: datetime) -> None:
    """Let a learner go over to a cohort, or to their own pace, keeping open what was open.

    The enrollment must be locked (see `lock_enrollment`).
    """
    opened = enrollments.opened_lessons(conn, before, now=now)
    enrollments.open_lessons(conn, before.id, sorted(opened), now=now)
    enrollments.end_membership(conn, before.id, now=now)
    enrollments.begin_membership(conn, before.id, cohort.id if cohort else None, now=now)


def _only_course(conn: Connection, tutor: Tutor) -> Course:
    offered = offered_courses(conn, tutor)
    if not offered:
        raise Nothing(
            "There is no course here yet. Whoever runs this bot adds one with `tutorbot course add`."
        )
    if len(offered) > 1:
        names = ", ".join(f"`{course_id}`" for course_id in offered)
        raise BadInput(
            f"Say which course, for example `/tutor join {next(iter(offered))}`. There are: {names}."
        )
    return next(iter(offered.values()))


def _parse_pace(text: str) -> tuple[frozenset[int] | None, time | None]:
    if text.strip().lower() in {"off", "none", "stop"}:
        return None, None
    days, _, at = text.strip().rpartition(" ")
    if not days:
        raise BadInput(
            "Give days and an hour, for example `/tutor pace mon-fri 09:00`, or `/tutor pace off`."
        )
    try:
        return timewords.parse_days(days), timewords.parse_time(at)
    except ValueError as fault:
        raise BadInput(str(fault)) from None


def _pace_name(enrollment: Enrollment) -> str:
    return f"{sorted(enrollment.pace_days or ())} {enrollment.pace_time}"


def remember(tutor: Tutor, learner: Learner, name: str, zone: str) -> None:
    """Keep what Slack says of a learner: the name for the badge, and the zone (UTC for one nobody knows).

    Lessons that come at the learner's own pace come by the clocks of that zone from now on.
    """
    try:
        known = timewords.parse_zone(zone).key
    except ValueError:
        known = "UTC"

    def work(conn: Connection) -> None:
        before = people.read_profile(conn, learner).zone
        people.remember(conn, learner, name=name, zone=known)
        if known == before:
            return
        for enrollment in enrollments.enrollments_of(conn, learner):
            if enrollment.active:
                owe_paced_lesson(conn, tutor, course_standing(conn, tutor, enrollment))

    tutor.store.write(work)
