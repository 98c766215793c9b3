"""Where a learner stands in a course."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import Connection

from tutorbot.lessons import grading, pacing, timewords
from tutorbot.lessons.course import Course, Exercise, Lesson
from tutorbot.lessons.grading import Attempt, Due, Grade
from tutorbot.lessons.question import Question
from tutorbot.lessons.sitting import FIRST_RUN, Sitting, drawn_questions
from tutorbot.records import attempts, awards, cohorts, enrollments, people, sittings
from tutorbot.records.awards import Award
from tutorbot.records.cohorts import Cohort
from tutorbot.records.enrollments import Enrollment
from tutorbot.tutor.duedates import due_dates
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson as it stands for one learner; `number` is like 1.2, `opens_at` is set for a cohort's."""

    lesson: Lesson
    number: str
    is_open: bool
    read: bool
    opens_at: datetime | None
    settled: int

    @property
    def graded(self) -> int:
        """How many of its review questions count."""
        return sum(question.is_graded for question in self.lesson.questions)

    @property
    def unanswered(self) -> int:
        """How many review questions that count still take answers."""
        return self.graded - self.settled

    @property
    def is_answered(self) -> bool:
        """Whether review questions count, and all are settled: then nobody needs to be sent to read it."""
        return bool(self.graded) and not self.unanswered


@dataclass(frozen=True, slots=True)
class ExerciseState:
    """An exercise of the case study as it stands for one learner.

    It opens with a lesson, if the course says so; `begun` says that something of it was answered.
    """

    exercise: Exercise
    number: int
    settled: int
    opens_with: LessonState | None = None
    begun: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can be worked on: as its lesson can be read, and always once it was begun."""
        return self.begun or self.opens_with is None or self.opens_with.is_open

    @property
    def graded(self) -> int:
        """How many of its questions count."""
        return sum(question.is_graded for question in self.exercise.questions)

    @property
    def unanswered(self) -> int:
        """How many questions that count still take answers."""
        return self.graded - self.settled

    @property
    def is_waiting(self) -> bool:
        """Whether it is open, and still takes answers."""
        return self.is_open and bool(self.unanswered)


class Step(Enum):
    """What fits next."""

    RESUME_EXAM = auto()
    READ = auto()
    ANSWER = auto()
    WAIT = auto()
    CASE = auto()
    EXAM = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """Everything that is shown of a learner in a course: lessons, exercises, exam, grade and award.

    `zone` is the one in which times are told: the cohort's, or else the learner's. `due` says by when which
    questions (by id) are to be answered.
    """

    enrollment: Enrollment
    course: Course
    cohort: Cohort | None
    zone: str
    lessons: tuple[LessonState, ...]
    exercises: tuple[ExerciseState, ...]
    sitting: Sitting | None
    exam_open: bool
    grade: Grade
    due: Mapping[str, Due]
    award: Award | None
    badge_channel: str | None
    paced_at: datetime | None

    @property
    def unanswered(self) -> int:
        """How many questions of open lessons and open exercises still take answers."""
        states: tuple[LessonState | ExerciseState, ...] = (*self.lessons, *self.exercises)
        return sum(state.unanswered for state in states if state.is_open)

    @property
    def next_opening(self) -> LessonState | None:
        """The next lesson of the cohort that is still to come."""
        return next((state for state in self.lessons if not state.is_open), None)

    @property
    def next_unread(self) -> LessonState | None:
        """The next lesson that is open and was not read."""
        return next((state for state in self.lessons if state.is_open and not state.read), None)

    @property
    def next_exercise(self) -> ExerciseState | None:
        """The next exercise that is open and takes answers."""
        return next((state for state in self.exercises if state.is_waiting), None)


def next_step(standing: CourseStanding) -> tuple[Step, LessonState | ExerciseState | None]:
    """Return what fits next, and the lesson or exercise it is about.

    An exercise comes right after the lesson that it opens with, and one that names none when all lessons
    are done.
    """
    if standing.exam_open:
        return Step.RESUME_EXAM, None
    for state in standing.lessons:
        if state.is_open and not state.read and not state.is_answered:
            return Step.READ, state
        if state.is_open and state.unanswered:
            return Step.ANSWER, state
        if exercise := _exercise_after(standing, state):
            return Step.CASE, exercise
    if standing.next_opening:
        return Step.WAIT, standing.next_opening
    if standing.next_exercise:
        return Step.CASE, standing.next_exercise
    if standing.course.exam and standing.sitting is None:
        return Step.EXAM, None
    return Step.DONE, None


def _exercise_after(standing: CourseStanding, lesson: LessonState) -> ExerciseState | None:
    """Return the first exercise that opened with a lesson and still takes answers."""
    opened = (state for state in standing.exercises if state.opens_with is lesson and lesson.is_open)
    return next((state for state in opened if state.unanswered), None)


def course_standing(conn: Connection, tutor: Tutor, enrollment: Enrollment) -> CourseStanding:
    """Return where the learner stands, read from the store and folded."""
    now = tutor.now()
    course = tutor.course(conn, enrollment.digest)
    cohort = cohorts.read_cohort(conn, enrollment.cohort_id) if enrollment.cohort_id else None
    tried = attempts.attempts_of(conn, enrollment.id, FIRST_RUN)
    settled = _settled_questions(course, tried)
    sitting = sittings.read_sitting(conn, enrollment.id, FIRST_RUN)
    due = due_dates(conn, course, enrollment.id)
    profile = people.read_profile(conn, enrollment.learner)
    lessons = _lesson_states(conn, course, enrollment, cohort, settled, now)
    return CourseStanding(
        enrollment=enrollment,
        course=course,
        cohort=cohort,
        zone=cohort.schedule.zone.key if cohort else profile.zone,
        lessons=lessons,
        exercises=_exercise_states(course, lessons, {attempt.question_id for attempt in tried}, settled),
        sitting=sitting,
        exam_open=sitting is not None and not sitting.is_closed(now),
        grade=grade_from(tutor, conn, course, tried, sitting, due=due, now=now),
        due=due,
        award=awards.award_of(conn, enrollment.id),
        badge_channel=cohort.channel if cohort else tutor.badge_channel or None,
        paced_at=_paced_at(enrollment, profile.zone, now),
    )


def grade_from(
    tutor: Tutor,
    conn: Connection,
    course: Course,
    tried: list[Attempt],
    sitting: Sitting | None,
    *,
    due: Mapping[str, Due],
    now: datetime,
) -> Grade:
    """Return the grade; the exam is read in the version that was sat."""
    exam: list[Question] | None = None
    if sitting:
        sat = tutor.course(conn, sitting.digest)
        assert sat.exam is not None
        exam = list(drawn_questions(sat.exam, sitting))
    drawn = {question.id for question in exam or ()}
    return grading.course_grade(
        course,
        [attempt for attempt in tried if attempt.question_id not in drawn],
        exam=exam,
        exam_attempts=[attempt for attempt in tried if attempt.question_id in drawn],
        exam_closed=sitting is not None and sitting.is_closed(now),
        due=due,
        now=now,
    )


def _settled_questions(course: Course, tried: list[Attempt]) -> set[str]:
    """Return the ids of the questions that count and take no more answers."""
    by_question: dict[str, list[Attempt]] = {}
    for attempt in tried:
        by_question.setdefault(attempt.question_id, []).append(attempt)
    return {
        question.id
        for question in course.questions().values()
        if question.is_graded and grading.standing(question, by_question.get(question.id, ())).settled
    }


def _count(settled: set[str], questions: tuple[Question, ...]) -> int:
    return sum(question.id in settled for question in questions)


def _lesson_states(
    conn: Connection,
    course: Course,
    enrollment: Enrollment,
    cohort: Cohort | None,
    settled: set[str],
    now: datetime,
) -> tuple[LessonState, ...]:
    """Return how each lesson stands; what the cohort's own version has no more waits for nothing."""
    opened = enrollments.opened_lessons(conn, enrollment, now=now)
    read = enrollments.read_lessons(conn, enrollment.id)
    times = cohorts.lesson_times(conn, cohort.id) if cohort else {}
    return tuple(
        LessonState(
            lesson=lesson,
            number=number,
            is_open=lesson.id in opened or lesson.id not in times,
            read=lesson.id in read,
            opens_at=times.get(lesson.id),
            settled=_count(settled, lesson.questions),
        )
        for number, lesson in numbered_lessons(course)
    )


def _exercise_states(
    course: Course, lessons: tuple[LessonState, ...], tried: set[str], settled: set[str]
) -> tuple[ExerciseState, ...]:
    by_id = {state.lesson.id: state for state in lessons}
    opens_with = course.opens_with()
    return tuple(
        ExerciseState(
            exercise=exercise,
            number=number,
            settled=_count(settled, exercise.questions),
            opens_with=by_id.get(opens_with[exercise.id]),
            begun=any(question.id in tried for question in exercise.questions),
        )
        for number, exercise in enumerate(course.exercises(), 1)
    )


def numbered_lessons(course: Course) -> list[tuple[str, Lesson]]:
    """Return the lessons with their numbers: 2.1 is the first lesson of the second module."""
    return [
        (f"{m}.{n}", lesson)
        for m, module in enumerate(course.modules, 1)
        for n, lesson in enumerate(module.lessons, 1)
    ]


def _paced_at(enrollment: Enrollment, zone: str, now: datetime) -> datetime | None:
    if not (enrollment.pace_days and enrollment.pace_time and enrollment.cohort_id is None):
        return None
    return pacing.next_slot(enrollment.pace_days, enrollment.pace_time, timewords.parse_zone(zone), after=now)
