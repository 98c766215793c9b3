"""A statement that is compiled once and run by the driver itself."""

from collections import namedtuple
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement for one driver: its words, and how its values and columns are converted, if they are."""

    sql: str
    positional: bool
    values: tuple[tuple[str, Convert | None], ...]
    columns: tuple[tuple[int, Convert], ...]


class Prepared:
    """A statement for the one place where everybody waits at once: see answers.py.

    On that path SQLAlchemy takes 80 µs for what SQLite does in 10. Here it compiles the statement and
    gives the conversions of its types, as it always does, and the driver runs it. Errors are SQLAlchemy's.
    """

    def __init__(self, statement: Select[Any] | Insert) -> None:
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
        given = [values[name] if to is None else to(values[name]) for name, to in compiled.values]
        if compiled.positional:
            found = _run(conn, compiled.sql, given)
        else:
            names = [name for name, _ in compiled.values]
            found = _run(conn, compiled.sql, dict(zip(names, given, strict=True)))
        return [self._read(compiled, row) for row in found]

    def _compile(self, dialect: Dialect, values: Mapping[str, Any]) -> _Compiled:
        words: Any = self._statement.compile(dialect=dialect, column_keys=list(values))
        types = {name: bound.type.dialect_impl(dialect) for name, bound in words.binds.items()}
        readers = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in self._columns
        ]
        compiled = _Compiled(
            sql=str(words),
            positional=words.positional,
            values=tuple(
                (name, types[name].bind_processor(dialect)) for name in words.positiontup or words.binds
            ),
            columns=tuple((index, reader) for index, reader in enumerate(readers) if reader is not None),
        )
        self._compiled[dialect.name] = compiled
        return compiled

    def _read(self, compiled: _Compiled, row: tuple[Any, ...]) -> Any:
        cells = list(row)
        for index, convert in compiled.columns:
            cells[index] = convert(cells[index])
        return self._row._make(cells)


def _run(conn: Connection, sql: str, given: Any) -> list[tuple[Any, ...]]:
    dbapi: Any = conn.dialect.loaded_dbapi
    with closing(conn.connection.cursor()) as cursor:
        try:
            cursor.execute(sql, given)
            return list(cursor.fetchall())
        except dbapi.Error as error:
            if not getattr(conn.connection.driver_connection, "in_transaction", True):
                conn.invalidate(
                    error
                )  # as the writer does with SQLAlchemy's errors: nothing more may be written
            raise DBAPIError.instance(
                sql, None, error, dbapi.Error, hide_parameters=True, dialect=conn.dialect
            ) from error
