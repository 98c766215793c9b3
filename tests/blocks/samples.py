"""Every message there is, drawn of a course: before, between and after answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

from tutorbot.blocks import courses, grades, kit, messages, replies
from tutorbot.blocks.answerwindow import answer_window
from tutorbot.blocks.kit import Drawn
from tutorbot.lessons.answers import Answer, Chosen, Matched, Ordered, Typed
from tutorbot.lessons.course import Course, Lesson
from tutorbot.lessons.grading import Attempt, Due, course_grade, standing
from tutorbot.lessons.marking import mark
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.question import CHOICES, UNGRADED, Kind, Question
from tutorbot.lessons.sitting import Sitting, draw_questions, drawn_questions
from tutorbot.lessons.timewords import WORKING_DAYS
from tutorbot.records.attempts import Drawing
from tutorbot.records.awards import Award
from tutorbot.records.cohorts import Cohort
from tutorbot.records.enrollments import Enrollment
from tutorbot.records.people import Learner
from tutorbot.tutor.cases import exercise_part, exercise_parts
from tutorbot.tutor.cohorts import CohortWelcome, LessonCard
from tutorbot.tutor.exams import ExamResult
from tutorbot.tutor.joining import Joined, Left, PaceSet
from tutorbot.tutor.messages import Message, Note, TypedReply
from tutorbot.tutor.offering import About
from tutorbot.tutor.overview import Overview
from tutorbot.tutor.pages import ExamEnd, ExamOverview, ExamStart, LeftOpen, QuestionPage, QuizEnd
from tutorbot.tutor.passing import BadgePost
from tutorbot.tutor.reading import LessonPart, NoLesson, Sent, lesson_part, lesson_parts
from tutorbot.tutor.standing import CourseStanding, ExerciseState, LessonState, next_step, numbered_lessons

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LEARNER = Learner("T0SANDBOX", "U0ANNA")
CHANNEL = "C000000002"
SCHEDULE = Schedule(WORKING_DAYS, time(9), ZoneInfo("Europe/Zurich"), date(2026, 11, 2))


class AllFiles(dict[str, str]):
    """Every picture, as if Slack had it."""

    def __missing__(self, digest: str) -> str:
        return f"F{len(digest):08}"

    def __contains__(self, digest: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Sample:
    """A message, and what it is called in a test."""

    name: str
    drawn: Drawn


def samples(course: Course, *, pictures: bool = True) -> Iterator[Sample]:
    """Yield every message that can be drawn of the course."""
    files = AllFiles() if pictures else {}
    for name, message in (*_texts(course), *_questions(course), *_of_exam(course)):
        yield Sample(name, messages.draw(message, files))
    for name, message in _questions(course):
        if isinstance(message, TypedReply):
            drawn = replies.reply(message.page, files, chosen=message.chosen, beside=False)
            yield Sample(f"{name} elsewhere", drawn)
    yield from _answers_to_commands(course)


# Where somebody stands


def somewhere(
    course: Course, *, cohort: bool = False, begun: bool = False, done: bool = False, exam: str = ""
) -> CourseStanding:
    """Return where a learner stands: at the beginning, in the middle (`begun`) or at the end (`done`)."""
    sitting = _sitting(course, closed=exam == "closed") if exam else None
    lessons = tuple(
        LessonState(
            lesson=lesson,
            number=number,
            is_open=not cohort or done or n == 0,
            read=done or (begun and n == 0),
            opens_at=NOW + timedelta(days=n) if cohort else None,
            settled=len(lesson.questions) if done else 0,
        )
        for n, (number, lesson) in enumerate(numbered_lessons(course))
    )
    by_id = {state.lesson.id: state for state in lessons}
    opens_with = course.opens_with()
    return CourseStanding(
        enrollment=_enrollment(cohort=cohort),
        course=course,
        cohort=_cohort(course) if cohort else None,
        zone="Europe/Zurich",
        lessons=lessons,
        exercises=tuple(
            ExerciseState(
                exercise,
                number,
                len(exercise.questions) if done else 0,
                opens_with=by_id.get(opens_with[exercise.id]),
                begun=done,
            )
            for number, exercise in enumerate(course.exercises(), 1)
        ),
        sitting=sitting,
        exam_open=exam == "open",
        grade=course_grade(course, ()),
        due={},
        award=_award() if done and exam == "closed" else None,
        badge_channel=CHANNEL if cohort else None,
        paced_at=None,
    )


def _enrollment(*, cohort: bool) -> Enrollment:
    return Enrollment(
        1, LEARNER, "bread", "digest", NOW, None, None, None, active=True, cohort_id=1 if cohort else None
    )


def _cohort(course: Course) -> Cohort:
    return Cohort(1, LEARNER.team, CHANNEL, course.id, "digest", SCHEDULE, NOW, None)


def _award() -> Award:
    return Award(7, 1, "digest", "Anna <!channel> Keller & Co", Fraction(8123, 100), NOW)


def _sitting(course: Course, *, closed: bool) -> Sitting:
    assert course.exam is not None
    return Sitting(
        1,
        1,
        "digest",
        draw_questions(course.exam, Random(0)),
        NOW,
        NOW + timedelta(minutes=30),
        NOW if closed else None,
    )


# Questions, as they are shown and answered


def page(
    question: Question,
    *answers: Answer,
    title: str = "Lesson 1.1",
    number: int = 1,
    total: int = 3,
    **given: object,
) -> QuestionPage:
    """Return the page of a question after these answers; `given` are fields of the page or its drawing."""
    attempts = [Attempt(question.id, n, answer) for n, answer in enumerate(answers, 1)]
    order = tuple(each.id for each in question.lettered)
    drawing = Drawing(11, 12, 1, question.id, 1, "digest", order, None, hinted=False)
    for field in ("choice", "hinted", "shown_order"):
        if field in given:
            drawing = replace(drawing, **{field: given.pop(field)})  # type: ignore[arg-type]  # by name
    shown = QuestionPage(
        title=title,
        drawing=drawing,
        question=question,
        standing=standing(question, attempts),
        number=number,
        total=total,
        tried=answers,
        verdict=mark(question, answers[-1]) if answers else None,
        exam_open=False,
        exam_closed=False,
        deadline=NOW + timedelta(minutes=30),
        due=Due(NOW + timedelta(days=7), Fraction(1, 2)),
        is_late=False,
        zone="Europe/Zurich",
    )
    return replace(shown, **given)  # type: ignore[arg-type]  # by name


def right_answer(question: Question) -> Answer:
    """Return what answers the question right."""
    if question.kind in UNGRADED and question.options:
        return Chosen((question.options[0].id,))
    if question.options:
        return Chosen(tuple(option.id for option in question.options if option.right))
    if question.kind is Kind.ORDER:
        return Ordered(tuple(item.id for item in question.items))
    if question.kind is Kind.MATCH:
        return Matched(tuple((item.id, item.match) for item in question.items))
    if question.number:
        return Typed(str(question.number.value))
    return Typed(question.accepted[0].text if question.accepted else "A written answer. " * 150)


def wrong_answers(question: Question) -> list[Answer]:
    """Return as many different wrong answers as there are tries."""
    if question.kind is Kind.ONE:
        wrong: list[Answer] = [Chosen((option.id,)) for option in question.options if not option.right]
    elif question.kind is Kind.SEVERAL:
        every = [option.id for option in question.options]
        wrong = [Chosen(tuple(each for each in every if each != left)) for left in every]
        wrong = [answer for answer in wrong if not mark(question, answer).right]
    elif question.kind is Kind.ORDER:
        turned = [item.id for item in question.items]
        wrong = [Ordered((*turned[n:], *turned[:n])) for n in range(1, len(turned))]
    elif question.kind is Kind.MATCH:
        wrong = [
            Matched(tuple((item.id, target.id) for item in question.items)) for target in question.targets
        ]
    elif question.kind in UNGRADED:
        wrong = []
    else:
        wrong = [Typed(f"{n} <!channel> `*_~") for n in range(9)]
    return wrong[: question.tries]


def states(question: Question) -> Iterator[tuple[str, QuestionPage]]:
    """Yield the question in each state that people see."""
    wrong = wrong_answers(question)
    yield "fresh", page(question)
    yield "hinted", page(question, hinted=True)
    yield "answered right", page(question, right_answer(question), number=3)
    for n in range(1, len(wrong) + 1):
        yield f"answered wrong {n} times", page(question, *wrong[:n], hinted=True)
    yield "in the exam", page(question, exam_open=True)
    yield "chosen in the exam", page(question, exam_open=True, choice=right_answer(question))
    yield "wrong in the exam", page(question, *wrong[:1], exam_open=True, choice=wrong[-1] if wrong else None)
    yield "right in the exam", page(question, right_answer(question), exam_open=True, number=3)
    yield "unanswered in a closed exam", page(question, exam_closed=True)
    yield "wrong in a closed exam", page(question, *wrong[:1], exam_closed=True)


def _questions(course: Course) -> Iterator[tuple[str, Message]]:
    alike = {replace(question, id=""): question for question in course.questions().values()}
    for question in alike.values():
        for state, shown in states(question):
            yield f"{question.id}, {state}", shown
            if shown.tried:
                yield f"{question.id}, {state}, as a reply", TypedReply(shown, chosen=False)
            if shown.drawing.choice is not None:
                yield f"{question.id}, {state}, chosen in a reply", TypedReply(shown, chosen=True)


# Texts, cards, welcomes


def _texts(course: Course) -> Iterator[tuple[str, Message]]:
    yield "welcome", CohortWelcome(1, course, SCHEDULE, NOW, NOW + timedelta(days=90))
    for cohort in (False, True):
        yield "joined", Joined(somewhere(course, cohort=cohort), already=False)
    yield "joined again", Joined(somewhere(course, begun=True), already=False, resumed=True)
    for position, (number, lesson) in enumerate(numbered_lessons(course), 1):
        yield f"card of {lesson.id}", _card(course, number, lesson, position)
        yield from _parts(course, lesson)
    for exercise in course.exercises():
        for part in range(1, len(exercise_parts(course, exercise)) + 1):
            yield f"{exercise.id}, part {part}", exercise_part(course, exercise.id, part)
    for own in (True, False):
        yield "badge", BadgePost(_award(), course, LEARNER, own)
    yield "note", Note("There is no lesson “<!channel> & <@U0BEN>”. Did you mean `1.1`?")


def _card(course: Course, number: str, lesson: Lesson, position: int) -> LessonCard:
    module = next(module for module in course.modules if lesson in module.lessons)
    total = len(list(course.lessons()))
    return LessonCard(1, course, module.title, number, lesson, position, total, in_thread=True)


def _parts(course: Course, lesson: Lesson) -> Iterator[tuple[str, LessonPart]]:
    for part in range(1, len(lesson_parts(lesson)) + 1):
        for cohort in (False, True):
            standing = somewhere(course, cohort=cohort, begun=True)
            who = "in a cohort" if cohort else "alone"
            yield f"{lesson.id}, part {part} {who}", lesson_part(course, lesson.id, part, standing=standing)
        yield f"{lesson.id}, part {part} in a thread", lesson_part(course, lesson.id, part, cohort_id=1)


# The exam


def _of_exam(course: Course) -> Iterator[tuple[str, Message]]:
    whole = somewhere(course, cohort=True, exam="open")
    for waiting in (0, 1):
        yield "end of a quiz", QuizEnd("Lesson 1.1", 12, 1, 1, waiting, 3, somewhere(course))
    yield "a question left open", LeftOpen("Lesson 1.1", 12, 2)
    if course.exam is None:
        return
    numbers = tuple(range(1, len(_sitting(course, closed=False).questions) + 1))
    yield "before the exam", ExamStart(12, somewhere(course, cohort=True))
    yield "before handing in", ExamOverview(12, whole, settled=(), tried=numbers, chosen=(), untouched=())
    yield (
        "before handing in, mixed",
        ExamOverview(12, whole, numbers[:1], numbers[1:2], numbers[2:3], numbers[3:]),
    )
    yield "after the exam", ExamEnd(12, somewhere(course, exam="closed"))
    for by_deadline in (True, False):
        yield "result", _result(course, done=not by_deadline)


def _result(course: Course, *, done: bool) -> ExamResult:
    assert course.exam is not None
    drawn = drawn_questions(course.exam, _sitting(course, closed=True))
    asked = tuple((question, standing(question, ())) for question in drawn)
    return ExamResult(somewhere(course, done=done, exam="closed"), asked, by_deadline=not done)


# What commands and buttons answer


def _answers_to_commands(course: Course) -> Iterator[Sample]:
    for cohort in (False, True):
        for done in (False, True):
            there = somewhere(course, cohort=cohort, done=done, begun=True)
            yield Sample("progress", grades.progress(there))
            yield Sample("syllabus", courses.syllabus(there))
            yield Sample("menu", courses.menu(Overview((there,), (course,), there.cohort)))
            yield Sample("no lesson", courses.no_lesson(NoLesson(there, next_step(there)[0])))
        yield Sample("about", courses.about(About(course, None, joined=cohort)))
        yield Sample("joined briefly", courses.joined_briefly(Joined(there, already=cohort)))
    yield Sample("menu of nothing", courses.menu(Overview((), (), None)))
    yield Sample("left", courses.left(Left(course)))
    yield Sample("pace", courses.pace(PaceSet(course, WORKING_DAYS, NOW, "Europe/Zurich")))
    yield Sample("no pace", courses.pace(PaceSet(course, None, None, "Europe/Zurich")))
    yield Sample("sent", courses.sent(Sent("Lesson 1.1: <!here>")))
    yield Sample("help", courses.help_())


def homes(course: Course) -> Iterator[kit.Block]:
    """Yield App Homes: of nobody, at the beginning, at the end, with many courses."""
    yield courses.home(Overview((), (), None))
    yield courses.home(Overview((), (course,), None))
    for cohort in (False, True):
        yield courses.home(Overview((somewhere(course, cohort=cohort, begun=True),), (), None))
    done = somewhere(course, done=True, exam="closed")
    many = tuple(replace(done, enrollment=replace(done.enrollment, id=n)) for n in range(1, 30))
    yield courses.home(Overview(many, (), None))


def dialogs(course: Course) -> Iterator[kit.Block]:
    """Yield the windows in which answers are written."""
    for question in course.questions().values():
        if question.kind not in CHOICES:
            yield answer_window(page(question))
            yield answer_window(page(question, exam_open=True, choice=right_answer(question)))
