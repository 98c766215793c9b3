"""Prose as Markdown."""
