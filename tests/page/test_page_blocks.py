"""Every block is drawn as Slack draws it, and tells what is done with it."""

from __future__ import annotations

import threading
from typing import Any

from playwright.sync_api import Page, expect

from tests.page.scenes import LESSON, QUESTION
from tests.page.stand_in import ANNA, CHANNEL, Json, StandIn, a_button, a_message, mrkdwn
from tests.page.visiting import Keep, messages, visit, wait_until


def test_mrkdwn_is_drawn_as_slack_draws_it(page: Page, stand_in: StandIn) -> None:
    text = (
        "*bold* _italic_ ~gone~ `a*b*c` snake_case_name 2*3*4 <https://example.org/a_b_c|the _page_> "
        "<@U0BEN> in <#C0LOUNGE> <!here> :white_check_mark: :unheard_of: 1 &lt; 2 &amp; "
        "<!date^1762156800^{date_short_pretty} at {time}|once>\n&gt; quoted\n```if a < b:\n  *no*```"
    )
    draw(stand_in, {"type": "section", "text": mrkdwn(text)})

    visit(page, stand_in)

    drawn = messages(page).first.locator(".section")
    expect(drawn.locator("strong")).to_have_text("bold")
    expect(drawn.locator("em")).to_have_text("italic")
    expect(drawn.locator("s")).to_have_text("gone")
    expect(drawn.locator("code").first).to_have_text("a*b*c")
    expect(drawn.locator("pre")).to_have_text("if a < b:\n  *no*")
    expect(drawn.locator("blockquote")).to_have_text("quoted")
    expect(drawn.get_by_role("link", name="the _page_")).to_have_attribute(
        "href", "https://example.org/a_b_c"
    )
    expect(drawn).to_contain_text(
        "snake_case_name 2*3*4 the _page_ @Ben Okafor in #lounge @here ✅ :unheard_of: 1 < 2 & today at 09:00"
    )


def test_every_block_is_drawn_and_an_unknown_one_is_only_said_to_be_so(
    page: Page, stand_in: StandIn, keep: Keep
) -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "Bold", "style": {"bold": True}}],
            },
            rich_list("bullet", 0, "Outer"),
            rich_list("bullet", 1, "Inner"),
            rich_list("ordered", 0, "Third", offset=2),
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Quoted"}]},
            {
                "type": "rich_text_preformatted",
                "language": "python",
                "elements": [{"type": "text", "text": "a < b"}],
            },
        ],
    }
    table = {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [[cell("Part"), cell("Mark")], [cell("Review questions"), cell("82 %")]],
    }
    markdown = {"type": "markdown", "text": "## Heading\nSome **strong** words.\n\n- one\n- two"}
    draw(stand_in, *LESSON, {"type": "divider"}, rich, table, markdown, {"type": "hologram"}, *QUESTION)
    page.set_viewport_size({"width": 1280, "height": 1900})

    visit(page, stand_in)
    message = messages(page).first

    expect(message.get_by_role("heading", name="1.1 Why reading and writing part ways")).to_be_visible()
    expect(message.get_by_role("img", name="A write side and a read side")).to_be_visible()
    expect(message.get_by_role("listitem").filter(has_text="Inner")).to_be_visible()
    expect(message.locator("ol")).to_have_attribute("start", "3")
    expect(message.get_by_role("columnheader", name="Mark")).to_be_visible()
    expect(message.get_by_role("cell", name="82 %")).to_have_css("text-align", "right")
    expect(message.get_by_role("heading", name="Heading", exact=True)).to_be_visible()
    expect(message.get_by_text("This kind of block (hologram) is not drawn here.")).to_be_visible()
    keep(page, "blocks")


def test_a_pressed_button_waits_for_its_answer_and_is_pressed_once(page: Page, stand_in: StandIn) -> None:
    answered = threading.Event()
    stand_in.answer = lambda asked: {"ok": asked["do"] != "click" or answered.wait(30)}
    draw(stand_in, *LESSON)
    visit(page, stand_in)
    button = messages(page).get_by_role("button", name="Answer its 4 questions")

    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    button.dispatch_event("click")
    answered.set()

    expect(button).to_have_attribute("aria-busy", "false")
    assert stand_in.asked("click") == [
        {
            "as": ANNA,
            "do": "click",
            "container": {"message": "3600.1", "channel": CHANNEL},
            "action_id": "quiz",
            "state": {},
        }
    ]


def test_a_button_that_asks_is_pressed_only_when_one_agrees(
    page: Page, stand_in: StandIn, keep: Keep
) -> None:
    draw(stand_in, *LESSON)
    visit(page, stand_in)
    skip = messages(page).get_by_role("button", name="Skip")

    skip.click()
    keep(page, "confirm")
    page.get_by_role("button", name="Keep it").click()
    expect(skip).to_be_focused()
    skip.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stand_in.asked("click") == []
    skip.click()
    page.get_by_role("button", name="Skip it").click()

    wait_until(page, lambda: stand_in.asked("click"))
    assert stand_in.asked("click")[0]["action_id"] == "skip"


def test_boxes_menus_and_dates_report_what_is_chosen(page: Page, stand_in: StandIn) -> None:
    draw(stand_in, *QUESTION)
    visit(page, stand_in)
    message = messages(page).first

    message.get_by_role("checkbox", name="Queries").check()
    message.get_by_role("checkbox", name="Commands").check()
    message.get_by_role("radio", name="No thanks").check()
    message.get_by_label("Choose a lesson").select_option(label="Two second")
    message.get_by_label("Since").fill("2025-12-24")
    message.get_by_role("button", name="Weekdays: Monday").click()
    page.get_by_role("checkbox", name="Tuesday").check()
    page.keyboard.press("Escape")
    message.get_by_role("button", name="More actions").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    wait_until(page, lambda: len(stand_in.asked("check")) == 7)
    assert [(each["action_id"], each["selected"]) for each in stand_in.asked("check")] == [
        ("pick", ["queries"]),
        ("pick", ["commands", "queries"]),
        ("hint", "no"),
        ("lesson", "two"),
        ("since", "2025-12-24"),
        ("days", ["monday", "tuesday"]),
        ("more", "report"),
    ]


def test_what_was_chosen_before_is_shown_as_chosen(page: Page, stand_in: StandIn) -> None:
    draw(stand_in, *QUESTION, state={"question": {"pick": ["queries"], "hint": "no"}})

    visit(page, stand_in)

    expect(messages(page).get_by_role("checkbox", name="Queries")).to_be_checked()
    expect(messages(page).get_by_role("checkbox", name="Commands")).not_to_be_checked()


def test_the_keyboard_stays_with_a_message_that_is_redrawn(page: Page, stand_in: StandIn) -> None:
    draw(stand_in, *LESSON)
    visit(page, stand_in)
    messages(page).get_by_role("button", name="Read the lesson").focus()

    answer = {"type": "actions", "block_id": "other", "elements": [a_button("Next lesson", "next")]}
    stand_in.redraw(CHANNEL, "3600.1", blocks=[answer])

    expect(page.get_by_role("button", name="Next lesson")).to_be_focused()


def draw(stand_in: StandIn, *blocks: Json, **more: Any) -> None:
    """Put one message of these blocks into the channel."""
    stand_in.post(CHANNEL, a_message("3600.1", "fallback", blocks=list(blocks), **more))


def rich_list(style: str, indent: int, text: str, **more: object) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": [section], **more}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}
