"""`tutorbot check`."""

from pathlib import Path

import click

from tutorbot.authoring import Summary
from tutorbot.authoring import check as check_folder


def check(folder: Path) -> int:
    """Print every fault of the course in the folder, then its figures; return the exit status."""
    report = check_folder(folder)
    for fault in report.faults:
        click.echo(f"{folder}/{fault}")
    if report.faults:
        count = len(report.faults)
        click.echo(f"{count} {'fault' if count == 1 else 'faults'}.", err=True)
        return 1
    if report.summary:
        click.echo(_figures(report.summary))
    return 0


def _figures(summary: Summary) -> str:
    hours, minutes = divmod(round(summary.minutes), 60)
    kinds = ", ".join(f"{count} {kind.value}" for kind, count in summary.by_kind.items() if count)
    levels = ", ".join(f"{count} {level.value}" for level, count in summary.by_level.items() if count)
    return (
        f"No faults. {summary.modules} modules, {summary.lessons} lessons with {summary.words:,} words, "
        f"{summary.pictures} pictures and {summary.samples} samples of code.\n"
        f"{summary.review_questions} review questions, {summary.exercises} exercises, "
        f"an exam that draws {summary.drawn} of {summary.pool} questions.\n"
        f"Kinds: {kinds}. Levels: {levels}.\n"
        f"About {hours} h {minutes:02d} min in all."
    )
