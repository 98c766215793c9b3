"""YAML in a course's files, every value with its place."""
