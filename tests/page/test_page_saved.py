"""An author saves a file: the page tells its faults, and shows what was written once they are mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.stand_in import DM, Json, StandIn
from tests.page.visiting import Keep, visit, wait_until
from tests.wire.classroom import SMALL
from tutorbot.cli.demo import Demo

SLOW = 30_000
LESSON = "1-flour/the-flat-loaf.md"


def saved(number: int, said: str = "The course was reloaded.", *, shows: str = "", faults: int = 0) -> Json:
    """Return what came of the files, as the sandbox tells it."""
    mistake = {"place": "course.yaml:4:1", "what": "unknown key `taglien`", "mend": "did you mean `tagline`?"}
    return {"number": number, "said": said, "mistakes": [mistake] * faults, "shows": shows}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Give a folder with a course that an author works on."""
    return Path(shutil.copytree(SMALL, tmp_path / "bread"))


@pytest.fixture
def demo(tmp_path: Path, course: Path) -> Iterator[Demo]:
    """Give a running demo of that course."""
    running = Demo(tmp_path / "state", course)
    running.start(port=0)
    running.sandbox.be_patient()
    yield running
    running.stop()


def save(course: Path, was: str, now: str) -> None:
    """Save the lesson with something in it changed."""
    text = (course / LESSON).read_text()
    assert was in text
    written = course / ".being-written"  # which the demo does not look at
    written.write_text(text.replace(was, now))
    written.replace(course / LESSON)  # whole, and at once


@pytest.mark.timeout(180)
def test_an_author_saves_a_fault_mends_it_and_sees_the_new_text(
    demo: Demo, course: Path, page: Page, keep: Keep
) -> None:
    page.goto(demo.sandbox.page_url)
    page.get_by_role("navigation").get_by_text("cohort", exact=True).click()
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="To the next delivery").first.click()
    page.get_by_role("button", name="Read the lesson").click(timeout=SLOW)
    page.get_by_role("navigation").get_by_text("Tutor", exact=True).click()
    text = page.get_by_role("article").filter(has_text="What holds the gas")
    expect(text).to_contain_text("One is flat", timeout=SLOW)

    save(course, "title: The flat loaf", "titel: The flat loaf")
    faults = page.get_by_role("alert").filter(has_text="The course has")
    expect(faults.get_by_role("listitem").first).to_be_visible(timeout=SLOW)
    expect(faults).to_contain_text(f"{LESSON}:2:1unknown key titel; did you mean title?")
    expect(text).to_contain_text("One is flat")
    keep(page, "saved-1-faults")

    save(course, "titel: The flat loaf", "title: The flat loaf")
    save(course, "**One is flat**", "**One is a brick**")
    expect(faults).to_be_hidden(timeout=SLOW)
    expect(text).to_contain_text("One is a brick", timeout=SLOW)
    note = page.get_by_role("status").filter(
        has_text="The course was reloaded. Lesson 1.1 “The flat loaf”: text changed."
    )
    expect(note).to_be_visible()
    keep(page, "saved-2-reloaded")

    page.get_by_role("navigation").get_by_text("cohort", exact=True).click()
    note.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("article").filter(has_text="One is a brick").last).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("region", name="Direct message with Tutor")).to_be_visible()


def test_faults_that_were_put_away_come_again_with_the_next_ones(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    faults = page.get_by_role("list", name="Faults")
    expect(faults).to_be_hidden()

    stand_in.show(saved=saved(1, "The course has a fault.", faults=1))
    page.get_by_role("button", name="Hide the faults").click()
    expect(faults).to_be_hidden()
    stand_in.show(saved=saved(2, "The course has 2 faults.", faults=2))

    expect(faults.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("alert").filter(has_text="The course has 2 faults.")).to_be_visible()


def test_a_note_without_anything_to_show_has_no_button(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)

    stand_in.show(saved=saved(1))

    expect(page.get_by_role("status").filter(has_text="The course was reloaded.")).to_be_visible()
    expect(page.get_by_role("button", name="Show it")).to_be_hidden()
    page.get_by_role("button", name="Hide this note").click()
    expect(page.get_by_text("The course was reloaded.")).to_be_hidden()


def test_what_has_changed_is_shown_in_the_direct_message(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    stand_in.show(saved=saved(1, shows="Lesson 1.1: One idea"))

    page.get_by_role("button", name="Show it").click()

    expect(page.get_by_role("region", name="Direct message with Tutor")).to_be_visible()
    wait_until(page, lambda: stand_in.asked("show_saved"))
    assert page.url.endswith(DM)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_many_faults_leave_room_for_the_messages(
    page: Page, stand_in: StandIn, keep: Keep, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, stand_in)

    stand_in.show(saved=saved(1, "The course has 40 faults. What is played is how it was before.", faults=40))

    faults = page.get_by_role("list", name="Faults")
    expect(faults).to_be_visible()
    keep(page, f"saved-many-{scheme}")
    assert page.locator("main").bounding_box()["height"] > 350  # type: ignore[index]  # it is visible
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
