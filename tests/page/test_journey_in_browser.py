"""The way through a small course, from joining to the badge, in a browser and in the demo that people run."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.wire.classroom import SMALL, right_words
from tutorbot.authoring import load
from tutorbot.cli.demo import Demo
from tutorbot.lessons.course import Course
from tutorbot.lessons.question import Kind
from tutorbot.records.people import Learner
from tutorbot.tutor import quizzes
from tutorbot.tutor.pages import QuestionPage

Keep = Callable[[Page, str], Path]
SLOW = 60_000
"""Slack takes about one message a second, and so does the workspace."""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """Give a running demo that begins anew."""
    running = Demo(tmp_path / "demo", SMALL)
    running.start(port=0)
    running.sandbox.be_patient()
    yield running
    running.stop()


@dataclass(slots=True)
class Visitor:
    """Somebody who sits before the page, as Anna."""

    demo: Demo
    page: Page

    def goes_to(self, name: str) -> None:
        """Choose a channel, the bot or its Home on the left."""
        self.page.get_by_role("navigation").get_by_text(name, exact=True).first.click()

    def presses(self, name: str) -> None:
        """Press the newest button with this text."""
        button = self.page.get_by_role("button", name=name, exact=True).last
        expect(button).to_be_visible(timeout=SLOW)
        button.click()

    def sees(self, text: str) -> Locator:
        """Wait until the text is to be read."""
        found = self.page.get_by_text(text).last
        expect(found).to_be_visible(timeout=SLOW)
        return found

    def writes(self, text: str) -> None:
        """Write into the composer and send it."""
        box = self.page.get_by_placeholder("Message ").last
        box.fill(text)
        box.press("Enter")

    def question(self, title: str, of: str, number: int) -> QuestionPage:
        """Wait until this question is open, and return it."""
        return self.demo.sandbox.wait_for(lambda: self._open(title, of, number), timeout=60)[0]

    def _open(self, title: str, of: str, number: int) -> list[QuestionPage]:
        learner = Learner(self.demo.sandbox.team, self.demo.sandbox.person("anna").id)
        page = quizzes.open_page(self.demo.bot.tutor, learner)
        wanted = page and page.title.startswith(title) and of in page.title and page.number == number
        return [page] if page and wanted else []

    def right_letters(self, page: QuestionPage) -> list[str]:
        """Return the letters of the right options, as shown."""
        right = {option.id for option in page.question.options if option.right}
        return ["ABCDEFGH"[n] for n, option in enumerate(page.drawing.shown_order) if option in right]

    def answers(self, title: str, number: int, *, of: str = "", confirm: bool = False) -> None:
        """Answer a question right, as a person would: with buttons, boxes or the window."""
        page = self.question(title, of, number)
        self.sees(f"Question {page.number} of {page.total}")
        match page.question.kind:
            case Kind.ONE:
                [letter] = self.right_letters(page)
                self.page.get_by_role("button", name=re.compile(rf"^{letter}: ")).last.click()
                if confirm:
                    self.presses(f"Confirm {letter}")
            case Kind.SEVERAL:
                for letter in self.right_letters(page):
                    self.page.get_by_role("checkbox", name=re.compile(rf"^{letter}\b")).last.check()
                self.presses("Confirm" if confirm else "Answer")
            case _:
                self.presses("Write your answer")
                window = self.page.get_by_role("dialog")
                window.get_by_role("textbox").fill(right_words(page))
                window.get_by_role("button", name="Keep" if confirm else "Answer", exact=True).click()
                if confirm:
                    self.presses(f"Confirm “{right_words(page)}”")
        self.sees("recorded" if page.question.kind is Kind.WRITTEN else "Right.")


@pytest.mark.timeout(400)
def test_a_stranger_goes_from_join_to_badge_in_the_browser(demo: Demo, page: Page, keep: Keep) -> None:
    visitor = Visitor(demo, page)
    course = load(SMALL).course
    page.goto(demo.sandbox.page_url)

    visitor.goes_to("cohort")
    visitor.sees("A cohort of this course begins in this channel.")
    keep(page, "journey-0-welcome")
    visitor.presses("Join")
    visitor.sees("What to do first stands in our direct message.")
    takes_lessons(visitor, course, keep)
    sits_the_exam(visitor, course, keep)
    works_on_the_case_study(visitor, course)

    visitor.sees("This badge is yours")
    keep(page, "journey-8-badge-of-ones-own")
    visitor.goes_to("cohort")
    visitor.sees(f"has passed {course.title}")
    expect(page.get_by_role("img", name="Badge “").last).to_be_visible(timeout=SLOW)
    keep(page, "journey-9-badge-in-the-channel")


def takes_lessons(visitor: Visitor, course: Course, keep: Keep) -> None:
    """Let each lesson come by the clock, read it, and answer its questions."""
    texts = visitor.page.get_by_role("button", name=re.compile(r"^Answer \d+ question"))
    for position, lesson in enumerate(course.lessons(), 1):
        visitor.goes_to("cohort")
        visitor.page.get_by_role("button", name="To the next delivery").first.click()
        visitor.sees(lesson.title)
        keep(visitor.page, f"journey-1-{lesson.id}")
        visitor.presses("Read the lesson")
        visitor.goes_to("Tutor")
        expect(texts).to_have_count(position, timeout=SLOW)  # the lesson's own, and not the one before it
        count = len(lesson.questions)
        visitor.presses(f"Answer {count} question{'s' if count > 1 else ''}")
        for number in range(1, count + 1):
            visitor.answers("Lesson ", number, of=lesson.title)
            keep(visitor.page, f"journey-2-{lesson.id}-question-{number}")
            visitor.presses("Next question" if number < count else "How it went")
        visitor.sees("Look at the questions again")


def sits_the_exam(visitor: Visitor, course: Course, keep: Keep) -> None:
    """Start the exam, choose and confirm, and hand it in."""
    assert course.exam is not None
    page, total = visitor.page, sum(draw.count for draw in course.exam.draws)
    visitor.writes("/tutor exam")
    visitor.sees("You have one attempt at this exam.")
    keep(page, "journey-3-exam-start")
    visitor.presses("Start the exam")
    page.get_by_role("dialog").get_by_role("button", name="Start", exact=True).click()
    for number in range(1, total + 1):
        visitor.answers("Final exam", number, confirm=True)
        keep(page, f"journey-4-exam-{number}")
        visitor.presses("Next question" if number < total else "To the overview")
    visitor.sees("Before you hand in")
    keep(page, "journey-5-overview")
    visitor.presses("Hand in")
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=True).click()
    visitor.sees(f"Final exam: {total} of {total} right")
    keep(page, "journey-6-result")
    visitor.goes_to("App Home")
    visitor.sees(f"Progress: {course.title}")
    keep(page, "journey-7-home")


def works_on_the_case_study(visitor: Visitor, course: Course) -> None:
    """Answer the exercises' questions, until the pass mark is reached."""
    visitor.goes_to("Tutor")
    for exercise in course.exercises():
        visitor.writes("/tutor case")
        for number in range(1, len(exercise.questions) + 1):
            visitor.answers("Case study", number, of=exercise.title)
            visitor.presses("Next question" if number < len(exercise.questions) else "How it went")
