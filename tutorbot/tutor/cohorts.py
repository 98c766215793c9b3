"""Staff run a course in a channel, with a schedule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from tutorbot.errors import BadInput
from tutorbot.lessons import pacing
from tutorbot.lessons.course import Course, Lesson, TextIn
from tutorbot.lessons.pacing import Schedule
from tutorbot.records import cohorts, courses, deliveries, enrollments, owed, planning
from tutorbot.records.cohorts import Cohort
from tutorbot.records.planning import Owed
from tutorbot.tutor.choosing import find_course
from tutorbot.tutor.joining import go_over, owe_paced_lesson
from tutorbot.tutor.owing import Show
from tutorbot.tutor.reading import lesson_parts
from tutorbot.tutor.standing import course_standing, numbered_lessons
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule would do: when each lesson opens (UTC), with its number."""

    course: Course
    digest: str
    schedule: Schedule
    lessons: tuple[tuple[str, Lesson, datetime], ...]


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort as it is listed."""

    cohort: Cohort
    title: str
    learners: int
    lessons: int
    opened: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class CohortWelcome:
    """The first message in a cohort's channel."""

    cohort_id: int
    course: Course
    schedule: Schedule
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson as it is posted to its cohort's channel; `position` counts from 1."""

    cohort_id: int
    course: Course
    module_title: str
    number: str
    lesson: Lesson
    position: int
    total: int
    in_thread: bool


def plan_cohort(tutor: Tutor, course: str, schedule: Schedule) -> Plan:
    """Return the dates that a cohort of this course would have; nothing is stored.

    Raises BadInput for an unknown course or a schedule without days.
    """
    with tutor.store.read() as conn:
        found = find_course(conn, tutor, course)
        digest = courses.current_digests(conn)[found.id]
    numbered = numbered_lessons(found)
    try:
        instants = pacing.plan(schedule, len(numbered))
    except ValueError as fault:
        raise BadInput(str(fault)) from None
    lessons = tuple((number, lesson, at) for (number, lesson), at in zip(numbered, instants, strict=True))
    return Plan(found, digest, schedule, lessons)


def start_cohort(tutor: Tutor, team: str, channel: str, plan: Plan) -> int:
    """Start a cohort: store its dates, owe its welcome and every lesson, and return its id.

    Raises BadInput when a cohort is running in that channel.
    """

    def work(conn: Connection) -> int:
        now = tutor.now()
        cohort_id = cohorts.start_cohort(
            conn, team, channel, plan.course.id, plan.digest, plan.schedule, now=now
        )
        if cohort_id is None:
            raise _taken(cohorts.running_cohort(conn, team, channel))
        cohorts.plan_lessons(conn, cohort_id, {lesson.id: at for _, lesson, at in plan.lessons})
        deliveries.owe(
            conn,
            f"cohort/{cohort_id}/welcome",
            {"show": Show.COHORT_WELCOME, "cohort": cohort_id},
            team=team,
            channel=channel,
            cohort_id=cohort_id,
            due_at=now,
            now=now,
        )
        owe_lessons(conn, team, channel, cohort_id, plan, now=now)
        return cohort_id

    return tutor.store.write(work)


def check_free(tutor: Tutor, team: str, channel: str) -> None:
    """Raise BadInput when a cohort is running in that channel."""
    with tutor.store.read() as conn:
        if running := cohorts.running_cohort(conn, team, channel):
            raise _taken(running)


def _taken(running: Cohort | None) -> BadInput:
    number = running.id if running else "?"
    return BadInput(
        f"Cohort {number} runs in that channel. Stop it first with `tutorbot cohort stop {number}`, "
        "or choose another channel."
    )


def owe_lessons(
    conn: Connection, team: str, channel: str, cohort_id: int, plan: Plan, *, now: datetime
) -> None:
    """Owe the lessons of a plan to the cohort's channel, as far as they are not owed already."""
    to_channel = partial(Owed, team=team, channel=channel, cohort_id=cohort_id)
    in_thread = plan.course.text_in is TextIn.THREAD
    posts: list[Owed] = []
    for _, lesson, at in plan.lessons:
        parts = len(lesson_parts(lesson)) if in_thread else 0
        posts += _lesson_posts(partial(to_channel, due_at=at), cohort_id, lesson.id, parts)
    planning.owe_all(conn, posts, now=now)


def _lesson_posts(owed: Callable[..., Owed], cohort_id: int, lesson_id: str, parts: int) -> Iterator[Owed]:
    """Give a lesson's card and, for its thread, the parts of its text, each after the one before."""
    card = f"cohort/{cohort_id}/lesson/{lesson_id}"
    what = {"cohort": cohort_id, "lesson": lesson_id}
    yield owed(key=card, what={"show": Show.LESSON_CARD, **what})
    previous = card
    for part in range(1, parts + 1):
        key = f"{card}/text/{part}"
        text = {"show": Show.THREAD_TEXT, **what, "part": part}
        yield owed(key=key, what=text, after=previous, in_thread=True)
        previous = key


def list_cohorts(tutor: Tutor) -> Sequence[CohortLine]:
    """Return all cohorts, the oldest first."""
    now = tutor.now()
    with tutor.store.read() as conn:
        return [_line(conn, tutor, cohort, now) for cohort in cohorts.all_cohorts(conn)]


def find_running(tutor: Tutor, cohort_id: int) -> CohortLine:
    """Return a cohort as it is listed; raises BadInput when it does not run."""
    with tutor.store.read() as conn:
        cohort = cohorts.read_cohort(conn, cohort_id)
        if cohort is None or cohort.stopped_at is not None:
            raise _not_running(cohort_id)
        return _line(conn, tutor, cohort, tutor.now())


def _line(conn: Connection, tutor: Tutor, cohort: Cohort, now: datetime) -> CohortLine:
    times = list(cohorts.lesson_times(conn, cohort.id).values())
    running = cohort.stopped_at is None
    return CohortLine(
        cohort=cohort,
        title=tutor.course(conn, cohort.digest).title,
        learners=enrollments.members_of(conn, cohort.id),
        lessons=len(times),
        opened=sum(at <= now for at in times),
        next_at=next((at for at in times if at > now), None) if running else None,
    )


def _not_running(cohort_id: int) -> BadInput:
    return BadInput(f"There is no running cohort {cohort_id}; `tutorbot cohort list` shows them.")


def stop_cohort(tutor: Tutor, cohort_id: int) -> None:
    """Stop a cohort: its lessons that are still to come are dropped; what was open stays open.

    Its learners go on at their own pace, by the days and the hour that they may have set before. Raises
    BadInput when it does not run.
    """

    def work(conn: Connection) -> None:
        now = tutor.now()
        if not cohorts.stop_cohort(conn, cohort_id, now=now):
            raise _not_running(cohort_id)
        owed.drop_of_cohort(conn, cohort_id, reason="the cohort was stopped")
        for member in enrollments.lock_members(conn, cohort_id):
            go_over(conn, member, None, now=now)
            if member.pace_days:  # set before they joined the cohort
                alone = enrollments.read_enrollment(conn, member.id)
                owe_paced_lesson(conn, tutor, course_standing(conn, tutor, alone))

    tutor.store.write(work)


def cohort_welcome(conn: Connection, tutor: Tutor, cohort_id: int) -> CohortWelcome | None:
    """Return what the welcome message shows, or None when the cohort was stopped."""
    cohort = cohorts.read_cohort(conn, cohort_id)
    if cohort is None or cohort.stopped_at is not None:
        return None
    times = list(cohorts.lesson_times(conn, cohort_id).values())
    return CohortWelcome(cohort_id, tutor.course(conn, cohort.digest), cohort.schedule, times[0], times[-1])


def lesson_card(conn: Connection, tutor: Tutor, cohort_id: int, lesson_id: str) -> LessonCard | None:
    """Return what a lesson's card shows, or None when the cohort was stopped or has the lesson no more."""
    cohort = cohorts.read_cohort(conn, cohort_id)
    if cohort is None or cohort.stopped_at is not None:
        return None
    course = tutor.course(conn, cohort.digest)
    numbered = numbered_lessons(course)
    found = next(((at, each) for at, each in enumerate(numbered) if each[1].id == lesson_id), None)
    if found is None:
        return None
    position, (number, lesson) = found
    module = next(module for module in course.modules if lesson in module.lessons)
    return LessonCard(
        cohort_id=cohort_id,
        course=course,
        module_title=module.title,
        number=number,
        lesson=lesson,
        position=position + 1,
        total=len(numbered),
        in_thread=course.text_in is TextIn.THREAD,
    )
