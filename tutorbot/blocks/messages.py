"""Any message by what it shows."""

from tutorbot.blocks import badge, courses, exam, grades, kit, lessons, questions, refusals, replies
from tutorbot.blocks.kit import Drawn, Files
from tutorbot.tutor.cases import ExercisePart
from tutorbot.tutor.cohorts import CohortWelcome, LessonCard
from tutorbot.tutor.exams import ExamResult
from tutorbot.tutor.joining import Joined
from tutorbot.tutor.messages import Message, Note, ParkedNotice, TypedReply
from tutorbot.tutor.pages import ExamEnd, ExamOverview, ExamStart, LeftOpen, Page, QuestionPage, QuizEnd
from tutorbot.tutor.passing import BadgePost
from tutorbot.tutor.reading import LessonPart
from tutorbot.tutor.staffmarking import Marked


def draw(message: Message, files: Files) -> Drawn:
    """Return the message as Slack takes it."""
    match message:
        case CohortWelcome():
            return courses.welcome(message)
        case LessonCard():
            return lessons.card(message, files)
        case LessonPart():
            return lessons.lesson_text(message, files)
        case ExercisePart():
            return lessons.exercise_text(message, files)
        case Joined():
            return courses.joined(message)
        case TypedReply():
            return replies.reply(message.page, files, chosen=message.chosen, beside=True)
        case Note():
            return note(message.text)
        case ExamResult():
            return exam.result(message)
        case BadgePost():
            return badge.badge(message, files)
        case Marked():
            return grades.marked(message)
        case ParkedNotice():
            return refusals.parked(message)
        case _:
            return page(message, files)


def page(page: Page, files: Files) -> Drawn:
    """Return what a place of a quiz shows."""
    match page:
        case QuestionPage():
            return questions.question(page, files)
        case QuizEnd():
            return questions.quiz_end(page)
        case LeftOpen():
            return questions.left_open(page)
        case ExamStart():
            return exam.start(page)
        case ExamOverview():
            return exam.overview(page)
        case ExamEnd():
            return exam.end(page)


def note(text: str) -> Drawn:
    """Return a sentence; what stands between backticks is set as code."""
    return Drawn(text.replace("`", ""), [kit.sentence(text)])
