"""`tutorbot backup` and `tutorbot restore`."""

from dataclasses import asdict
from pathlib import Path

import click

from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.clock import machine_now
from tutorbot.settings import read_settings
from tutorbot.upkeep import backing_up, restoring
from tutorbot.upkeep.restoring import Restored

APART = "Tokens and keys are not in it: they are in the settings. Keep those apart from it, and as safe."


def back_up(file: Path, *, replace: bool, as_json: bool) -> None:
    """Copy the database while it is used, and say where the copy is and what is not in it."""
    url = read_settings().database_url
    with progress("Copying the database") as shown:
        taken = backing_up.back_up(url, file, replace=replace, doing=shown.doing)
    if as_json:
        programs.tell({"file": taken.file, "bytes": taken.size, "step": taken.step})
        return
    click.echo(f"The database is copied to {taken.file} ({_in_words(taken.size)}), and the copy is whole.")
    click.echo(APART)


def restore(file: Path | None, *, as_json: bool) -> None:
    """Put a backup in the place of the database; without a file, settle one that was put back already."""
    url, now = read_settings().database_url, machine_now()
    with progress("Looking whether the bot is stopped") as shown:
        if file is None:
            restored = restoring.settle_put_back(url, now=now, doing=shown.doing)
        else:
            restored = restoring.restore(url, file, now=now, doing=shown.doing)
    if as_json:
        programs.tell(asdict(restored))
        return
    _tell(restored)


def _tell(restored: Restored) -> None:
    click.echo(f"The database is put back: {restored.database}.")
    if restored.kept:
        click.echo(f"The one that was there is kept as {restored.kept}.")
    if restored.doubted:
        messages = "message that was" if restored.doubted == 1 else "messages that were"
        click.echo(
            f"{restored.doubted} {messages} due by now may be posted already. When the bot runs it looks "
            "for each in Slack, and posts what is not there."
        )
    click.echo("Who was erased after the backup was taken is in it again: erase them once more.")


def _in_words(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.0f} kB"
