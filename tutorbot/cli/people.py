"""`tutorbot export` and `tutorbot erase`."""

import csv
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from tutorbot import app
from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.errors import BadInput
from tutorbot.settings import Settings, read_settings
from tutorbot.tutor import erasing, exporting
from tutorbot.tutor.erasing import Stored
from tutorbot.tutor.exporting import Cells
from tutorbot.tutor.persons import NobodyKnown
from tutorbot.upkeep.files import UpkeepFailed, explained
from tutorbot.upkeep.sweeping import sweep

WHOLE = "everything.json"
ABOUT = """\
All that tutorbot stores about {who}.

everything.json holds everything, for programs. Each .csv file is one of its tables, for a spreadsheet:

grades.csv       the course mark and its parts, as they are now
learners.csv     the name and the time zone, as Slack gave them
enrollments.csv  the courses that were joined; memberships.csv: from when to when
attempts.csv     every answer, with its question; marks.csv: what written answers were given, and the comments
drawings.csv     every question as it was shown; places.csv: the messages they were shown in
sittings.csv     final exams; closings.csv: how they ended
awards.csv       courses that were passed
openings.csv     lessons that were open; readings.csv: lessons that were read
deliveries.csv   messages that were sent, or are to be
uploads.csv      pictures of badges in Slack

Times are in UTC. In the .csv files a ' stands before what a spreadsheet could take for a formula.
The messages themselves are in Slack.
"""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(user: str, into: Path | None, *, as_json: bool) -> None:
    """Write everything about a person to files; as JSON to the standard output."""
    with progress("Looking up what is stored"):
        tutor = app.open_tutor(read_settings(), offer=False)
        try:
            stored = erasing.what_is_stored(tutor, user)
            told = exporting.export(tutor, stored.learner)
        finally:
            tutor.store.close()
    if as_json:
        programs.tell(told)
        return
    folder = into or Path(f"tutorbot-export-{stored.learner.user}")
    with explained(folder):
        _write(folder, _who(stored), told)
    click.echo(f"All that is stored about {_who(stored)} is in {folder}: {_in_words(stored.rows)}.")


def erase(user: str, by: str, *, ask: bool, as_json: bool) -> None:
    """Show what is stored about a person, ask, erase it, and say what is left elsewhere."""
    settings = read_settings()
    tutor = app.open_tutor(settings, offer=False)
    rows: Mapping[str, int] = {}
    try:
        with progress("Looking up what is stored"):
            stored = erasing.what_is_stored(tutor, user)
        if ask:
            click.echo(f"About {_who(stored)} there are {_in_words(stored.rows)}.", err=as_json)
            if not click.confirm("Erase all of it, for good?", err=as_json):
                click.echo("Nothing was erased.", err=as_json)
                return
        with progress("Erasing"):
            rows = erasing.erase(tutor, stored.learner, by=by)
        told = f"Erased: {_in_words(rows)}."
    except NobodyKnown as nobody:
        told = str(nobody)  # erased before, perhaps, when the file could not be swept
    finally:
        tutor.store.close()
    _sweep(settings, told)
    if as_json:
        programs.tell({"erased": dict(rows)})
        return
    click.echo(told)
    if rows:
        click.echo(
            "Backups still hold what they held, until they are gone. Slack keeps what was posted there:\n"
            "their direct messages, and a badge in a channel, which staff can delete."
        )


def _sweep(settings: Settings, told: str) -> None:
    try:
        with progress("Rewriting the database without it"):
            sweep(settings.database_url)
    except UpkeepFailed as failure:
        raise UpkeepFailed(
            f"{told} But the file of the database could not be rewritten: {failure} Traces of the rows may "
            "be left in it. Run the same command again when less is going on."
        ) from failure


def _write(folder: Path, who: str, told: Mapping[str, Sequence[Cells]]) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadInput(f"{folder} is not empty. Name another folder, with --into.")
    _write_text(folder / "README.txt", ABOUT.format(who=who))
    _write_text(folder / WHOLE, _json(told) + "\n")
    for name, rows in told.items():
        if rows:
            _write_table(folder / f"{name}.csv", rows)


def _write_text(path: Path, text: str) -> None:
    with open(path, "w", encoding="utf-8", opener=_for_the_owner) as file:
        file.write(text)


def _write_table(path: Path, rows: Sequence[Cells]) -> None:
    with open(path, "w", encoding="utf-8-sig", newline="", opener=_for_the_owner) as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _cell(value: object) -> str:
    """Return a value as a spreadsheet shows it, and never runs it."""
    if value is None or isinstance(value, (bool, int)):
        return "" if value is None else str(value).lower()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        text = "\n".join(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _json(told: Mapping[str, Sequence[Cells]]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def _who(stored: Stored) -> str:
    return f"{stored.name} ({stored.learner.user})" if stored.name else stored.learner.user


def _in_words(rows: Mapping[str, int]) -> str:
    told = [f"{number} {name if number > 1 else _one(name)}" for name, number in sorted(rows.items())]
    return ", ".join(told)


def _one(name: str) -> str:
    return {"deliveries": "delivery"}.get(name, name.removesuffix("s"))
