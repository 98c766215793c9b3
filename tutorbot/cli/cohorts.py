"""`tutorbot cohort`."""

from collections.abc import Sequence
from datetime import date, timedelta

import click

from tutorbot import app
from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.cli.wording import count
from tutorbot.errors import BadInput
from tutorbot.lessons import timewords
from tutorbot.lessons.pacing import Schedule
from tutorbot.lessons.timewords import describe_days, wall_time
from tutorbot.settings import read_settings
from tutorbot.slack import Refused, Slack
from tutorbot.tutor import cohorts
from tutorbot.tutor.cohorts import CohortLine, Plan

LATE = timedelta(minutes=10)


def schedule_from(
    days: str, at: str, zone: str, start: str, skip: Sequence[str], per_delivery: int
) -> Schedule:
    """Return the schedule that was typed; BadInput says what would be right."""
    try:
        return Schedule(
            days=timewords.parse_days(days),
            at=timewords.parse_time(at),
            zone=timewords.parse_zone(zone),
            start=_day(start),
            skip=frozenset(_day(day) for days_off in skip for day in days_off.split(",")),
            per_delivery=per_delivery,
        )
    except ValueError as fault:
        raise BadInput(str(fault)) from None


def start(course: str, channel: str, schedule: Schedule, *, ask: bool, as_json: bool) -> None:
    """Show the dates, ask, start the cohort, and say what happens now."""
    settings = read_settings()
    with progress("Looking for the channel in Slack"):
        tutor = app.open_tutor(settings)
        slack = app.open_slack(settings, tutor)
        plan = cohorts.plan_cohort(tutor, course, schedule)
        channel_id, name = _find_channel(slack, channel)
        team = slack.identity().team
        cohorts.check_free(tutor, team, channel_id)
    _show_dates(plan, name, err=as_json)
    past = sum(at < tutor.now() - LATE for _, _, at in plan.lessons)
    if past:
        click.echo(
            f"Past already, to be posted one after another, ten minutes apart: {count(past, 'lesson')}.",
            err=as_json,
        )
    if ask and not click.confirm("Start this cohort?", err=as_json):
        click.echo("Nothing was started.", err=as_json)
        return
    number = cohorts.start_cohort(tutor, team, channel_id, plan)
    tutor.store.close()
    if as_json:
        programs.tell({"cohort": number, "channel": channel_id, "lessons": _plan_data(plan)})
        return
    click.echo(f"Cohort {number} is started. `tutorbot run`, or `tutorbot worker`, posts its welcome.")


def show(*, as_json: bool) -> None:
    """List all cohorts."""
    with progress("Counting learners and lessons"):
        tutor = app.open_tutor(read_settings())
        lines = cohorts.list_cohorts(tutor)
        tutor.store.close()
    if as_json:
        programs.tell({"cohorts": list(map(_line_data, lines))})
        return
    if not lines:
        click.echo("There is no cohort yet. `tutorbot cohort start --help` says how to begin one.")
    for line in lines:
        cohort, schedule = line.cohort, line.cohort.schedule
        rhythm = f"{describe_days(schedule.days)} at {schedule.at:%H:%M} ({schedule.zone.key})"
        if cohort.stopped_at:
            state = f"stopped on {cohort.stopped_at:%Y-%m-%d}"
        elif line.next_at:
            state = f"next lesson on {wall_time(line.next_at, schedule.zone.key)}"
        else:
            state = "all lessons posted"
        click.echo(
            f"{cohort.id}: {line.title} in {cohort.channel}, {rhythm}, {count(line.learners, 'learner')}, "
            f"{line.opened} of {count(line.lessons, 'lesson')}, {state}"
        )


def stop(number: int, *, ask: bool) -> None:
    """Stop a cohort."""
    tutor = app.open_tutor(read_settings())
    line = cohorts.find_running(tutor, number)
    if ask and not click.confirm(
        f"Stop cohort {number}, {line.title} in {line.cohort.channel} with "
        f"{count(line.learners, 'learner')}? Its lessons still to come are not posted; nothing done is lost."
    ):
        click.echo("Nothing was stopped.")
        return
    cohorts.stop_cohort(tutor, number)
    tutor.store.close()
    click.echo(f"Cohort {number} is stopped.")


def _show_dates(plan: Plan, channel: str, *, err: bool) -> None:
    zone = plan.schedule.zone.key
    click.echo(f"{plan.course.title} in {channel}:", err=err)
    for number, lesson, at in plan.lessons:
        click.echo(f"  {wall_time(at, zone)}  {number} {lesson.title}", err=err)


def _plan_data(plan: Plan) -> list[dict[str, object]]:
    return [{"lesson": lesson.id, "number": number, "opens_at": at} for number, lesson, at in plan.lessons]


def _line_data(line: CohortLine) -> dict[str, object]:
    cohort, schedule = line.cohort, line.cohort.schedule
    return {
        "cohort": cohort.id,
        "course": cohort.course_id,
        "title": line.title,
        "digest": cohort.digest,
        "channel": cohort.channel,
        "days": sorted(schedule.days),
        "at": f"{schedule.at:%H:%M}",
        "zone": schedule.zone.key,
        "learners": line.learners,
        "lessons": line.lessons,
        "opened": line.opened,
        "next_at": line.next_at,
        "started_at": cohort.started_at,
        "stopped_at": cohort.stopped_at,
    }


def _find_channel(slack: Slack, name: str) -> tuple[str, str]:
    """Return a channel's id and name; BadInput where it is not, or the bot is not in it."""
    wanted = name.strip().removeprefix("#")
    if not wanted:
        raise BadInput("Name a channel by its id, for example C0123ABCD, or as #name.")
    channel = _by_id(slack, wanted) or _by_name(slack, wanted.lower())  # as Slack writes names
    invite = f"/invite @{slack.identity().name}"
    if channel is None:
        raise BadInput(
            f"There is no channel {name} that the bot can see. If it is private, write there first: {invite}"
        )
    if channel.get("is_archived"):
        raise BadInput(f"#{channel['name']} is archived. Choose another channel.")
    if not channel["is_member"]:
        raise BadInput(f"The bot is not in #{channel['name']}. Write there first: {invite}")
    return channel["id"], f"#{channel['name']}"


def _by_id(slack: Slack, wanted: str) -> dict[str, str] | None:
    try:
        found: dict[str, str] = slack.call("conversations.info", channel=wanted)["channel"]
    except Refused as refused:
        if refused.code == "channel_not_found":
            return None
        raise
    return found


def _by_name(slack: Slack, wanted: str) -> dict[str, str] | None:
    cursor = ""
    while True:
        page = slack.call(
            "conversations.list", types="public_channel,private_channel", limit=200, cursor=cursor
        )
        for channel in page["channels"]:
            if channel["name"] == wanted:
                found: dict[str, str] = channel
                return found
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f'"{text}" is not a day. Write year, month and day, for example 2026-11-30.'
        ) from None
