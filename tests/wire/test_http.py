"""Slack's requests over HTTP: signed ones work, and junk is refused without an error of ours."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from time import time
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from tests.wire.classroom import Classroom, Pupil
from tutorbot.sandbox.requests_http import signature

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Caller:
    """Sends requests to the bot's server, signed unless told otherwise."""

    def __init__(self, room: Classroom) -> None:
        self.room = room
        url = urlsplit(room.sandbox.courier.http.url or "")
        self._host, self._port, self._path = url.hostname or "", url.port, url.path

    def send(
        self,
        body: bytes,
        *,
        content_type: str = FORM,
        at: str | None = None,
        signed: str | None = None,
        secret: str | None = None,
        path: str = "",
        method: str = "POST",
        more: Mapping[str, str] = {},
    ) -> tuple[int, str]:
        """Send a request and return its status and answer."""
        at = str(int(time())) if at is None else at
        right = signature(secret or self.room.sandbox.signing_secret, at, body)
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": right if signed is None else signed,
            **more,
        }
        connection = HTTPConnection(self._host, self._port, timeout=60)
        try:
            connection.request(method, path or self._path, body, headers)
            answer: HTTPResponse = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def command(self, text: str, **given: Any) -> tuple[int, str]:
        """Send a slash command of anna's."""
        sandbox = self.room.sandbox
        fields = {
            "command": "/tutor",
            "text": text,
            "team_id": sandbox.team,
            "api_app_id": sandbox.app_id,
            "user_id": sandbox.person("anna").id,
            "channel_id": self.room.channel,
            "trigger_id": "1.2.3",
            "response_url": "https://example.org/none",
        }
        return self.send(urlencode(fields).encode(), **given)


@pytest.fixture
def caller(room: Classroom) -> Caller:
    """Give somebody who knows the secret."""
    return Caller(room)


def test_a_signed_command_is_answered(caller: Caller) -> None:
    status, answer = caller.command("help")

    assert status == 200
    assert json.loads(answer)["response_type"] == "ephemeral"
    assert "What you can write" in answer


def test_the_challenge_of_a_new_address_is_given_back(caller: Caller) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c4711", "token": "x"}).encode()

    status, answer = caller.send(body, content_type=JSON)

    assert status == 200
    assert "c4711" in answer


def test_slacks_check_of_the_certificate_is_answered(caller: Caller) -> None:
    assert caller.send(b"ssl_check=1&token=x")[0] == 200


@pytest.mark.parametrize(
    "at", ["", "now", "1e9", "-1", "9" * 30, "٣٤٥", "12 34"], ids=lambda text: quote(text) or "empty"
)
def test_a_junk_timestamp_is_no_signature(caller: Caller, at: str) -> None:
    right = "v0=" + "0" * 64
    ascii_only = at if at.isascii() else at.encode().decode("latin-1")

    assert caller.command("help", at=ascii_only, signed=right)[0] == 401


@pytest.mark.parametrize("seconds", [-301, -86_400, 330, 86_400])
def test_a_request_of_another_time_is_refused(caller: Caller, seconds: int) -> None:
    assert caller.command("help", at=str(int(time()) + seconds))[0] == 401


def test_a_request_a_little_late_is_taken(caller: Caller) -> None:
    assert caller.command("help", at=str(int(time()) - 290))[0] == 200


@pytest.mark.parametrize("signed", ["", "v0=", "v0=zz", "junk", "v1=" + "0" * 64, "v0=ü" + "0" * 63])
def test_a_junk_signature_is_refused(caller: Caller, signed: str) -> None:
    assert caller.command("help", signed=signed)[0] == 401


def test_another_secret_is_refused(caller: Caller) -> None:
    assert caller.command("join bread", secret="another")[0] == 401


def test_a_body_that_was_changed_is_refused(room: Classroom, caller: Caller, anna: Pupil) -> None:
    at = str(int(time()))
    right = signature(room.sandbox.signing_secret, at, b"text=help")

    assert caller.command("join bread", at=at, signed=right)[0] == 401
    assert anna.posts() == []


def test_a_body_that_is_too_large_is_refused(caller: Caller) -> None:
    assert caller.send(b"", more={"Content-Length": "1000001"})[0] == 413


def test_a_length_that_is_no_number_is_refused(caller: Caller) -> None:
    for length in ("-5", "many", ""):
        assert 400 <= caller.send(b"", more={"Content-Length": length})[0] < 500


def test_a_body_that_is_not_utf8_is_refused(caller: Caller) -> None:
    assert caller.send(b"text=\xff\xfe")[0] == 400


JUNK = [
    b"",
    b"&&&=",
    b"payload=",
    b"payload=not+json",
    b"payload=%5B%5D",
    b"payload=%7B%7D",
    b"payload=null",
    b"payload=7",
    b"payload=" + quote('{"type":"block_actions"}').encode(),
    b"payload=" + quote('{"type":"block_actions","actions":[],"team":{"id":"T0SANDBOX"}}').encode(),
    b"payload=" + quote('{"type":"block_actions","actions":[7],"team":{"id":"T0SANDBOX"}}').encode(),
    b"payload=" + quote('{"type":"view_submission","team":{"id":"T0SANDBOX"}}').encode(),
    b"payload=" + quote('{"type":"view_submission","team":7,"view":[],"user":null}').encode(),
    b"payload=" + quote('{"type":"shortcut","callback_id":"x","team":{"id":"T0SANDBOX"}}').encode(),
    b"command=%2Ftutor",
    b"command=%2Ftutor&team_id=T0SANDBOX",
    b"command=%2Fother&team_id=T0SANDBOX&text=x",
]
JUNK_JSON = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"7",
    b'"text"',
    b"{}",
    b'{"type":"event_callback"}',
    b'{"type":"event_callback","team_id":"T0SANDBOX","event":null}',
    b'{"type":"event_callback","team_id":"T0SANDBOX","event":[]}',
    b'{"type":"event_callback","team_id":"T0SANDBOX","event":{}}',
    b'{"type":"event_callback","team_id":"T0SANDBOX","event":{"type":"message","channel_type":"im","user":7}}',
    b'{"type":"event_callback","team_id":["T0SANDBOX"],"event":{"type":"message"}}',
    b'{"type":"url_verification"}',
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
]


@pytest.mark.parametrize("content_type", [FORM, JSON, "text/plain", "", "multipart/form-data"])
def test_signed_junk_is_no_error_of_ours(caller: Caller, content_type: str) -> None:
    answered = {body[:90]: caller.send(body, content_type=content_type)[0] for body in [*JUNK, *JUNK_JSON]}

    assert {body: status for body, status in answered.items() if status >= 500} == {}


def test_other_addresses_and_methods_say_where_to_go(caller: Caller) -> None:
    assert caller.send(b"", path="/") == (404, "Slack's requests go to /slack/events.\n")
    assert caller.send(b"", method="GET") == (405, "Slack sends POST.\n")
    assert caller.send(b"", method="GET", path="/healthz") == (200, "ok\n")
