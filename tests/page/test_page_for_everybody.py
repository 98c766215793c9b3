"""The page by keyboard, by screen reader, on a phone, in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.scenes import LESSON, QUESTION, fill
from tests.page.stand_in import BEN, CHANNEL, DM, StandIn, a_message
from tests.page.visiting import Keep, messages, open_panel, visit, wait_until


def test_it_is_used_by_the_keyboard_alone(page: Page, stand_in: StandIn) -> None:
    stand_in.post(CHANNEL, a_message("1.1", "First"), a_message("2.1", "Second", user=BEN))
    visit(page, stand_in)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the messages")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(messages(page).last).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(messages(page).first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Reply in thread")).to_be_focused()


@pytest.mark.parametrize("where", [CHANNEL, DM, "home", f"{CHANNEL}/thread/60.1"])
def test_everything_that_can_be_pressed_is_reached_by_tab_and_shows_its_focus(
    page: Page, stand_in: StandIn, where: str
) -> None:
    fill(stand_in)
    visit(page, stand_in, where)
    open_panel(page)
    expect(page.get_by_role("button", name="block_actions")).to_be_visible()
    count = page.evaluate(f"{CONTROLS}.length")

    bare = set()
    for _ in range(2 * count):
        page.keyboard.press("Tab")
        if at := page.evaluate(MARK_FOCUS):
            bare.add(at)

    missed = page.evaluate(f"{CONTROLS}.filter(node => !node.dataset.reached).map(node => node.outerHTML)")
    assert missed == []
    assert bare == set()


def test_a_question_is_answered_by_the_keyboard_alone(page: Page, stand_in: StandIn) -> None:
    stand_in.post(DM, a_message("20.1", "Question", blocks=QUESTION), a_message("30.1", blocks=LESSON))
    visit(page, stand_in, DM)

    page.get_by_role("checkbox", name="Queries").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Hint please").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Answer its 4 questions").focus()
    page.keyboard.press("Enter")

    # The button is in another message: what is done in two messages may arrive in either order.
    wait_until(page, lambda: stand_in.asked("click") and len(stand_in.asked("check")) == 2)
    chosen = [(each["action_id"], each["selected"]) for each in stand_in.asked("check")]
    assert chosen == [("pick", ["queries"]), ("hint", "no")]
    assert stand_in.asked("click")[0]["action_id"] == "quiz"
    expect(page.get_by_role("button", name="Answer its 4 questions")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_contrast(page: Page, stand_in: StandIn, keep: Keep, scheme: str) -> None:
    fill(stand_in)
    visit(page, stand_in)
    if scheme == "dark":
        page.get_by_role("switch", name="Dark theme").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    keep(page, f"channel-{scheme}")

    weak = page.evaluate(CONTRASTS)

    assert weak == []


@pytest.mark.parametrize("where", [CHANNEL, DM, "home", f"{CHANNEL}/thread/60.1"])
def test_a_phone_shows_everything_without_scrolling_sideways(
    browser: Browser, page: Page, stand_in: StandIn, keep: Keep, where: str
) -> None:
    fill(stand_in)
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, stand_in, where)

    keep(page, f"phone-{where.split('/')[-1]}")
    wide = page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.messages')]"
        ".filter(node => node.scrollWidth > node.clientWidth).map(node => node.className)"
    )
    page.get_by_role("button", name="Channels and people").click()
    expect(page.get_by_role("link", name="cqrs-autumn").first).to_be_visible()
    expect(page.get_by_role("button", name="To the next delivery")).to_be_visible()
    expect(page.locator("#sidebar :focus")).to_have_count(1)
    page.keyboard.press("Escape")

    assert wide == []
    expect(page.locator("#sidebar").get_by_role("link", name="lounge", include_hidden=True)).to_be_hidden()


def test_the_theme_follows_the_system_until_one_is_chosen(page: Page, stand_in: StandIn) -> None:
    page.emulate_media(color_scheme="dark")
    visit(page, stand_in)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.get_by_role("switch", name="Dark theme").click()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "light")


# All that can be pressed or filled in: of radio buttons one of each group, as Tab goes.
CONTROLS = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
  (node) => node.checkVisibility({visibilityProperty: true}) && node.tabIndex >= 0
    && !(node.type === "radio" && node !== document.getElementsByName(node.name)[0])
)"""
# Marks what holds the focus, its group too, and returns it if nothing shows that it does.
MARK_FOCUS = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  node.dataset.reached = "yes";
  if (node.type === "radio") document.getElementsByName(node.name)[0].dataset.reached = "yes";
  const box = node.closest(".composer-box") ?? node;
  const { outlineStyle, boxShadow } = getComputedStyle(box);
  return outlineStyle === "none" && boxShadow === "none" ? node.outerHTML : null;
}"""
# Every element that shows words of its own against the first background behind it, by WCAG 2.2, 1.4.3.
CONTRASTS = """() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => numbers(color).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const solid = (color) => numbers(color)[3] === undefined || numbers(color)[3] === 1;
  const behind = (node) => {
    const style = getComputedStyle(node);
    const back = style.backgroundColor;
    if (back !== "rgba(0, 0, 0, 0)" && solid(back)) return back;
    return node.parentElement ? behind(node.parentElement) : "rgb(255, 255, 255)";
  };
  const hasWords = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const shown = [...document.querySelectorAll("main *")]
    .filter((node) => hasWords(node) && node.checkVisibility() && !node.closest(".hidden"));
  return shown.flatMap((node) => {
    const [one, other] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    return ratio < 4.5 ? [`${node.tagName} ${node.className} ${node.textContent.trim()}: ${ratio}`] : [];
  });
}"""
