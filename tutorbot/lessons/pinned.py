"""A course as JSON text and back, for the versions that are kept."""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tutorbot.errors import TutorError
from tutorbot.lessons.course import Course

FORMAT = 1
"""What `unpin` reads; to be raised with each change that an older program would misread."""

_TAG = "is"


class UnreadableCourse(TutorError):
    """This version of the course cannot be read. It may have been stored by a newer tutorbot: upgrade it."""


def pin(course: Course) -> str:
    """Return the course as JSON text; equal courses give equal text."""
    return json.dumps(
        {"format": FORMAT, "course": _plain(course)},
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )


def unpin(text: str) -> Course:
    """Return the course that `pin` made the text of.

    What an older program did not write has its default. Keys that are not known are refused and not
    passed over: a course that is half understood would be graded wrongly.

    Raises UnreadableCourse.
    """
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise UnreadableCourse
        course = _reader(Course)(document["course"])
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError, RecursionError) as error:
        raise UnreadableCourse from error
    assert isinstance(course, Course)
    return course


def _plain(value: Any) -> Any:
    """Return what JSON can hold; every dataclass says which one it is, in case it is one of several."""
    if is_dataclass(value):
        said = {
            each.name: getattr(value, each.name) for each in fields(value) if not _goes_without(value, each)
        }
        return {_TAG: type(value).__name__} | {name: _plain(inner) for name, inner in said.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Fraction):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def _goes_without(value: Any, field: Any) -> bool:
    """Whether the field is left out: it is empty, as it is by default.

    Only what is empty: a default such as two tries may change one day, and what is stored may not.
    """
    default = field.default
    return default is not MISSING and not default and getattr(value, field.name) == default


_Reader = Callable[[Any], Any]


@cache
def _reader(hint: Any) -> _Reader:
    """Return what turns plain values into values of the type."""
    if is_dataclass(hint):
        return _one_of((hint,))
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple(_reader(inner[0]))
    if origin in (Union, UnionType):
        if NoneType in inner:
            (rest,) = (each for each in inner if each is not NoneType)
            return _optional(_reader(rest))
        return _one_of(inner)
    if hint is Fraction:
        return _fraction
    if issubclass(hint, Enum):
        return _enum(hint)
    return _exactly(hint)


def _one_of(shapes: tuple[Any, ...]) -> _Reader:
    by_name = {shape.__name__: shape for shape in shapes}

    def read(value: Any) -> Any:
        shape = by_name[value[_TAG]]
        readers = _field_readers(shape)
        return shape(**{name: readers[name](inner) for name, inner in value.items() if name != _TAG})

    return read


@cache
def _field_readers(shape: Any) -> dict[str, _Reader]:
    hints = get_type_hints(shape)
    return {each.name: _reader(hints[each.name]) for each in fields(shape)}


def _tuple(read_item: _Reader) -> _Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError
        return tuple(map(read_item, value))

    return read


def _optional(read_value: _Reader) -> _Reader:
    return lambda value: None if value is None else read_value(value)


def _enum(words: type[Enum]) -> _Reader:
    return lambda value: words(value)


def _fraction(value: Any) -> Fraction:
    if not isinstance(value, str):
        raise TypeError
    return Fraction(value)


def _exactly(kind: type) -> _Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return read
