"""How a database goes about a query."""

from typing import Any

from sqlalchemy import Select, text

from tutorbot.store import Store


def plan_of(store: Store, query: Select[Any], **given: object) -> str:
    """Return the plan, in the words of the database; on PostgreSQL as if it were large."""
    with store.read() as conn:
        words = str(
            query.params(**given).compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True})
        )
        if store.dialect == "postgresql":
            conn.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN " if store.dialect == "postgresql" else "EXPLAIN QUERY PLAN "
        return " ".join(str(row) for row in conn.exec_driver_sql(explain + words.replace("%", "%%")))
