"""The whole bot in a sandbox, and people in it, for tests that play scenes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Barrier
from typing import TypeVar
from zoneinfo import ZoneInfo

from tests.wire.outbox import CourseClock
from tests.wire.running import reached_by_socket, reached_over_http, running
from tutorbot import app, authoring
from tutorbot.app import Bot
from tutorbot.lessons.course import Course, Exercise, Lesson
from tutorbot.lessons.grading import Attempt
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.question import Kind, Question
from tutorbot.lessons.sitting import FIRST_RUN
from tutorbot.lessons.text import plain
from tutorbot.lessons.timewords import WORKING_DAYS
from tutorbot.records import attempts, courses, enrollments
from tutorbot.records.people import Learner
from tutorbot.sandbox import Answer, Limits, Message, Sandbox
from tutorbot.sandbox.persons import Person
from tutorbot.sandbox.sight import ViewSeen
from tutorbot.sandbox.wording import readable
from tutorbot.slack.manifest import app_manifest
from tutorbot.tutor import cohorts, offering, quizzes
from tutorbot.tutor.pages import QuestionPage

CHANNEL = "cqrs-autumn"
SMALL = Path(__file__).parent.parent / "authoring" / "courses" / "small"
ZURICH = ZoneInfo("Europe/Zurich")
MONDAY = date(2026, 11, 2)

Seen = Message | ViewSeen
Step = tuple[Callable[[], object], str | Sequence[str]]
"""What somebody does, and what they see after it."""
Part = TypeVar("Part", Lesson, Exercise)


@dataclass(slots=True)
class Classroom:
    """A running bot and its sandbox; `clock` is course time, which a test moves."""

    sandbox: Sandbox
    bot: Bot
    clock: CourseClock
    channel: str

    def start_cohort(
        self, course: str, *, days: frozenset[int] = WORKING_DAYS, at: time = time(9), first: date = MONDAY
    ) -> int:
        """Start a cohort in the channel, from Monday 2 November 2026 on or from that day."""
        plan = cohorts.plan_cohort(self.bot.tutor, course, Schedule(days, at, ZURICH, first))
        return cohorts.start_cohort(self.bot.tutor, self.sandbox.team, self.channel, plan)

    def offer(self, folder: Path) -> None:
        """Offer the course in a folder, as the program does at its start."""
        app.offer_loaded(self.bot.tutor, authoring.load(folder))

    def offer_changed(self, change: Callable[[Course], Course], course: str = "bread") -> None:
        """Offer another version of a course."""
        tutor = self.bot.tutor
        with tutor.store.read() as conn:
            digest = courses.current_digests(conn)[course]
            now = tutor.course(conn, digest)
        offering.offer_course(tutor, change(now), f"after {digest}", {})

    def at(self, day: date, hour: time) -> None:
        """Let it be this wall time in Zurich, and let happen what is due."""
        self.clock.now = datetime.combine(day, hour, ZURICH).astimezone(UTC)
        self.let_happen()

    def later(self, **length: float) -> None:
        """Let so much course time pass, and let happen what is due."""
        self.clock.forward(**length)
        self.let_happen()

    def let_happen(self) -> None:
        """Do what is due and wait until it is sent."""
        self.bot.poller.poll_once()
        assert self.bot.sender.quiet(30)

    def drawn(self) -> None:
        """Wait until all that was to be drawn or whispered by now is."""
        threads, (_, drawing) = self.bot.settings.draw_threads, self.bot.executors
        together = Barrier(threads)
        for task in [drawing.submit(together.wait, 30) for _ in range(threads)]:
            task.result()

    def pupil(self, name: str) -> "Pupil":
        """Return somebody of the workspace."""
        return Pupil(self, self.sandbox.person(name))


@dataclass(frozen=True, slots=True)
class Pupil:
    """Somebody who uses the bot, and looks at what they see."""

    room: Classroom
    person: Person

    @property
    def learner(self) -> Learner:
        """Return who they are to the bot."""
        return Learner(self.room.sandbox.team, self.person.id)

    def all_seen(self) -> list[Message]:
        """Return every message they see in the channel and in the direct message, the newest last."""
        seen = [*self.person.messages(self.room.channel), *self.person.direct_messages()]
        return sorted(seen, key=lambda message: float(message.ts))

    def presses(self, button: str) -> Callable[[], object]:
        """Press a button: the newest there is with that text."""
        return lambda: self.press(button)

    def press(self, button: str) -> Answer:
        """Press a button: the newest there is with that text."""
        target = self.room.sandbox.wait_for(lambda: self._with_button(button))[-1]
        answer = self.person.click(target, button)
        assert answer.ok, answer
        return answer

    def _with_button(self, button: str) -> list[Seen]:
        return [seen for seen in self._everything() if any(b.answers_to(button) for b in seen.buttons)]

    def writes(self, text: str, *, channel: str | None = None) -> Callable[[], object]:
        """Write a command such as "join"; in the direct message unless a channel is named."""
        return lambda: self.command(text, channel=channel)

    def command(self, text: str, *, channel: str | None = None) -> Answer:
        """Write a command."""
        answer = self.person.command("/tutor", text, channel)
        assert answer.ok, answer
        return answer

    def reply(self, text: str, *, channel: str | None = None) -> str:
        """Write a command and return all that can be read in its answer, which nobody else sees."""
        answer = self.command(text, channel=channel)
        return f"{answer.text}\n{readable(answer.blocks)}"

    def takes(self, course: str) -> None:
        """Begin a course at their own pace."""
        self.command(f"join {course}")
        self.room.let_happen()

    def posts(self) -> list[Message]:
        """Return what the bot has posted to them in the direct message, once all that is due is sent."""
        self.room.let_happen()
        return [
            post for post in self.person.direct_messages() if not post.ephemeral and post.user == self._bot
        ]

    @property
    def _bot(self) -> str:
        return self.room.sandbox.bot_user_id

    def attempts(self) -> list[Attempt]:
        """Return every answer of theirs that is on record."""
        with self.room.bot.store.read() as conn:
            mine = enrollments.enrollments_of(conn, self.learner)
            return [attempt for each in mine for attempt in attempts.attempts_of(conn, each.id, FIRST_RUN)]

    def types(self, text: str) -> Callable[[], object]:
        """Type into the direct message."""
        return lambda: self.person.type(text)

    def sees(self, *texts: str) -> Seen:
        """Wait until a message or the open window shows all these texts; return the newest that does."""
        return self.room.sandbox.wait_for(lambda: self._showing(texts))[-1]

    def _showing(self, texts: Sequence[str]) -> list[Seen]:
        return [seen for seen in self._everything() if all(text in _readable(seen) for text in texts)]

    def _everything(self) -> list[Seen]:
        """Return all messages they see, the newest last, and the open window after them."""
        view = self.person.view
        return [*self.all_seen(), *([view] if view else [])]

    def question(self) -> QuestionPage:
        """Return the question that is open to them."""
        page = quizzes.open_page(self.room.bot.tutor, self.learner)
        assert page is not None
        return page

    def letters(self, *, right: bool) -> list[str]:
        """Return letters, as shown, that answer the open question right, or the first untried that do not."""
        page = self.question()
        options = {option.id: option for option in page.question.options}
        tried = {option for answer in page.tried for option in getattr(answer, "ids", ())}
        shown = list(enumerate(page.drawing.shown_order))
        if right:
            return ["ABCDEFGH"[n] for n, option in shown if options[option].right]
        return ["ABCDEFGH"[n] for n, option in shown if not options[option].right and option not in tried][:1]

    def answers(self, *, right: bool = True) -> None:
        """Answer the open question by its buttons, or in its window."""
        page = self.question()
        match page.question.kind:
            case Kind.ONE:
                self.press(self.letters(right=right)[0])
            case Kind.SEVERAL:
                self._check(page, self.letters(right=right))
                self.press("Answer")
            case Kind.ORDER | Kind.MATCH:
                self._places(page, right=right)
            case Kind.SCALE | Kind.POLL:
                self.press("1" if page.question.kind is Kind.SCALE else "A")
            case Kind.NUMBER | Kind.TEXT | Kind.WRITTEN | Kind.COMMENT:
                self.press("Write your answer")
                self.person.submit({"answer-text": right_words(page) if right else wrong_words(page)})

    def _places(self, page: QuestionPage, *, right: bool) -> None:
        self.press("Put in order" if page.question.kind is Kind.ORDER else "Match")
        view, order = self.person.view, page.drawing.shown_order
        assert view is not None
        ids = [item.match or item.id for item in page.question.items]
        placed = zip(view.inputs, ids if right else [*ids[1:], ids[0]], strict=True)
        self.person.submit({menu.action_id: menu.options[order.index(each)] for menu, each in placed})

    def _check(self, page: QuestionPage, letters: Sequence[str]) -> None:
        message = self.room.sandbox.wait_for(lambda: self._with_boxes(page))
        boxes = message.inputs[0]
        chosen = [label for label in boxes.options if label[0] in letters]
        assert self.person.check(message, boxes.action_id, chosen).ok

    def _with_boxes(self, page: QuestionPage) -> Message | None:
        wanted = f"pick:{page.drawing.id}:{page.n}"
        found = [m for m in self.all_seen() if any(i.action_id == wanted for i in m.inputs)]
        return found[-1] if found else None

    def answers_all(self, *, last: str = "How it went") -> None:
        """Answer a quiz to its end, all right, and press the last button."""
        while True:
            page = self.question()
            self.sees(f"Question {page.number} of {page.total}")
            self.answers()
            self.sees(f"Question {page.number} of {page.total}", answered_right(page.question))
            if page.number == page.total:
                self.press(last)
                return
            self.press("Next question")

    def chooses_and_confirms(self, *, right: bool = True) -> None:
        """Answer the open question of the exam."""
        page = self.question()
        match page.question.kind:
            case Kind.ONE:
                letter = self.letters(right=right)[0]
                self.press(letter)
                self.press(f"Confirm {letter}")
            case Kind.SEVERAL:
                self._check(page, self.letters(right=right))
                self.press("Confirm")
            case _:
                words = right_words(page) if right else wrong_words(page)
                self.press("Write your answer")
                self.person.submit({"answer-text": words})
                self.press(f"Confirm “{words}”")


def _readable(seen: Seen) -> str:
    return seen.plain if isinstance(seen, ViewSeen) else f"{seen.text}\n{seen.plain}"


def with_questions(course: Course, change: Callable[[Question], Question]) -> Course:
    """Return the course with every question changed so."""

    def each(part: Part) -> Part:
        return replace(part, questions=tuple(map(change, part.questions)))

    case, exam = course.case_study, course.exam
    return replace(
        course,
        modules=tuple(replace(m, lessons=tuple(map(each, m.lessons))) for m in course.modules),
        case_study=case and replace(case, exercises=tuple(map(each, case.exercises))),
        exam=exam and replace(exam, pool=tuple(map(change, exam.pool))),
    )


def answered_right(question: Question) -> str:
    """Return what is said to an answer that is right, or that nobody can mark."""
    if question.kind is Kind.WRITTEN:
        return "Your answer is recorded"
    return "Right." if question.is_graded else "Thank you."


def right_words(page: QuestionPage) -> str:
    """Return what answers a number or a short text right."""
    question = page.question
    if question.number:
        return f"{question.number.value.numerator}/{question.number.value.denominator}"
    return question.accepted[0].text if question.accepted else "My reasons, at length."


def wrong_words(page: QuestionPage) -> str:
    """Return what answers a number or a short text wrong."""
    return "123456789" if page.question.number else f"certainly not {page.standing.used}"


def play(pupil: Pupil, *steps: Step) -> None:
    """Play a scene: a list of what is done and what is seen after it."""
    for does, sees in steps:
        does()
        pupil.sees(*([sees] if isinstance(sees, str) else sees))


def option_words(page: QuestionPage) -> list[str]:
    """Return the options' texts in the order in which they are shown."""
    options = {option.id: plain(option.text) for option in page.question.options}
    return [options[option] for option in page.drawing.shown_order]


@contextmanager
def classroom(
    database_url: str,
    *,
    courses: Sequence[Path] = (SMALL,),
    seed: int = 1,
    over_http: bool = False,
    **settings: str,
) -> Iterator[Classroom]:
    """Run the bot in a sandbox with high limits; its chance is seeded, its course time stands still."""
    with Sandbox(limits=Limits().times(100), manifest=app_manifest()) as sandbox:
        channel, clock = sandbox.add_channel(CHANNEL), CourseClock()
        sandbox.be_patient()  # what is slow is measured
        with running(sandbox, clock, database_url, seed, settings) as bot:
            room = Classroom(sandbox, bot, clock, channel)
            for folder in courses:
                room.offer(folder)
            with reached_over_http(sandbox, bot) if over_http else reached_by_socket(sandbox, bot):
                yield room


@contextmanager
def restarted(room: Classroom, database_url: str) -> Iterator[Classroom]:
    """Run another bot on the same workspace and database; the first one hears nothing any more."""
    with (
        running(room.sandbox, room.clock, database_url, 99, {}) as bot,
        reached_over_http(room.sandbox, bot),
    ):
        yield Classroom(room.sandbox, bot, room.clock, room.channel)
