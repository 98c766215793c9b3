"""Rows for tests: what a test does not name is filled in, parents included."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from sqlalchemy import Column, Connection, Table, insert

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
_CHOICES = {"kind": "act", "state": "due"}  # columns that take certain words alone
_BY_TYPE: dict[type, Any] = {int: 1, datetime: NOON, date: NOON.date(), time: time(9), bytes: b"<svg/>"}
_numbers = count(1)


def add(conn: Connection, table: Table, **given: object) -> dict[str, Any]:
    """Insert a row and return it; its parents are added unless their keys are given."""
    filled = {
        column.name: _value(conn, column)
        for column in table.columns
        if column.name not in given and not _fills_itself(column)
    }
    row = conn.execute(insert(table).values(filled | given).returning(*table.columns)).one()
    return dict(row._mapping)


def _fills_itself(column: Column[Any]) -> bool:
    counted = column.primary_key and not column.foreign_keys and _python_type(column) is int
    return column.nullable or column.server_default is not None or counted


def _value(conn: Connection, column: Column[Any]) -> object:
    for key in column.foreign_keys:
        return add(conn, key.column.table)[key.column.name]
    if column.name in _CHOICES:
        return _CHOICES[column.name]
    return _BY_TYPE.get(_python_type(column)) or f"{column.name}-{next(_numbers)}"


def _python_type(column: Column[Any]) -> type:
    decorated = getattr(column.type, "impl_instance", column.type)
    return decorated.python_type
