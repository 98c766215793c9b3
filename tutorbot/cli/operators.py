"""The commands of those who keep the bot running, and what each imports when it runs."""

import sys
from getpass import getuser
from pathlib import Path

import click

from tutorbot.cli.options import AS_JSON, NUMBER


@click.command()
@click.option("--socket", is_flag=True, help="For Socket Mode, as `tutorbot run` uses it; the default.")
@click.option("--url", metavar="URL", help="For HTTP: the address of `tutorbot web` as Slack reaches it.")
@click.option("--name", default="tutorbot", show_default=True, help="What the app is called in Slack.")
@click.option("--yaml", "as_yaml", is_flag=True, help="As YAML instead of JSON; Slack takes both.")
def manifest(socket: bool, url: str | None, name: str, as_yaml: bool) -> None:
    """Print the app manifest, to paste into Slack when you make the app.

    \b
    tutorbot manifest
    tutorbot manifest --url https://bot.example.org --name "Course tutor"
    """
    from tutorbot.cli import manifest as manifests

    if socket and url is not None:
        raise click.UsageError("An app runs over Socket Mode or over HTTP: leave --socket or --url out.")
    manifests.show(name=name, url=url, as_yaml=as_yaml)


@click.command()
@AS_JSON
def doctor(as_json: bool) -> None:
    """Look whether all is well: settings, database, courses, Slack; and say what to do where it is not.

    Nothing is changed and nothing is posted. The exit status is 0; 1 when there are faults; 2 when the
    command cannot be understood.

    \b
    tutorbot doctor --json
    """
    from tutorbot.cli import doctor as examining

    sys.exit(examining.show(as_json=as_json))


@click.command()
def run() -> None:
    """Run the bot for one workspace, all in one process, over Socket Mode."""
    from tutorbot.cli import running

    running.run()


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Where to listen, instead of PORT.")
@click.option("--host", default="0.0.0.0", show_default=True, help="Which address to listen on.")  # noqa: S104
@click.option(
    "--threads",
    type=click.IntRange(1, 1_000),
    default=16,
    show_default=True,
    help="How many requests are taken at once.",
)
def web(port: int | None, host: str, threads: int) -> None:
    """Take Slack's requests over HTTP, under gunicorn; `tutorbot worker` delivers what is due.

    \b
    tutorbot web --port 8080
    """
    from tutorbot.cli import serving

    serving.web(host, port, threads)


@click.command()
def worker() -> None:
    """Deliver what is due: beside `tutorbot web`."""
    from tutorbot.cli import running

    running.worker()


@click.command()
@AS_JSON
def settings(as_json: bool) -> None:
    """List the settings: their values, where each was given, and what it is for. Secrets are masked.

    \b
    tutorbot settings --json
    """
    from tutorbot.cli import configuration

    configuration.show(as_json=as_json)


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Also what is posted, done and dropped.")
@click.option(
    "--limit",
    type=click.IntRange(0, NUMBER.max),
    help="How many of each at the most; 0 lists all.  [default: 20, with --json all]",
)
@AS_JSON
@click.pass_context
def deliveries(context: click.Context, everything: bool, limit: int | None, as_json: bool) -> None:
    """List what is late, being sent, unknown or parked, and what comes next; with --all also what is over.

    \b
    tutorbot deliveries
    tutorbot deliveries --all --limit 0
    tutorbot deliveries --json
    """
    if context.invoked_subcommand is None:
        from tutorbot.cli import ledger

        ledger.show(everything=everything, limit=limit, as_json=as_json)


@deliveries.command("retry")
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True, type=NUMBER)
@click.option("--anyway", is_flag=True, help="Post it without looking whether it was posted.")
def deliveries_retry(numbers: tuple[int, ...], anyway: bool) -> None:
    """Owe parked or dropped deliveries again, each at its hour or now.

    \b
    tutorbot deliveries retry 17
    tutorbot deliveries retry 17 18 21
    """
    from tutorbot.cli import ledger

    ledger.retry(numbers, anyway=anyway)


@deliveries.command("drop")
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True, type=NUMBER)
def deliveries_drop(numbers: tuple[int, ...]) -> None:
    """Give deliveries up: they will not be posted.

    \b
    tutorbot deliveries drop 17
    """
    from tutorbot.cli import ledger

    ledger.drop(numbers)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite a file of that name.")
@AS_JSON
def backup(file: Path, replace: bool, as_json: bool) -> None:
    """Copy the database to FILE, whole and at one instant, while the bot runs.

    \b
    tutorbot backup /var/backups/tutorbot-2026-11-30.db
    tutorbot backup /var/backups/tutorbot-2026-11-30.db --json
    """
    from tutorbot.cli import backups

    backups.back_up(file, replace=replace, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--put-back", is_flag=True, help="It was put back by other means, such as pg_restore.")
@AS_JSON
def restore(file: Path | None, put_back: bool, as_json: bool) -> None:
    """Put the backup FILE in the place of the database, which is kept beside it. The bot must be stopped.

    What was due by now and may be posted already is looked for in Slack before it is posted.

    \b
    tutorbot restore /var/backups/tutorbot-2026-11-30.db
    tutorbot restore /var/backups/tutorbot-2026-11-30.db --json
    """
    if (file is None) != put_back:
        raise click.UsageError("Name the FILE of a backup, or write --put-back without one.")
    from tutorbot.cli import backups

    backups.restore(file, as_json=as_json)


@click.command()
@click.argument("user")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="A new or empty folder.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON, for programs.")
def export(user: str, into: Path | None, as_json: bool) -> None:
    """Write all that is stored about USER to files, as JSON and as tables. USER is an id of Slack or a name.

    \b
    tutorbot export U0123ABCD --into anna
    tutorbot export U0123ABCD --json
    """
    from tutorbot.cli import people

    people.export(user, into, as_json=as_json)


@click.command()
@click.argument("user")
@click.option("--yes", is_flag=True, help="Do not ask before it is erased.")
@click.option("--by", default=getuser, help="Who erases it, for the record.  [default: your user name]")
@AS_JSON
def erase(user: str, yes: bool, by: str, as_json: bool) -> None:
    """Show what is stored about USER, ask, and erase it for good. USER is an id of Slack or a name.

    \b
    tutorbot erase U0123ABCD
    tutorbot erase U0123ABCD --yes --json
    """
    from tutorbot.cli import people

    people.erase(user, by, ask=not yes, as_json=as_json)


COMMANDS: tuple[click.Command, ...] = (
    manifest,
    doctor,
    run,
    web,
    worker,
    settings,
    deliveries,
    backup,
    restore,
    export,
    erase,
)
"""In the order in which they are told of."""
