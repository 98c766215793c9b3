"""What a place of a quiz shows: a question, or a page before, between or after questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tutorbot.errors import Nothing
from tutorbot.lessons import marking
from tutorbot.lessons.answers import Answer
from tutorbot.lessons.course import Course, Exercise, Lesson
from tutorbot.lessons.grading import Attempt, Due, Standing, standing
from tutorbot.lessons.marking import Verdict
from tutorbot.lessons.question import Question
from tutorbot.lessons.sitting import FIRST_RUN, Sitting, drawn_questions
from tutorbot.records import attempts, enrollments, sittings
from tutorbot.records.attempts import Drawing, Place
from tutorbot.records.enrollments import Enrollment
from tutorbot.tutor.standing import CourseStanding, course_standing, numbered_lessons
from tutorbot.tutor.tutor import Tutor

EXAM = "exam"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question as it is shown: what was answered, what the last try was worth, and what can be pressed.

    `verdict` is None before the first try. In an open exam its feedback must not be shown
    (`exam_open`); in a closed one nothing is answered any more (`exam_closed`). `number` counts from 1.
    """

    title: str
    drawing: Drawing
    question: Question
    standing: Standing
    number: int
    total: int
    tried: tuple[Answer, ...]
    verdict: Verdict | None
    exam_open: bool
    exam_closed: bool
    deadline: datetime | None
    due: Due | None
    is_late: bool
    zone: str

    @property
    def settled(self) -> bool:
        """Whether the question takes no more answers."""
        return self.standing.settled or self.exam_closed

    @property
    def n(self) -> int:
        """The number of the try that an answer would be."""
        return self.standing.used + 1


@dataclass(frozen=True, slots=True)
class QuizEnd:
    """The page after the last question: how it went and what comes next."""

    title: str
    place_id: int
    right: int
    pending: int
    unanswered: int
    total: int
    standing: CourseStanding


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """That a question was left for later, by who typed "next": the quiz goes on in a newer message."""

    title: str
    place_id: int
    number: int


@dataclass(frozen=True, slots=True)
class ExamStart:
    """The page before the exam: its rules, and what is still unanswered."""

    place_id: int
    standing: CourseStanding


@dataclass(frozen=True, slots=True)
class ExamOverview:
    """The page before handing in: which questions are answered, chosen or open."""

    place_id: int
    standing: CourseStanding
    settled: tuple[int, ...]
    tried: tuple[int, ...]
    chosen: tuple[int, ...]
    untouched: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExamEnd:
    """The page after the exam."""

    place_id: int
    standing: CourseStanding


Page = QuestionPage | QuizEnd | LeftOpen | ExamStart | ExamOverview | ExamEnd


# What a quiz consists of


@dataclass(frozen=True, slots=True)
class Context:
    """A quiz for one learner: its questions in their order, and what was answered."""

    enrollment: Enrollment
    quiz: str
    title: str
    digest: str
    questions: tuple[Question, ...]
    tried: dict[str, list[Attempt]]
    sitting: Sitting | None

    def sitting_open(self, now: datetime) -> bool:
        """Whether this is an exam that takes answers."""
        return self.sitting is not None and not self.sitting.is_closed(now)

    def standing(self, question: Question) -> Standing:
        """Return where the learner stands with one of the questions."""
        return standing(question, self.tried.get(question.id, ()))

    def first_unsettled(self, start: int) -> Question | None:
        """Return the first question from there on that takes answers; the first of all when none does."""
        waiting = (q for q in self.questions[start:] if not self.standing(q).settled)
        return next(waiting, self.questions[0] if start == 0 else None)

    def after(self, question_id: str, *, exam_open: bool) -> Question | None:
        """Return the question to go on to, or None at the end.

        While something takes answers these come first; where nothing does it is simply the next. In
        an open exam (where one may skip) it is the next that takes answers.
        """
        ids = [question.id for question in self.questions]
        index = ids.index(question_id) if question_id in ids else len(ids)
        following = self.questions[index + 1 :]
        exam_closed = self.quiz == EXAM and not exam_open
        if not exam_closed and any(not self.standing(question).settled for question in self.questions):
            following = tuple(question for question in following if not self.standing(question).settled)
        return following[0] if following else None


def quiz_context(conn: Connection, tutor: Tutor, enrollment: Enrollment, quiz: str) -> Context:
    """Return a quiz as it stands for the learner; the exam in the version that is being sat."""
    sitting = sittings.read_sitting(conn, enrollment.id, FIRST_RUN) if quiz == EXAM else None
    digest = sitting.digest if sitting else enrollment.digest
    course = tutor.course(conn, digest)
    title, questions = quiz_questions(course, quiz, sitting)
    tried: dict[str, list[Attempt]] = {}
    for attempt in attempts.attempts_of(conn, enrollment.id, FIRST_RUN):
        tried.setdefault(attempt.question_id, []).append(attempt)
    return Context(enrollment, quiz, title, digest, tuple(questions), tried, sitting)


def quiz_questions(course: Course, quiz: str, sitting: Sitting | None) -> tuple[str, Sequence[Question]]:
    """Return a quiz's title and its questions in their order; Nothing when the course has it no more."""
    if quiz == EXAM:
        drawn = drawn_questions(course.exam, sitting) if course.exam and sitting else ()
        return f"Final exam: {course.title}", drawn
    kind, _, wanted = quiz.partition(":")
    found: dict[str, tuple[str, Lesson | Exercise]] = {}
    if kind == "lesson":
        found = {
            lesson.id: (f"Lesson {number}: {lesson.title}", lesson)
            for number, lesson in numbered_lessons(course)
        }
    else:
        found = {
            exercise.id: (f"Case study, exercise {number}: {exercise.title}", exercise)
            for number, exercise in enumerate(course.exercises(), 1)
        }
    if wanted not in found:
        raise Nothing("Those questions are gone from the course. Write `/tutor` to see what is yours.")
    title, part = found[wanted]
    return title, part.questions


# What a place shows


def page_at(conn: Connection, tutor: Tutor, place: Place) -> Page:
    """Return what the place shows now."""
    enrollment = enrollments.read_enrollment(conn, place.enrollment_id)
    drawing = attempts.read_drawing(conn, place.shows) if place.shows else None
    if drawing is not None:
        return question_page(conn, tutor, enrollment, drawing, place.quiz)
    return _page_between(conn, tutor, enrollment, place)


def question_page(
    conn: Connection, tutor: Tutor, enrollment: Enrollment, drawing: Drawing, quiz: str
) -> QuestionPage:
    """Return a drawn question with what was answered to it; read in the version in which it was drawn."""
    course = tutor.course(conn, drawing.digest)
    sitting = sittings.read_sitting(conn, enrollment.id, drawing.run) if quiz == EXAM else None
    title, questions = quiz_questions(course, quiz, sitting)
    number = [question.id for question in questions].index(drawing.question_id)
    question = questions[number]
    tried = [
        attempt
        for attempt in attempts.attempts_of(conn, enrollment.id, drawing.run)
        if attempt.question_id == question.id
    ]
    whole = course_standing(conn, tutor, enrollment)
    due = whole.due.get(question.id)
    return QuestionPage(
        title=title,
        drawing=drawing,
        question=question,
        standing=standing(question, tried, due, now=tutor.now()),
        number=number + 1,
        total=len(questions),
        tried=tuple(attempt.answer for attempt in tried),
        verdict=marking.mark(question, tried[-1].answer) if tried else None,
        exam_open=sitting is not None and not sitting.is_closed(tutor.now()),
        exam_closed=sitting is not None and sitting.is_closed(tutor.now()),
        deadline=sitting.deadline if sitting else None,
        due=due,
        is_late=due is not None and due.counts(tutor.now()) < 1,
        zone=whole.zone,
    )


def _page_between(conn: Connection, tutor: Tutor, enrollment: Enrollment, place: Place) -> Page:
    whole = course_standing(conn, tutor, enrollment)
    context = quiz_context(conn, tutor, enrollment, place.quiz)
    numbered = [(n, q, context.standing(q)) for n, q in enumerate(context.questions, 1)]
    if context.quiz != EXAM or context.sitting_open(tutor.now()):
        left = attempts.left_for_newer(conn, place)
        for number, question, state in numbered:
            if question.id == left and question.is_graded and not state.settled:
                return LeftOpen(context.title, place.id, number)
    if place.quiz != EXAM:
        graded = [s for _, q, s in numbered if q.is_graded]
        return QuizEnd(
            title=context.title,
            place_id=place.id,
            right=sum(s.right is True for s in graded),
            pending=sum(s.pending for s in graded),
            unanswered=sum(not s.settled for s in graded),
            total=len(graded),
            standing=whole,
        )
    if context.sitting is None:
        return ExamStart(place.id, whole)
    if not context.sitting_open(tutor.now()):
        return ExamEnd(place.id, whole)
    chosen = {n for n, q, s in numbered if not s.settled and _has_choice(conn, enrollment, q)}
    return ExamOverview(
        place_id=place.id,
        standing=whole,
        settled=tuple(n for n, _, s in numbered if s.settled),
        tried=tuple(n for n, _, s in numbered if s.used and not s.settled and n not in chosen),
        chosen=tuple(sorted(chosen)),
        untouched=tuple(n for n, _, s in numbered if not s.used and n not in chosen),
    )


def _has_choice(conn: Connection, enrollment: Enrollment, question: Question) -> bool:
    last = attempts.latest_drawing(conn, enrollment.id, question.id, FIRST_RUN)
    return last is not None and last.choice is not None
