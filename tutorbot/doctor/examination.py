"""One look at everything, in the order in which an operator puts it right."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from tutorbot import app
from tutorbot.clock import Now, machine_now
from tutorbot.doctor import configuration, courses, database, disk, ledger, workspace
from tutorbot.doctor.findings import Finding, Part, fault, warning
from tutorbot.doctor.workspace import Wanted
from tutorbot.errors import BadSetting
from tutorbot.records.cohorts import Cohort, all_cohorts
from tutorbot.records.lateness import count_owed
from tutorbot.settings import Settings, hosting_platform, look_up, unknown_names
from tutorbot.slack import Refused, Slack, SlackError
from tutorbot.store import parse_url, sqlite_driver


class Look(StrEnum):
    """What takes a while to look at, in the order in which that is done."""

    DATABASE = "the database"
    COURSES = "the courses"
    SLACK = "Slack"


def examine(now: Now = machine_now, looking: Callable[[Look], object] | None = None) -> list[Finding]:
    """Return how everything stands, part by part; nothing is made, migrated, changed or posted.

    `looking` is told what is looked at next.
    """
    looking = looking or (lambda _: None)
    try:
        given, unknown = look_up(), unknown_names()
    except BadSetting as error:
        return [fault(Part.SETTINGS, str(error), "Correct the file, or take it away.")]
    settings = configuration.usable(given)
    findings = list(configuration.judge_settings(given, unknown))
    looking(Look.DATABASE)
    stored = _Stored(settings, now())
    findings += stored.findings
    looking(Look.COURSES)
    findings += courses.look_at_folders(app.bundled_courses())
    looking(Look.SLACK)
    findings += _look_at_slack(settings, stored.cohorts, now)
    return sorted(findings, key=lambda finding: list(Part).index(finding.part))


class _Stored:
    """What the database tells: how it stands, and which cohorts run."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.findings: list[Finding] = []
        self.cohorts: list[Cohort] = []
        try:
            url = parse_url(settings.database_url)
        except BadSetting as error:
            self._add(fault(Part.DATABASE, str(error), "Set DATABASE_URL as docs/operate.md says."))
            return
        try:
            self._look(url, settings, now)
        except OSError as error:
            do = "Let the user under which the bot runs read and write there, or name another file."
            self._add(fault(Part.DATABASE, f"{error.filename}: {error.strerror}.", do))

    def _look(self, url: URL, settings: Settings, now: datetime) -> None:
        driver = sqlite_driver()
        if url.get_backend_name() == "sqlite" and not self._look_beside(Path(url.database or ""), driver):
            return
        try:
            self._open(url, driver, timedelta(minutes=settings.late_minutes), now)
        except SQLAlchemyError as error:
            self._add(database.judge_failure(url, error))

    def _add(self, *findings: Finding) -> None:
        self.findings.extend(findings)

    def _look_beside(self, file: Path, driver: ModuleType) -> bool:
        """Look at what is around a file, and return whether it is there."""
        self._add(*disk.judge_disk(disk.look_at_disk(file), hosting_platform()))
        if file.exists():
            return True
        self._add(database.judge_library(driver.sqlite_version_info))
        says = f"There is no database yet at {file}."
        do = "The first start makes it; if there was one, look whether DATABASE_URL names the right file."
        self._add(warning(Part.DATABASE, says, do))
        return False

    def _open(self, url: URL, driver: ModuleType, late_after: timedelta, now: datetime) -> None:
        with database.connected(url, driver) as conn:
            self._add(database.judge_address(url))
            if conn.dialect.name == "sqlite":
                self._add(*database.look_at_file(conn, driver.sqlite_version_info))
            else:
                self._add(*database.look_at_server(conn))
            age = database.age_of(conn)
            self._add(database.judge_age(age))
            if age is not database.Age.THIS:
                return
            self._add(*courses.look_at_versions(conn))
            self._add(*ledger.judge_ledger(count_owed(conn, now=now), late_after))
            self.cohorts = [cohort for cohort in all_cohorts(conn) if cohort.stopped_at is None]


def _look_at_slack(settings: Settings, cohorts: list[Cohort], now: Now) -> Iterator[Finding]:
    app_id = None
    if settings.bot_token:
        slack = Slack(settings.bot_token, api_url=settings.slack_api_url)
        try:
            me = slack.ask("auth.test")
            yield from workspace.judge_bot_token(me, machine=now())
            yield from workspace.look_at_channels(slack, _wanted(settings, cohorts), me.body["user"])
            app_id = workspace.app_of(slack, me.body["bot_id"])
        except SlackError as error:
            yield workspace.judge_failure(error, configuration.BOT_TOKEN)
            if not isinstance(error, Refused):
                return  # the other token would meet the same
    if settings.app_token:
        slack = Slack(settings.app_token, api_url=settings.slack_api_url)
        try:
            yield workspace.look_at_app_token(slack, settings.app_token, app_id)
        except SlackError as error:
            yield workspace.judge_failure(error, configuration.APP_TOKEN)


def _wanted(settings: Settings, cohorts: list[Cohort]) -> Iterator[Wanted]:
    """Yield the channels that the bot must be in."""
    for channel, name, purpose in (
        (settings.staff_channel, "TUTORBOT_STAFF_CHANNEL", "the channel of the staff"),
        (settings.badge_channel, "TUTORBOT_BADGE_CHANNEL", "the channel for badges"),
    ):
        if channel:
            yield Wanted(channel, f"{purpose} ({name})", f"set {name} to another channel's id")
    for cohort in cohorts:
        yield Wanted(
            cohort.channel,
            f"the channel of cohort {cohort.id}",
            f"stop the cohort with `tutorbot cohort stop {cohort.id}`",
        )
