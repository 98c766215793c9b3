"""Each scope of the manifest is needed: without it Slack refuses something that the bot does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.wire.classroom import Classroom, Pupil
from tests.wire.outbox import make_slack
from tutorbot.sandbox import Sandbox
from tutorbot.sandbox.gestures import ImpossibleError
from tutorbot.slack import Picture, Refused, Slack
from tutorbot.slack.scopes import METHODS, bot_scopes

UNCHECKED = {
    "apps.connections.open",
    "auth.test",
    "views.open",
    "views.publish",
    "views.push",
    "views.update",
}
"""What needs no scope of the bot token."""


@dataclass(frozen=True, slots=True)
class Office:
    """The bot in a public and in a private channel and in a direct message, with a message in each."""

    sandbox: Sandbox
    slack: Slack
    public: str
    private: str
    direct: str
    ts: dict[str, str]
    file: str

    def call(self, method: str, **args: Any) -> None:
        """Call Slack."""
        self.slack.call(method, **args)

    def read(self, channel: str) -> None:
        """Read a conversation."""
        self.call("conversations.history", channel=channel)

    def read_thread(self, channel: str) -> None:
        """Read a thread."""
        self.call("conversations.replies", channel=channel, ts=self.ts[channel])


Deed = tuple[str, str, Callable[[Office], None]]
"""The scope, the method, and a call of it that needs the scope."""

DEEDS: list[Deed] = [
    ("channels:history", "conversations.history", lambda office: office.read(office.public)),
    ("groups:history", "conversations.history", lambda office: office.read(office.private)),
    ("im:history", "conversations.history", lambda office: office.read(office.direct)),
    ("channels:history", "conversations.replies", lambda office: office.read_thread(office.public)),
    ("groups:history", "conversations.replies", lambda office: office.read_thread(office.private)),
    ("im:history", "conversations.replies", lambda office: office.read_thread(office.direct)),
    *(
        (
            scope,
            "conversations.list",
            lambda office: office.call("conversations.list", types="public_channel,private_channel"),
        )
        for scope in ("channels:read", "groups:read")
    ),
    (
        "channels:read",
        "conversations.info",
        lambda office: office.call("conversations.info", channel=office.public),
    ),
    (
        "groups:read",
        "conversations.info",
        lambda office: office.call("conversations.info", channel=office.private),
    ),
    ("im:write", "conversations.open", lambda office: office.call("conversations.open", users="U0ANNA")),
    (
        "chat:write",
        "chat.postMessage",
        lambda office: office.call("chat.postMessage", channel=office.public, text="x"),
    ),
    (
        "chat:write",
        "chat.update",
        lambda office: office.call(
            "chat.update", channel=office.public, ts=office.ts[office.public], text="y"
        ),
    ),
    (
        "chat:write",
        "chat.delete",
        lambda office: office.call("chat.delete", channel=office.public, ts=office.ts[office.public]),
    ),
    (
        "files:write",
        "files.getUploadURLExternal",
        lambda office: office.call("files.getUploadURLExternal", filename="a.png", length=1),
    ),
    (
        "files:write",
        "files.completeUploadExternal",
        lambda office: office.call("files.completeUploadExternal", files=[{"id": office.file}]),
    ),
    ("files:read", "files.info", lambda office: office.call("files.info", file=office.file)),
    ("users:read", "users.info", lambda office: office.call("users.info", user="U0ANNA")),
    ("users:read", "bots.info", lambda office: office.call("bots.info")),
]


@pytest.fixture
def office(sandbox: Sandbox) -> Office:
    """Give the bot at work, with a picture uploaded."""
    slack = make_slack(sandbox, picture=lambda _: Picture("dot.png", b"a picture"))
    places = [sandbox.add_channel("open"), sandbox.add_channel("closed", private=True)]
    places.append(slack.call("conversations.open", users="U0ANNA")["channel"]["id"])
    ts = {place: slack.call("chat.postMessage", channel=place, text="x")["ts"] for place in places}
    file = slack.ensure_uploaded("a digest")
    public, private, direct = places
    return Office(sandbox, slack, public, private, direct, ts, file)


@pytest.mark.parametrize(
    ("scope", "method", "deed"), DEEDS, ids=[f"{method} {scope}" for scope, method, _ in DEEDS]
)
def test_without_its_scope_a_call_is_refused(
    office: Office, scope: str, method: str, deed: Callable[[Office], None]
) -> None:
    if method != "files.completeUploadExternal":  # what was completed once is not completed again
        deed(office)
    office.sandbox.scopes.remove(scope)

    with pytest.raises(Refused) as refused:
        deed(office)

    assert (refused.value.method, refused.value.code) == (method, "missing_scope")
    assert scope in refused.value.detail
    assert scope in METHODS[method]


def test_without_its_scope_what_is_typed_is_not_heard(room: Classroom, anna: Pupil) -> None:
    anna.person.type("B")
    heard = len(room.sandbox.sent)
    room.sandbox.scopes.remove("im:history")

    anna.person.type("B")

    assert heard > 0
    assert len(room.sandbox.sent) == heard


def test_without_its_scope_there_is_no_command(room: Classroom, anna: Pupil) -> None:
    room.sandbox.scopes.remove("commands")

    with pytest.raises(ImpossibleError, match="/tutor is not a valid command"):
        anna.command("help")


def test_every_scope_and_every_method_of_the_bot_stands_in_these_tests() -> None:
    assert {scope for scope, _, _ in DEEDS} | {"commands"} == set(bot_scopes())
    assert {method for _, method, _ in DEEDS} | UNCHECKED == set(METHODS)
    assert {(method, scope) for scope, method, _ in DEEDS} == {
        (method, scope) for method, scopes in METHODS.items() for scope in scopes
    }
