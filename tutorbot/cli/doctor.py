"""`tutorbot doctor`."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby

import click

from tutorbot.cli import programs
from tutorbot.cli.progress import Progress, progress
from tutorbot.doctor import Finding, Level, Look, examine

WIDTH = 100
_COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.FAULT: "red"}


def show(*, as_json: bool) -> int:
    """Print how everything stands, and return the exit status: 1 where there are faults."""
    with progress("Looking at the settings") as shown:
        findings = examine(looking=partial(_look, shown))
    if as_json:
        programs.tell(_as_data(findings))
    else:
        _tell(findings)
    return 1 if _count(findings, Level.FAULT) else 0


def _look(shown: Progress, at: Look) -> None:
    shown.doing(f"Looking at {at}")
    shown.count(list(Look).index(at), len(Look))


def _tell(findings: Sequence[Finding]) -> None:
    for part, those in groupby(findings, key=lambda finding: finding.part):
        click.echo(click.style(part.capitalize(), bold=True))
        for finding in those:
            click.echo(_lines(finding))
    click.echo(_summary(findings))


def _lines(finding: Finding) -> str:
    """Return a finding in lines: how it stands, what was found, and below that what to do."""
    beside = " " * len(f"  {Level.WARNING}  ")
    says = click.wrap_text(finding.says, WIDTH, beside, beside).removeprefix(beside)
    level = click.style(f"{finding.level:<{len(Level.WARNING)}}", fg=_COLOURS[finding.level])
    lines = f"  {level}  {says}"
    if finding.do:
        lines += "\n" + click.wrap_text(finding.do, WIDTH, f"{beside}→ ", f"{beside}  ")
    return lines


def _summary(findings: Sequence[Finding]) -> str:
    faults, warnings = _count(findings, Level.FAULT), _count(findings, Level.WARNING)
    told = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((faults, "fault"), (warnings, "warning"))
        if number
    ]
    return f"{' and '.join(told)}." if told else "All is well."


def _as_data(findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "faults": _count(findings, Level.FAULT),
        "warnings": _count(findings, Level.WARNING),
        "findings": [asdict(finding) for finding in findings],
    }


def _count(findings: Sequence[Finding], level: Level) -> int:
    return sum(finding.level is level for finding in findings)
