"""A real browser for the tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.page.stand_in import StandIn

ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "page"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000
"""How long a busy machine may take to show what is expected."""
BREAKS = "net::ERR_"  # what the browser says of a connection that broke, which a test may want


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium: the one that CHROMIUM names, else the first on the path."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        missing = "There is no Chromium here: install it, or name one in CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, light, on a wide screen, in a zone that is not the course's."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="light",
        reduced_motion="reduce",
        timezone_id="America/Lima",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails its test on an error in the console.

    A test marked with `@pytest.mark.usefixtures("broken_connections")` may break the connection.
    """
    errors: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page = context.new_page()
    page.on("console", told)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    if "broken_connections" in request.fixturenames:
        errors = [error for error in errors if BREAKS not in error]
    assert errors == []


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A server in place of the sandbox."""
    with StandIn() as running:
        yield running


@pytest.fixture
def broken_connections() -> None:
    """Let the page's test break the connection without failing for what the browser says of it."""


@pytest.fixture
def keep() -> Callable[[Page, str], Path]:
    """Return a function that keeps a picture of the page under artifacts/page, to be looked at."""

    def keep(page: Page, name: str) -> Path:
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        path = ARTIFACTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return keep
