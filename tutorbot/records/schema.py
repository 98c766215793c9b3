"""What all tables share: their catalogue, the types of their columns, and rows that are there once."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Insert, Integer, MetaData, Table, Text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up INTEGER alone
NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}
"""For tables whose ids stand in buttons and keys: SQLite would give the id of a row that is gone again."""


_to_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode  # json.dumps makes one each time


class Utc(TypeDecorator[datetime]):
    """An aware instant, stored in UTC. A naive one is refused: SQLite would drop its offset silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the instant in UTC; raise ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; store aware instants only")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the instant, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A small JSON value, kept as text with sorted keys, the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Return the value as text."""
        return None if value is None else _to_json(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """Return the value that was stored."""
        return None if value is None else json.loads(value)


def days_to_text(days: frozenset[int]) -> str:
    """Return days of the week, by their ISO numbers, as a column keeps them: "135"."""
    return "".join(map(str, sorted(days)))


def days_from_text(text: str) -> frozenset[int]:
    """Return the days of the week that a column keeps."""
    return frozenset(map(int, text))


def insert_once(dialect: Dialect, table: Table) -> Insert:
    """Return an INSERT that does nothing where the row is already there; add values and RETURNING."""
    if dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
