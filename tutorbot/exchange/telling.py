"""What is lost between two formats, as people are told it: the same of several things once."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from tutorbot.exchange.given import Left
from tutorbot.exchange.taken import Missed, Place

MOST_NAMED = 8
"""How many places, or questions, are named for one thing; programs are told them all."""

T = TypeVar("T", bound=Hashable)


def tell_missed(missed: Iterable[Missed]) -> Iterator[str]:
    """Give a line for each thing that was missed, with the places of which it is true."""
    for what, places in _gathered((each.what, each.place) for each in missed):
        yield f"{_listed(list(_in_short(places)))}: {what}"


def tell_left(left: Iterable[Left]) -> Iterator[str]:
    """Give a line for each thing that was left out, with the questions of which it is true."""
    for what, questions in _gathered((each.what, each.of) for each in left):
        yield f"{_listed(questions)}: {what}"


def _gathered(told: Iterable[tuple[str, T]]) -> Iterator[tuple[str, list[T]]]:
    """Give everything that is told, once and in the order in which it came, and of what."""
    found: dict[str, dict[T, None]] = {}
    for what, of in told:
        found.setdefault(what, {})[of] = None
    return ((what, list(of)) for what, of in found.items())


def _in_short(places: Iterable[Place]) -> Iterator[str]:
    """Give the places, a file once for those of it that follow one another: `quiz.gift:3`, `9`, `14`."""
    file = None
    for place in places:
        yield str(place.line) if place.file == file else str(place)
        file = place.file


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
