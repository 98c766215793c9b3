"""The commands of those who run courses, and what each imports when it runs."""

from getpass import getuser

import click

from tutorbot.cli.groups import Group
from tutorbot.cli.options import AS_JSON, NUMBER


@click.group(cls=Group)
def cohort() -> None:
    """Run a course in a channel, with a schedule."""


@cohort.command("start")
@click.option("--course", required=True, help="The course, by its id.")
@click.option("--channel", required=True, help="The channel's id (C…) or #name; the bot must be in it.")
@click.option("--from", "start", required=True, help="The first day, for example 2026-11-30.")
@click.option("--days", default="mon-fri", show_default=True, help="Days of the week: mon-fri, mon,wed …")
@click.option("--at", default="09:00", show_default=True, help="The hour, as clocks in the zone show it.")
@click.option("--zone", required=True, help="The IANA time zone, for example Europe/Zurich.")
@click.option(
    "--skip", multiple=True, help="Days without a lesson, for example 2026-12-25,2026-12-26; repeatable."
)
@click.option(
    "--per-delivery",
    type=click.IntRange(max=100),
    default=1,
    show_default=True,
    help="How many lessons come at once.",
)
@click.option("--yes", is_flag=True, help="Do not ask before it starts.")
@AS_JSON
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
    as_json: bool,
) -> None:
    """Show the dates a cohort would have, ask, and start it: a welcome with a Join button is posted.

    \b
    tutorbot cohort start --course cqrs-event-sourcing --channel "#cqrs-autumn" \\
          --from 2026-11-30 --at 09:00 --zone Europe/Zurich
    tutorbot cohort start --course cqrs-event-sourcing --channel C0123ABCD \\
          --from 2026-11-30 --zone Europe/Zurich --yes --json
    """
    from tutorbot.cli import cohorts

    schedule = cohorts.schedule_from(days, at, zone, start, skip, per_delivery)
    cohorts.start(course, channel, schedule, ask=not yes, as_json=as_json)


@cohort.command("list")
@AS_JSON
def cohort_list(as_json: bool) -> None:
    """List all cohorts, with their learners and their next lesson.

    \b
    tutorbot cohort list --json
    """
    from tutorbot.cli import cohorts

    cohorts.show(as_json=as_json)


@cohort.command("stop")
@click.argument("number", type=NUMBER)
@click.option("--yes", is_flag=True, help="Do not ask before it stops.")
def cohort_stop(number: int, yes: bool) -> None:
    """Stop a cohort: no lesson is posted any more; its learners go on at their own pace.

    \b
    tutorbot cohort stop 3
    """
    from tutorbot.cli import cohorts

    cohorts.stop(number, ask=not yes)


@click.command()
@click.argument("number", type=NUMBER, required=False)
@click.option("--credit", help="What it is worth, in percent of its points: 0 to 100.")
@click.option("--levels", help="By its rubric: the points for each criterion in turn, such as 2,1.")
@click.option("--comment", default="", help="What the learner is told about it.")
@click.option("--by", default=getuser, help="Who marks it.  [default: your user name]")
@AS_JSON
def mark(
    number: int | None, credit: str | None, levels: str | None, comment: str, by: str, as_json: bool
) -> None:
    """List the written answers that wait for a mark; show one; or mark it, with --credit or --levels.

    \b
    tutorbot mark
    tutorbot mark 17
    tutorbot mark 17 --credit 80 --comment "Clear. Name the event that closes the lot."
    tutorbot mark 18 --levels 2,1
    tutorbot mark --json
    """
    from tutorbot.cli import marking

    if credit is not None and levels is not None:
        raise click.UsageError("Give --credit or --levels, not both.")
    given = credit is not None or levels is not None
    if number is None and (given or comment):
        raise click.UsageError("Name the NUMBER of the answer that is marked; `tutorbot mark` lists them.")
    if number is None:
        marking.show_waiting(as_json=as_json)
    elif given:
        marking.give(number, credit=credit, levels=levels, comment=comment, by=by, as_json=as_json)
    elif comment:
        raise click.UsageError("Give --credit or --levels, too: a comment goes with a mark.")
    else:
        marking.show(number, as_json=as_json)


@click.command()
@click.argument("course")
@AS_JSON
def opinions(course: str, as_json: bool) -> None:
    """Tell what learners of COURSE answered to the questions that are not graded, naming nobody.

    \b
    tutorbot opinions cqrs-event-sourcing
    tutorbot opinions cqrs-event-sourcing --json
    """
    from tutorbot.cli import opinions as told

    told.show(course, as_json=as_json)


COMMANDS: tuple[click.Command, ...] = (
    cohort,
    mark,
    opinions,
)
"""In the order in which they are told of."""
