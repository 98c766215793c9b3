"""A Markdown file with front matter."""

import re
from dataclasses import dataclass
from typing import Generic

from tutorbot.authoring.faults import Source, Spot
from tutorbot.authoring.markdown.passages import Body
from tutorbot.authoring.markdown.prose import read_markdown
from tutorbot.authoring.yaml.entries import EntryOf, S
from tutorbot.authoring.yaml.nodes import compose
from tutorbot.authoring.yaml.readers import Reading, Refused
from tutorbot.lessons.text import Prose

MOST_TEXT = 40_000

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page(Generic[S]):
    """What stands above the text, unless it cannot be read, and the text."""

    head: S | None
    text: Prose


def read_page(source: Source, head: EntryOf[S], reading: Reading) -> Page[S] | None:
    """Return the file in its two parts; None, with the fault noted, when it cannot be parted."""
    opening = _OPENING.match(source.text)
    closing = _CLOSING.search(source.text, opening.end()) if opening else None
    if opening is None or closing is None:
        what = "the front matter never ends" if opening else "there is no front matter"
        reading.faults.add(Spot(source), what, "write it between two lines `---` at the top of the file")
        return None
    return Page(
        _head(source, opening.end(), closing.start(), head, reading), _text(source, closing.end(), reading)
    )


def _head(source: Source, start: int, end: int, head: EntryOf[S], reading: Reading) -> S | None:
    node = compose(source, reading.faults, start=start, end=end)
    try:
        return head.read(node, reading) if node else None
    except Refused as refused:
        refused.note(reading.faults, "the front matter")
        return None


def _text(source: Source, start: int, reading: Reading) -> Prose:
    body = Body(Spot(source, start))
    if not body.value.strip():
        reading.faults.add(body.begin, "there is no text", "write it below the front matter")
    if len(body.value) > MOST_TEXT:
        what = f"{len(body.value):,} characters of text"
        reading.faults.add(body.begin, what, f"at most {MOST_TEXT:,} make a lesson; make two of it")
        return ()
    return read_markdown(body, reading.faults, reading.pictures)
