"""Everybody moves to another version of a course at once, so that an author sees what they have saved.

The demo alone does this. Where people learn, who began a course keeps the version they began with.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.lessons import pacing
from tutorbot.lessons.changes import changes
from tutorbot.lessons.course import Course
from tutorbot.lessons.pacing import Schedule
from tutorbot.records import attempts, cohorts, enrollments, moving
from tutorbot.records.cohorts import Cohort
from tutorbot.records.deliveries import Delivery, State
from tutorbot.records.people import Learner
from tutorbot.tutor import cases, joining, reading
from tutorbot.tutor.cohorts import Plan, owe_lessons
from tutorbot.tutor.owing import Show
from tutorbot.tutor.pages import EXAM, quiz_context
from tutorbot.tutor.quizzes import turn_to
from tutorbot.tutor.reading import Sent, enrollment_in_cohort, lesson_parts
from tutorbot.tutor.standing import numbered_lessons
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Changed:
    """A lesson or an exercise that is new or not what it was; one of the two ids is empty."""

    title: str
    lesson: str = ""
    exercise: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a move: what has changed, in words too, and what is to be drawn again."""

    said: tuple[str, ...]
    changed: tuple[Changed, ...]
    messages: tuple[Delivery, ...]
    places: tuple[int, ...]
    learners: tuple[Learner, ...]


def move_everybody(tutor: Tutor, course_id: str, before: str, after: str) -> Moved:
    """Move the running cohorts of a course, and all who ever joined it, from one version to another.

    Lessons that a cohort has opened stay open. The others, also new ones, take its next days in their
    order, and lessons that are gone are owed no more. What was answered stays; a question that has
    changed is shown anew, and one that is gone gives way to the next.
    """

    def work(conn: Connection) -> Moved:
        old, new = tutor.course(conn, before), tutor.course(conn, after)
        for cohort in cohorts.all_cohorts(conn):
            if cohort.course_id == course_id and cohort.stopped_at is None:
                _move_cohort(conn, tutor, cohort, new, after)
        moved = moving.move_enrollments(conn, course_id, after)
        messages = _move_messages(conn, old, new, after)
        places = tuple(place for place in moving.places_of(conn, moved) if _turn(conn, tutor, place))
        for unused in moving.delete_unused_versions(conn, course_id, spare=before):  # it may be being sent
            tutor.forget(unused)
        learners = tuple(enrollments.read_enrollment(conn, each).learner for each in moved)
        return Moved(changes(old, new), tuple(_changed(old, new)), messages, places, learners)

    return tutor.store.write(work)


def show_changed(tutor: Tutor, learner: Learner, cohort_id: int, changed: Changed, *, gesture: str) -> Sent:
    """Send what has changed to somebody's direct message, as a member of the cohort, also before its time."""
    joining.join_cohort(tutor, learner, cohort_id)

    def opened(conn: Connection) -> int:
        enrollment = enrollment_in_cohort(conn, tutor, learner, cohort_id)
        course = tutor.course(conn, enrollment.digest)
        if lesson := changed.lesson or course.opens_with().get(changed.exercise):
            enrollments.open_lessons(conn, enrollment.id, [lesson], now=tutor.now())
        return enrollment.id

    mine = tutor.store.write(opened)
    if changed.exercise:
        return cases.send_exercise(tutor, learner, changed.exercise, gesture=gesture, enrollment_id=mine)
    return reading.read_lesson_by_button(tutor, learner, mine, changed.lesson, gesture=gesture)


def _move_cohort(conn: Connection, tutor: Tutor, cohort: Cohort, course: Course, digest: str) -> None:
    now = tutor.now()
    times = cohorts.lesson_times(conn, cohort.id)
    opened = {lesson: at for lesson, at in times.items() if at <= now}
    numbered = numbered_lessons(course)
    coming = _coming(cohort.schedule, len(numbered), now=now)
    lessons = tuple((number, lesson, opened.get(lesson.id) or next(coming)) for number, lesson in numbered)
    moving.move_cohort(conn, cohort.id, digest, {lesson.id: at for _, lesson, at in lessons})
    moving.withdraw_lessons(conn, cohort.id)
    plan = Plan(course, digest, cohort.schedule, lessons)
    owe_lessons(conn, cohort.team, cohort.channel, cohort.id, plan, now=now)


def _coming(schedule: Schedule, count: int, *, now: datetime) -> Iterator[datetime]:
    """Yield the instants of a schedule that are still to come, at least so many."""
    today = now.astimezone(schedule.zone).date()
    ahead = replace(schedule, start=max(schedule.start, today))
    return (at for at in pacing.plan(ahead, count + schedule.per_delivery) if at > now)


def _move_messages(conn: Connection, old: Course, new: Course, digest: str) -> tuple[Delivery, ...]:
    """Let messages that name a version show the new one; return those that stand in Slack and look otherwise.

    Of a message that was sent several times, the newest is meant.
    """
    faces, parts = (_faces(old), _faces(new)), _parts(new)
    again: dict[tuple[object, ...], Delivery] = {}
    for found in moving.messages_of(conn, new.id):
        message = moving.show_version(conn, found, digest) if "digest" in found.what else found
        subject = _subject(message)
        was, now = (face.get(subject) for face in faces)
        if message.state is State.POSTED and subject and now and was != now:
            part = message.what.get("part", 1)
            if part <= parts.get(subject, 1):
                again[(message.place, message.what["show"], subject, part)] = message
    return tuple(again.values())


def _subject(message: Delivery) -> str:
    """Return what a message is about: `lesson:…`, `exercise:…`, `course`, or nothing that changes here."""
    what = message.what
    match what["show"]:
        case Show.LESSON_TEXT | Show.THREAD_TEXT | Show.LESSON_CARD:
            return f"lesson:{what['lesson']}"
        case Show.EXERCISE_TEXT:
            return f"exercise:{what['exercise']}"
        case Show.COHORT_WELCOME:
            return "course"
        case _:
            return ""


def _faces(course: Course) -> dict[str, object]:
    """Return all that messages show of each of their subjects."""
    numbered = numbered_lessons(course)
    titles = {lesson.id: module.title for module in course.modules for lesson in module.lessons}
    return {
        "course": replace(course, modules=(), case_study=None, exam=None),
        **{
            f"lesson:{lesson.id}": (course.title, titles[lesson.id], number, len(numbered), lesson)
            for number, lesson in numbered
        },
        **{
            f"exercise:{exercise.id}": (number, cases.exercise_parts(course, exercise), exercise)
            for number, exercise in enumerate(course.exercises(), 1)
        },
    }


def _parts(course: Course) -> dict[str, int]:
    """Return in how many messages each lesson and exercise is sent."""
    return {f"lesson:{lesson.id}": len(lesson_parts(lesson)) for lesson in course.lessons()} | {
        f"exercise:{each.id}": len(cases.exercise_parts(course, each)) for each in course.exercises()
    }


def _turn(conn: Connection, tutor: Tutor, place_id: int) -> bool:
    """Let a place show its question as it is now, or the next one where that is gone; say if it turned.

    An exam keeps the version that is being sat. Where the whole quiz is gone, the message stays as it is.
    """
    place = attempts.read_place(conn, place_id)
    drawing = attempts.read_drawing(conn, place.shows) if place and place.shows else None
    if place is None or drawing is None or place.quiz == EXAM:
        return False
    try:
        enrollment = enrollments.read_enrollment(conn, place.enrollment_id)
        context = quiz_context(conn, tutor, enrollment, place.quiz)
    except Nothing:
        return False
    there = {question.id: question for question in context.questions}
    question = there.get(drawing.question_id)
    if question == tutor.question(conn, drawing.digest, drawing.question_id):
        return False
    turn_to(conn, tutor, context, place, question or (context.first_unsettled(0) if there else None))
    return True


def _changed(old: Course, new: Course) -> Iterator[Changed]:
    """Yield the lessons and exercises that are new or not what they were."""
    lessons, exercises = list(old.lessons()), list(old.exercises())
    for number, lesson in numbered_lessons(new):
        if lesson not in lessons:
            yield Changed(f"Lesson {number}: {lesson.title}", lesson=lesson.id)
    for position, exercise in enumerate(new.exercises(), 1):
        if exercise not in exercises:
            yield Changed(f"Exercise {position}: {exercise.title}", exercise=exercise.id)
