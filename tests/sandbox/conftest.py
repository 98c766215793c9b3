"""A sandbox with a channel the bot is in, and a client that calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.tiny_app import TinyApp
from tutorbot.sandbox import Person, Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> WebClient:
    return client_of(sandbox)


@pytest.fixture
def channel(sandbox: Sandbox) -> str:
    return sandbox.add_channel("autumn")


@pytest.fixture
def anna(sandbox: Sandbox) -> Person:
    return sandbox.person("anna")


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person("ben")


@pytest.fixture
def app(sandbox: Sandbox) -> Iterator[TinyApp]:
    """An app over HTTP that acknowledges everything."""
    with TinyApp() as app:
        sandbox.deliver_over_http(app.url)
        yield app


def client_of(sandbox: Sandbox, token: str | None = None) -> WebClient:
    """Return the SDK's client, without the retries that a careful app does without."""
    return WebClient(token or sandbox.bot_token, base_url=sandbox.api_url, timeout=5, retry_handlers=[])


def refusal(call: Callable[[], Any]) -> SlackApiError:
    """Return how a call was refused; fail if it was not."""
    with pytest.raises(SlackApiError) as caught:
        call()
    return caught.value


def code(call: Callable[[], Any]) -> str:
    """Return the code with which a call was refused."""
    return str(refusal(call).response["error"])
