"""A copy of the database, taken while it is used."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from tutorbot.presence import Presence
from tutorbot.upkeep.files import (
    Doing,
    UpkeepFailed,
    check_whole,
    copy_whole,
    explained,
    file_of,
    put_in_place,
    quietly,
    refuse_special,
)

HOW_ON_POSTGRESQL = """\
This database is on PostgreSQL, whose own tools copy it while the bot runs:

    pg_dump --format=custom --file={file} "$DATABASE_URL"

Tokens and keys are not in the copy: keep the settings apart. To put it back, stop the bot, then:

    pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" {file}
    tutorbot restore --put-back

The last line sees to it that nothing is posted twice."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was taken and checked: where, of how many bytes, at which step of the migrations."""

    file: Path
    size: int
    step: str


def back_up(database_url: str, file: Path, *, replace: bool = False, doing: Doing = quietly) -> Backup:
    """Copy the database to a file, which appears only when it is whole.

    Raise UpkeepFailed where that file is there already (unless `replace`), where it cannot be written,
    and on PostgreSQL, with how it is done there; NotWhole where the database itself is damaged.
    """
    database = file_of(database_url)
    if database is None:
        raise UpkeepFailed(HOW_ON_POSTGRESQL.format(file=file))
    refuse_special(file)
    if file.exists() and not replace:
        raise UpkeepFailed(f"{file} is there already. Choose another name, or add --replace.")
    if file.exists() and database.exists() and file.samefile(database):
        raise UpkeepFailed(f"{file} is the database itself. Choose another name.")
    if not database.is_file():
        raise UpkeepFailed(f"There is no database yet: {database}.")
    if not file.absolute().parent.is_dir():
        raise UpkeepFailed(f"There is no folder {file.parent}. Make it, or name another.")
    with (
        explained(file),
        tempfile.TemporaryDirectory(prefix=".backup-", dir=file.absolute().parent) as folder,
    ):
        present = Presence(database)
        copy = Path(folder) / file.name
        doing("Copying the database")
        copy_whole(database, copy, mode="rw")
        doing("Checking the copy")
        step = check_whole(copy, of=database)
        put_in_place(copy, file)
        present.leave()
        return Backup(file, file.stat().st_size, step)
