"""HTML in and out: how most formats write the texts of a question."""
