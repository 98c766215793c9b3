"""Messages, threads, and where the list of them stands."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.page.scenes import LESSON
from tests.page.stand_in import ANNA, BEN, CHANNEL, StandIn, a_message
from tests.page.visiting import Keep, messages, visit, wait_until

# Returns when the page has heard of it, which is a frame later.
SCROLL_UP = """list => new Promise((heard) => {
  list.addEventListener("scroll", heard, { once: true });
  list.scrollTop = 400;
})"""


def test_messages_are_grouped_by_author_and_by_day_in_the_zone_of_the_course(
    page: Page, stand_in: StandIn
) -> None:
    stand_in.post(
        CHANNEL,
        a_message("1.1", "Late", user=BEN, at="2025-11-02T22:59:00+00:00"),
        a_message("2.1", "Later", user=BEN, at="2025-11-02T23:01:00+00:00"),
        a_message("3.1", "Again", user=BEN, at="2025-11-02T23:02:00+00:00"),
    )

    visit(page, stand_in)

    expect(page.get_by_role("heading", level=2).filter(has_text="day")).to_have_text(["Yesterday", "Today"])
    expect(messages(page).locator(".by")).to_have_count(2)
    expect(messages(page).first.locator("time")).to_have_text("23:59")


def test_what_people_write_is_never_html(page: Page, stand_in: StandIn) -> None:
    nasty = (
        "<img src=x onerror=\"document.title='broken'\"> &lt;b&gt;bold&lt;/b&gt; <javascript:alert(1)|press>"
    )
    stand_in.post(
        CHANNEL, a_message("1.1", nasty, user=BEN), a_message("2.1", "hi", user=BEN, name="<i>Ben</i>")
    )

    visit(page, stand_in)

    expect(messages(page).first).to_contain_text("<b>bold</b>")
    expect(messages(page).first.locator("img, b, a")).to_have_count(0)
    expect(page.get_by_text("<i>Ben</i>")).to_be_visible()


def test_a_message_says_that_it_is_ephemeral_edited_from_an_app_or_without_an_answer(
    page: Page, stand_in: StandIn
) -> None:
    stand_in.post(
        CHANNEL,
        a_message("1.1", "Private", ephemeral=True),
        a_message("2.1", "Mended", edited=True, warning="This did not work: the app did not answer."),
    )

    visit(page, stand_in)

    expect(messages(page).first).to_contain_text("Only visible to you")
    expect(messages(page).first).to_contain_text("App")
    expect(messages(page).last).to_contain_text("(edited)")
    expect(messages(page).last.get_by_role("alert")).to_contain_text("the app did not answer")


def test_ones_own_message_can_be_edited_and_deleted(page: Page, stand_in: StandIn) -> None:
    stand_in.post(CHANNEL, a_message("1.1", "1 &lt; 2", user=ANNA), a_message("2.1", "Not mine", user=BEN))
    visit(page, stand_in)
    mine = messages(page).first
    mine.hover()

    mine.get_by_role("button", name="Edit message").click()
    field = page.get_by_role("textbox", name="Edit message")
    expect(field).to_have_value("1 < 2")
    field.fill("2 > 1")
    field.press("Enter")
    expect(field).to_have_count(0)
    mine.get_by_role("button", name="Delete message").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()

    wait_until(page, lambda: stand_in.asked("delete"))
    assert stand_in.asked("edit")[0]["text"] == "2 > 1"
    expect(messages(page).last.get_by_role("button", name="Edit message")).to_have_count(0)


def test_a_thread_opens_beside_the_channel_and_takes_replies_but_no_commands(
    page: Page, stand_in: StandIn, keep: Keep
) -> None:
    stand_in.post(
        CHANNEL,
        a_message("60.1", "Lesson 1.1", blocks=LESSON, reply_count=2),
        a_message("70.1", "The text of it", thread_ts="60.1"),
        a_message("80.1", "May a projection write?", user=BEN, thread_ts="60.1"),
    )
    visit(page, stand_in)
    expect(messages(page)).to_have_count(1)

    page.get_by_role("button", name="2 replies").click()
    thread = page.get_by_role("complementary", name="Thread")
    reply = thread.get_by_role("textbox", name="Reply in thread")
    reply.fill("/tutor next")
    reply.press("Escape")
    reply.press("Enter")
    expect(thread.get_by_role("alert")).to_contain_text("/tutor does not work in threads")
    keep(page, "thread")
    reply.fill("To its own tables")
    reply.press("Enter")

    wait_until(page, lambda: stand_in.asked("message"))
    expect(thread.get_by_role("article")).to_have_count(3)
    assert stand_in.asked("command") == []
    assert stand_in.asked("message")[0]["thread_ts"] == "60.1"
    reply.press("Escape")
    expect(thread).to_have_count(0)


def test_the_list_stays_at_its_bottom_and_leaves_alone_who_has_scrolled_up(
    page: Page, stand_in: StandIn
) -> None:
    stand_in.post(CHANNEL, *(a_message(f"{n}.1", f"Message {n}", user=BEN) for n in range(100, 160)))
    visit(page, stand_in)
    expect(page.get_by_text("Message 159")).to_be_in_viewport()
    stand_in.post(CHANNEL, a_message("200.1", "At the end"))
    expect(messages(page).last).to_contain_text("At the end")
    expect(messages(page).last).to_be_in_viewport()
    page.get_by_role("region", name="Messages").evaluate(SCROLL_UP)
    before = page.get_by_text("Message 120", exact=True).bounding_box()

    stand_in.post(CHANNEL, a_message("210.1", "Out of sight"))
    stand_in.redraw(CHANNEL, "100.1", text="Message 100\nnow with\nmore lines")

    expect(messages(page).first).to_contain_text("now with")
    expect(messages(page).last).not_to_be_in_viewport()
    assert page.get_by_text("Message 120", exact=True).bounding_box() == before
    page.get_by_role("button", name="New messages").click()
    expect(messages(page).last).to_be_in_viewport()


def test_a_conversation_opens_where_its_unread_messages_begin(page: Page, stand_in: StandIn) -> None:
    stand_in.post(CHANNEL, *(a_message(f"{n}.1", f"Message {n}", user=BEN) for n in range(100, 160)))
    stand_in.post(CHANNEL, a_message("200.1", "The beginning\n" + "more\n" * 80, unread=True))

    visit(page, stand_in)

    expect(page.get_by_text("New", exact=True)).to_be_in_viewport()
    expect(messages(page).last.locator("strong")).to_be_in_viewport()


def test_what_comes_and_is_longer_than_the_list_is_shown_from_its_beginning(
    page: Page, stand_in: StandIn
) -> None:
    stand_in.post(CHANNEL, *(a_message(f"{n}.1", f"Message {n}", user=BEN) for n in range(100, 160)))
    visit(page, stand_in)
    expect(page.get_by_text("Message 159")).to_be_in_viewport()

    stand_in.post(CHANNEL, a_message("200.1", "The beginning\n" + "more\n" * 80 + "the end"))

    expect(messages(page).last.locator("strong")).to_be_in_viewport()
    expect(page.get_by_role("button", name="New messages")).to_have_count(0)
