"""`tutorbot opinions`."""

from fractions import Fraction

import click

from tutorbot import app
from tutorbot.blocks.prose import one_line
from tutorbot.cli import programs
from tutorbot.cli.progress import progress
from tutorbot.cli.wording import count
from tutorbot.lessons.question import Kind
from tutorbot.lessons.text import plain, plain_text
from tutorbot.settings import read_settings
from tutorbot.tutor.opinions import Opinions, opinions

BAR = 20


def show(name: str, *, as_json: bool) -> None:
    """Print how often each option was chosen and what was written, question by question."""
    with progress("Counting answers"):
        tutor = app.open_tutor(read_settings())
        try:
            course, found = opinions(tutor, name)
        finally:
            tutor.store.close()
    if as_json:
        programs.tell({"course": course.id, "title": course.title, "questions": list(map(_data, found))})
    elif not found:
        click.echo(f"“{course.title}” asks nothing that is not graded.")
    else:
        click.echo("\n\n".join("\n".join(_lines(each)) for each in found))


def _data(found: Opinions) -> dict[str, object]:
    labels = {option.id: plain(option.text) for option in found.question.options}
    return {
        "question": found.question.id,
        "prompt": plain_text(found.question.prompt),
        "answered": found.answered,
        "chosen": [
            {"option": labels[option] or option, "times": times} for option, times in found.chosen.items()
        ],
        "comments": list(found.comments),
    }


def _lines(found: Opinions) -> list[str]:
    question = found.question
    if not found.answered:
        return [click.style(one_line(question.prompt, 300), bold=True), f"{question.id}: no answers yet"]
    lines = [
        click.style(one_line(question.prompt, 300), bold=True),
        f"{question.id}: {count(found.answered, 'answer')}{_mean(found)}",
    ]
    most = max([*found.chosen.values(), 1])
    for option in question.options:
        times = found.chosen[option.id]
        label = plain(option.text)
        shown = f"{option.id} {label}".strip() if question.kind is Kind.SCALE else label
        lines.append(f"  {times:>4}  {'█' * (times * BAR // most):<{BAR}}  {shown}")
    return [*lines, *(f"  – {' '.join(comment.split())}" for comment in found.comments)]


def _mean(found: Opinions) -> str:
    """Return the mean of a scale; its options' ids are its numbers."""
    if found.question.kind is not Kind.SCALE or not found.answered:
        return ""
    mean = Fraction(sum(int(step) * times for step, times in found.chosen.items()), found.answered)
    return f", {float(mean):.1f} on average"
