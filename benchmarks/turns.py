"""Measures several things in turns, so that what else the machine does meets all of them."""

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(rounds: int, *measures: Callable[[], float]) -> list[tuple[float, ...]]:
    """Return what each comes to in each round; every other round goes through them backwards."""
    found: list[tuple[float, ...]] = []
    for number in range(rounds):
        if number % 2:
            found.append(tuple(reversed([measure() for measure in reversed(measures)])))
        else:
            found.append(tuple(measure() for measure in measures))
    return found


def middle_ratio(rounds: Sequence[tuple[float, ...]]) -> float:
    """Return the median of what the second of each round is of the first."""
    return statistics.median(second / first for first, second, *_ in rounds)


def middle(rounds: Sequence[tuple[float, ...]], column: int) -> float:
    """Return the median of a column."""
    return statistics.median(each[column] for each in rounds)
