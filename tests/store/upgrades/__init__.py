"""Filled databases of every released schema, as SQLite tells them: `python -m tests.store.upgrades.fill`."""
