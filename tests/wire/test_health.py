"""The bot says that it lives, whether it does its work, and what it has done."""

import json
import socket
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection
from time import monotonic

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.wire.classroom import Classroom, Pupil, classroom
from tests.wire.outbox import make_slack
from tutorbot.errors import BadSetting
from tutorbot.health import PROVED_FOR
from tutorbot.metrics import Metrics
from tutorbot.records.deliveries import owe
from tutorbot.sandbox import Fault, Sandbox
from tutorbot.slack import Refused, SlackError
from tutorbot.web import served, watched


def get(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """Ask for a page and return its status and what it says."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def faults(room: Classroom) -> dict[str, str]:
    """Return why the bot is not ready, by part, as it tells it over HTTP."""
    with served(watched(room.bot.health.pages()), 0) as port:
        status, text = get(port, "/readyz")
    told = json.loads(text)
    assert told["ready"] is (status == 200)
    assert status in {200, 503}
    return {fault["part"]: fault["reason"] for fault in told["faults"]}


def counted(room: Classroom) -> Callable[..., float]:
    """Return a function that looks a value up in what the bot has counted."""
    with served(watched(room.bot.health.pages()), 0) as port:
        status, text = get(port, "/metrics")
    assert status == 200
    samples = [each for family in text_string_to_metric_families(text) for each in family.samples]

    def value(name: str, **labels: str) -> float:
        found = [each.value for each in samples if each.name == f"tutorbot_{name}" and each.labels == labels]
        return sum(found)

    return value


def test_the_bot_lives_and_is_ready(room: Classroom) -> None:
    with served(watched(room.bot.health.pages()), 0) as port:
        assert get(port, "/healthz") == (200, "ok\n")
        assert get(port, "/healthz", "HEAD") == (200, "")
        assert get(port, "/readyz") == (200, '{"ready": true, "faults": []}\n')
        assert get(port, "/readyz", "POST") == (405, "This is to be read.\n")
        assert get(port, "/slack/events") == (404, "Here are /healthz, /readyz, /metrics.\n")


def test_no_metric_tells_since_when_it_is_counted_and_none_is_missing_for_it() -> None:
    metrics = Metrics()
    metrics.called("auth.test", "ok", 0.1)

    told = metrics.text().decode()

    assert "_created" not in told
    assert 'tutorbot_slack_calls_total{method="auth.test",result="ok"}' in told
    assert 'tutorbot_slack_call_seconds_bucket{le="+Inf",method="auth.test"}' in told
    assert "process_cpu_seconds_total" in told


def test_late_deliveries_are_told_and_those_of_a_few_minutes_are_not(room: Classroom, anna: Pupil) -> None:
    clock, team, now = room.clock, room.sandbox.team, room.clock.now
    soon = now + timedelta(minutes=1)  # so that nobody is woken to send it
    what = {"show": "note", "text": "x"}
    room.bot.store.write(
        lambda conn: owe(conn, "late", what, team=team, user=anna.person.id, due_at=soon, now=now)
    )

    clock.forward(minutes=10)
    assert faults(room) == {}

    clock.forward(minutes=5)
    assert faults(room) == {"deliveries": "1 overdue, the first for 14 minutes"}


def test_a_database_that_cannot_be_written_is_told(room: Classroom) -> None:
    refuse = "CREATE TRIGGER full BEFORE UPDATE ON alembic_version BEGIN SELECT RAISE(ABORT, 'full'); END"
    room.bot.store.write(lambda conn: conn.exec_driver_sql(refuse))

    assert faults(room) == {"database": "it cannot be written: IntegrityError"}


def test_the_database_is_written_once_for_many_who_ask(room: Classroom) -> None:
    room.bot.store.write(
        lambda conn: conn.exec_driver_sql("CREATE TABLE proofs AS SELECT 0 AS number FROM alembic_version")
    )
    room.bot.store.write(
        lambda conn: conn.exec_driver_sql(
            "CREATE TRIGGER counting AFTER UPDATE ON alembic_version "
            "BEGIN UPDATE proofs SET number = number + 1; END"
        )
    )

    began = monotonic()
    for _ in range(20):
        faults(room)
    took = monotonic() - began

    with room.bot.store.read() as conn:
        number = conn.exec_driver_sql("SELECT number FROM proofs").scalar_one()
    assert 1 <= number <= 1 + took / PROVED_FOR


def test_a_database_that_is_gone_is_told_and_not_raised(sqlite_url: str) -> None:
    with classroom(sqlite_url, over_http=True) as room:
        pages = room.bot.health.pages()
    with served(watched(pages), 0) as port:
        status, text = get(port, "/readyz")
        metrics = get(port, "/metrics")

    assert status == 503
    assert [fault["part"] for fault in json.loads(text)["faults"]] == ["database", "database"]
    assert metrics[0] == 200
    assert "tutorbot_database_readable 0.0" in metrics[1]


def test_slack_is_unreachable_until_it_answers_or_long_ago(sandbox: Sandbox) -> None:
    slack = make_slack(sandbox)
    assert slack.reach.fault() is None

    sandbox.misbehave(Fault.ERROR_500, "auth.test", times=2)
    with pytest.raises(SlackError):
        slack.call("auth.test")
    assert slack.reach.fault() == "Slack cannot be reached: auth.test: HTTP status 500"

    sandbox.clock.step(121)
    assert slack.reach.fault() is None

    with pytest.raises(SlackError):
        slack.call("auth.test")
    slack.call("auth.test")
    assert slack.reach.fault() is None


def test_a_refused_call_shows_that_slack_is_there_and_a_refused_token_that_it_is_of_no_use(
    sandbox: Sandbox,
) -> None:
    slack = make_slack(sandbox)
    with pytest.raises(Refused):
        slack.call("users.info", user="U0NOBODY")
    assert slack.reach.fault() is None

    sandbox.misbehave(Fault.REFUSE, "auth.test", error="token_revoked")
    with pytest.raises(Refused):
        slack.call("auth.test")
    assert slack.reach.fault() == "Slack refuses the bot token: token_revoked"


def test_slack_out_of_reach_makes_the_bot_unready(room: Classroom) -> None:
    room.sandbox.misbehave(Fault.ERROR_500, "auth.test")
    with pytest.raises(SlackError):
        room.bot.slack.call("auth.test")

    assert faults(room) == {"slack": "Slack cannot be reached: auth.test: HTTP status 500"}


def test_a_socket_that_is_not_connected_makes_the_bot_unready(room: Classroom) -> None:
    link = room.bot.socket_mode()
    assert faults(room) == {"slack": "the Socket Mode connection is down"}

    link.connect()
    assert faults(room) == {}

    link.close()
    assert "slack" in faults(room)


def test_a_journey_is_counted(room: Classroom, anna: Pupil) -> None:
    anna.takes("bread")
    anna.command("quiz 1.1")
    room.let_happen()
    anna.answers()
    anna.sees("Right.")
    room.drawn()

    value = counted(room)

    assert value("answers_total") == 1
    assert value("acknowledgement_seconds_count", kind="command", status="200") == 2
    assert value("acknowledgement_seconds_count", kind="action", status="200") == 1
    posted = value("slack_calls_total", method="chat.postMessage", result="ok")
    assert posted == value("deliveries_settled_total", outcome="posted") >= 2
    assert posted == value("delivery_lateness_seconds_count")
    assert value("slack_call_seconds_count", method="chat.postMessage") == posted
    assert value("redraws_total", by="response_url") == 1
    assert value("redraws_total", by="views.publish") >= 1
    assert value("deliveries", state="parked") == 0
    assert value("database_readable") == 1


def test_what_slack_limits_and_refuses_is_counted(room: Classroom) -> None:
    room.sandbox.misbehave(Fault.RATE_LIMIT, "auth.test", retry_after=1)
    room.bot.slack.call("auth.test")
    with pytest.raises(Refused):
        room.bot.slack.call("users.info", user="U0NOBODY")

    value = counted(room)

    assert value("slack_calls_total", method="auth.test", result="rate limited") == 1
    assert value("slack_calls_total", method="users.info", result="refused") == 1


def test_a_wait_for_the_pace_is_counted(sandbox: Sandbox) -> None:
    slack = make_slack(sandbox)
    slack.pace.pause("auth.test", "", 7)
    slack.call("auth.test")

    told = slack.metrics.text().decode()

    assert 'tutorbot_slack_wait_seconds_bucket{le="5.0",method="auth.test"} 0.0' in told
    assert 'tutorbot_slack_wait_seconds_bucket{le="10.0",method="auth.test"} 1.0' in told


def test_each_bot_in_a_process_counts_for_itself(room: Classroom, sandbox: Sandbox) -> None:
    make_slack(sandbox).call("conversations.list")

    assert counted(room)("slack_calls_total", method="conversations.list", result="ok") == 0


def test_a_port_that_is_taken_is_told_by_the_name_of_its_setting() -> None:
    with (
        socket.create_server(("", 0)) as taken,
        pytest.raises(BadSetting, match="TUTORBOT_HEALTH_PORT is"),
        served(watched({}), taken.getsockname()[1]),
    ):
        pass
