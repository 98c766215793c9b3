"""`tutorbot manifest`."""

import json
from urllib.parse import urlsplit

import click
import yaml

from tutorbot.slack.manifest import LONGEST_NAME, app_manifest
from tutorbot.web import EVENTS


def show(*, name: str, url: str | None, as_yaml: bool) -> None:
    """Print the manifest of an app over HTTP at that address, or without one over Socket Mode."""
    found = app_manifest(_checked_name(name), request_url=_request_url(url) if url is not None else "")
    if as_yaml:
        click.echo(yaml.safe_dump(found, sort_keys=False, allow_unicode=True), nl=False)
    else:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise click.BadParameter(f"Slack takes 1 to {LONGEST_NAME} characters.", param_hint="'--name'")
    return name


def _request_url(url: str) -> str:
    """Return where Slack sends its requests, if this is the address of a machine that it reaches."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        usable = False
    if not usable:
        example = "for example https://bot.example.org"
        raise click.BadParameter(f"Slack needs an address with https, {example}.", param_hint="'--url'")
    return url.rstrip("/").removesuffix(EVENTS) + EVENTS
