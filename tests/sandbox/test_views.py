"""Trigger ids, the stack of modals, hashes and Home."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from tests.sandbox.blocks import actions, button, home, modal, section, text_input
from tests.sandbox.conftest import code, refusal
from tests.sandbox.tiny_app import TinyApp
from tutorbot.sandbox import Person, Sandbox


@pytest.fixture
def trigger(app: TinyApp, anna: Person) -> str:
    """A trigger id, as a command brings it."""
    anna.command("/tutor", "help")
    return app.requests[-1].form["trigger_id"]


def trigger_in_modal(app: TinyApp, anna: Person) -> str:
    assert anna.view is not None
    anna.click(anna.view, "Press")
    return str(app.requests[-1].payload["trigger_id"])


def test_a_trigger_opens_one_modal(slack: WebClient, trigger: str, anna: Person) -> None:
    view = slack.views_open(trigger_id=trigger, view=modal(section("Welcome")))["view"]

    assert anna.view is not None
    assert anna.view.id == view["id"] == view["root_view_id"]
    assert view["previous_view_id"] is None
    refused = code(lambda: slack.views_open(trigger_id=trigger, view=modal()))
    assert refused == "exchanged_trigger_id"


def test_a_trigger_lasts_three_seconds(sandbox: Sandbox, slack: WebClient, trigger: str) -> None:
    sandbox.clock.step(3.1)

    assert code(lambda: slack.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


def test_a_trigger_made_up_is_invalid(slack: WebClient) -> None:
    assert code(lambda: slack.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


def test_a_refused_view_leaves_the_trigger_unused(slack: WebClient, trigger: str) -> None:
    refused = code(lambda: slack.views_open(trigger_id=trigger, view=modal(section(""))))

    assert refused == "invalid_arguments"
    assert slack.views_open(trigger_id=trigger, view=modal())["ok"]


def test_modals_stack_three_high(app: TinyApp, slack: WebClient, trigger: str, anna: Person) -> None:
    first = slack.views_open(trigger_id=trigger, view=modal(actions(button())))["view"]
    second = slack.views_push(trigger_id=trigger_in_modal(app, anna), view=modal(actions(button())))["view"]
    slack.views_push(trigger_id=trigger_in_modal(app, anna), view=modal(actions(button())))

    refused = code(lambda: slack.views_push(trigger_id=trigger_in_modal(app, anna), view=modal()))

    assert refused == "push_limit_reached"
    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    assert len(anna.views) == 3
    anna.close()
    assert len(anna.views) == 2
    anna.close(everything=True)
    assert anna.views == []


def test_only_a_gesture_in_a_modal_can_push(slack: WebClient, trigger: str) -> None:
    refused = refusal(lambda: slack.views_push(trigger_id=trigger, view=modal()))

    assert refused.response["error"] == "invalid_arguments"
    assert "must match the `type` of the root view" in refused.response["errors"][0]


def test_a_modal_is_redrawn_and_keeps_what_was_written(slack: WebClient, trigger: str, anna: Person) -> None:
    view = slack.views_open(trigger_id=trigger, view=modal(text_input()))["view"]
    assert anna.view is not None
    anna.check(anna.view, "words", "Half a sent")

    slack.views_update(view_id=view["id"], view=modal(section("New above"), text_input()))

    assert anna.view is not None
    assert "New above" in anna.view.plain
    assert anna.view.inputs[0].value == "Half a sent"


def test_a_redraw_with_an_old_hash_is_refused(slack: WebClient, trigger: str) -> None:
    view = slack.views_open(trigger_id=trigger, view=modal())["view"]
    slack.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("Second")))

    refused = code(lambda: slack.views_update(view_id=view["id"], hash=view["hash"], view=modal()))

    assert refused == "hash_conflict"


def test_a_closed_modal_cannot_be_redrawn(slack: WebClient, trigger: str, anna: Person) -> None:
    view = slack.views_open(trigger_id=trigger, view=modal())["view"]
    anna.close()

    assert code(lambda: slack.views_update(view_id=view["id"], view=modal())) == "not_found"


def test_a_view_can_be_named_by_an_id_of_our_own(
    app: TinyApp, slack: WebClient, trigger: str, anna: Person
) -> None:
    slack.views_open(trigger_id=trigger, view=modal(actions(button()), external_id="exam-7"))
    again = trigger_in_modal(app, anna)

    taken = code(lambda: slack.views_push(trigger_id=again, view=modal(external_id="exam-7")))
    slack.views_update(external_id="exam-7", view=modal(section("New"), external_id="exam-7"))

    assert taken == "duplicate_external_id"
    assert anna.view is not None
    assert "New" in anna.view.plain


def test_home_is_published_for_one_person_under_one_id(slack: WebClient, anna: Person, ben: Person) -> None:
    first = slack.views_publish(user_id=anna.id, view=home(section("One")))["view"]
    second = slack.views_publish(user_id=anna.id, hash=first["hash"], view=home(section("Two")))["view"]

    assert first["id"] == second["id"]
    assert anna.home is not None
    assert anna.home.plain == "Two"
    assert ben.home is None
    stale = code(lambda: slack.views_publish(user_id=anna.id, hash=first["hash"], view=home()))
    assert stale == "hash_conflict"


def test_home_is_for_people_who_are_there(slack: WebClient, ben: Person) -> None:
    ben.deactivate()

    assert code(lambda: slack.views_publish(user_id="U0NOBODY", view=home())) == "user_not_found"
    assert code(lambda: slack.views_publish(user_id=ben.id, view=home())) == "user_not_found"


def test_a_home_is_no_modal(slack: WebClient, anna: Person, trigger: str) -> None:
    assert code(lambda: slack.views_publish(user_id=anna.id, view=modal())) == "invalid_arguments"
    assert code(lambda: slack.views_open(trigger_id=trigger, view=home())) == "invalid_arguments"
