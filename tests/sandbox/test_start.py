"""Starting and stopping."""

from __future__ import annotations

import threading

import pytest

from tests.sandbox.conftest import client_of
from tutorbot.sandbox import Sandbox


def test_a_port_that_is_taken_is_refused_and_nothing_is_left_behind() -> None:
    with Sandbox() as first:
        threads = threading.active_count()

        with pytest.raises(OSError, match="address already in use"):
            Sandbox(port=first.port).start()

        assert threading.active_count() == threads


def test_two_sandboxes_know_nothing_of_each_other() -> None:
    with Sandbox() as first, Sandbox(team="T0OTHER") as second:
        first.add_channel("autumn")

        assert client_of(first).auth_test()["team_id"] == "T0SANDBOX"
        assert client_of(second).auth_test()["team_id"] == "T0OTHER"
        assert len(client_of(second).conversations_list()["channels"]) == 1


def test_a_sandbox_that_stopped_answers_nobody() -> None:
    with Sandbox() as sandbox:
        client = client_of(sandbox)

    with pytest.raises(OSError, match="refused"):
        client.auth_test()
