"""Whatever is sent over HTTP, signed or not, is no error of ours."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from copy import deepcopy
from http import HTTPStatus
from time import time
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wire.classroom import Classroom, classroom
from tutorbot.sandbox.requests_http import signature
from tutorbot.web import EVENTS, Application

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Sent = tuple[str, bytes]
"""A content type and a body."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """Give a bot with somebody in the middle of a quiz."""
    path = tmp_path_factory.mktemp("fuzz") / "tutorbot.db"
    with classroom(f"sqlite:///{path}", over_http=True) as opened:
        anna = opened.pupil("anna")
        anna.takes("bread")
        anna.command("quiz 1.1")
        opened.let_happen()
        yield opened


def asked(application: Application, body: bytes, **environ: Any) -> int:
    """Send a request to the application, without a server between, and return the status."""
    answered: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        assert all(isinstance(name, str) and isinstance(value, str) for name, value in headers)
        answered.append(status)

    whole = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": EVENTS,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    assert all(isinstance(part, bytes) for part in application(whole, start_response))
    return int(answered[0].partition(" ")[0])


def signed(room: Classroom, sent: Sent) -> dict[str, str]:
    """Return the headers with which Slack would send it."""
    at = str(int(time()))
    return {
        "CONTENT_TYPE": sent[0],
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": at,
        "HTTP_X_SLACK_SIGNATURE": signature(room.sandbox.signing_secret, at, sent[1]),
    }


@pytest.fixture(scope="module")
def genuine(room: Classroom) -> list[dict[str, Any]]:
    """Return a request of each kind, as Slack sends them."""
    anna, sandbox = room.pupil("anna"), room.sandbox
    question = anna.sees("Question 1 of")
    ours = {"team_id": sandbox.team, "api_app_id": sandbox.app_id, "token": "x"}
    envelope = ours | {"type": "event_callback", "event_id": "Ev1", "event_time": 1}
    who = {"user": {"id": anna.person.id, "team_id": sandbox.team}, "team": {"id": sandbox.team}}
    gesture = ours | who | {"trigger_id": "1.2.3", "response_url": f"{sandbox.api_url}none"}
    button = question.buttons[0].action_id
    message = {
        "type": "message",
        "ts": "1.2",
        "text": "x",
        "metadata": {"event_type": "x", "event_payload": {}},
    }
    container = {"type": "message", "channel_id": "D1", "message_ts": "1.2"}
    typed = {"type": "message", "channel_type": "im", "channel": "D1", "text": "B", "ts": "1.2"}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "written:1:1",
        "private_metadata": "",
        "state": {"values": {"answer-text": {"answer-text": {"type": "plain_text_input", "value": "x"}}}},
        "blocks": [{"type": "input", "block_id": "answer-text"}],
    }
    pressed = {"type": "button", "action_id": button, "block_id": "b", "value": "v", "action_ts": "1.2"}
    return [
        ours | {"type": "url_verification", "challenge": "c"},
        {"ssl_check": "1"},
        ours | {"command": "/tutor", "text": "quiz", "user_id": anna.person.id, "channel_id": "D1"}
        | {"trigger_id": "1.2", "response_url": f"{sandbox.api_url}none"},
        envelope | {"event": {**typed, "user": anna.person.id}},
        envelope | {"event": {"type": "app_home_opened", "user": anna.person.id, "tab": "home"}},
        gesture
        | {"type": "block_actions", "actions": [pressed], "container": container, "message": message}
        | {"state": {"values": {}}, "channel": {"id": "D1"}},
        gesture | {"type": "block_actions", "actions": [pressed], "view": view},
        gesture | {"type": "view_submission", "view": view, "response_urls": []},
        gesture | {"type": "view_closed", "view": view, "is_cleared": False},
        gesture | {"type": "message_action", "callback_id": "x", "message": message},
        gesture | {"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": "v"},
    ]  # fmt: skip


WORDS = st.text(max_size=12) | st.sampled_from(
    ["/tutor", "im", "message", "modal", "T0SANDBOX", "answer:1:1:0"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything within a request."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from places(below, (*path, key))


def spoilt(request: dict[str, Any], draw: Callable[..., Any]) -> dict[str, Any]:
    """Return a request in which a few things are missing or are something else."""
    broken = deepcopy(request)
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(broken))
        if not found:
            break
        *way, last = draw(st.sampled_from(found))
        holder: Any = broken
        for step in way:
            holder = holder[step]
        if draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = draw(JUNK)
    return broken


def encoded(request: dict[str, Any], draw: Callable[..., Any]) -> Sent:
    """Return a request in one of the ways in which Slack sends them, not always the right one."""
    way = draw(st.sampled_from(["form", "payload", "json"]))
    if way == "json":
        return JSON, json.dumps(request).encode()
    if way == "payload":
        return FORM, urlencode({"payload": json.dumps(request)}).encode()
    return FORM, urlencode(
        {str(name): str(value) for name, value in request.items()}, errors="replace"
    ).encode()


@pytest.mark.parametrize("kind", range(11))
def test_a_signed_request_that_is_not_whole_is_no_error_of_ours(
    room: Classroom, genuine: list[dict[str, Any]], caplog: pytest.LogCaptureFixture, kind: int
) -> None:
    request, application = genuine[kind], room.bot.web()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def never(data: st.DataObject) -> None:
        sent = encoded(spoilt(request, data.draw), data.draw)

        assert asked(application, sent[1], **signed(room, sent)) < 500

    with caplog.at_level(logging.CRITICAL):
        never()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([FORM, JSON, "text/plain", "", "multipart/form-data"]) | st.text(max_size=20),
    st.binary(max_size=60) | JUNK.map(lambda value: json.dumps(value).encode()),
)
def test_signed_bytes_of_any_kind_are_no_error_of_ours(
    room: Classroom, content_type: str, body: bytes
) -> None:
    sent = (content_type, body)

    assert asked(room.bot.web(), body, **signed(room, sent)) < 500


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "Ü"]),
    st.sampled_from([EVENTS, "/", "", "/healthz", "/readyz", "/metrics"]) | st.text(max_size=10),
    st.dictionaries(
        st.sampled_from(
            [
                "HTTP_X_SLACK_SIGNATURE",
                "HTTP_X_SLACK_REQUEST_TIMESTAMP",
                "HTTP_X_SLACK_RETRY_NUM",
                "CONTENT_TYPE",
                "CONTENT_LENGTH",
                "HTTP_COOKIE",
                "QUERY_STRING",
            ]
        ),
        st.text(st.characters(max_codepoint=255), max_size=20) | st.integers().map(str),
    ),
    st.binary(max_size=40),
)
def test_what_is_not_signed_is_refused_whatever_it_is(
    room: Classroom, method: str, path: str, headers: dict[str, str], body: bytes
) -> None:
    status = asked(room.bot.web(), body, **{"REQUEST_METHOD": method, "PATH_INFO": path, **headers})

    assert status < 500 or path == "/readyz"
    assert status != HTTPStatus.OK or path in room.bot.health.pages()
