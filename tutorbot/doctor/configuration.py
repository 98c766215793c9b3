"""Whether the settings can be read, and are enough to run."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from tutorbot.doctor.findings import Finding, Part, fault, ok, warning
from tutorbot.settings import SETTINGS, Given, Settings

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
APPS = "https://api.slack.com/apps"


def usable(given: Sequence[Given]) -> Settings:
    """Return the settings without those that cannot be used."""
    values = {
        attribute: setting.read(each.text)
        for (attribute, setting), each in zip(SETTINGS.items(), given, strict=True)
        if each.text and not each.fault
    }
    return Settings(**{"database_url": ""} | values)  # type: ignore[arg-type]  # built from names


def judge_settings(given: Sequence[Given], unknown: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the settings, and what they are enough for."""
    faulty = [each.fault for each in given if each.fault]
    for told in faulty:
        yield fault(Part.SETTINGS, told, "Correct it there; `tutorbot settings` shows each with its source.")
    for told in unknown:
        yield warning(Part.SETTINGS, told, "Correct the name, or take it away.")
    if not faulty:
        yield ok(Part.SETTINGS, "Every setting can be read.")
    secrets = [each for each in given if each.setting.secret]
    yield from _judge_files(secrets)
    if not any(each.fault for each in secrets):
        yield from _judge_purpose({each.setting.name for each in secrets if each.text})


def _judge_files(secrets: Sequence[Given]) -> Iterator[Finding]:
    """Yield a warning for a file with secrets that everybody on this machine can read."""
    for name in {each.origin for each in secrets if each.line is not None}:
        if os.name == "posix" and Path(name).stat().st_mode & stat.S_IROTH:
            says = f"Everybody on this machine can read {name}, which holds secrets."
            yield warning(Part.SETTINGS, says, f"Let its owner alone read it: chmod 600 {name}")


def _judge_purpose(there: set[str]) -> Iterator[Finding]:
    """Yield for which of the commands there are secrets enough."""
    if BOT_TOKEN not in there:
        yield fault(
            Part.SETTINGS,
            f"{BOT_TOKEN} is not set, so Slack cannot be asked anything.",
            f"Take the bot token from OAuth & Permissions at {APPS}. "
            "If there is no app yet, `tutorbot manifest` prints what to paste there.",
        )
        return
    if APP_TOKEN in there:
        yield ok(Part.SETTINGS, "`tutorbot run` has what it needs for Socket Mode.")
    if SIGNING_SECRET in there:
        yield ok(Part.SETTINGS, "`tutorbot web` and `tutorbot worker` have what they need for HTTP.")
    if there.isdisjoint({APP_TOKEN, SIGNING_SECRET}):
        yield fault(
            Part.SETTINGS,
            f"Neither {APP_TOKEN} nor {SIGNING_SECRET} is set, so nothing that people do reaches the bot.",
            f"For `tutorbot run` make an app-level token, for `tutorbot web` take the signing secret: "
            f"both from Basic Information at {APPS}.",
        )
