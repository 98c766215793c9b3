"""From what stands in the files to the course."""

from fractions import Fraction

from tutorbot.authoring.formats.course import (
    BadgeEntry,
    CaseFile,
    CourseFile,
    ExamFile,
    ExerciseHead,
    GradingEntry,
    InformationEntry,
    LessonHead,
    PartEntry,
    StaffEntry,
    SyllabusEntry,
)
from tutorbot.lessons.course import (
    Badge,
    CaseStudy,
    Course,
    Draw,
    Exam,
    Exercise,
    Information,
    Lesson,
    Module,
    Part,
    Person,
    Scheme,
    SyllabusModule,
    Topic,
)
from tutorbot.lessons.question import Question
from tutorbot.lessons.text import Picture, Prose


def lesson_from(name: str, head: LessonHead, text: Prose, questions: tuple[Question, ...]) -> Lesson:
    """Return the lesson of this file name."""
    picture = _picture(head.picture, head.alt)
    return Lesson(name, head.title, head.topic, head.minutes, head.summary, text, questions, picture)


def exercise_from(name: str, head: ExerciseHead, text: Prose, questions: tuple[Question, ...]) -> Exercise:
    """Return the exercise of this file name."""
    return Exercise(name, head.title, head.minutes, text, questions, head.after)


def case_from(name: str, file: CaseFile, exercises: tuple[Exercise, ...]) -> CaseStudy:
    """Return the case study."""
    return CaseStudy(name, file.title, file.about, exercises)


def exam_from(file: ExamFile, pool: tuple[Question, ...]) -> Exam:
    """Return the exam."""
    return Exam(pool, tuple(Draw(draw.topic, draw.count) for draw in file.draws), file.minutes)


def course_from(
    file: CourseFile, modules: tuple[Module, ...], case_study: CaseStudy | None, exam: Exam | None
) -> Course:
    """Return the course."""
    return Course(
        id=file.id,
        title=file.title,
        tagline=file.tagline,
        about=file.about,
        gives=file.gives,
        effort=file.effort,
        staff=tuple(map(_person, file.staff)),
        information=tuple(map(_information, file.information)),
        scheme=_scheme(file.grading),
        policies=tuple(map(_information, file.policies)),
        badge=_badge(file.badge),
        syllabus=tuple(map(_syllabus_module, file.syllabus)),
        modules=modules,
        case_study=case_study,
        exam=exam,
        text_in=file.text_in,
    )


def _person(entry: StaffEntry) -> Person:
    return Person(entry.name, entry.role, entry.bio, _picture(entry.picture, entry.alt))


def _information(entry: InformationEntry) -> Information:
    return Information(entry.title, entry.text)


def _scheme(entry: GradingEntry) -> Scheme:
    return Scheme(tuple(map(_part, entry.parts)), entry.pass_mark)


def _part(entry: PartEntry) -> Part:
    late = Fraction(entry.late) / 100
    return Part(entry.part, entry.title, entry.weight, entry.drop, entry.due_days, late)


def _badge(entry: BadgeEntry) -> Badge:
    emblem = _picture(entry.emblem, entry.alt)
    return Badge(entry.title, entry.text, entry.colour, entry.accent, emblem)


def _syllabus_module(entry: SyllabusEntry) -> SyllabusModule:
    return SyllabusModule(
        entry.id, entry.title, tuple(Topic(topic.id, topic.title) for topic in entry.topics)
    )


def _picture(digest: str, alt: str) -> Picture | None:
    return Picture(digest, alt) if digest else None
