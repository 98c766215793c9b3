"""The history of the tables: the steps that an older database still has to go through.

`store.open_store` runs the files of `versions/` that are missing, in one transaction. To change a
table, change `records/tables.py` and add the step that makes the old table so, as
`v0002_what_changes.py`: tests/store compares the two. A step that was released is never edited,
and it imports no tables, because they will have moved on.
"""
