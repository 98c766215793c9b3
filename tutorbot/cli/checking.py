"""`tutorbot check`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from tutorbot.authoring import Report, Summary
from tutorbot.authoring import check as check_folder


def check(folder: Path, *, as_json: bool = False) -> int:
    """Print every fault of the course in the folder, then its figures; return the exit status."""
    report = check_folder(folder)
    if as_json:
        click.echo(json.dumps(_as_data(report), indent=2, ensure_ascii=False))
    else:
        _tell(folder, report)
    return 1 if report.faults else 0


def _tell(folder: Path, report: Report) -> None:
    for fault in report.faults:
        click.echo(f"{folder}/{fault}")
    if report.faults:
        count = len(report.faults)
        click.echo(f"{count} {'fault' if count == 1 else 'faults'}.", err=True)
    elif report.summary:
        click.echo(_figures(report.summary))


def _as_data(report: Report) -> dict[str, Any]:
    """Return what machines read; `summary` is null when there is no telling what the course is."""
    summary = asdict(report.summary) | {"minutes": round(report.summary.minutes)} if report.summary else None
    return {"faults": list(map(asdict, report.faults)), "summary": summary}


def _figures(summary: Summary) -> str:
    hours, minutes = divmod(round(summary.minutes), 60)
    kinds = ", ".join(f"{count} {kind.value}" for kind, count in summary.by_kind.items() if count)
    levels = ", ".join(f"{count} {level.value}" for level, count in summary.by_level.items() if count)
    return (
        f"No faults. {_many(summary.modules, 'module')}, {_many(summary.lessons, 'lesson')} with "
        f"{_many(summary.words, 'word')}, {_many(summary.pictures, 'picture')} and "
        f"{_many(summary.samples, 'sample')} of code.\n"
        f"{_many(summary.review_questions, 'review question')}, {_many(summary.exercises, 'exercise')}, "
        f"an exam that draws {summary.drawn} of {_many(summary.pool, 'question')}.\n"
        f"Kinds: {kinds}. Levels: {levels}.\n"
        f"About {hours} h {minutes:02d} min in all."
    )


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
