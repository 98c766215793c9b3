"""Lessons and exercises, as they are posted."""

from tutorbot.blocks import ids, kit
from tutorbot.blocks.kit import Drawn, Files
from tutorbot.blocks.prose import needed, picture_block, prose_blocks
from tutorbot.tutor.cases import ExercisePart
from tutorbot.tutor.cohorts import LessonCard
from tutorbot.tutor.reading import LessonPart


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
        blocks += [kit.divider(), *kit.actions(*_after_lesson(part))]
    spoken = title if part.parts == 1 else f"{title}, part {part.part} of {part.parts}"
    return Drawn(spoken, blocks, needed(part.prose))


def _after_lesson(part: LessonPart) -> list[kit.Block]:
    lesson = part.lesson
    if part.enrollment_id is None:
        target = ids.action(ids.COHORT_QUIZ, part.cohort_id, lesson.id)
    else:
        target = ids.action(ids.QUIZ, part.enrollment_id, lesson.id)
    questions = kit.count(len(lesson.questions), "question")
    buttons = [kit.button(f"Answer {questions}", target, primary=True)] if lesson.questions else []
    if part.enrollment_id is not None:
        buttons.append(kit.button("Next lesson", ids.action(ids.NEXT_LESSON, part.enrollment_id)))
    return buttons


def exercise_text(part: ExercisePart, files: Files) -> Drawn:
    """Return a part of an exercise's text; its questions follow as a message of their own."""
    title = f"Case study, exercise {part.number}: {part.exercise.title}"
    blocks = [] if part.part > 1 else [kit.header(title)]
    if part.part == 1:
        questions = kit.count(len(part.exercise.questions), "question")
        blocks.append(kit.small(f"{kit.count(part.exercise.minutes, 'minute')} · {questions} after the text"))
    spoken = title if part.parts == 1 else f"{title}, part {part.part} of {part.parts}"
    return Drawn(spoken, [*blocks, *prose_blocks(part.prose, files)], needed(part.prose))
