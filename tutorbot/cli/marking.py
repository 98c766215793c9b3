"""`tutorbot mark`."""

from fractions import Fraction

import click

from tutorbot import app
from tutorbot.errors import BadInput
from tutorbot.lessons.answers import Typed
from tutorbot.lessons.text import plain_text
from tutorbot.settings import read_settings
from tutorbot.tutor import staffmarking
from tutorbot.tutor.staffmarking import Written


def show_waiting() -> None:
    """List the written answers that wait for a mark."""
    tutor = app.open_tutor(read_settings())
    found = staffmarking.waiting(tutor)
    tutor.store.close()
    for written in found:
        handed = written.handed
        prompt = " ".join(plain_text(written.question.prompt).split())[:70]
        click.echo(
            f"{handed.attempt_id:>6}  {handed.at:%Y-%m-%d}  {handed.name}  {written.course}: {prompt}…"
        )
    if not found:
        click.echo("No written answer waits for a mark.")
    else:
        click.echo("`tutorbot mark NUMBER` shows one; with --credit and --comment it is marked.")


def show(number: int) -> None:
    """Print a written answer with its question and the model answer."""
    tutor = app.open_tutor(read_settings())
    written = staffmarking.find_written(tutor, number)
    tutor.store.close()
    click.echo(_whole(written))


def give(number: int, credit: str, comment: str, by: str) -> None:
    """Mark a written answer."""
    tutor = app.open_tutor(read_settings())
    staffmarking.give_mark(tutor, number, _credit(credit), comment, by)
    tutor.store.close()
    click.echo(f"Answer {number} is marked, and the learner is told.")


def _whole(written: Written) -> str:
    answer = written.handed.answer
    parts = [
        ("Question", plain_text(written.question.prompt)),
        (f"Answer of {written.handed.name}", answer.text if isinstance(answer, Typed) else ""),
        ("Model answer", plain_text(written.question.model)),
    ]
    return "\n\n".join(f"{click.style(title, bold=True)}\n{text}" for title, text in parts if text)


def _credit(text: str) -> Fraction:
    try:
        percent = Fraction(text.strip().removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        percent = Fraction(-1)
    if not 0 <= percent <= 100:
        raise BadInput(f"{text} is no credit. Give a percentage from 0 to 100, for example --credit 80.")
    return percent / 100
