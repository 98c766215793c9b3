"""`tutorbot import` and `tutorbot export-course`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from tutorbot import authoring
from tutorbot.cli import checking, programs
from tutorbot.cli.progress import progress
from tutorbot.cli.wording import count
from tutorbot.errors import BadInput
from tutorbot.exchange.detecting import READERS, Format, detect
from tutorbot.exchange.filing import Filed, filed
from tutorbot.exchange.gift.writing import write as write_gift
from tutorbot.exchange.given import Given
from tutorbot.exchange.olx.writing import write as write_olx
from tutorbot.exchange.taken import Missed, Taken, Unreadable
from tutorbot.exchange.telling import tell_left, tell_missed


def take(files: Sequence[Path], into: Path, form: str | None, *, as_json: bool) -> int:
    """Write the questions of the files into the folder, tell what is not taken; return the exit status.

    It is 1 where no question could be taken, or a file could not be read.
    """
    taken: dict[str, Taken] = {}
    unread: list[Missed] = []
    with progress("Reading the files") as shown:
        for file in shown.over(files):
            try:
                name, found = _read(file, Format(form) if form else None)
            except Unreadable as error:
                unread.append(Missed(error.place, error.what))
            else:
                taken[_free(name, taken)] = found
        shown.doing("Writing the questions")
        found_all = filed(taken)
        _write(into, found_all.files)
    if as_json:
        programs.tell(_taken_data(found_all, unread))
    else:
        _tell_taken(found_all, unread, into)
    return 1 if unread or not found_all.questions else 0


def give(folder: Path, form: str, into: Path, *, as_json: bool) -> int:
    """Write the course in the folder in the other format, tell what it cannot hold; return the exit status.

    It is 1 where the course has faults, or the format can hold none of it.
    """
    try:
        with progress("Reading the course") as shown:
            loaded = authoring.load(folder, shown.count)
    except authoring.CourseFaults as found:
        if as_json:
            programs.tell({"faults": found.faults})
        else:
            checking.tell_faults(folder, found.faults)
        return 1
    with progress(f"Writing {into}"):
        if form == Format.OLX:
            given = write_olx(loaded, into)
        else:
            given = write_gift(loaded.course.questions().values(), into.name)
            _write(into.parent, given.files)
    if as_json:
        files, left = sorted(given.files), given.left
        programs.tell({"faults": [], "files": files, "questions": given.questions, "left": left})
    else:
        _tell_given(given, into)
    return 0 if given.questions else 1


def _read(file: Path, form: Format | None) -> tuple[str, Taken]:
    named = file if file.name else file.resolve()  # `.` has none
    return file.resolve().name.partition(".")[0], READERS[form or detect(named)](named)


def _free(name: str, others: Iterable[str]) -> str:
    """Return the name, longer where another file has the same."""
    while name in others:
        name += "-2"
    return name


def _write(into: Path, files: Mapping[str, bytes]) -> None:
    """Write new files; raises BadInput when one of them is there already, and then writes none."""
    for name in files:
        if (into / name).exists():
            raise BadInput(f"`{into / name}` is there already. Move it away, or name another place.")
    for name, data in files.items():
        try:
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(data)
        except OSError as error:
            raise BadInput(f"`{into / name}` cannot be written ({error.strerror}).") from None


def _taken_data(found: Filed, unread: Iterable[Missed]) -> dict[str, object]:
    return {
        "files": sorted(found.files),
        "questions": found.questions,
        "missed": [{**asdict(miss.place), "what": miss.what} for miss in found.missed],
        "unread": [{**asdict(miss.place), "what": miss.what} for miss in unread],
    }


def _tell_taken(found: Filed, unread: Sequence[Missed], into: Path) -> None:
    for line in tell_missed((*found.missed, *unread)):
        click.echo(line)
    names = [str(into / name) for name in found.files if name.endswith(".yaml")]
    if names:
        click.echo(
            f"{count(found.questions, 'question')} in {count(len(names), 'new file')}:\n"
            + "".join(f"  {name}\n" for name in names)
            + "Put each file beside its lesson, under the lesson's name, and the pictures with it. Then "
            "`tutorbot check` tells what is still to be written."
        )
    else:
        click.echo("There is no question that could be taken.", err=True)


def _tell_given(given: Given, into: Path) -> None:
    for line in tell_left(given.left):
        click.echo(line)
    if given.questions:
        click.echo(f"{count(given.questions, 'question')} in {into}.")
    else:
        click.echo("There is no question that the format can hold.", err=True)
