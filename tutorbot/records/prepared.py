"""A statement that is compiled once and run by the driver itself."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement for one driver: its words, and how its values and columns are converted, if they are.

    `constants` are the values that the statement has by itself, converted.
    """

    sql: str
    positional: bool
    values: tuple[tuple[str, Convert | None], ...]
    columns: tuple[tuple[int, Convert], ...]
    constants: Mapping[str, Any]


class Prepared:
    """A statement for where many wait at once: an answer (see answers.py), and what is run for every message.

    There SQLAlchemy takes 80 µs for what SQLite does in 10. Here it compiles the statement and
    gives the conversions of its types, as it always does, and the driver runs it. Errors are SQLAlchemy's.
    """

    def __init__(self, statement: Select[Any] | Insert | Update) -> None:
        self._statement = statement
        self._columns = list(statement.exported_columns)
        make: Any = namedtuple  # by names that are known when it runs
        self._row = make("Row", [column.key for column in self._columns])
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, conn: Connection, **values: Any) -> list[Any]:
        """Run the statement and return its rows, with the columns as attributes.

        An INSERT sets the columns that are named here; always give the same names.
        """
        compiled = self._compiled.get(conn.dialect.name) or self._compile(conn.dialect, values)

        def fetch(cursor: Any) -> list[tuple[Any, ...]]:
            cursor.execute(compiled.sql, _bound(compiled, {**compiled.constants, **values}))
            return list(cursor.fetchall())

        return [self._read(compiled, row) for row in _run(conn, compiled.sql, fetch)]

    def many(self, conn: Connection, rows: Iterable[Mapping[str, Any]], **same: Any) -> int:
        """Run an INSERT or UPDATE for each of the rows, in their order; return how many are new or changed.

        All rows have the same names; `same` are the values that are the same in all of them.
        """
        each = iter(rows)
        first = next(each, None)
        if first is None:
            return 0
        compiled = self._compiled.get(conn.dialect.name) or self._compile(conn.dialect, {**first, **same})
        known = {
            name: same[name] if to is None else to(same[name]) for name, to in compiled.values if name in same
        }
        known |= compiled.constants
        rest = replace(
            compiled, values=tuple((name, None if name in same else to) for name, to in compiled.values)
        )

        def change(cursor: Any) -> int:
            cursor.executemany(compiled.sql, (_bound(rest, {**row, **known}) for row in chain([first], each)))
            return int(cursor.rowcount)

        return _run(conn, compiled.sql, change)

    def _compile(self, dialect: Dialect, values: Mapping[str, Any]) -> _Compiled:
        words: Any = self._statement.compile(dialect=dialect, column_keys=list(values))
        binders = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bound in words.binds.items()
        }
        constants = {name: bound.value for name, bound in words.binds.items() if not bound.required}
        readers = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in self._columns
        ]
        compiled = _Compiled(
            sql=str(words),
            positional=words.positional,
            values=tuple(
                (name, None if name in constants else binders[name])
                for name in words.positiontup or words.binds
            ),
            columns=tuple((index, reader) for index, reader in enumerate(readers) if reader is not None),
            constants={
                name: value if (to := binders[name]) is None else to(value)
                for name, value in constants.items()
            },
        )
        self._compiled[dialect.name] = compiled
        return compiled

    def _read(self, compiled: _Compiled, row: tuple[Any, ...]) -> Any:
        cells = list(row)
        for index, convert in compiled.columns:
            cells[index] = convert(cells[index])
        return self._row._make(cells)


def _bound(compiled: _Compiled, values: Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    """Return the values as the driver takes them."""
    if compiled.positional:
        return [values[name] if to is None else to(values[name]) for name, to in compiled.values]
    return {name: values[name] if to is None else to(values[name]) for name, to in compiled.values}


def _run(conn: Connection, sql: str, work: Callable[[Any], T]) -> T:
    """Return what the work with a cursor of the driver comes to; an error is SQLAlchemy's."""
    dbapi: Any = conn.dialect.loaded_dbapi
    with closing(conn.connection.cursor()) as cursor:
        try:
            return work(cursor)
        except dbapi.Error as error:
            if not getattr(conn.connection.driver_connection, "in_transaction", True):
                conn.invalidate(
                    error
                )  # as the writer does with SQLAlchemy's errors: nothing more may be written
            raise DBAPIError.instance(
                sql, None, error, dbapi.Error, hide_parameters=True, dialect=conn.dialect
            ) from error
