"""`tutorbot settings`."""

import textwrap

import click

from tutorbot.cli import programs
from tutorbot.settings import Given, look_up, unknown_names


def show(*, as_json: bool) -> None:
    """Print every setting with where it was given; exit with 1 where one cannot be used."""
    given, unknown = look_up(), unknown_names()
    if as_json:
        programs.tell({"settings": [_as_data(each) for each in given], "unknown": unknown})
    else:
        for each in given:
            click.echo(_as_text(each))
        for sentence in unknown:
            click.echo(f"! {sentence}")
    if any(each.fault for each in given):
        raise SystemExit(1)


def _as_data(given: Given) -> dict[str, object]:
    return {
        "name": given.setting.name,
        "value": given.masked,
        "secret": given.setting.secret,
        "from": given.origin,
        "line": given.line,
        "about": given.setting.about,
        "fault": given.fault,
    }


def _as_text(given: Given) -> str:
    value = given.masked or "not set"
    place = f" ({given.place})" if given.text else ""
    lines = [f"{given.setting.name} = {value}{place}" if given.text else f"{given.setting.name}: {value}"]
    lines += [f"    {line}" for line in textwrap.wrap(given.setting.about, 90)]
    if given.fault:
        lines.append(f"  ! {given.fault}")
    return "\n".join(lines)
