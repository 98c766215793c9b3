"""What the page is shown, and what people do on it."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.sandbox.blocks import actions, button, checkboxes, home, modal, section, text_input
from tests.sandbox.tiny_app import Request, Says, TinyApp
from tutorbot.sandbox import Mistake, Owed, Person, Sandbox, Saved

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


class Page:
    """The page's side of its API, as one person."""

    def __init__(self, sandbox: Sandbox, person: Person) -> None:
        self.url, self.me = sandbox.page_url, person.id

    def state(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}page/state?as={self.me}") as answer:
            return dict(json.load(answer))

    def do(self, what: str, **details: Any) -> dict[str, Any]:
        body = json.dumps({"as": self.me, "do": what, **details}).encode()
        request = urllib.request.Request(f"{self.url}page/do", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return dict(json.load(answer))

    def messages(self, channel: str) -> list[dict[str, Any]]:
        return list(self.state()["messages"][channel])


@pytest.fixture
def page(sandbox: Sandbox, anna: Person) -> Page:
    return Page(sandbox, anna)


def test_the_page_shows_who_one_is_and_where(sandbox: Sandbox, page: Page, channel: str) -> None:
    sandbox.add_channel("staff", private=True, members=["sam"])
    small = sandbox.add_channel("small", members=["ben"])

    state = page.state()

    assert state["me"]["name"] == "anna"
    assert state["me"]["initials"] == "AK"
    assert [person["name"] for person in state["people"]] == ["anna", "ben", "chiara", "sam"]
    assert [c["name"] for c in state["channels"]] == ["general", "autumn", "small"]
    assert [c["member"] for c in state["channels"]] == [True, True, False]
    assert small not in state["messages"]
    assert state["dm"] == {"id": "D0ANNA", "unread": 0}
    assert state["clock"] is None
    assert state["view"] is None


def test_a_message_is_shown_with_what_is_chosen_in_it(
    app: TinyApp, slack: WebClient, page: Page, channel: str
) -> None:
    slack.chat_postMessage(channel=channel, text="x", blocks=[actions(checkboxes("a", "b"), block_id="row")])
    [message] = page.messages(channel)
    where = {"message": message["ts"], "channel": channel}

    done = page.do("check", container=where, action_id="boxes", selected=["b"])

    assert done["ok"]
    assert app.requests[0].payload["actions"][0]["selected_options"][0]["value"] == "b"
    [message] = page.messages(channel)
    assert message["state"] == {"row": {"boxes": ["b"]}}
    assert (message["is_bot"], message["name"], message["ephemeral"]) == (True, "Tutor", False)


def test_a_click_takes_along_what_was_not_reported_yet(
    app: TinyApp, slack: WebClient, page: Page, channel: str
) -> None:
    blocks = [text_input(), actions(button(), block_id="row")]
    ts = slack.chat_postMessage(channel=channel, text="x", blocks=blocks)["ts"]
    where = {"message": ts, "channel": channel}

    page.do("click", container=where, action_id="press", state={"words": "42"})

    values = app.requests[0].payload["state"]["values"]
    assert values["said"]["words"]["value"] == "42"


def test_a_command_and_its_private_answer(app: TinyApp, page: Page, channel: str) -> None:
    app.answer = lambda _: Says(body={"text": "Only you"})

    done = page.do("command", channel=channel, text="/tutor join cqrs ")

    assert done["ok"]
    assert (app.requests[0].form["command"], app.requests[0].form["text"]) == ("/tutor", "join cqrs")
    assert page.messages(channel)[0]["ephemeral"]


def test_a_command_that_failed_leaves_a_notice(page: Page, channel: str) -> None:
    done = page.do("command", channel=channel, text="/tutor join")

    assert done == {
        "ok": False,
        "error": "The app did not answer.",
        "code": "dispatch_failed",
        "errors": {},
    }
    assert page.state()["notices"][0]["text"] == "/tutor failed with the error “dispatch_failed”."


def test_words_threads_edits_and_deletions(app: TinyApp, page: Page, channel: str) -> None:
    page.do("message", channel=channel, text="First")
    first = page.messages(channel)[0]
    page.do("message", channel=channel, text="Reply", thread_ts=first["ts"])
    page.do("edit", channel=channel, ts=first["ts"], text="First, corrected")

    corrected, reply = page.messages(channel)
    assert (corrected["text"], corrected["edited"], corrected["reply_count"]) == ("First, corrected", True, 1)
    assert reply["thread_ts"] == first["ts"]
    assert page.do("delete", channel=channel, ts=reply["ts"])["ok"]
    assert len(page.messages(channel)) == 1


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"do": "command", "channel": "C1", "text": "/tutor"}, "You are not in this channel."),
        ({"do": "dance"}, "There is no deed named 'dance'."),
        ({"do": "message", "text": "x"}, "The request lacks 'channel'."),
        ({"do": "jump", "to": "next"}, "There is no clock here to move."),
        ({"do": "submit", "view": "V1"}, "This view is closed."),
        (
            {"do": "command", "channel": "D0ANNA", "text": "/tutor", "thread_ts": "1.1"},
            "Slash commands do not work in threads.",
        ),
        (
            {"do": "click", "container": {"message": "1.1", "channel": "D0ANNA"}, "action_id": "x"},
            "This message is gone.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(page: Page, asked: dict[str, Any], sentence: str) -> None:
    assert page.do(**{"what": asked.pop("do"), **asked}) == {"ok": False, "error": sentence}


def test_unread_messages_are_counted_until_read(
    sandbox: Sandbox, slack: WebClient, page: Page, channel: str
) -> None:
    slack.chat_postMessage(channel=channel, text="One")
    ts = slack.chat_postMessage(channel=channel, text="Two")["ts"]

    before = page.state()["channels"][1]["unread"]
    page.do("read", channel=channel, ts=ts)
    after = page.state()["channels"][1]["unread"]

    assert (before, after) == (2, 0)


def test_a_modal_with_errors_under_its_inputs(app: TinyApp, slack: WebClient, page: Page) -> None:
    def answer(request: Request) -> Says:
        slack.views_open(trigger_id=request.form["trigger_id"], view=modal(text_input()))
        return Says()

    app.answer = answer
    page.do("command", channel="D0ANNA", text="/tutor form")
    view = page.state()["view"]
    app.answer = lambda _: Says(body={"response_action": "errors", "errors": {"said": "Too late"}})

    empty = page.do("submit", view=view["id"])
    late = page.do("submit", view=view["id"], state={"words": "x"})

    assert view["title"]["text"] == "Title"
    assert (empty["ok"], empty["errors"]) == (False, {"said": "Please complete this required field."})
    assert late["ok"]
    assert page.state()["view"]["errors"] == {"said": "Too late"}
    assert page.state()["view"]["state"] == {"said": {"words": "x"}}
    assert page.do("close", view=view["id"])["ok"]
    assert page.state()["view"] is None


def test_home_is_published_when_it_is_opened(
    app: TinyApp, slack: WebClient, page: Page, anna: Person
) -> None:
    def publish(_: Request) -> Says:
        slack.views_publish(user_id=anna.id, view=home(section("Welcome")))
        return Says()

    app.answer = publish

    page.do("open_home", tab="home")

    assert page.state()["home"]["blocks"][0]["text"]["text"] == "Welcome"


def test_a_public_channel_can_be_joined(sandbox: Sandbox, page: Page) -> None:
    small = sandbox.add_channel("small", members=["ben"])

    assert page.do("join", channel=small)["ok"]
    assert small in page.state()["messages"]


def test_every_change_is_told(sandbox: Sandbox, slack: WebClient, channel: str, anna: Person) -> None:
    with urllib.request.urlopen(f"{sandbox.page_url}page/events?as={anna.id}", timeout=60) as stream:
        first = next_version(stream)
        slack.chat_postMessage(channel=channel, text="Hello")
        second = next_version(stream)

    assert second > first


def next_version(stream: Iterator[bytes]) -> int:
    line = next(line for line in stream if line.startswith(b"data: "))
    return int(json.loads(line.removeprefix(b"data: "))["version"])


def test_a_stranger_sees_nothing(sandbox: Sandbox) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{sandbox.page_url}page/state?as=U0NOBODY")

    with refused.value as answer:
        assert answer.code == 404


def test_nothing_beside_the_page_is_served(sandbox: Sandbox) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port)) as link:
        link.sendall(b"GET /../page_api.py HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = link.recv(4096)

    assert answer.startswith(b"HTTP/1.1 404")


class Clock:
    """A bot's clock that a test can look at."""

    def __init__(self) -> None:
        self.time = NOON
        self.due: tuple[datetime, str] | None = (NOON + timedelta(hours=1), "Lesson 1 to #autumn")
        self.files: Saved | None = None
        self.owed: list[Owed] = []
        self.shown: list[str] = []

    def now(self) -> datetime:
        return self.time

    def zone(self) -> str:
        return "Europe/Zurich"

    def next_due(self) -> tuple[datetime, str] | None:
        return self.due

    def ledger(self) -> list[Owed]:
        return self.owed

    def jump(self, to: datetime) -> None:
        if to < self.time:
            raise ValueError("Course time never goes back.")
        self.time = to

    def saved(self) -> Saved | None:
        return self.files

    def show(self, user: str) -> None:
        if self.files is None:
            raise ValueError("Nothing has changed.")
        self.shown.append(user)


def test_the_clock_is_shown_and_moved(sandbox: Sandbox, slack: WebClient, page: Page, channel: str) -> None:
    clock = Clock()
    sandbox.panel = clock

    shown = page.state()["clock"]
    page.do("jump", to="next")
    lesson = page.do("jump", to="day")
    slack.chat_postMessage(channel=channel, text="Lesson 1")

    assert shown == {
        "now": "2026-11-23T11:00:00+00:00",
        "zone": "Europe/Zurich",
        "now_text": "Monday, 23 November 2026, 12:00",
        "next": {"at": "2026-11-23T12:00:00+00:00", "what": "Lesson 1 to #autumn"},
        "can_jump": True,
    }
    assert lesson["ok"]
    assert clock.time == NOON + timedelta(days=1, hours=1)
    assert page.messages(channel)[0]["at"] == "2026-11-24T12:00:00+00:00"


def test_a_jump_that_is_impossible_says_why(sandbox: Sandbox, page: Page) -> None:
    clock = Clock()
    sandbox.panel = clock
    clock.due = None

    assert page.do("jump", to="next")["error"] == "Nothing is due."
    assert page.do("jump", to="2020-01-01T00:00:00+00:00")["error"] == "Course time never goes back."
    assert page.do("jump", to="soon")["error"] == "'soon' is no point in time."


def test_what_was_saved_is_told_and_shown_to_the_one_who_asks(sandbox: Sandbox, page: Page) -> None:
    sandbox.panel = clock = Clock()
    assert page.state()["saved"] is None
    assert page.do("show_saved")["error"] == "Nothing has changed."

    clock.files = Saved(
        2, "A fault.", (Mistake("course.yaml:4:1", "unknown key", "take it out"),), "Lesson 1"
    )

    assert page.state()["saved"] == {
        "number": 2,
        "said": "A fault.",
        "mistakes": [{"place": "course.yaml:4:1", "what": "unknown key", "mend": "take it out"}],
        "shows": "Lesson 1",
    }
    assert page.do("show_saved") == {"ok": True}
    assert clock.shown == [page.me]


def test_nothing_is_shown_where_no_bot_is_behind(page: Page) -> None:
    assert page.do("show_saved")["error"] == "There is no course here to show."
