"""The composer, its commands, and what is said when something was refused."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.page.stand_in import DM, SAM, StandIn
from tests.page.visiting import Keep, composer, visit, wait_until


def test_shift_and_enter_begin_a_new_line_and_enter_sends(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in, DM)
    box = composer(page, "Tutor")

    box.press_sequentially("first")
    box.press("Shift+Enter")
    box.press_sequentially("second")
    box.press("Enter")

    wait_until(page, lambda: stand_in.asked("message"))
    assert stand_in.asked("message")[0]["text"] == "first\nsecond"


def test_a_slash_offers_the_commands_and_staff_get_theirs(page: Page, stand_in: StandIn, keep: Keep) -> None:
    visit(page, stand_in)
    box = composer(page)
    offers = page.get_by_role("listbox", name="Commands").get_by_role("option")

    box.press_sequentially("/tutor")
    expect(offers.first).to_have_attribute("aria-selected", "true")
    expect(offers.filter(has_text="/tutor-admin")).to_have_count(0)
    keep(page, "commands")
    box.press_sequentially(" jo")
    box.press("Enter")
    expect(box).to_have_value("/tutor join ")
    box.press_sequentially("cqrs")
    box.press("Enter")

    wait_until(page, lambda: stand_in.asked("command"))
    assert stand_in.asked("command")[0]["text"] == "/tutor join cqrs"
    visit(page, stand_in, who=SAM)
    composer(page).fill("/tutor-")
    expect(offers).to_have_count(1)


def test_a_bare_command_is_sent_though_the_menu_is_open(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)

    composer(page).press_sequentially("/tutor")
    composer(page).press("Enter")

    wait_until(page, lambda: stand_in.asked("command"))
    assert stand_in.asked("command")[0]["text"] == "/tutor"


def test_what_was_refused_is_said_and_stays_in_the_box(page: Page, stand_in: StandIn) -> None:
    stand_in.answer = lambda asked: {
        "ok": asked["do"] != "command",
        "error": "/nonsense is not a valid command.",
    }
    visit(page, stand_in)

    composer(page).fill("/nonsense")
    composer(page).press("Enter")

    alert = page.get_by_role("region", name="Channel cqrs-autumn").get_by_role("alert")
    expect(alert).to_contain_text("/nonsense is not a valid command.")
    expect(composer(page)).to_have_value("/nonsense")


def test_a_notice_can_be_put_away(page: Page, stand_in: StandIn) -> None:
    stand_in.show(notices=[{"id": "N1", "text": "/tutor failed with the error “operation_timeout”."}])
    visit(page, stand_in)
    notice = page.get_by_text("operation_timeout")
    expect(notice).to_be_visible()

    page.get_by_role("button", name="Dismiss").click()

    expect(notice).to_have_count(0)
