"""Markdown in a course's files."""
