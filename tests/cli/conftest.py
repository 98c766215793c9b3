"""Commands as an operator runs them, in a workspace."""

import os
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from tutorbot.cli import main
from tutorbot.sandbox import Sandbox
from tutorbot.slack.manifest import app_manifest

Run = Callable[..., Result]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a running workspace."""
    with Sandbox(manifest=app_manifest()) as running:
        yield running


@pytest.fixture
def run(sandbox: Sandbox, sqlite_url: str) -> Run:
    """Give a function that runs `tutorbot …` with the settings of that workspace."""
    settings = {
        "DATABASE_URL": sqlite_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_API_URL": sandbox.api_url,
        "TUTORBOT_ENV_FILE": os.devnull,
    }

    def run(*words: str, says: str = "", **more: str) -> Result:
        return CliRunner().invoke(main, words, input=says, env=settings | more)

    return run
