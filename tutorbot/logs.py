"""What is logged: one line each, without secrets, answers or the text of messages."""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Any, TextIO

_request: ContextVar[str] = ContextVar("request", default="")

_QUOTES_NOTHING = frozenset({"sqlite3", "pysqlite3.dbapi2", "tutorbot.slack.failures"})
"""The modules of errors whose words name tables and methods alone, and never what was in them."""

_FRAMES = 6


class Form(StrEnum):
    """What a line looks like."""

    PEOPLE = "people"
    JSON = "json"


@contextmanager
def about(request: str) -> Iterator[None]:
    """Let all that is logged meanwhile, and in what is carried from here, belong to this request."""
    before = _request.set(request)
    try:
        yield
    finally:
        _request.reset(before)


def request() -> str:
    """Return the id of the request that is being worked on, or nothing."""
    return _request.get()


def carried(work: Callable[[], object]) -> Callable[[], object]:
    """Return work that belongs to the request of now, in whatever thread it is done."""
    context = copy_context()
    return lambda: context.run(work)


def described(error: BaseException) -> str:
    """Return an error by its type, with its words only where they quote nothing that a person wrote."""
    inner = getattr(error, "orig", None) or error  # SQLAlchemy wraps what the driver raises
    name = type(inner).__name__
    if state := getattr(inner, "sqlstate", None):
        return f"{name} ({state})"
    quotes_nothing = isinstance(inner, OSError) or type(inner).__module__ in _QUOTES_NOTHING
    return f"{name}: {inner}" if quotes_nothing else name


def configure(
    level: str, form: Form | None = None, *, redact: Callable[[str], str], stream: TextIO | None = None
) -> logging.Handler:
    """Log to the standard error: on a terminal for people, else as JSON, unless told otherwise.

    `level` is of our own log; what the libraries say is logged from WARNING on.
    """
    stream = stream or sys.stderr
    form = form or (Form.PEOPLE if stream.isatty() else Form.JSON)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line(redact) if form is Form.PEOPLE else JsonLine(redact))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("tutorbot").setLevel(level)
    return handler


class Line(logging.Formatter):
    """A line for people: when, how grave, where, for which request, what."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        at = datetime.fromtimestamp(record.created).astimezone()
        told = [f"{at:%Y-%m-%d %H:%M:%S}", f"{record.levelname:<7}", _where(record)]
        if doing := request():
            told.append(f"[{doing}]")
        told.append(self.message_of(record))
        for error in _errors(record):
            told.append(f"| {described(error)} at {' < '.join(_frames(error))}")
        return self._redact(" ".join(told)).replace("\n", "\\n")

    def message_of(self, record: logging.LogRecord) -> str:
        """Return the message; an error in it is described."""
        if isinstance(record.args, tuple) and any(isinstance(arg, BaseException) for arg in record.args):
            args = tuple(described(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
            return str(record.msg) % args
        return record.getMessage()


class JsonLine(Line):
    """A line for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        at = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, Any] = {
            "time": f"{at:%Y-%m-%dT%H:%M:%S}.{record.msecs:03.0f}Z",
            "level": record.levelname,
            "logger": _where(record),
            "message": self.message_of(record),
        }
        if doing := request():
            told["request"] = doing
        if errors := [{"error": described(error), "at": _frames(error)} for error in _errors(record)]:
            told["errors"] = errors
        return self._redact(json.dumps(told, ensure_ascii=False))


def _where(record: logging.LogRecord) -> str:
    return record.name.removeprefix("tutorbot.")


def _errors(record: logging.LogRecord) -> Iterator[BaseException]:
    """Yield what was raised, then what that came from."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(error: BaseException) -> list[str]:
    """Return where it was raised, and from where that was called, without a line of source."""
    stack = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{'/'.join(PurePath(at.filename).parts[-2:])}:{at.lineno} {at.name}" for at in reversed(stack)]
