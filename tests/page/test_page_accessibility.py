"""Every scene before axe, the checker of accessibility: in light and dark, on a screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.page.scenes import FORM, MENUS, WRONG, fill
from tests.page.stand_in import CHANNEL, DM, LOUNGE, OLD, Json, StandIn
from tests.page.visiting import Keep, messages, open_panel, visit

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text()
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SAVED = {
    "number": 1,
    "said": "The course has a fault. What is played is how it was before.",
    "mistakes": [
        {"place": "course.yaml:4:1", "what": "unknown key `taglien`", "mend": "did you mean `tagline`?"}
    ],
    "shows": "",
}


def nothing(page: Page, stand_in: StandIn) -> None:
    """Look, and touch nothing."""


def open_window(view: Json) -> Callable[[Page, StandIn], None]:
    """Return how a window is opened."""

    def opened(page: Page, stand_in: StandIn) -> None:
        stand_in.show(view=view)
        expect(page.get_by_role("dialog")).to_be_visible()

    return opened


def list_commands(page: Page, stand_in: StandIn) -> None:
    """Begin a command, so that all commands are offered."""
    page.get_by_placeholder("Message ").last.fill("/")
    expect(page.get_by_role("listbox")).to_be_visible()


def open_overflow(page: Page, stand_in: StandIn) -> None:
    """Open the menu behind the three dots."""
    messages(page).get_by_role("button", name="More").last.click()


def ask_first(page: Page, stand_in: StandIn) -> None:
    """Press a button that asks before it does anything."""
    messages(page).get_by_role("button", name="Skip").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def edit_message(page: Page, stand_in: StandIn) -> None:
    """Edit a message of one's own."""
    messages(page).filter(has_text="Thanks").get_by_role("button", name="Edit message").click(force=True)


def open_requests(page: Page, stand_in: StandIn) -> None:
    """Open the panel of those who build, and a request in it."""
    open_panel(page)
    page.get_by_role("button", name="block_actions").click()
    expect(page.get_by_role("heading", name="Payload")).to_be_visible()


def open_ledger(page: Page, stand_in: StandIn) -> None:
    """Open the ledger in the panel."""
    open_panel(page)
    page.get_by_role("tab", name="Ledger").click()
    expect(page.get_by_role("cell", name="lesson 1.3")).to_be_visible()


def open_drawer(page: Page, stand_in: StandIn) -> None:
    """Open the list of channels, where it is a drawer."""
    button = page.get_by_role("button", name="Channels and people")
    if button.is_visible():
        button.click()


def save_a_fault(page: Page, stand_in: StandIn) -> None:
    """Let an author save a fault."""
    stand_in.show(saved=SAVED)
    expect(page.get_by_text("The course has a fault.")).to_be_visible()


SCENES = {
    "channel": (CHANNEL, nothing),
    "direct-message": (DM, nothing),
    "home": ("home", nothing),
    "thread": (f"{CHANNEL}/thread/60.1", nothing),
    "nothing-said-yet": (LOUNGE, nothing),
    "archived": (OLD, nothing),
    "window": (CHANNEL, open_window(FORM)),
    "window-with-errors": (CHANNEL, open_window(WRONG)),
    "window-with-menus": (DM, open_window(MENUS)),
    "commands": (CHANNEL, list_commands),
    "overflow": (DM, open_overflow),
    "confirmation": (CHANNEL, ask_first),
    "editing": (CHANNEL, edit_message),
    "faults": (CHANNEL, save_a_fault),
    "drawer": (CHANNEL, open_drawer),
    "requests": (DM, open_requests),
    "ledger": (DM, open_ledger),
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scene", SCENES)
def test_axe_finds_no_violation(
    page: Page, stand_in: StandIn, keep: Keep, scene: str, size: ViewportSize
) -> None:
    where, stage = SCENES[scene]
    fill(stand_in)
    page.set_viewport_size(size)
    visit(page, stand_in, where)

    stage(page, stand_in)

    found = []
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        keep(page, f"scene-{scene}-{size['width']}-{theme}")
        found += [f"{theme}: {violation}" for violation in violations(page)]
    assert not found, "\n".join(found)


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong: the rule, and where."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']} at {node['target']}: {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
