"""The whole way, from joining to the badge, in a real browser and in the demo as people run it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.wire.classroom import right_words
from tutorbot.cli.demo import Demo
from tutorbot.lessons.course import Kind
from tutorbot.records.people import Learner
from tutorbot.tutor import quizzes
from tutorbot.tutor.pages import QuestionPage

Keep = Callable[[Page, str], Path]
SLOW = 60_000
"""Slack takes about one message a second, and so does the workspace."""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """Give a running demo that begins anew."""
    running = Demo(tmp_path / "demo")
    running.start(port=0)
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

    def question(self, title: str, number: int) -> QuestionPage:
        """Wait until this question is open, and return it."""
        return self.demo.sandbox.wait_for(lambda: self._open(title, number), timeout=60)[0]

    def _open(self, title: str, number: int) -> list[QuestionPage]:
        learner = Learner(self.demo.sandbox.team, self.demo.sandbox.person("anna").id)
        page = quizzes.open_page(self.demo.bot.tutor, learner)
        return [page] if page and page.title.startswith(title) and page.number == number else []

    def right_letters(self, page: QuestionPage) -> list[str]:
        """Return the letters of the right options, as shown."""
        right = {option.id for option in page.question.options if option.right}
        return ["ABCDEFGH"[n] for n, option in enumerate(page.drawing.shown_order) if option in right]

    def answers(self, title: str, number: int, *, confirm: bool = False) -> None:
        """Answer a question right, as a person would: with buttons, boxes or the window."""
        page = self.question(title, number)
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
        self.sees("Right.")


@pytest.mark.timeout(400)
def test_a_stranger_goes_from_join_to_badge_in_the_browser(demo: Demo, page: Page, keep: Keep) -> None:
    visitor = Visitor(demo, page)
    page.goto(demo.sandbox.page_url)

    visitor.goes_to("cqrs-autumn")
    visitor.sees("A cohort of this course begins in this channel.")
    visitor.presses("Join")
    visitor.sees("What to do first stands in our direct message.")
    takes_lessons(visitor, keep)
    sits_the_exam(visitor, keep)
    works_on_the_case_study(visitor)

    visitor.sees("This badge is yours")
    keep(page, "journey-8-badge-of-ones-own")
    visitor.goes_to("cqrs-autumn")
    visitor.sees("has passed CQRS and Event Sourcing")
    expect(page.get_by_role("img", name="Badge “").last).to_be_visible(timeout=SLOW)
    keep(page, "journey-9-badge-in-the-channel")


def takes_lessons(visitor: Visitor, keep: Keep) -> None:
    """Let each lesson come by the clock, and answer its questions."""
    for lesson in range(1, 7):
        visitor.goes_to("cqrs-autumn")
        visitor.page.get_by_role("button", name="To the next delivery").first.click()
        visitor.sees(f"Lesson 1.{lesson}: ")
        keep(visitor.page, f"journey-1-lesson-{lesson}")
        visitor.presses("Answer its questions")
        visitor.goes_to("Tutor")
        for number in range(1, 5):
            visitor.answers(f"Lesson 1.{lesson}", number)
            keep(visitor.page, f"journey-2-lesson-{lesson}-question-{number}")
            visitor.presses("Next question" if number < 4 else "How it went")
        visitor.sees("4 of 4 questions right.")


def sits_the_exam(visitor: Visitor, keep: Keep) -> None:
    """Start the exam, choose and confirm, and hand it in."""
    page = visitor.page
    visitor.writes("/tutor exam")
    visitor.sees("You have one attempt at this exam.")
    keep(page, "journey-3-exam-start")
    visitor.presses("Start the exam")
    page.get_by_role("dialog").get_by_role("button", name="Start", exact=True).click()
    for number in range(1, 11):
        visitor.answers("Final exam", number, confirm=True)
        keep(page, f"journey-4-exam-{number}")
        visitor.presses("Next question" if number < 10 else "To the overview")
    visitor.sees("Before you hand in")
    keep(page, "journey-5-overview")
    visitor.presses("Hand in")
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=True).click()
    visitor.sees("Final exam: 10 of 10 right")
    keep(page, "journey-6-result")
    visitor.goes_to("App Home")
    visitor.sees("Progress: CQRS and Event Sourcing")
    keep(page, "journey-7-home")


def works_on_the_case_study(visitor: Visitor) -> None:
    """Answer the exercise's questions: its last one reaches the pass mark."""
    visitor.goes_to("Tutor")
    visitor.writes("/tutor case")
    for number in range(1, 5):
        visitor.answers("Case study", number)
        visitor.presses("Next question" if number < 4 else "How it went")
