"""A line of the log says when, where and for which request, and quotes nothing that a person wrote."""

import io
import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from tutorbot import logs
from tutorbot.logs import Form

log = logging.getLogger("tutorbot.somewhere")


@contextmanager
def logged(form: Form | None, level: str = "DEBUG") -> Iterator[io.StringIO]:
    """Give what is logged meanwhile."""
    root, ours = logging.getLogger(), logging.getLogger("tutorbot")
    before = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    logs.configure(level, form, redact=lambda text: text.replace("s3cret", "(secret)"), stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:], root.level, ours.level = before


def in_json(log_it: Callable[[], object], level: str = "DEBUG") -> list[dict[str, object]]:
    """Return the lines that are logged, read."""
    with logged(Form.JSON, level) as stream:
        log_it()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_for_programs_says_when_where_and_what() -> None:
    (line,) = in_json(lambda: log.warning("%d of %s", 3, "them"))

    assert str(line.pop("time")).endswith("Z")
    assert line == {"level": "WARNING", "logger": "somewhere", "message": "3 of them"}


def test_a_line_for_people_is_one_line() -> None:
    with logged(Form.PEOPLE) as stream:
        log.info("one\ntwo")

    (line,) = stream.getvalue().splitlines()
    assert line.endswith("INFO    somewhere one\\ntwo")


def test_what_is_no_terminal_gets_json() -> None:
    with logged(None) as stream:
        log.info("x")

    assert json.loads(stream.getvalue())["message"] == "x"


def test_what_belongs_to_a_request_says_so_in_every_thread_it_is_carried_to() -> None:
    def work() -> None:
        with logs.about("a1b2"):
            carried = Thread(target=logs.carried(lambda: log.info("carried")))
            left = Thread(target=lambda: log.info("left"))
            for thread in (carried, left):
                thread.start()
                thread.join()
        log.info("after")

    lines = in_json(work)

    assert [(line["message"], line.get("request")) for line in lines] == [
        ("carried", "a1b2"),
        ("left", None),
        ("after", None),
    ]


def test_our_own_log_minds_its_level_and_the_libraries_begin_at_warnings() -> None:
    def talk() -> None:
        log.debug("ours")
        logging.getLogger("a_library").info("theirs")
        logging.getLogger("a_library").warning("a warning of theirs")

    assert [line["message"] for line in in_json(talk)] == ["ours", "a warning of theirs"]
    assert [line["message"] for line in in_json(talk, "INFO")] == ["a warning of theirs"]


def fail() -> None:
    """Fail as a program does that meets what somebody wrote."""
    try:
        int("what somebody wrote")
    except ValueError as error:
        raise KeyError("what somebody wrote") from error


def test_an_error_is_told_by_type_and_place_without_what_it_quotes() -> None:
    def work() -> None:
        try:
            fail()
        except KeyError as error:
            log.exception("That failed: %s", error)

    (line,) = in_json(work)
    with logged(Form.PEOPLE) as stream:
        work()

    assert line["message"] == "That failed: KeyError"
    errors: Any = line["errors"]
    assert [error["error"] for error in errors] == ["KeyError", "ValueError"]
    assert re.fullmatch(r"tests/test_logs\.py:\d+ fail", errors[0]["at"][0])
    assert "what somebody wrote" not in stream.getvalue() + json.dumps(line)
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (sqlite3.OperationalError("database is locked"), "OperationalError: database is locked"),
        (ValueError("an answer"), "ValueError"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_words_of_the_system_and_of_the_database_are_told(error: Exception, told: str) -> None:
    assert logs.described(error) == told


def test_secrets_are_taken_out_of_lines_and_errors() -> None:
    def work() -> None:
        try:
            raise OSError("no route to s3cret")
        except OSError:
            log.exception("Where is %s?", "s3cret")

    (line,) = in_json(work)

    assert line["message"] == "Where is (secret)?"
    assert "s3cret" not in json.dumps(line)
