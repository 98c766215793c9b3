"""`tutorbot new-course`."""

import shlex
from pathlib import Path

import click

from tutorbot.authoring.starting import start_course
from tutorbot.cli.schemas import write_schemas

SCHEMAS = ".schemas"
"""Where the first line of each file of the starter looks for its schema."""


def start(folder: Path) -> None:
    """Write a course into the folder, with the schemas by which editors check it; say what to do next."""
    course_id, typed = start_course(folder), shlex.quote(str(folder))
    write_schemas(folder / SCHEMAS)
    click.echo(
        f"The course {course_id} is in {folder}. It has no faults and can be played as it is.\n"
        f"  Play it:    tutorbot demo --course {typed}\n"
        f"  Change it:  begin with {folder / 'course.yaml'}\n"
        f"  Check it:   tutorbot check {typed}"
    )
