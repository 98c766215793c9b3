"""From what stands in the files to the course."""

from dataclasses import replace

from tutorbot.authoring.formats import (
    BadgeEntry,
    CaseFile,
    CourseFile,
    ExamFile,
    ExerciseHead,
    GradingEntry,
    InformationEntry,
    LessonHead,
    StaffEntry,
    SyllabusEntry,
)
from tutorbot.authoring.questions import (
    ChoiceEntry,
    NumberEntry,
    OptionEntry,
    QuestionEntry,
    QuestionsFile,
    TextEntry,
    WrittenEntry,
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
    NumberKey,
    Option,
    Part,
    Person,
    Question,
    Scheme,
    SyllabusModule,
    Topic,
)
from tutorbot.lessons.text import Picture, Prose


def questions_from(file: QuestionsFile, topic: str, tries: int) -> tuple[Question, ...]:
    """Return the file's questions; topic and tries are for those that say nothing else."""
    return tuple(_question(entry, file, topic, tries) for entry in file.questions)


def _question(entry: QuestionEntry, file: QuestionsFile, topic: str, tries: int) -> Question:
    question = Question(
        id=entry.id,
        kind=entry.kind,
        topic=entry.topic or topic,
        level=entry.level,
        prompt=entry.prompt,
        explanation=entry.explanation,
        points=entry.points,
        tries=entry.tries or _tries(entry, tries),
        situation=file.situations.get(entry.situation, ()),
        hint=entry.hint,
    )
    return _with_key(question, entry)


def _with_key(question: Question, entry: QuestionEntry) -> Question:
    """Add what belongs to the question's kind."""
    match entry:
        case ChoiceEntry():
            options = tuple(_option(n, option) for n, option in enumerate(entry.options, start=1))
            return replace(question, options=options, shuffle=entry.shuffle)
        case NumberEntry():
            number = NumberKey(entry.answer, entry.tolerance, entry.unit)
            return replace(question, number=number, right=entry.feedback.right, wrong=entry.feedback.wrong)
        case TextEntry():
            right, wrong = entry.feedback.right, entry.feedback.wrong
            return replace(question, accepted=entry.accept, right=right, wrong=wrong)
        case WrittenEntry():
            return replace(question, model=entry.model)
        case _:
            return question


def _tries(entry: QuestionEntry, tries: int) -> int:
    """Return the tries of a question that does not say: one, where a second is sure or staff mark it."""
    if isinstance(entry, WrittenEntry) or (isinstance(entry, ChoiceEntry) and len(entry.options) == 2):
        return 1
    return tries


def _option(number: int, entry: OptionEntry) -> Option:
    return Option(str(number), entry.text, entry.right, entry.feedback)


def lesson_from(name: str, head: LessonHead, text: Prose, questions: tuple[Question, ...]) -> Lesson:
    """Return the lesson of this file name."""
    picture = _picture(head.picture, head.alt)
    return Lesson(name, head.title, head.topic, head.minutes, head.summary, text, questions, picture)


def exercise_from(name: str, head: ExerciseHead, text: Prose, questions: tuple[Question, ...]) -> Exercise:
    """Return the exercise of this file name."""
    return Exercise(name, head.title, head.minutes, text, questions)


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
    return Scheme(tuple(Part(part.part, part.title, part.weight) for part in entry.parts), entry.pass_mark)


def _badge(entry: BadgeEntry) -> Badge:
    emblem = _picture(entry.emblem, entry.alt)
    return Badge(entry.title, entry.text, entry.colour, entry.accent, emblem)


def _syllabus_module(entry: SyllabusEntry) -> SyllabusModule:
    return SyllabusModule(
        entry.id, entry.title, tuple(Topic(topic.id, topic.title) for topic in entry.topics)
    )


def _picture(digest: str, alt: str) -> Picture | None:
    return Picture(digest, alt) if digest else None
