"""The log holds no secret, no answer and no text of a message, and tells what belongs together."""

import json
from typing import Any

import pytest

from tests.test_logs import logged
from tests.wire.classroom import Classroom, Pupil, classroom
from tutorbot.logs import Form
from tutorbot.sandbox import Fault
from tutorbot.slack import redact

TYPED = "zebrafish-4711"
"""What somebody types, which is written nowhere else."""


@pytest.fixture(params=["http", "socket"])
def lines(request: pytest.FixtureRequest, sqlite_url: str) -> list[dict[str, Any]]:
    """Give what is logged, at DEBUG, while somebody learns, answers and meets faults."""
    with logged(Form.JSON) as stream, classroom(sqlite_url, over_http=request.param == "http") as room:
        learn(room)
        meet_faults(room)
        shown = texts_of(room)
    everything = stream.getvalue()

    assert_none(everything, secrets_of(room), "a secret")
    assert_none(everything, shown, "the text of a message")
    assert TYPED not in everything
    assert redact(everything) == everything
    return [json.loads(line) for line in everything.splitlines()]


def assert_none(text: str, words: set[str], what: str) -> None:
    found = {word for word in words if word in text or json.dumps(word)[1:-1] in text}
    assert not found, f"{what} is in the log"


def learn(room: Classroom) -> None:
    """Let somebody read, answer by button and by typing, and write an answer."""
    anna = room.pupil("anna")
    anna.takes("bread")
    anna.command("next")
    anna.command("quiz 1.1")
    room.let_happen()
    anna.answers(right=False)
    anna.sees("Not right")
    anna.person.type(TYPED)
    anna.command(f"answer {TYPED}")
    anna.answers()
    anna.sees("Right.")
    room.let_happen()
    room.drawn()


def meet_faults(room: Classroom) -> None:
    """Let the database refuse an answer, and Slack misbehave."""
    ben = room.pupil("ben")
    ben.takes("bread")
    ben.command("quiz 1.1")
    room.let_happen()
    ben.sees("Question 1 of")
    refuse = "CREATE TRIGGER no BEFORE INSERT ON attempts BEGIN SELECT RAISE(ABORT, 'refused'); END"
    room.bot.store.write(lambda conn: conn.exec_driver_sql(refuse))
    ben.command(f"answer {ben.letters(right=True)[0]}")
    ben.press(ben.letters(right=True)[0])
    ben.sees("Something went wrong")
    room.sandbox.misbehave(Fault.REFUSE, "chat.postMessage", error="channel_not_found")
    ben.command("next")
    room.let_happen()


def secrets_of(room: Classroom) -> set[str]:
    sandbox = room.sandbox
    return {sandbox.bot_token, sandbox.app_token, sandbox.signing_secret}


def texts_of(room: Classroom) -> set[str]:
    """Return every line of every message that people saw."""
    pupils: list[Pupil] = [room.pupil("anna"), room.pupil("ben")]
    seen = [message for pupil in pupils for message in pupil.all_seen()]
    lines = {line.strip() for message in seen for line in f"{message.text}\n{message.plain}".splitlines()}
    return {line for line in lines if len(line) > 12}


def said(lines: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    return [line for line in lines if words in line["message"]]


def test_the_log_of_a_journey_quotes_nothing(lines: list[dict[str, Any]]) -> None:
    assert len(lines) > 50


def test_a_gesture_has_one_id_from_its_request_to_its_drawing(lines: list[dict[str, Any]]) -> None:
    pressed = [line["request"] for line in said(lines, "A request (action) is answered with 200")]
    assert len(set(pressed)) == len(pressed) == 3

    of_the_first = [line["message"] for line in lines if line.get("request") == pressed[0]]

    assert of_the_first.index("A write is to be committed") < of_the_first.index("A write is committed")
    assert any("is shown" in message for message in of_the_first)


def test_a_delivery_has_its_number(lines: list[dict[str, Any]]) -> None:
    (parked,) = said(lines, "is parked: chat.postMessage: channel_not_found")

    number = parked["message"].split()[1]
    assert parked["request"] == f"delivery {number}"


def test_a_fault_is_logged_under_the_number_that_the_person_was_told(lines: list[dict[str, Any]]) -> None:
    faults = [line for line in lines if line["message"].startswith("Fault ")]

    assert len(faults) == 2
    for fault in faults:
        assert fault["message"].endswith(fault["request"])
        assert fault["errors"][0]["error"] == "IntegrityError: refused"
