"""A learner opens lessons."""

from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection

from tutorbot.errors import BadInput, Nothing
from tutorbot.lessons.course import Course, Lesson
from tutorbot.lessons.splitting import split
from tutorbot.lessons.text import Prose
from tutorbot.lessons.timewords import wall_time
from tutorbot.records import cohorts, enrollments, people
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import find_enrollment, own_enrollment
from tutorbot.tutor.owing import Show, asked_before, owe_learner
from tutorbot.tutor.standing import (
    CourseStanding,
    ExerciseState,
    LessonState,
    Step,
    course_standing,
    next_step,
    numbered_lessons,
)
from tutorbot.tutor.tutor import Tutor

PART_LENGTH = 9_000
"""How much of a lesson goes into one message; Slack has refused large blocks from 13,000 characters on."""


@dataclass(frozen=True, slots=True)
class Sent:
    """That something is on its way to the direct message: the lesson, or what there is instead."""

    title: str


@dataclass(frozen=True, slots=True)
class NoLesson:
    """That there is no next lesson now, and where the learner stands."""

    standing: CourseStanding
    step: Step


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part of a lesson's text; the last part carries the buttons for what comes next.

    `standing` is that of who reads it, and None in a cohort's thread, where the text belongs to everybody.
    """

    course: Course
    lesson: Lesson
    number: str
    prose: Prose
    part: int
    parts: int
    standing: CourseStanding | None
    cohort_id: int | None


def lesson_parts(lesson: Lesson) -> tuple[Prose, ...]:
    """Return the lesson's text in parts, a message each."""
    return split(lesson.text, PART_LENGTH)


def lesson_part(
    course: Course,
    lesson_id: str,
    part: int,
    *,
    standing: CourseStanding | None = None,
    cohort_id: int | None = None,
) -> LessonPart:
    """Return one part (from 1) of a lesson's text; Nothing when the course has it no more."""
    found = next((found for found in numbered_lessons(course) if found[1].id == lesson_id), None)
    if found is None or part > len(lesson_parts(found[1])):
        raise Nothing("That lesson is gone from the course. Write `/tutor` to see what is yours.")
    number, lesson = found
    parts = lesson_parts(lesson)
    return LessonPart(course, lesson, number, parts[part - 1], part, len(parts), standing, cohort_id)


def read_lesson(
    tutor: Tutor, learner: Learner, name: str, *, gesture: str, channel: str | None, course: str = ""
) -> Sent:
    """Send a lesson to the learner's direct message: the named one, else the one read last, else the next.

    Raises BadInput for a name that no lesson has, and Nothing for a lesson that is not open yet.
    """

    def work(conn: Connection) -> Sent:
        enrollment = find_enrollment(conn, tutor, learner, course=course, channel=channel)
        standing = course_standing(conn, tutor, enrollment)
        state = find_lesson(standing, name) if name else _current_lesson(standing)
        return send_lesson(conn, tutor, standing, state, gesture)

    return tutor.store.write(work)


def read_lesson_by_button(
    tutor: Tutor, learner: Learner, enrollment_id: int, lesson_id: str, *, gesture: str
) -> Sent:
    """Send the lesson that a button in the learner's own messages names."""

    def work(conn: Connection) -> Sent:
        enrollment = own_enrollment(conn, learner, enrollment_id)
        standing = course_standing(conn, tutor, enrollment)
        return send_lesson(conn, tutor, standing, find_lesson(standing, lesson_id), gesture)

    return tutor.store.write(work)


def read_cohort_lesson(
    tutor: Tutor, learner: Learner, cohort_id: int, lesson_id: str, *, gesture: str
) -> Sent:
    """Send the lesson whose card stands in a cohort's channel."""

    def work(conn: Connection) -> Sent:
        standing = course_standing(conn, tutor, enrollment_in_cohort(conn, tutor, learner, cohort_id))
        return send_lesson(conn, tutor, standing, find_lesson(standing, lesson_id), gesture)

    return tutor.store.write(work)


def next_lesson(
    tutor: Tutor,
    learner: Learner,
    *,
    gesture: str,
    enrollment_id: int | None = None,
    channel: str | None = None,
    course: str = "",
) -> Sent | NoLesson:
    """Send the next unread lesson that is open; without one, say what fits instead."""

    def work(conn: Connection) -> Sent | NoLesson:
        enrollment = (
            own_enrollment(conn, learner, enrollment_id)
            if enrollment_id is not None
            else find_enrollment(conn, tutor, learner, course=course, channel=channel)
        )
        standing = course_standing(conn, tutor, enrollment)
        purpose = f"ask/{enrollment.id}/next/"
        if asked_before(conn, tutor, enrollment, purpose, gesture):
            return Sent(_title(_read_last(conn, standing)))
        if standing.next_unread is None:
            return NoLesson(standing, next_step(standing)[0])
        return send_lesson(conn, tutor, standing, standing.next_unread, gesture, purpose=purpose)

    return tutor.store.write(work)


def enrollment_in_cohort(conn: Connection, tutor: Tutor, learner: Learner, cohort_id: int) -> Enrollment:
    """Return the learner's enrollment in the cohort's course; NotEnrolled says how to join."""
    cohort = cohorts.read_cohort(conn, cohort_id)
    if cohort is None:
        raise Nothing("That cohort is gone. Write `/tutor` to see what is yours.")
    return find_enrollment(conn, tutor, learner, course=cohort.course_id, channel=cohort.channel)


def send_lesson(
    conn: Connection,
    tutor: Tutor,
    standing: CourseStanding,
    state: LessonState,
    gesture: str,
    *,
    purpose: str = "",
) -> Sent:
    """Owe the lesson's text to the direct message, part after part, and record that it was opened.

    `purpose` says what was asked for where it was not this lesson by name.
    """
    if not state.is_open:
        raise Nothing(opens_later(standing, state))
    now, enrollment = tutor.now(), standing.enrollment
    enrollments.open_lessons(conn, enrollment.id, [state.lesson.id], now=now)
    enrollments.mark_read(conn, enrollment.id, state.lesson.id, now=now)
    touch(conn, enrollment)
    purpose = purpose or f"ask/{enrollment.id}/lesson/{state.lesson.id}/"
    if not asked_before(conn, tutor, enrollment, purpose, gesture):
        previous: int | None = None
        for part in range(1, len(lesson_parts(state.lesson)) + 1):
            what: dict[str, object] = {
                "show": Show.LESSON_TEXT,
                "enrollment": enrollment.id,
                "digest": enrollment.digest,
                "lesson": state.lesson.id,
                "part": part,
            }
            previous = owe_learner(
                conn,
                tutor,
                enrollment.learner,
                f"{purpose}{gesture}/{part}",
                what,
                enrollment=enrollment,
                after_id=previous,
            )
    return Sent(_title(state))


def _title(state: LessonState) -> str:
    return f"Lesson {state.number}: {state.lesson.title}"


def _read_last(conn: Connection, standing: CourseStanding) -> LessonState:
    """Return the lesson that was opened last for the first time."""
    opened = enrollments.read_lessons(conn, standing.enrollment.id)
    read = [state for state in standing.lessons if state.lesson.id in opened]
    return max(read, key=lambda state: opened[state.lesson.id])


def find_lesson(standing: CourseStanding, name: str) -> LessonState:
    """Return the lesson with this id, number or title; BadInput names the likely one."""
    wanted = name.strip().lower()
    by_name = {
        key: state
        for state in standing.lessons
        for key in (state.lesson.id, state.number, state.lesson.title.lower())
    }
    if wanted in by_name:
        return by_name[wanted]
    begins = {state.lesson.id: state for key, state in by_name.items() if key.startswith(wanted)}
    if wanted and len(begins) == 1:
        return next(iter(begins.values()))
    likely = get_close_matches(wanted, by_name, n=1)
    mend = (
        f"Did you mean `{by_name[likely[0]].number}` ({by_name[likely[0]].lesson.title})?"
        if likely
        else f"Give its number or its name, for example `{standing.lessons[0].number}`; "
        "`/tutor syllabus` lists them."
    )
    raise BadInput(f"There is no lesson “{name}” in this course. {mend}")


def touch(conn: Connection, enrollment: Enrollment) -> None:
    """Remember that this is the course the learner touched last."""
    people.remember(conn, enrollment.learner, last_course=enrollment.course_id)


def _current_lesson(standing: CourseStanding) -> LessonState:
    opened = [state for state in standing.lessons if state.is_open]
    if not opened:
        upcoming = standing.next_opening
        raise Nothing(opens_later(standing, upcoming) if upcoming else "This course has no lessons yet.")
    read = [state for state in opened if state.read]
    return read[-1] if read else opened[0]


def opens_later(standing: CourseStanding, state: LessonState) -> str:
    """Return the sentence that says when a lesson opens."""
    if state.opens_at is None:
        return f"Lesson {state.number} is not open yet."
    return f"Lesson {state.number} opens on {wall_time(state.opens_at, standing.zone)}."


def exercise_opens(standing: CourseStanding, state: ExerciseState) -> str:
    """Return the sentence that says with which lesson an exercise opens, and when that is."""
    lesson = state.opens_with
    assert lesson is not None  # one that names no lesson is open
    at = f", on {wall_time(lesson.opens_at, standing.zone)}" if lesson.opens_at else ""
    return f"Exercise {state.number} of the case study opens with lesson {lesson.number}{at}."
