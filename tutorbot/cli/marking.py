"""`tutorbot mark`."""

from collections.abc import Sequence
from fractions import Fraction
from textwrap import indent

import click

from tutorbot import app
from tutorbot.blocks.prose import one_line
from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.errors import BadInput
from tutorbot.lessons.answers import Typed
from tutorbot.lessons.grading import show_percent
from tutorbot.lessons.question import Criterion
from tutorbot.lessons.text import plain, plain_text
from tutorbot.records.marks import MarkOnRecord
from tutorbot.settings import read_settings
from tutorbot.tutor import staffmarking
from tutorbot.tutor.staffmarking import Written


def show_waiting(*, as_json: bool) -> None:
    """List the written answers that wait for a mark."""
    with progress("Looking for what waits"):
        tutor = app.open_tutor(read_settings())
        found = staffmarking.waiting(tutor)
        tutor.store.close()
    if as_json:
        programs.tell({"waiting": list(map(_data, found))})
        return
    for written in found:
        handed = written.handed
        prompt = one_line(written.question.prompt, 70)
        click.echo(f"{handed.attempt_id:>6}  {handed.at:%Y-%m-%d}  {handed.name}  {written.course}: {prompt}")
    if not found:
        click.echo("No written answer waits for a mark.")
    else:
        click.echo(
            "`tutorbot mark NUMBER` shows one; with --credit or --levels, and --comment, it is marked."
        )


def show(number: int, *, as_json: bool) -> None:
    """Print a written answer with its question, the model answer and the marks it was given."""
    tutor = app.open_tutor(read_settings())
    written = staffmarking.find_written(tutor, number)
    tutor.store.close()
    if as_json:
        programs.tell(_whole_data(written))
    else:
        click.echo(_whole(written))


def give(
    number: int, *, credit: str | None, levels: str | None, comment: str, by: str, as_json: bool
) -> None:
    """Mark a written answer, by a percentage or by the levels of its rubric."""
    given = _levels(levels) if levels is not None else _credit(credit or "")
    tutor = app.open_tutor(read_settings())
    try:
        worth = staffmarking.give_mark(tutor, number, given, comment, by)
    finally:
        tutor.store.close()
    if as_json:
        programs.tell({"answer": number, "credit": worth})
        return
    click.echo(f"Answer {number} is marked with {show_percent(100 * worth)}, and the learner is told.")


def _data(written: Written) -> dict[str, object]:
    handed = written.handed
    return {
        "answer": handed.attempt_id,
        "at": handed.at,
        "user": handed.learner.user,
        "name": handed.name,
        "title": written.course,
        "question": written.question.id,
        "prompt": plain_text(written.question.prompt),
        "text": _text(written),
    }


def _whole_data(written: Written) -> dict[str, object]:
    question = written.question
    return {
        **_data(written),
        "model": plain_text(question.model),
        "rubric": [
            {
                "title": criterion.title,
                "levels": [{"points": each.points, "text": plain(each.text)} for each in criterion.levels],
            }
            for criterion in question.rubric
        ],
        "marks": [
            {
                "at": each.at,
                "by": each.by,
                "credit": each.mark.credit,
                "levels": each.mark.levels,
                "comment": each.mark.comment,
            }
            for each in written.marks
        ],
    }


def _text(written: Written) -> str:
    answer = written.handed.answer
    return answer.text if isinstance(answer, Typed) else ""


def _whole(written: Written) -> str:
    parts = [
        ("Question", plain_text(written.question.prompt)),
        (f"Answer of {written.handed.name}", _text(written)),
        ("Model answer", plain_text(written.question.model)),
        ("Rubric: give the points for each with --levels", _rubric(written.question.rubric)),
        ("Marks, of which the last counts" if len(written.marks) > 1 else "Mark", _marks(written.marks)),
    ]
    return "\n\n".join(f"{click.style(title, bold=True)}\n{text}" for title, text in parts if text)


def _marks(given: Sequence[MarkOnRecord]) -> str:
    return "\n".join(
        f"{each.at:%Y-%m-%d}, by {each.by}: {show_percent(100 * each.mark.credit)}"
        + (f" ({', '.join(map(str, each.mark.levels))})" if each.mark.levels else "")
        + (f"\n{indent(each.mark.comment, '  ')}" if each.mark.comment else "")
        for each in given
    )


def _rubric(rubric: tuple[Criterion, ...]) -> str:
    """Return the criteria in order, each with its levels."""
    return "\n".join(
        f"{n}. {criterion.title}\n"
        + "\n".join(f"   {level.points:>3}  {plain(level.text)}" for level in criterion.levels)
        for n, criterion in enumerate(rubric, 1)
    )


def _levels(text: str) -> list[int]:
    try:
        return [int(points) for points in text.replace(",", " ").split()]
    except ValueError:
        raise BadInput(
            f"{text} are no levels. Give the points for each criterion, for example --levels 2,1."
        ) from None


def _credit(text: str) -> Fraction:
    try:
        percent = Fraction(text.strip().removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        percent = Fraction(-1)
    if not 0 <= percent <= 100:
        raise BadInput(f"{text} is no credit. Give a percentage from 0 to 100, for example --credit 80.")
    return percent / 100
