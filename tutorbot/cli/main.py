"""The commands, and what each imports when it runs."""

import sys
from getpass import getuser
from importlib.metadata import version
from pathlib import Path

import click

from tutorbot.errors import TutorError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Tells what a person can mend as a sentence, without a traceback; the exit status is then 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named."""
        from tutorbot.slack.failures import SlackError

        try:
            return super().invoke(ctx)
        except (TutorError, SlackError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(version("tutorbot"), prog_name="tutorbot")
def main() -> None:
    """A course tutor that lives in Slack.

    \b
    Try it in the browser, without Slack:   tutorbot demo
    Begin a course of your own:             tutorbot new-course my-course
    Check a course's files:                 tutorbot check my-course
    Run it for one workspace:               tutorbot run
    """


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--report", is_flag=True, help="Also tell how good its questions and lessons are.")
def check(folder: Path, as_json: bool, report: bool) -> None:
    """Check a course's files: every fault with its file, line and column, and what would be right.

    The exit status is 0; 1 when there are faults; 2 when the command cannot be understood.
    """
    from tutorbot.cli import checking

    sys.exit(checking.check(folder, as_json=as_json, with_report=report))


@main.command("new-course")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new_course(folder: Path) -> None:
    """Start a course in FOLDER, which is empty or not there yet: one of each thing a course can have."""
    from tutorbot.cli import new_course as starting

    starting.start(folder)


@main.command()
@click.argument("kind", required=False)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Write all of them there.")
def schema(kind: str | None, into: Path | None) -> None:
    """Print the JSON Schema of a KIND of file, by which an editor completes and checks while one types.

    The kinds are course, module, lesson, questions, case-study, exercise and exam.
    """
    from tutorbot.cli import schemas

    if (kind is None) == (into is None):
        raise click.UsageError("Name one kind of file, or write all of them with --into FOLDER.")
    if into:
        schemas.write_all(into)
    elif kind:
        schemas.show(kind)


@main.command()
@click.option("--port", default=8910, show_default=True, help="Where the page is served, on 127.0.0.1.")
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
    """Try everything on this machine: a small Slack in the browser, with the bot in it."""
    from tutorbot.cli import demo as demonstration

    demonstration.run(port, state, course=course, fresh=fresh, browser=not no_browser)


@main.command()
def run() -> None:
    """Run the bot for one workspace, all in one process, over Socket Mode."""
    from tutorbot.cli import running

    running.run()


@main.command()
@click.option("--port", envvar="PORT", default=3000, show_default=True, help="Where to listen (PORT).")
@click.option("--host", default="0.0.0.0", show_default=True, help="Which address to listen on.")  # noqa: S104
@click.option("--threads", default=16, show_default=True, help="How many requests are taken at once.")
def web(port: int, host: str, threads: int) -> None:
    """Take Slack's requests over HTTP, under gunicorn; `tutorbot worker` delivers what is due."""
    from tutorbot.cli import running

    running.web(host, port, threads)


@main.command()
def worker() -> None:
    """Deliver what is due: beside `tutorbot web`."""
    from tutorbot.cli import running

    running.worker()


@main.group()
def cohort() -> None:
    """Run a course in a channel, with a schedule."""


@cohort.command("start")
@click.option("--course", required=True, help="The course, by its id.")
@click.option("--channel", required=True, help="The channel's id (C…) or #name; the bot must be in it.")
@click.option("--from", "start", required=True, help="The first day, for example 2026-11-30.")
@click.option("--days", default="mon-fri", show_default=True, help="Days of the week: mon-fri, mon,wed …")
@click.option("--at", default="09:00", show_default=True, help="The hour, as clocks in the zone show it.")
@click.option("--zone", required=True, help="The IANA time zone, for example Europe/Zurich.")
@click.option("--skip", multiple=True, help="A day without a lesson, for example 2026-12-25; repeatable.")
@click.option("--per-delivery", default=1, show_default=True, help="How many lessons come at once.")
@click.option("--yes", is_flag=True, help="Do not ask before it starts.")
def cohort_start(
    course: str,
    channel: str,
    start: str,
    days: str,
    at: str,
    zone: str,
    skip: tuple[str, ...],
    per_delivery: int,
    yes: bool,
) -> None:
    """Show the dates a cohort would have, ask, and start it: a welcome with a Join button is posted."""
    from tutorbot.cli import cohorts

    schedule = cohorts.schedule_from(days, at, zone, start, skip, per_delivery)
    cohorts.start(course, channel, schedule, ask=not yes)


@cohort.command("list")
def cohort_list() -> None:
    """List all cohorts, with their learners and their next lesson."""
    from tutorbot.cli import cohorts

    cohorts.show()


@cohort.command("stop")
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask before it stops.")
def cohort_stop(number: int, yes: bool) -> None:
    """Stop a cohort: no lesson is posted any more; its learners go on at their own pace."""
    from tutorbot.cli import cohorts

    cohorts.stop(number, ask=not yes)


@main.command()
@click.argument("number", type=int, required=False)
@click.option("--credit", help="What it is worth, in percent of its points: 0 to 100.")
@click.option("--comment", default="", help="What the learner is told about it.")
@click.option("--by", default=getuser, help="Who marks it.  [default: your user name]")
def mark(number: int | None, credit: str | None, comment: str, by: str) -> None:
    """List the written answers that wait for a mark; show one; or mark it, with --credit.

    \b
    tutorbot mark
    tutorbot mark 17
    tutorbot mark 17 --credit 80 --comment "Clear. Name the event that closes the lot."
    """
    from tutorbot.cli import marking

    if number is None:
        marking.show_waiting()
    elif credit is None:
        marking.show(number)
    else:
        marking.give(number, credit, comment, by)


@main.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Also what is posted, done and dropped.")
@click.option("--limit", default=100, show_default=True, help="How many lines at the most.")
@click.pass_context
def deliveries(context: click.Context, everything: bool, limit: int) -> None:
    """List what is owed: due, being sent, unknown and parked; with --all also what is over."""
    if context.invoked_subcommand is None:
        from tutorbot.cli import ledger

        ledger.show(everything=everything, limit=limit)


@deliveries.command("retry")
@click.argument("number", type=int)
@click.option("--anyway", is_flag=True, help="Post it without looking whether it was posted.")
def deliveries_retry(number: int, anyway: bool) -> None:
    """Owe a parked or dropped delivery again, from now on."""
    from tutorbot.cli import ledger

    ledger.retry(number, anyway=anyway)


@deliveries.command("drop")
@click.argument("number", type=int)
def deliveries_drop(number: int) -> None:
    """Give a delivery up: it will not be posted."""
    from tutorbot.cli import ledger

    ledger.drop(number)
