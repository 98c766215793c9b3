"""`tutorbot check`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from tutorbot.authoring import Fault, Report, Summary, Unwritten
from tutorbot.authoring import check as check_folder
from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.cli.report import report
from tutorbot.cli.wording import count


def check(folder: Path, *, as_json: bool = False, with_report: bool = False) -> int:
    """Print the faults of the course, its figures, and what is still to be written; return the exit status.

    With a report, tell also how good its questions and lessons are.
    """
    with progress("Reading the course") as shown:
        found = check_folder(folder, shown.count)
        quality = None
        if with_report:
            shown.doing("Measuring its questions and lessons")
            quality = found.quality
    if as_json:
        data = _as_data(found)
        if with_report:
            data["quality"] = quality
        programs.tell(data)
    else:
        _tell(folder, found)
        if quality:
            click.echo("\n" + report(quality))
    return 1 if found.faults else 0


def tell_faults(folder: Path, faults: Sequence[Fault]) -> None:
    """Print the faults of the course in the folder, and how many there are."""
    for fault in faults:
        click.echo(f"{folder}/{fault}")
    click.echo(f"{count(len(faults), 'fault')}.", err=True)


def unwritten(places: Sequence[Unwritten]) -> str:
    """Return how much is still to be written, as the beginning of a sentence."""
    return f"{len(places):,} {'place is' if len(places) == 1 else 'places are'} still to be written"


def _tell(folder: Path, report: Report) -> None:
    if report.faults:
        tell_faults(folder, report.faults)
    elif summary := report.summary:
        click.echo(f"No faults. {figures(summary)}")
    for place in report.unwritten:
        click.echo(f"{folder}/{place}")
    if report.unwritten:
        click.echo(f"{unwritten(report.unwritten)}; learners would see what stands there.")


def _as_data(found: Report) -> dict[str, Any]:
    """Return what programs read; null stands for what cannot be told of a course with faults."""
    summary = found.summary
    return {
        "faults": found.faults,
        "unwritten": found.unwritten,
        "summary": asdict(summary) | {"minutes": round(summary.minutes)} if summary else None,
    }


def figures(summary: Summary) -> str:
    """Return what there is of each kind, and the minutes that it takes."""
    hours, minutes = divmod(round(summary.minutes), 60)
    kinds = ", ".join(f"{number} {kind.value}" for kind, number in summary.by_kind.items() if number)
    levels = ", ".join(f"{number} {level.value}" for level, number in summary.by_level.items() if number)
    return (
        f"{count(summary.modules, 'module')}, {count(summary.lessons, 'lesson')} with "
        f"{count(summary.words, 'word')}, {count(summary.pictures, 'picture')} and "
        f"{count(summary.samples, 'sample')} of code.\n"
        f"{count(summary.review_questions, 'review question')}, {count(summary.exercises, 'exercise')}, "
        f"an exam that draws {summary.drawn} of {count(summary.pool, 'question')}.\n"
        f"Kinds: {kinds}. Levels: {levels}.\n"
        f"About {f'{hours} h {minutes:02d}' if hours else minutes} min in all."
    )
