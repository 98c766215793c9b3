"""What fits next, in words and as buttons."""

from tutorbot.blocks import ids, kit
from tutorbot.blocks.kit import Block
from tutorbot.lessons.timewords import wall_time
from tutorbot.tutor.standing import CourseStanding, ExerciseState, LessonState, Step, next_step

PASSED = "You have passed. "
"""Begins what fits next for who has passed; left out where it has just been said."""


def next_words(standing: CourseStanding) -> str:
    """Return a sentence that says what fits next."""
    step, about = next_step(standing)
    match step, about:
        case Step.RESUME_EXAM, _:
            return "Your final exam is open: go on where you were."
        case Step.READ, LessonState():
            minutes = kit.count(about.lesson.minutes, "minute")
            return f"Next: lesson {about.number}, {about.lesson.title} ({minutes})."
        case Step.ANSWER, LessonState():
            waiting = kit.count(about.unanswered, "review question")
            return f"Next: {waiting} of lesson {about.number}, {about.lesson.title}."
        case Step.WAIT, LessonState(opens_at=opens_at) if opens_at:
            return f"Next: lesson {about.number} opens on {wall_time(opens_at, standing.zone)}."
        case Step.CASE, ExerciseState():
            return f"Next: exercise {about.number} of the case study, {about.exercise.title}."
        case Step.EXAM, _:
            return "Next: the final exam. You have one attempt; its rules come before it starts."
        case _ if standing.award:
            return f"{PASSED}Everything stays open for you to read again."
        case _:
            return f"All is done. {_not_passed(standing)}"


def next_button(standing: CourseStanding, *, primary: bool = True) -> list[Block]:
    """Return the button for what fits next, or nothing where there is only waiting."""
    step, about = next_step(standing)
    mine = standing.enrollment.id
    match step, about:
        case Step.RESUME_EXAM, _:
            return [kit.button("Go on with the exam", ids.action(ids.EXAM, mine), primary=primary)]
        case Step.READ, LessonState():
            text = "Read the first lesson" if about is standing.lessons[0] else "Read the next lesson"
            return [kit.button(text, ids.action(ids.NEXT_LESSON, mine), primary=primary)]
        case Step.ANSWER, LessonState():
            target = ids.action(ids.QUIZ, mine, about.lesson.id)
            return [kit.button("Answer the questions", target, primary=primary)]
        case (Step.CASE, _) | (Step.WAIT, _) if standing.next_exercise:
            started = any(state.begun for state in standing.exercises)
            text = "Go on with the case study" if started else "Begin the case study"
            case = kit.button(text, ids.action(ids.CASE, mine), primary=primary and step is Step.CASE)
            read = kit.button("Read the next lesson", ids.action(ids.NEXT_LESSON, mine))
            return [case, read] if standing.next_unread else [case]
        case Step.EXAM, _:
            return [kit.button("To the final exam", ids.action(ids.EXAM, mine), primary=primary)]
        case _:
            return []


def _not_passed(standing: CourseStanding) -> str:
    if standing.grade.pending:
        waiting = kit.count(standing.grade.pending, "written answer")
        return f"{waiting} still to be marked by staff."
    return "The course mark is below the pass mark; the lessons stay open for you to read again."
