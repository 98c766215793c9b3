"""The tests of tutorbot."""
