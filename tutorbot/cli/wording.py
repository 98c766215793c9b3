"""Words that several commands share."""


def count(number: int, thing: str) -> str:
    """Return "1 lesson" or "1,200 lessons"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
