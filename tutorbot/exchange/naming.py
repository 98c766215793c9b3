"""Ids and names of files, made of what others call a thing."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

_LONGEST_ID = 60


def slug(text: str) -> str:
    """Return the text as an id: small letters, digits and single hyphens."""
    plain_letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", plain_letters))
    return words[:_LONGEST_ID].strip("-") or "question"


def unused(wanted: str, names: Container[str]) -> str:
    """Return the name, or the first with a number behind it that is not among the names."""
    return next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}-{n}") not in names)
