"""`tutorbot course`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tutorbot import app, authoring
from tutorbot.authoring.check import summarize
from tutorbot.cli import checking, programs
from tutorbot.cli.progress import progress
from tutorbot.cli.report import table
from tutorbot.lessons.course import Course
from tutorbot.settings import read_settings
from tutorbot.tutor import versions
from tutorbot.tutor.tutor import Tutor
from tutorbot.tutor.versions import SHORT, CourseVersions, History, Offer, TakenVersion

HEAD = ("course", "title", "version", "added", "people", "in earlier ones", "cohorts")


def add(folder: Path, *, dry_run: bool, as_json: bool) -> int:
    """Offer the course in the folder unless it has faults; print what changes, return the exit status."""
    try:
        with progress("Reading the course") as shown:
            loaded = authoring.load(folder, shown.count)
    except authoring.CourseFaults as found:
        if as_json:
            programs.tell({"faults": found.faults})
        else:
            checking.tell_faults(folder, found.faults)
        return 1
    with progress("Comparing it with what is offered"), _opened() as tutor:
        offer = versions.plan_offer(tutor, loaded.course, loaded.digest)
        stored = not dry_run and not offer.is_current
        if stored:
            app.offer_loaded(tutor, loaded)
    places = authoring.unwritten_in(folder)
    if as_json:
        programs.tell({"faults": [], "unwritten": places, **_offer_data(offer), "stored": stored})
    else:
        click.echo("\n".join(_offer_lines(offer, dry_run=dry_run)))
        if places:
            click.echo(f"{checking.unwritten(places)}; `tutorbot check` says where.")
    return 0


def show_all(*, as_json: bool) -> None:
    """List all courses, with the version that new enrollments take and who takes part."""
    with progress("Reading the courses"), _opened() as tutor:
        found = versions.list_courses(tutor)
    if as_json:
        programs.tell({"courses": list(map(_course_data, found))})
    elif found:
        click.echo(table(HEAD, list(map(_row, found))))
    else:
        click.echo(
            "There is no course yet. Those that come with the program are offered when it first runs; "
            "`tutorbot course add` adds your own."
        )


def show(name: str, digest: str, *, as_json: bool) -> None:
    """Show a course in one version, and what changed from version to version."""
    with progress("Comparing its versions"), _opened() as tutor:
        history = versions.history(tutor, name, digest)
    if as_json:
        programs.tell(_history_data(history))
    else:
        click.echo("\n".join(_history_lines(history, only=bool(digest))))


@contextmanager
def _opened() -> Iterator[Tutor]:
    """Open the store as it is: what comes with the program is offered when the bot starts, not here."""
    tutor = app.open_tutor(read_settings(), offer=False)
    try:
        yield tutor
    finally:
        tutor.store.close()


def _offer_lines(offer: Offer, *, dry_run: bool) -> Iterator[str]:
    takes, version = "would take" if dry_run else "takes", f"version {_short(offer.digest)}"
    name = f"{offer.course.title} ({offer.course.id})"
    if offer.is_current:
        yield f"{name} is offered in this very version, {_short(offer.digest)}, already. Nothing changes."
    elif offer.before is None:
        yield f"{name} is new here. Whoever joins it {takes} {version}."
    else:
        replaced = _short(offer.before.current.version.digest)
        again = ", which was here before," if offer.known else ""
        yield f"{name}: whoever joins from now on {takes} {version}{again} instead of {replaced}."
        yield from _change_lines(offer.changes)
        yield from _keeping_lines(offer)
    if dry_run:
        yield "This was a dry run: nothing was stored."


def _change_lines(changes: tuple[str, ...]) -> Iterator[str]:
    yield from (f"  {change}" for change in changes)
    if not changes:
        yield "  Nothing that anybody sees: comments, or how its files are written."


def _keeping_lines(offer: Offer) -> Iterator[str]:
    """Yield who stays with another version than the one that is offered."""
    kept = [taken for taken in _kept(offer) if taken.people or taken.cohorts]
    for taken in kept:
        version = _short(taken.version.digest)
        if taken.people:
            have, keep = ("has", "keeps") if taken.people == 1 else ("have", "keep")
            yield f"{_people(taken.people)} {have} begun version {version} and {keep} it."
        for cohort in taken.cohorts:
            yield f"Cohort {cohort.id} keeps version {version}, also for those who join it later."
    if not kept:
        yield "Nobody has begun another version."


def _kept(offer: Offer) -> list[TakenVersion]:
    before = offer.before.versions if offer.before else ()
    return [taken for taken in before if taken.version.digest != offer.digest]


def _row(course: CourseVersions) -> tuple[str, ...]:
    current = course.current
    return (
        current.version.course_id,
        current.version.title,
        _short(current.version.digest),
        _day(current.version.added_at),
        str(current.people),
        str(sum(taken.people for taken in course.others)),
        ", ".join(str(cohort.id) for taken in course.versions for cohort in taken.cohorts) or "none",
    )


def _history_lines(history: History, *, only: bool) -> Iterator[str]:
    yield from _fact_lines(history.course)
    for taken in reversed(history.versions.versions):
        digest = taken.version.digest
        if only and digest != history.digest:
            continue
        yield ""
        yield f"Version {_short(digest)}: {_standing(taken)}"
        if digest in history.changes:
            yield from _change_lines(history.changes[digest])
        else:
            yield "  The first one."


def _fact_lines(course: Course) -> Iterator[str]:
    parts = ", ".join(f"{part.title} {part.weight} %" for part in course.scheme.parts)
    yield f"{course.title} ({course.id})"
    yield course.tagline
    yield checking.figures(summarize(course))
    yield f"{parts}. Passed at {float(course.scheme.pass_mark):g} %."


def _standing(taken: TakenVersion) -> str:
    words = [f"added on {_moment(taken.version.added_at)}", _people(taken.people)]
    words += [f"cohort {cohort.id}" for cohort in taken.cohorts]
    words += ["came with the program"] * taken.version.bundled
    words += ["new enrollments take it"] * taken.current
    return ", ".join(words) + "."


def _offer_data(offer: Offer) -> dict[str, Any]:
    return {
        "course": offer.course.id,
        "title": offer.course.title,
        "digest": offer.digest,
        "replaces": offer.before.current.version.digest if offer.before and not offer.is_current else None,
        "changes": offer.changes,
        "kept": [_taken_data(taken) for taken in _kept(offer)],
    }


def _course_data(course: CourseVersions) -> dict[str, Any]:
    current = course.current.version
    return {
        "course": current.course_id,
        "title": current.title,
        "digest": current.digest,
        "versions": [_version_data(taken) for taken in course.versions],
    }


def _history_data(history: History) -> dict[str, Any]:
    """Return what programs read; the changes of the oldest version are null."""
    course = history.course
    return {
        "course": course.id,
        "title": course.title,
        "tagline": course.tagline,
        "digest": history.digest,
        "pass_mark": course.scheme.pass_mark,
        "weights": {part.kind.value: part.weight for part in course.scheme.parts},
        "lessons": [lesson.id for lesson in course.lessons()],
        "questions": len(course.questions()),
        "versions": [
            _version_data(taken) | {"changes": history.changes.get(taken.version.digest)}
            for taken in history.versions.versions
        ],
    }


def _version_data(taken: TakenVersion) -> dict[str, Any]:
    return {
        **_taken_data(taken),
        "added_at": taken.version.added_at,
        "bundled": taken.version.bundled,
        "current": taken.current,
    }


def _taken_data(taken: TakenVersion) -> dict[str, Any]:
    cohorts = [cohort.id for cohort in taken.cohorts]
    return {"digest": taken.version.digest, "people": taken.people, "cohorts": cohorts}


def _short(digest: str) -> str:
    return digest[:SHORT]


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
