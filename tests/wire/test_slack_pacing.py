"""How fast Slack is called: as it allows, and no thread is in the way of another channel."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.wire.outbox import make_slack
from tutorbot.sandbox import Fault, Sandbox
from tutorbot.slack import RateLimited
from tutorbot.slack.pacing import METHODS, POST, Pace


class Clock:
    """Machine time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    """Give a pace that nothing was taken of."""
    return Pace(clock)


def refused_for_pace(sandbox: Sandbox) -> int:
    return sum(call.error == "ratelimited" for call in sandbox.calls)


def test_a_short_burst_to_a_channel_is_allowed_and_then_a_post_a_second(pace: Pace, clock: Clock) -> None:
    posts = 0
    for _ in range(60 * 4):
        posts += pace.take(POST, "C1") == 0
        clock.forward(0.25)

    assert 55 <= posts <= 65


def test_a_channel_that_is_full_says_when_it_is_not_and_holds_up_no_other(pace: Pace, clock: Clock) -> None:
    while pace.take(POST, "C1") == 0:
        pass

    wait = pace.take(POST, "C1")
    assert pace.closed_channels() == {"C1": wait}
    assert pace.take(POST, "C2") == 0
    clock.forward(wait)
    assert pace.closed_channels() == {}
    assert pace.take(POST, "C1") == 0


def test_the_workspace_takes_several_hundred_posts_a_minute(pace: Pace, clock: Clock) -> None:
    room = pace.room_for_posts()

    for number in range(room):
        assert pace.take(POST, f"C{number}") == 0

    assert room >= 300
    assert pace.room_for_posts() == 0
    assert pace.take(POST, "one more") == pace.closed_for() > 50
    clock.forward(61)
    assert pace.room_for_posts() == room
    assert pace.closed_for() == 0


def test_a_method_has_its_tier(pace: Pace) -> None:
    taken = 0
    while pace.take("conversations.list") == 0:
        taken += 1

    assert taken == 20
    assert pace.take("chat.update") == 0
    assert METHODS["views.publish"][0] == 100


def test_a_429_pauses_the_channel_it_was_about(pace: Pace, clock: Clock) -> None:
    pace.pause(POST, "C1", 30)

    assert pace.take(POST, "C1") == 30
    assert pace.take(POST, "C2") == 0
    clock.forward(30)
    assert pace.take(POST, "C1") == 0


def test_a_429_that_comes_late_makes_no_pause_shorter(pace: Pace, clock: Clock) -> None:
    pace.pause(POST, "C1", 30)
    clock.forward(1)

    pace.pause(POST, "C1", 5)

    assert pace.take(POST, "C1") == 29


def test_a_429_pauses_another_method_as_a_whole(pace: Pace) -> None:
    pace.pause("chat.update", "C1", 30)

    assert pace.take("chat.update", "C2") == 30
    assert pace.take("chat.delete", "C2") == 0


def test_a_flood_waits_for_its_turn_and_slack_never_has_to_refuse(sandbox: Sandbox, channel: str) -> None:
    slack = make_slack(sandbox)

    for number in range(30):
        slack.call(POST, channel=channel, text=str(number))

    assert len(sandbox.person("anna").messages(channel)) == 30
    assert refused_for_pace(sandbox) == 0


def test_all_threads_share_the_pace(sandbox: Sandbox, channel: str) -> None:
    slack = make_slack(sandbox)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: slack.call(POST, channel=channel, text=str(n)), range(30)))

    texts = {message.text for message in sandbox.person("anna").messages(channel)}
    assert texts == {str(number) for number in range(30)}


def test_who_has_no_patience_is_told_when_without_a_call(sandbox: Sandbox, channel: str) -> None:
    slack = make_slack(sandbox)
    while slack.pace.take(POST, channel) == 0:
        pass

    with pytest.raises(RateLimited) as limited:
        slack.call(POST, channel=channel, text="x", patience=0)

    assert 0 < limited.value.retry_after <= 6
    assert sandbox.calls == []


def test_after_a_429_the_call_is_made_again_when_slack_said(sandbox: Sandbox, channel: str) -> None:
    slack = make_slack(sandbox)
    sandbox.misbehave(Fault.RATE_LIMIT, retry_after=20)
    began = sandbox.clock.now()

    slack.call(POST, channel=channel, text="x")

    assert sandbox.clock.now() - began >= timedelta(seconds=20)
    assert len(sandbox.person("anna").messages(channel)) == 1


def test_a_429_that_names_no_time_does_not_make_the_call_again_at_once(sandbox: Sandbox) -> None:
    slack = make_slack(sandbox)
    sandbox.misbehave(Fault.RATE_LIMIT, "users.info", retry_after=0, times=50)

    with pytest.raises(RateLimited):
        slack.call("users.info", user="U0ANNA", patience=5)

    assert refused_for_pace(sandbox) <= 6
