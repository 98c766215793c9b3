"""Tests of the store: real files and a real PostgreSQL."""
