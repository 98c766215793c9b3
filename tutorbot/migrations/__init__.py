"""The history of the tables: each change that an older database still has to go through.

A file of `versions/` is a step; `store.open_store` runs those that are missing. To change a table,
change `records/tables.py` and add the step that makes the old table so: tests/store compares the
two. A step that was released is never edited, and imports no tables: they will have moved on.
"""
