"""What may stand in a course's files."""
