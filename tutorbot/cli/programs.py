"""What is printed for programs: one object of JSON, in the same form by every command."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path

import click


def tell(data: Mapping[str, object]) -> None:
    """Print what a program reads: instants in UTC, fractions as numbers, keys without spaces."""
    click.echo(json.dumps(_plain(data), indent=2, ensure_ascii=False))


def _plain(value: object) -> object:
    """Return what JSON can hold."""
    match value:
        case str() | int() | float() | None:
            return value
        case Mapping():
            return {str(key).replace(" ", "_"): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return list(map(_plain, value))
        case set() | frozenset():
            return sorted(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Fraction():
            return round(float(value), 4)
        case Path():
            return str(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _plain(asdict(value))
        case _:
            raise TypeError(f"{type(value).__name__} is told to no program")
