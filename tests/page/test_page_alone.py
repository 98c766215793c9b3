"""The page before a server that shows it what a test wants to see: where one is, who one is, and news."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.page.stand_in import (
    ANNA,
    CHANNEL,
    DM,
    LOUNGE,
    OLD,
    SAM,
    StandIn,
    a_button,
    a_channel,
    a_message,
    a_state,
)
from tests.page.visiting import composer, messages, visit, wait_until


def test_it_opens_as_the_first_person_where_the_bot_says_what_comes_next(
    page: Page, stand_in: StandIn
) -> None:
    page.goto(stand_in.url)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tutor")
    expect(page).to_have_url(f"{stand_in.url}#/{ANNA}/{DM}")
    expect(page).to_have_title("Tutor | Sandbox Academy")
    expect(page.get_by_text("Nothing has been said here yet. Type /tutor to begin.")).to_be_visible()


def test_who_has_heard_nothing_yet_is_told_what_to_press_first(page: Page, stand_in: StandIn) -> None:
    for ts, button in (("60.1", "Join"), ("120.1", "Read the lesson")):
        row = {"type": "actions", "block_id": ts, "elements": [a_button(button, "go", style="primary")]}
        stand_in.post(CHANNEL, a_message(ts, blocks=[row]))
    page.goto(stand_in.url)

    hint = page.get_by_text("To begin, press “Join” in #cqrs-autumn, or type /tutor here.")
    expect(hint).to_be_visible()
    hint.get_by_role("link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("cqrs-autumn")


def test_the_address_keeps_who_one_is_and_where_over_a_reload(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    page.get_by_role("link", name="Ben Okafor").click()
    expect(page.get_by_role("link", name="Ben Okafor")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="lounge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("lounge")

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("lounge")
    expect(page.get_by_role("link", name="Ben Okafor")).to_have_attribute("aria-current", "true")


def test_what_one_does_is_done_as_the_person_one_is(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    page.get_by_role("link", name="Sam Lindqvist").click()
    expect(page.get_by_role("link", name="Sam Lindqvist")).to_have_attribute("aria-current", "true")

    composer(page).fill("Good morning")
    composer(page).press("Enter")

    wait_until(page, lambda: stand_in.asked("message"))
    expect(composer(page)).to_have_value("")
    assert stand_in.asked("message") == [
        {"as": SAM, "do": "message", "channel": CHANNEL, "text": "Good morning"}
    ]


def test_an_address_that_names_nobody_leads_to_a_place_that_is(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in, "C0GONE")

    expect(page).to_have_url(f"{stand_in.url}#/{ANNA}/{DM}")


def test_channels_say_what_is_unread_and_are_marked_read_when_opened(page: Page, stand_in: StandIn) -> None:
    stand_in.state = a_state(
        channels=[a_channel(CHANNEL, "cqrs-autumn"), a_channel(LOUNGE, "lounge", unread=2)]
    )
    stand_in.post(LOUNGE, a_message("1.1", "old"), a_message("2.1", "new", unread=True))
    visit(page, stand_in)
    expect(page.get_by_role("link", name="lounge 2 unread")).to_be_visible()

    page.get_by_role("link", name="lounge").click()

    expect(page.get_by_text("New", exact=True)).to_be_visible()
    wait_until(page, lambda: stand_in.asked("read"))
    assert stand_in.asked("read")[0] | {"channel": LOUNGE, "ts": "2.1"} == stand_in.asked("read")[0]


def test_a_channel_one_is_not_in_can_be_joined_and_an_archived_one_takes_nothing(
    page: Page, stand_in: StandIn
) -> None:
    stand_in.state = a_state(
        channels=[a_channel(LOUNGE, "lounge", member=False), a_channel(OLD, "cqrs-spring", archived=True)]
    )
    visit(page, stand_in, LOUNGE)

    page.get_by_role("button", name="Join channel").click()
    page.get_by_role("link", name="cqrs-spring").click()

    expect(page.get_by_text("This channel is archived")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    wait_until(page, lambda: stand_in.asked("join"))
    assert [each["channel"] for each in stand_in.asked("join")] == [LOUNGE]


def test_news_arrive_by_themselves_and_are_said_aloud(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    expect(page.get_by_text("very beginning of the channel")).to_be_visible()

    stand_in.post(CHANNEL, a_message("3600.1", "Lesson 1.1 is here"))

    expect(messages(page)).to_have_count(1)
    expect(page.get_by_role("log")).to_have_text("Tutor: Lesson 1.1 is here")


@pytest.mark.usefixtures("broken_connections")
def test_it_lives_through_a_restart_of_the_server(page: Page, stand_in: StandIn) -> None:
    visit(page, stand_in)
    stand_in.stop()
    expect(page.get_by_text("Connection lost, trying again")).to_be_visible()
    stand_in.start()
    stand_in.post(CHANNEL, a_message("3600.1", "Back again"))

    expect(messages(page)).to_have_count(1)
    expect(page.get_by_text("Connection lost")).to_have_count(0)
