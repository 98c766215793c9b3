"""How good a course is, as far as it can be counted."""
