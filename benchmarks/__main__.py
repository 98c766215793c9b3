"""Measures what the bot costs, and writes the figures down in benchmarks/RESULTS.md."""

import argparse
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import answers, courses, deliveries, grades, ledger, startup
from benchmarks.report import Section, written

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be measured, in so many rounds unless another number is given."""

    measure: Callable[..., Section]
    rounds: int


SUBJECTS = {
    "answers": Subject(answers.measure, 5),
    "deliveries": Subject(deliveries.measure, 5),
    "ledger": Subject(ledger.measure, 5),
    "grades": Subject(grades.measure, 1_000),
    "startup": Subject(startup.measure, 15),
    "courses": Subject(courses.measure, 15),
}


def main() -> None:
    """Measure the subjects that are named, or all; print each and write it down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=f"which to measure (all): {', '.join(SUBJECTS)}")
    parser.add_argument("--rounds", type=int, help="how many rounds, instead of what fits a subject")
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    given = parser.parse_args()
    if unknown := set(given.subjects) - set(SUBJECTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    logging.getLogger("tutorbot").setLevel(logging.ERROR)  # that a database is new is no news here
    for name in given.subjects or SUBJECTS:
        subject = SUBJECTS[name]
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            section = subject.measure(Path(folder), rounds=given.rounds or subject.rounds)
        for figure in section.figures:
            print(figure.row(name), flush=True)
        page = RESULTS.read_text() if RESULTS.exists() else ""
        RESULTS.write_text(written(page, {name: section}, list(SUBJECTS), on=datetime.now(UTC).date()))


if __name__ == "__main__":
    main()
