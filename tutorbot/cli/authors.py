"""The commands of those who write courses, and what each imports when it runs."""

import sys
from pathlib import Path

import click

from tutorbot.cli.groups import Group
from tutorbot.cli.options import AS_JSON


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@AS_JSON
@click.option("--report", is_flag=True, help="Also tell how good its questions and lessons are.")
def check(folder: Path, as_json: bool, report: bool) -> None:
    """Check a course's files: every fault with its file, line and column, and what would be right.

    The exit status is 0; 1 when there are faults; 2 when the command cannot be understood.

    \b
    tutorbot check my-course
    tutorbot check --report my-course
    tutorbot check --json my-course
    """
    from tutorbot.cli import checking

    sys.exit(checking.check(folder, as_json=as_json, with_report=report))


@click.command("new-course")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new_course(folder: Path) -> None:
    """Start a course in FOLDER, which is empty or not there yet: one of each thing a course can have.

    \b
    tutorbot new-course my-course
    """
    from tutorbot.cli import new_course as starting

    starting.start(folder)


@click.command()
@click.argument("kind", required=False)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Write all of them there.")
def schema(kind: str | None, into: Path | None) -> None:
    """Print the JSON Schema of a KIND of file, by which an editor completes and checks while one types.

    The kinds are course, module, lesson, questions, case-study, exercise and exam.

    \b
    tutorbot schema questions
    tutorbot schema --into my-course/.schemas
    """
    from tutorbot.cli import schemas

    if (kind is None) == (into is None):
        raise click.UsageError("Name one kind of file, or write all of them with --into FOLDER.")
    if into:
        schemas.write_all(into)
    elif kind:
        schemas.show(kind)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8910,
    show_default=True,
    help="Where the page is served, on 127.0.0.1; 0 takes any that is free.",
)
@click.option(
    "--state", type=click.Path(path_type=Path, file_okay=False), help="Where the demo keeps its state."
)
@click.option("--fresh", is_flag=True, help="Begin anew: forget what earlier runs left.")
@click.option(
    "--course",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with another course to play; by default the one that comes with the program.",
)
@click.option("--no-browser", is_flag=True, help="Print the page's address, and open nothing.")
def demo(port: int, state: Path | None, fresh: bool, course: Path | None, no_browser: bool) -> None:
    """Try everything on this machine: a small Slack in the browser, with the bot in it.

    \b
    tutorbot demo
    tutorbot demo --course my-course
    """
    from tutorbot.cli import demo as demonstration

    demonstration.run(port, state, course=course, fresh=fresh, browser=not no_browser)


@click.group(cls=Group)
def course() -> None:
    """Bring a course into a running workspace, and see its versions."""


@course.command("add")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--dry-run", is_flag=True, help="Tell what would change, and store nothing.")
@AS_JSON
def course_add(folder: Path, dry_run: bool, as_json: bool) -> None:
    """Offer the course in FOLDER, and tell what changes: whoever joins from now on takes this version.

    Those who have begun, and cohorts that run, keep the version they have. A course with faults is not
    taken: they are printed, and the exit status is 1.

    \b
    tutorbot course add --dry-run my-course
    tutorbot course add my-course
    tutorbot course add --json my-course
    """
    from tutorbot.cli import courses

    sys.exit(courses.add(folder, dry_run=dry_run, as_json=as_json))


@course.command("list")
@AS_JSON
def course_list(as_json: bool) -> None:
    """List all courses: the version that is taken now, how many people take part, and the cohorts.

    \b
    tutorbot course list --json
    """
    from tutorbot.cli import courses

    courses.show_all(as_json=as_json)


@course.command("show")
@click.argument("name", metavar="ID")
@click.argument("digest", default="")
@AS_JSON
def course_show(name: str, digest: str, as_json: bool) -> None:
    """Show the course ID, its versions, and what changed from one to the next; or one version alone.

    The beginning of a DIGEST is enough to name a version.

    \b
    tutorbot course show cqrs-event-sourcing
    tutorbot course show cqrs-event-sourcing --json
    """
    from tutorbot.cli import courses

    courses.show(name, digest, as_json=as_json)


@click.command("import")
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default=True,
    help="The folder in which the new files are written.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["gift", "olx", "qti"]),
    help="What the files are in; without it, that is told by their names and content.",
)
@AS_JSON
def import_questions(files: tuple[Path, ...], into: Path, form: str | None, as_json: bool) -> None:
    """Take questions from other programs: each FILE is in GIFT (Moodle), OLX (Open edX) or QTI (Canvas).

    They become new files of questions; nothing is written over. Whatever is not taken as it was is told with
    its file and line. The exit status is 0; 1 when nothing could be taken or a file cannot be read; 2 when
    the command cannot be understood.

    \b
    tutorbot import quiz.gift
    tutorbot import --into my-course/1-first-steps course.tar.gz
    tutorbot import --json quiz.gift
    """
    from tutorbot.cli import exchange

    sys.exit(exchange.take(files, into, form, as_json=as_json))


@click.command("export-course")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--to",
    "form",
    type=click.Choice(["gift", "olx"]),
    required=True,
    help="gift: the questions, for Moodle. olx: the whole course, for Open edX.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    required=True,
    help="A new file; for OLX a new folder, or a new file that ends in .tar.gz.",
)
@AS_JSON
def export_course(folder: Path, form: str, into: Path, as_json: bool) -> None:
    """Write the course in FOLDER for other programs, and tell what they cannot hold.

    The exit status is 0; 1 when the course has faults or nothing of it could be written; 2 when the command
    cannot be understood.

    \b
    tutorbot export-course my-course --to gift --into my-course.gift
    tutorbot export-course my-course --to olx --into my-course.tar.gz
    tutorbot export-course my-course --to gift --into my-course.gift --json
    """
    from tutorbot.cli import exchange

    sys.exit(exchange.give(folder, form, into, as_json=as_json))


COMMANDS: tuple[click.Command, ...] = (
    check,
    new_course,
    schema,
    demo,
    course,
    import_questions,
    export_course,
)
"""In the order in which they are told of."""
