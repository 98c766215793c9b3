"""The panel of those who build: requests with their replies, and the ledger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.scenes import LEDGER, LINES, PARTS, a_line, fill
from tests.page.stand_in import StandIn
from tests.page.visiting import Keep, composer, open_panel, visit


@pytest.fixture
def panel(page: Page, stand_in: StandIn) -> Locator:
    """The panel, open, with a few requests in it."""
    fill(stand_in)
    visit(page, stand_in)
    return open_panel(page)


def lines(panel: Locator) -> Locator:
    """Return the requests it lists."""
    return panel.get_by_role("region", name="Requests and replies").get_by_role("listitem")


def test_it_is_hidden_until_its_button_or_its_keys_open_it(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    panel = page.get_by_role("complementary", name="For those who build")
    expect(panel).to_have_count(0)

    page.keyboard.press("Control+.")
    expect(panel.get_by_role("tab", name="Requests")).to_be_focused()
    page.reload()
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close the panel").click()

    expect(panel).to_have_count(0)
    expect(page.get_by_role("button", name="Requests and ledger")).to_be_focused()


def test_each_request_is_told_with_its_time_and_how_long_it_took(panel: Locator) -> None:
    expect(lines(panel)).to_have_count(len(LINES))

    said = lines(panel).filter(has_text="block_actions")

    expect(said).to_contain_text("08:59:00.123")
    expect(said).to_contain_text("12 ms")
    expect(said).to_contain_text("interaction · Anna Keller · #cqrs-autumn · answer:12:1:2")
    expect(said.get_by_role("button", name="to the bot")).to_be_visible()
    expect(lines(panel).filter(has_text="chat.update")).to_contain_text("ratelimited")


def test_a_request_opens_and_shows_what_was_asked_and_answered(panel: Locator, keep: Keep) -> None:
    panel.get_by_role("button", name="block_actions").click()

    expect(panel.get_by_role("heading", name="Acknowledgement")).to_contain_text(
        "envelope 8c3f, without a body"
    )
    tree = panel.locator(".tree")
    expect(tree).to_contain_text("type block_actions")
    expect(tree.get_by_text("U0ANNA")).to_be_visible()
    tree.get_by_text("{1 field}").first.click()
    expect(tree.get_by_text("U0ANNA")).to_be_hidden()
    keep(panel.page, "panel-requests")


def test_requests_are_filtered_by_words_and_kind_and_cleared(panel: Locator) -> None:
    panel.get_by_role("searchbox").fill("anna next")
    expect(lines(panel)).to_have_count(1)
    panel.get_by_role("searchbox").fill("")
    panel.get_by_role("combobox", name="Kind of request").select_option("Web API")
    expect(lines(panel)).to_have_count(2)
    panel.get_by_role("combobox", name="Kind of request").select_option("failed")
    expect(lines(panel)).to_have_count(1)

    panel.get_by_role("combobox", name="Kind of request").select_option("")
    panel.get_by_role("button", name="Clear").click()

    expect(panel.get_by_text("Nothing went to the bot or came from it so far.")).to_be_visible()


def test_new_requests_come_by_themselves_and_the_last_500_stay(panel: Locator, stand_in: StandIn) -> None:
    expect(lines(panel)).to_have_count(len(LINES))

    stand_in.let_pass(*[a_line(f"call-{n}") for n in range(510)])

    expect(lines(panel)).to_have_count(500)
    expect(lines(panel).last).to_contain_text("call-509")
    expect(lines(panel).last).to_be_in_viewport()


@pytest.mark.usefixtures("broken_connections")
def test_a_sandbox_that_begins_anew_shows_its_own_requests(panel: Locator, stand_in: StandIn) -> None:
    expect(lines(panel)).to_have_count(len(LINES))

    stand_in.stop()
    stand_in.lines = []
    stand_in.let_pass(a_line("auth.test"))
    stand_in.start()

    expect(lines(panel)).to_have_count(1)
    expect(lines(panel)).to_contain_text("auth.test")


def test_a_request_stands_before_those_it_led_to(panel: Locator, stand_in: StandIn) -> None:
    led_to = a_line("views.open", "out", "Web API", at="2025-11-03T08:00:00.250+00:00")
    first = a_line("view_submission", at="2025-11-03T08:00:00.200+00:00")

    stand_in.let_pass(led_to, first)

    expect(lines(panel)).to_contain_text(["view_submission", "views.open"])


def test_the_ledger_parts_what_is_to_come_from_what_is_past(
    panel: Locator, stand_in: StandIn, keep: Keep
) -> None:
    panel.get_by_role("tab", name="Requests").press("ArrowRight")
    expect(panel.get_by_role("tab", name="Ledger")).to_be_focused()
    rows = panel.get_by_role("row")

    expect(rows).to_contain_text(
        ["Due", "lesson 1.3", "lesson 1.2", "Now, Mon 3 Nov, 08:59", "lesson 1.1", "welcome"]
    )
    expect(rows.filter(has_text="lesson 1.1")).to_contain_text("Mon 3 Nov 08:00")
    expect(rows.filter(has_text="lesson 1.1")).to_contain_text("to #cqrs-autumn")
    expect(rows.filter(has_text="lesson 1.1")).to_contain_text("not_in_channel")
    keep(panel.page, "panel-ledger")
    panel.get_by_role("combobox", name="State").select_option("parked")
    expect(panel.get_by_role("cell", name="lesson 1.3")).to_have_count(0)
    stand_in.ledger = {**LEDGER, "owed": []}

    expect(panel.get_by_text("Nothing is owed.")).to_be_visible()


def test_its_edge_is_moved_by_arrow_keys_and_by_the_pointer(page: Page, panel: Locator) -> None:
    edge = panel.get_by_role("separator", name="Width of the panel")
    expect(edge).to_have_attribute("aria-valuenow", "460")

    edge.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", "492")
    edge.hover(position={"x": 4, "y": 300})
    page.mouse.down()
    page.mouse.move(880, 300)
    page.mouse.up()

    expect(edge).to_have_attribute("aria-valuenow", "400")
    page.reload()
    expect(edge).to_have_attribute("aria-valuenow", "400")


@pytest.mark.parametrize("width", [1280, 1024, 800])
def test_it_takes_room_from_the_messages_and_covers_none(
    page: Page, stand_in: StandIn, keep: Keep, width: int
) -> None:
    fill(stand_in)
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, stand_in)
    panel = open_panel(page).bounding_box()
    main = page.get_by_role("main").bounding_box()
    keep(page, f"panel-{width}")

    assert panel is not None
    assert main is not None
    assert main["x"] + main["width"] <= panel["x"] or main["y"] + main["height"] <= panel["y"]
    assert main["width"] > 500


def test_on_a_phone_it_is_a_sheet_over_everything_else(page: Page, stand_in: StandIn) -> None:
    fill(stand_in)
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, stand_in)
    panel = open_panel(page)

    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)") is False
    page.keyboard.press("Control+.")

    expect(panel).to_have_count(0)
    expect(composer(page)).to_be_visible()


def test_a_request_that_is_not_kept_any_more_says_so(panel: Locator, stand_in: StandIn) -> None:
    stand_in.parts = {3: PARTS[:1]}

    panel.get_by_role("button", name="/tutor").click()

    expect(panel.get_by_text("No more is known of it.")).to_be_visible()
