"""Modals, the App Home and the clock."""

from __future__ import annotations

import re
import threading

from playwright.sync_api import Page, expect

from tests.page.scenes import FORM, HOME, LESSON
from tests.page.stand_in import ANNA, CHANNEL, StandIn, a_message
from tests.page.visiting import Keep, composer, messages, visit, wait_until


def test_a_modal_holds_the_focus_and_gives_it_back(page: Page, stand_in: StandIn, keep: Keep) -> None:
    stand_in.post(CHANNEL, a_message("3600.1", blocks=LESSON))
    visit(page, stand_in)
    opener = messages(page).get_by_role("button", name="Read the lesson")
    opener.click()
    stand_in.show(view=FORM)
    dialog = page.get_by_role("dialog", name="Before you start")
    expect(dialog.get_by_label("Name on the badge")).to_be_focused()
    keep(page, "modal")

    for _ in range(12):
        page.keyboard.press("Tab")
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    wait_until(page, lambda: stand_in.asked("close"))
    stand_in.show(view=None)

    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    assert stand_in.asked("close")[0]["view"] == "V1"


def test_a_modal_is_filled_in_and_handed_in(page: Page, stand_in: StandIn) -> None:
    stand_in.show(view=FORM)
    visit(page, stand_in)
    dialog = page.get_by_role("dialog")

    dialog.get_by_role("button", name="Hand in").click()
    expect(dialog.get_by_text("Please complete this required field.")).to_be_visible()
    expect(dialog.get_by_label("Why event sourcing?")).to_be_focused()
    assert stand_in.asked("submit") == []
    dialog.get_by_label("Why event sourcing?").fill("For the\nhistory")
    dialog.get_by_label("How many projections?").fill("three")
    dialog.get_by_role("button", name="Hand in").click()
    expect(dialog.get_by_text("Please enter a number.")).to_be_visible()
    dialog.get_by_label("How many projections?").fill("3")
    dialog.get_by_role("radio", name="Direct message alone").check()
    dialog.get_by_role("button", name="Hand in").click()

    wait_until(page, lambda: stand_in.asked("submit"))
    assert stand_in.asked("submit")[0]["state"] == {
        "why": "For the\nhistory",
        "count": "3",
        "where": "direct",
    }


def test_what_the_bot_refuses_stands_under_the_field(page: Page, stand_in: StandIn) -> None:
    stand_in.show(view=FORM)
    visit(page, stand_in)

    stand_in.show(view={**FORM, "errors": {"name": "Please use your own name."}})

    field = page.get_by_label("Name on the badge")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Please use your own name"))


def test_the_home_is_drawn_and_opening_it_is_told_to_the_bot(
    page: Page, stand_in: StandIn, keep: Keep
) -> None:
    stand_in.show(home=HOME)
    visit(page, stand_in)
    page.get_by_role("link", name="App Home").click()
    expect(page.get_by_role("heading", name="CQRS and Event Sourcing")).to_be_visible()
    wait_until(page, lambda: stand_in.asked("open_home"))
    keep(page, "home")

    page.get_by_role("button", name="Read it").click()
    page.get_by_role("navigation", name="App").get_by_role("link", name="Messages").click()

    expect(composer(page, "Tutor")).to_be_visible()
    wait_until(page, lambda: len(stand_in.asked("open_home")) == 2 and stand_in.asked("click"))
    assert [each["tab"] for each in stand_in.asked("open_home")] == ["home", "messages"]
    assert stand_in.asked("click")[0]["container"] == {"view": "V9"}


def test_the_clock_says_what_comes_next_and_jumps_there(page: Page, stand_in: StandIn) -> None:
    arrived = threading.Event()
    stand_in.answer = lambda asked: {"ok": asked["do"] != "jump" or arrived.wait(30)}
    visit(page, stand_in)
    clock = page.get_by_role("banner").get_by_role("region", name="Course time")
    expect(clock).to_contain_text("Mon 3 Nov, 08:59")
    expect(clock).to_contain_text("Lesson 1.1 in #cqrs-autumn")

    clock.get_by_role("button", name="To the next delivery").click()
    expect(clock.get_by_role("status")).to_have_text("Going to Monday 3 November 2025 at 09:00…")
    arrived.set()

    expect(clock.get_by_role("status")).to_contain_text("It is Monday 3 November 2025")
    assert stand_in.asked("jump") == [{"as": ANNA, "do": "jump", "to": "next"}]


def test_without_a_clock_there_is_no_panel(page: Page, stand_in: StandIn) -> None:
    stand_in.show(clock=None)

    visit(page, stand_in)

    expect(page.get_by_role("region", name="Course time")).to_have_count(0)
