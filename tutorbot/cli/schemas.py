"""`tutorbot schema`."""

import json
from pathlib import Path

import click

from tutorbot.authoring.formats.schema import FILES, schema_of


def show(kind: str) -> None:
    """Print the schema of a kind of file; UsageError for a kind that there is not."""
    if kind not in FILES:
        raise click.UsageError(f"There is no kind of file `{kind}`; the kinds are {', '.join(FILES)}.")
    click.echo(text_of(kind), nl=False)


def write_all(folder: Path) -> None:
    """Write a schema for each kind of file into the folder, and say what was written."""
    write_schemas(folder)
    for kind, file in FILES.items():
        click.echo(f"{folder / file_name(kind)}: {file.where}")


def write_schemas(folder: Path) -> None:
    """Write a schema for each kind of file into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in FILES:
        (folder / file_name(kind)).write_text(text_of(kind), encoding="utf-8")


def file_name(kind: str) -> str:
    """Return the name of the file that holds the schema of this kind."""
    return f"{kind}.schema.json"


def text_of(kind: str) -> str:
    """Return the schema of a kind of file as JSON."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"
