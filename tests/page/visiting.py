"""Steps that tests of the page share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.page.stand_in import ANNA, CHANNEL, StandIn

Keep = Callable[[Page, str], Path]


def visit(page: Page, stand_in: StandIn, where: str = CHANNEL, who: str = ANNA) -> None:
    """Open the page as somebody, at a place, and wait until it is drawn."""
    page.goto(f"{stand_in.url}#/{who}/{where}")
    expect(page.locator(f".people [href^='#/{who}/']")).to_have_attribute("aria-current", "true")


def messages(page: Page) -> Locator:
    """Return the messages of the conversation that is open."""
    return page.get_by_role("region", name="Messages").get_by_role("article")


def composer(page: Page, name: str = "#cqrs-autumn") -> Locator:
    """Return the box one writes in."""
    return page.get_by_role("textbox", name=f"Message {name}")


def open_panel(page: Page) -> Locator:
    """Open the panel of those who build, and return it."""
    page.get_by_role("button", name="Requests and ledger").click()
    panel = page.get_by_role("complementary", name="For those who build")
    expect(panel).to_be_visible()
    return panel


def wait_until(page: Page, condition: Callable[[], object]) -> None:
    """Let the page go on until the condition holds; fails after half a minute."""
    for _ in range(1_200):
        if condition():
            return
        page.wait_for_timeout(25)
    raise AssertionError("It did not come about within half a minute.")
