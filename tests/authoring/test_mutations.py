"""Each of hundreds of broken courses is reported at the file and line where it was broken."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authoring.conftest import SMALL
from tests.authoring.mutations import Mutant, mutants
from tutorbot.authoring import check

OF_EACH_MISTAKE = 10
MOST_TOLD = 3
"""One mistake may spoil what depends on it, and drowns in no list of faults."""
MISTAKES: dict[str, list[Mutant]] = defaultdict(list)
for each in mutants(SMALL):
    MISTAKES[each.mistake].append(each)


def chosen() -> Iterator[Mutant]:
    """Yield some of each mistake, spread evenly over the course."""
    for alike in MISTAKES.values():
        step = max(1, len(alike) // OF_EACH_MISTAKE)
        yield from alike[::step][:OF_EACH_MISTAKE]


MUTANTS = list(chosen())


def test_hundreds_of_courses_are_broken_by_dozens_of_mistakes() -> None:
    assert len(MUTANTS) >= 200
    assert len(MISTAKES) >= 40
    assert {mutant.file for mutant in MUTANTS} == {
        file.relative_to(SMALL).as_posix() for file in SMALL.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.mistake} {mutant.at}")
def test_a_broken_course_is_reported_where_it_was_broken(mutant: Mutant, copy: Path) -> None:
    mutant.break_it(copy)

    faults = check(copy).faults

    assert (mutant.file, mutant.line) in {(fault.file, fault.line) for fault in faults}, faults
    assert len(faults) <= MOST_TOLD, faults
