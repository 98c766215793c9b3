"""The door through which every call to Slack goes."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from ssl import SSLContext
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tutorbot.clock import Now, machine_now
from tutorbot.metrics import Metrics
from tutorbot.slack.failures import RateLimited, SlackError, result_of
from tutorbot.slack.pacing import Pace
from tutorbot.slack.reach import Reach
from tutorbot.slack.redaction import Redaction
from tutorbot.slack.replies import failure_of_connection, failure_of_reply
from tutorbot.slack.uploads import InMemory, Picture, Remembered, Uploads

# The SDK's own words. It logs as errors what is raised to us, so they are left out unless an
# operator lowers the level; DEBUG shows whole requests.
sdk_log = logging.getLogger("tutorbot.slack.sdk")
sdk_log.addFilter(Redaction())
sdk_log.setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, by Slack's ids, and the name by which people mention and invite it."""

    team: str
    app_id: str
    bot_id: str
    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Slack's answer to a call, and the headers that came with it, by their names in small letters."""

    body: dict[str, Any]
    headers: Mapping[str, str]


def _no_picture(digest: str) -> Picture:
    raise LookupError(f"no picture {digest}")


class Slack:
    """Calls Slack for one workspace, from any thread.

    Nothing is ever repeated here: what may be repeated is for the caller to decide, by the kind of
    SlackError raised. `timeout` is in seconds, for each step of an HTTP request; `ssl` is one
    context for all calls, because making one costs more than a call.
    """

    def __init__(
        self,
        bot_token: str,
        *,
        api_url: str = WebClient.BASE_URL,
        machine_now: Now = machine_now,
        sleep: Callable[[float], None] = time.sleep,
        ssl: SSLContext | None = None,
        timeout: int = 10,
        uploads: Remembered | None = None,
        picture: Callable[[str], Picture] = _no_picture,
        metrics: Metrics | None = None,
    ) -> None:
        self.pace = Pace(machine_now)
        self.reach = Reach(machine_now)
        self.metrics = metrics or Metrics()
        self.timeout = timeout
        self._ssl = ssl
        self._sleep = sleep
        self._client = WebClient(
            bot_token, base_url=api_url, timeout=timeout, ssl=ssl, retry_handlers=[], logger=sdk_log
        )
        self._client.proxy = None  # urllib minds NO_PROXY itself, the SDK does not
        self._uploads = Uploads(self.call, self._post_bytes, sleep, uploads or InMemory(), picture)
        self._identity: Identity | None = None
        self._asking = threading.Lock()

    def call(self, method: str, *, patience: float = 60.0, **args: Any) -> dict[str, Any]:
        """Call a method of the Web API and return Slack's answer.

        Wait up to `patience` seconds, in all, for the pace that we keep and that Slack demands; raise
        RateLimited where that is not enough. Raise another SlackError for what else went wrong.
        """
        channel = str(args.get("channel", ""))
        form = _form(args)
        while True:
            patience -= self._wait(method, channel, patience)
            try:
                with self._watched(method):
                    return self._call_once(method, form)
            except RateLimited as limited:
                self.pace.pause(method, channel, limited.retry_after)
                if limited.retry_after > patience:
                    raise

    def ask(self, method: str, **args: Any) -> Reply:
        """Call a method once, whatever the pace, and return Slack's answer with its headers."""
        return self._ask_once(method, _form(args))

    def respond(self, response_url: str, **body: Any) -> None:
        """Post to the response URL of a gesture: five times, within half an hour of it."""
        content = json.dumps(body).encode()
        with self._watched("response_url"):
            status, headers, text = self._post(
                "response_url", response_url, content, "application/json; charset=utf-8"
            )
            answer = _parsed(text)
            if status != 200 or not (text.strip() == "ok" or answer.get("ok")):
                raise failure_of_reply("response_url", status, headers, answer)

    def ensure_uploaded(self, digest: str, *, doubted: bool = False) -> str:
        """Return the id of the file that shows the picture, uploading it where that was not done yet.

        `doubted`: a block that named the file was refused, so look whether it is still there.
        """
        return self._uploads.ensure(digest, doubted=doubted)

    def identity(self) -> Identity:
        """Return who the bot is; asked once."""
        with self._asking:
            if self._identity is None:
                me = self.call("auth.test")
                bot = self.call("bots.info", bot=me["bot_id"])["bot"]
                self._identity = Identity(
                    me["team_id"], bot["app_id"], me["bot_id"], me["user_id"], me["user"]
                )
            return self._identity

    def _wait(self, method: str, channel: str, patience: float) -> float:
        """Book a call, waiting for it if need be; return the seconds that took."""
        waited = 0.0
        while wait := self.pace.take(method, channel):
            if waited + wait > patience:
                raise RateLimited(method, wait)
            self._sleep(wait)
            waited += wait
        if waited:
            self.metrics.waited(method, waited)
        return waited

    @contextmanager
    def _watched(self, method: str) -> Iterator[None]:
        """Count and time a call, and note whether it has met Slack."""
        began = time.perf_counter()
        try:
            yield
        except SlackError as failure:
            self._note(method, failure, began)
            raise
        self._note(method, None, began)

    def _note(self, method: str, failure: SlackError | None, began: float) -> None:
        self.reach.note(failure)
        self.metrics.called(method, result_of(failure), time.perf_counter() - began)

    def _call_once(self, method: str, form: dict[str, str]) -> dict[str, Any]:
        return self._ask_once(method, form).body

    def _ask_once(self, method: str, form: dict[str, str]) -> Reply:
        failure: SlackError
        try:
            answer: Any = self._client.api_call(method, params=form)
            return Reply(dict(answer.data), {name.lower(): text for name, text in answer.headers.items()})
        except SlackApiError as error:
            reply: Any = error.response
            failure = failure_of_reply(method, reply.status_code, reply.headers, reply.data)
        except (OSError, HTTPException, ValueError) as error:
            failure = failure_of_connection(method, error)
        raise failure from None  # its cause may show a URL

    def _post_bytes(self, url: str, content: bytes) -> None:
        with self._watched("upload"):
            status, headers, text = self._post("upload", url, content, "application/octet-stream")
            if status != 200:
                raise failure_of_reply("upload", status, headers, _parsed(text))

    def _post(
        self, what: str, url: str, content: bytes, media_type: str
    ) -> tuple[int, Mapping[str, str], str]:
        """Post to an address that Slack gave us; return status, headers and body of the reply."""
        if not url.startswith(("https://", "http://")):
            raise ValueError(f"{what}: not a web address")
        request = Request(url, data=content, headers={"Content-Type": media_type}, method="POST")  # noqa: S310 - checked above
        failure: SlackError
        try:
            return self._exchange(request)
        except (OSError, HTTPException, ValueError) as error:
            failure = failure_of_connection(what, error)
        raise failure from None  # its cause may show the URL

    def _exchange(self, request: Request) -> tuple[int, Mapping[str, str], str]:
        try:
            with urlopen(request, timeout=self.timeout, context=self._ssl) as reply:  # noqa: S310 - checked by _post
                return reply.status, dict(reply.headers), reply.read().decode()
        except HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode(errors="replace")


def _form(args: Mapping[str, Any]) -> dict[str, str]:
    """Return arguments as form fields, which every method takes; None is left out."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in args.items()
        if value is not None
    }


def _parsed(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
