"""A learner works on the case study."""

from dataclasses import dataclass

from sqlalchemy import Connection

from tutorbot.errors import BadInput, Nothing
from tutorbot.lessons.course import Course, Exercise
from tutorbot.lessons.splitting import split
from tutorbot.lessons.text import Heading, Prose, Rule, Span
from tutorbot.records.people import Learner
from tutorbot.tutor.choosing import find_enrollment, own_enrollment
from tutorbot.tutor.owing import Show, asked_before, owe_learner
from tutorbot.tutor.quizzes import open_quiz
from tutorbot.tutor.reading import PART_LENGTH, Sent, exercise_opens, touch
from tutorbot.tutor.standing import CourseStanding, ExerciseState, course_standing
from tutorbot.tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class ExercisePart:
    """A part of an exercise's text; the story's introduction comes before the first exercise's."""

    course: Course
    exercise: Exercise
    number: int
    prose: Prose
    part: int
    parts: int


def send_exercise(
    tutor: Tutor,
    learner: Learner,
    name: str,
    *,
    gesture: str,
    channel: str | None = None,
    enrollment_id: int | None = None,
) -> Sent:
    """Send an exercise of the case study and its questions: the named one, else the next to be done."""

    def work(conn: Connection) -> Sent:
        enrollment = (
            own_enrollment(conn, learner, enrollment_id)
            if enrollment_id is not None
            else find_enrollment(conn, tutor, learner, channel=channel)
        )
        standing = course_standing(conn, tutor, enrollment)
        state = _find_exercise(standing, name)
        if not state.is_open:
            raise Nothing(exercise_opens(standing, state))
        touch(conn, enrollment)
        purpose = f"ask/{enrollment.id}/exercise/{state.exercise.id}/"
        if asked_before(conn, tutor, enrollment, purpose, gesture):
            return Sent(_exercise_title(state))
        previous: int | None = None
        parts = exercise_parts(standing.course, state.exercise)
        for part in range(1, len(parts) + 1):
            what: dict[str, object] = {
                "show": Show.EXERCISE_TEXT,
                "digest": enrollment.digest,
                "exercise": state.exercise.id,
                "part": part,
            }
            previous = owe_learner(
                conn,
                tutor,
                learner,
                f"{purpose}{gesture}/{part}",
                what,
                enrollment=enrollment,
                after_id=previous,
            )
        open_quiz(conn, tutor, enrollment, f"exercise:{state.exercise.id}", gesture, after_id=previous)
        return Sent(_exercise_title(state))

    return tutor.store.write(work)


def exercise_part(course: Course, exercise_id: str, part: int) -> ExercisePart:
    """Return one part (from 1) of an exercise's text; Nothing when the course has it no more."""
    found = next((found for found in enumerate(course.exercises(), 1) if found[1].id == exercise_id), None)
    if found is None or part > len(exercise_parts(course, found[1])):
        raise Nothing("That exercise is gone from the course. Write `/tutor` to see what is yours.")
    number, exercise = found
    parts = exercise_parts(course, exercise)
    return ExercisePart(course, exercise, number, parts[part - 1], part, len(parts))


def exercise_parts(course: Course, exercise: Exercise) -> tuple[Prose, ...]:
    """Return the text of an exercise in parts, a message each; the story begins before the first one."""
    text = exercise.text
    case = course.case_study
    if case and case.text and exercise is case.exercises[0]:
        text = (*case.text, Rule(), Heading(2, (Span(exercise.title),)), *text)
    return split(text, PART_LENGTH)


def _find_exercise(standing: CourseStanding, name: str) -> ExerciseState:
    if not standing.exercises:
        raise Nothing("This course has no case study.")
    if not name:
        coming = (state for state in standing.exercises if not state.is_open)
        return standing.next_exercise or next(coming, standing.exercises[-1])
    wanted = name.strip().lower()
    for state in standing.exercises:
        if wanted in {str(state.number), state.exercise.id, state.exercise.title.lower()}:
            return state
    raise BadInput(
        f"There is no exercise “{name}”. Give a number from 1 to {len(standing.exercises)}, "
        "for example `/tutor case 1`."
    )


def _exercise_title(state: ExerciseState) -> str:
    return f"Exercise {state.number}: {state.exercise.title}"
