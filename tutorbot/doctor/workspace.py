"""Whether Slack knows the app, and lets it do what it must."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from tutorbot.doctor.findings import Finding, Part, fault, ok, warning
from tutorbot.slack import RateLimited, Refused, Reply, Slack, SlackError
from tutorbot.slack.scopes import APP_LEVEL, bot_scopes

APPS = "https://api.slack.com/apps"
AWRY, TOO_FAR = timedelta(seconds=60), timedelta(minutes=5)
"""How far the clock may be off: Slack's signatures are good for five minutes."""

_APP_OF_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel that the bot must be in, and what for."""

    channel: str
    purpose: str
    instead: str


def judge_bot_token(reply: Reply, *, machine: datetime) -> Iterator[Finding]:
    """Yield whose the bot token is, what it may do, and how far this machine's clock is off.

    `reply` is what auth.test answered just before `machine`.
    """
    yield ok(Part.TOKENS, f"The bot is @{reply.body['user']} in the workspace {reply.body['team']}.")
    if (scopes := reply.headers.get("x-oauth-scopes")) is not None:
        yield from judge_scopes({scope.strip() for scope in scopes.split(",") if scope.strip()})
    if date := reply.headers.get("date"):
        yield judge_clock(machine - parsedate_to_datetime(date))


def judge_scopes(held: set[str]) -> Iterator[Finding]:
    """Yield which scopes are missing, and which are held for nothing."""
    needed = set(bot_scopes())
    if missing := sorted(needed - held):
        yield fault(
            Part.SCOPES,
            f"The bot token lacks {_listed(missing)}.",
            f"At {APPS} choose the app, paste what `tutorbot manifest` prints under App Manifest, "
            "and install the app again.",
        )
    else:
        yield ok(Part.SCOPES, f"The bot token has all {len(needed)} scopes that are needed.")
    if superfluous := sorted(held - needed):
        yield warning(
            Part.SCOPES,
            f"The bot token may do more than tutorbot needs: {_listed(superfluous)}.",
            f"If nothing else uses the app, take that away under OAuth & Permissions at {APPS}.",
        )


def judge_clock(ahead: timedelta) -> Finding:
    """Return what it means that this machine's clock is so far ahead of Slack's."""
    seconds = round(abs(ahead).total_seconds())
    says = f"This machine's clock is {seconds} s {'ahead of' if ahead > timedelta() else 'behind'} Slack's."
    do = "Let the machine keep its clock by NTP, for example with `timedatectl set-ntp true`."
    if abs(ahead) >= TOO_FAR:
        return fault(Part.CLOCK, f"{says} Slack's signed requests are refused, and lessons come late.", do)
    if abs(ahead) > AWRY:
        return warning(Part.CLOCK, says, do)
    return ok(Part.CLOCK, "This machine's clock agrees with Slack's.")


def app_of(slack: Slack, bot_id: str) -> str | None:
    """Return the id of the app that a bot is of, or None where the token may not ask."""
    try:
        return str(slack.ask("bots.info", bot=bot_id).body["bot"]["app_id"])
    except Refused:
        return None


def look_at_app_token(slack: Slack, app_token: str, app_id: str | None) -> Finding:
    """Return whether the app-level token opens Socket Mode; the connection it is offered is not made."""
    slack.ask("apps.connections.open")
    told = _APP_OF_TOKEN.match(app_token)
    if told and app_id and told[1] != app_id:
        return fault(
            Part.TOKENS,
            f"SLACK_APP_TOKEN is of the app {told[1]}, SLACK_BOT_TOKEN of the app {app_id}.",
            "Take both from the same app.",
        )
    return ok(Part.TOKENS, "The app-level token opens Socket Mode.")


def judge_failure(error: SlackError, setting: str) -> Finding:
    """Return what it means that Slack was asked with this token, and what to do."""
    match error:
        case Refused(code="missing_scope"):
            return fault(
                Part.TOKENS,
                f"{setting} lacks the scope {APP_LEVEL}.",
                f"Make a new app-level token with it: Basic Information, App-Level Tokens, at {APPS}.",
            )
        case Refused(code=code):
            return fault(
                Part.TOKENS,
                f"Slack does not take {setting}: {code}.",
                f"Install the app again if it was removed, and take the token anew from {APPS}.",
            )
        case RateLimited(retry_after=seconds):
            return warning(
                Part.TOKENS, f"Slack wants no calls for {seconds:g} s.", "Run this again after that."
            )
        case _:
            return fault(
                Part.TOKENS,
                f"Slack does not answer: {error}.",
                "Look at the network: the machine must reach slack.com on port 443; "
                "a proxy is named in HTTPS_PROXY.",
            )


def look_at_channels(slack: Slack, wanted: Iterable[Wanted], bot: str) -> Iterator[Finding]:
    """Yield whether the bot of this name is in each of the channels."""
    for each in wanted:
        try:
            channel = slack.ask("conversations.info", channel=each.channel).body["channel"]
            yield judge_channel(each, channel, bot)
        except Refused as refused:
            if refused.code != "missing_scope":  # told with the scopes
                yield fault(
                    Part.CHANNELS,
                    f"The bot cannot see {each.purpose}, {each.channel}: {refused.code}.",
                    f"If it is private, write `/invite @{bot}` in it; if it is gone, {each.instead}.",
                )
        except SlackError as error:
            told = f"{each.channel}, {each.purpose}, could not be looked at: {error}."
            yield warning(Part.CHANNELS, told, "Run this again.")


def judge_channel(wanted: Wanted, channel: Mapping[str, object], bot: str) -> Finding:
    """Return whether the bot of this name can post in a channel, as Slack describes it."""
    name = f"#{channel.get('name', wanted.channel)}"
    if channel.get("is_archived"):
        return fault(
            Part.CHANNELS,
            f"{name}, {wanted.purpose}, is archived.",
            f"Unarchive it, or {wanted.instead}.",
        )
    if not channel.get("is_member"):
        return fault(
            Part.CHANNELS,
            f"The bot is not in {name}, {wanted.purpose}.",
            f"Write `/invite @{bot}` in {name}, or {wanted.instead}.",
        )
    return ok(Part.CHANNELS, f"The bot is in {name}, {wanted.purpose}.")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
