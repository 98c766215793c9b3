"""Lessons and exercises, as they are posted."""

from collections.abc import Sequence

from tutorbot.blocks import ids, kit
from tutorbot.blocks.kit import Block, Drawn, Files
from tutorbot.blocks.nextsteps import next_button
from tutorbot.blocks.prose import needed, picture_block, prose_blocks
from tutorbot.lessons.question import Question
from tutorbot.tutor.cases import ExercisePart
from tutorbot.tutor.cohorts import LessonCard
from tutorbot.tutor.reading import LessonPart, opens_later
from tutorbot.tutor.standing import LessonState, Step, next_step


def card(card: LessonCard, files: Files) -> Drawn:
    """Return the message that tells a cohort's channel of its next lesson."""
    lesson = card.lesson
    graded = sum(question.is_graded for question in lesson.questions)
    facts = (
        f"{card.course.title} · {card.module_title} · lesson {card.position} of {card.total} · "
        f"{kit.count(lesson.minutes, 'minute')} · {kit.count(graded, 'review question')}"
    )
    where = "The text is in the thread of this message." if card.in_thread else ""
    picture = [picture_block(lesson.picture, files)] if lesson.picture else []
    buttons = [
        kit.button("Read the lesson", ids.action(ids.COHORT_READ, card.cohort_id, lesson.id), primary=True)
    ]
    if lesson.questions:
        buttons.append(
            kit.button("Answer its questions", ids.action(ids.COHORT_QUIZ, card.cohort_id, lesson.id))
        )
    blocks = [
        kit.header(f"Lesson {card.number}: {lesson.title}"),
        kit.small(facts),
        {"type": "rich_text", "elements": [kit.section(lesson.summary)]},
        *picture,
        *([kit.says(where)] if where else []),
        *kit.actions(*buttons),
    ]
    minutes = kit.count(lesson.minutes, "minute")
    text = f"Lesson {card.number}: {lesson.title} ({minutes}). {kit.shown(lesson.summary)}"
    return Drawn(text, blocks, (lesson.picture.digest,) if lesson.picture else ())


def lesson_text(part: LessonPart, files: Files) -> Drawn:
    """Return a part of a lesson's text; the last one carries the way to its questions."""
    lesson = part.lesson
    title = f"Lesson {part.number}: {lesson.title}"
    blocks = [] if part.part > 1 else [kit.header(title)]
    if part.part == 1:
        blocks.append(kit.small(f"{part.course.title} · {kit.count(lesson.minutes, 'minute')} to read"))
    blocks += prose_blocks(part.prose, files)
    if part.part == part.parts:
        blocks += [kit.divider(), *_after_lesson(part)]
    spoken = title if part.parts == 1 else f"{title}, part {part.part} of {part.parts}"
    return Drawn(spoken, blocks, needed(part.prose))


def _after_lesson(part: LessonPart) -> list[Block]:
    """Return what can be done now, and when the next lesson opens where it is not open yet."""
    standing, asked = part.standing, part.lesson.questions
    if standing is None:
        target = ids.action(ids.COHORT_QUIZ, part.cohort_id, part.lesson.id)
    else:
        target = ids.action(ids.QUIZ, standing.enrollment.id, part.lesson.id)
    answer = [kit.button(_to_answer(asked), target, primary=True)] if asked else []
    if standing is None:
        return kit.actions(*answer)
    if standing.next_unread:
        following = [kit.button("Next lesson", ids.action(ids.NEXT_LESSON, standing.enrollment.id))]
        return kit.actions(*answer, *following)
    step, about = next_step(standing)
    is_here = step is Step.ANSWER and isinstance(about, LessonState) and about.lesson.id == part.lesson.id
    instead = [] if is_here and answer else next_button(standing, primary=not answer)
    coming = standing.next_opening
    opens = [kit.small(opens_later(standing, coming))] if coming else []
    return [*kit.actions(*answer, *instead), *opens]


def _to_answer(asked: Sequence[Question]) -> str:
    """Return what stands on the button to a lesson's questions: those that count, and the others apart."""
    graded = sum(question.is_graded for question in asked)
    opinions = kit.count(len(asked) - graded, "opinion")
    questions = f"Answer {kit.count(graded, 'question')}"
    if not graded:
        return f"Give {opinions}"
    return questions if graded == len(asked) else f"{questions}, give {opinions}"


def exercise_text(part: ExercisePart, files: Files) -> Drawn:
    """Return a part of an exercise's text; its questions follow as a message of their own."""
    title = f"Case study, exercise {part.number}: {part.exercise.title}"
    blocks = [] if part.part > 1 else [kit.header(title)]
    if part.part == 1:
        asked = sum(question.is_graded for question in part.exercise.questions)
        minutes, questions = kit.count(part.exercise.minutes, "minute"), kit.count(asked, "question")
        blocks.append(kit.small(f"{minutes} · {questions} after the text"))
    spoken = title if part.parts == 1 else f"{title}, part {part.part} of {part.parts}"
    return Drawn(spoken, [*blocks, *prose_blocks(part.prose, files)], needed(part.prose))
