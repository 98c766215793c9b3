"""The grammar in which the rules of Block Kit are written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tutorbot.sandbox.refusals import Json


@dataclass(slots=True)
class Report:
    """What is wrong with some blocks, in Slack's words, each with a pointer to where.

    `surface` is `message`, `modal` or `home`. `file_is_ready` says whether an uploaded file may be
    shown.
    """

    surface: str
    file_is_ready: Callable[[str], bool]
    problems: list[str] = field(default_factory=list)

    def add(self, problem: str, at: str) -> None:
        """Note a problem at a JSON pointer."""
        self.problems.append(f"{problem} [json-pointer:{at}]")


Check = Callable[[Any, str, Report], None]


def string(longest: int, shortest: int = 1, pattern: str | None = None) -> Check:
    """Return the check of a string with so many characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add("must provide a string", at)
        elif len(value) < shortest:
            report.add(f"must be more than {shortest - 1} characters", at)
        elif len(value) > longest:
            report.add(f"must be less than {longest + 1} characters", at)
        elif pattern and not re.search(pattern, value):
            report.add(f"input must match regex pattern: {pattern}", at)

    return check


def boolean(value: Any, at: str, report: Report) -> None:
    """Check that the value is true or false."""
    if not isinstance(value, bool):
        report.add("must provide a boolean", at)


def integer(lowest: int, highest: int) -> Check:
    """Return the check of a whole number between these two."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must provide an integer", at)
        elif not lowest <= value <= highest:
            report.add(f"must be between {lowest} and {highest}", at)

    return check


def one_of(*values: str) -> Check:
    """Return the check of a string that is one of these."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in values:
            report.add(f"must be one of the allowed values: {', '.join(values)}", at)

    return check


def array(item: Check, *, most: int, least: int = 1) -> Check:
    """Return the check of a list with so many items of one kind."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add("must provide an array", at)
            return
        if len(value) > most:
            report.add(f"no more than {most} items allowed", at)
        if len(value) < least:
            report.add(f"must provide at least {least} items", at)
        for n, each in enumerate(value):
            item(each, f"{at}/{n}", report)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Check) -> Check:
    """Return the check of an object with these fields and no others.

    `rules` look at the whole object once its fields are right.
    """
    fields = {**required, **optional}

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", at)
            return
        before = len(report.problems)
        for name in required:
            if value.get(name) is None:
                report.add(f"missing required field: {name}", at)
        for name, each in value.items():
            if name not in fields:
                report.add(f"invalid additional property: {name}", at)
            elif each is not None:
                fields[name](each, f"{at}/{name}", report)
        if len(report.problems) == before:
            for rule in rules:
                rule(value, at, report)

    return check


def by_type(kinds: Mapping[str, Check], allowed: Collection[str] | None = None) -> Check:
    """Return the check of an object whose `type` says which check is meant."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", at)
            return
        kind = value.get("type")
        if kind is None:
            report.add("missing required field: type", at)
        elif kind not in kinds or (allowed is not None and kind not in allowed):
            report.add(f"unsupported type: {kind}", f"{at}/type")
        else:
            kinds[kind](value, at, report)

    return check


def fixed(value: str) -> Check:
    """Return the check of a field that has just one right value."""
    return one_of(value)


def needs_one(*names: str) -> Check:
    """Return the rule that exactly one of these fields is given."""

    def check(value: Json, at: str, report: Report) -> None:
        given = [name for name in names if value.get(name) is not None]
        if len(given) != 1:
            report.add(f"must define exactly one of {', '.join(f'`{name}`' for name in names)}", at)

    return check
