"""Texts of a GIFT file, in one of Moodle's formats, as prose."""

import re
from enum import StrEnum

from tutorbot.authoring.faults import Faults, Source, Spot
from tutorbot.authoring.markdown.passages import Body
from tutorbot.authoring.markdown.prose import read_markdown
from tutorbot.authoring.mentions import calling_nobody, find_ping
from tutorbot.exchange.drafting import Drafts
from tutorbot.exchange.gift.syntax import BREAK, Chunk, meant
from tutorbot.exchange.html.spans import joined
from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.taken import Place
from tutorbot.lessons.text import Heading, Paragraph, Prose, Span, Spans

MOST_MARKDOWN = 15_000
"""In characters; a longer text is longer than anything that a question may hold."""


class Format(StrEnum):
    """How a text is marked up."""

    MOODLE = "moodle"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


_SAID = re.compile(r"\[(moodle|html|markdown|plain)\]")
_HTML_LIKE = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,7});")


class _NoPictures:
    """There are none beside a GIFT file."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def digest(self, path: str, spot: Spot) -> str | None:
        self._faults.add(spot, f"the picture `{path}` is not in the file", "add it to the course")
        return None


class Texts:
    """The texts of one file; what of them cannot be shown is told to the drafts."""

    def __init__(self, file: str, drafts: Drafts) -> None:
        self._file = file
        self._drafts = drafts
        self._html = HtmlTexts(file, drafts)

    def split(self, chunk: Chunk, usual: Format) -> tuple[Format, Chunk]:
        """Return the format of a text, which it may say itself, and the text."""
        said = _SAID.match(chunk.text)
        return (Format(said[1]), chunk.part(said.end())) if said else (usual, chunk)

    def prose(self, chunk: Chunk | None, usual: Format) -> Prose:
        """Return the text as prose."""
        if not chunk:
            return ()
        form, chunk = self.split(chunk, usual)
        match form:
            case Format.MARKDOWN:
                return self._markdown(chunk)
            case Format.HTML:
                return self._html.written(meant(chunk.text), chunk.line)
            case Format.MOODLE if _HTML_LIKE.search(meant(chunk.text)):
                return self._html.written(meant(chunk.text.replace(BREAK, "<br>")), chunk.line)
            case _:
                return plainly(chunk)

    def line(self, chunk: Chunk, usual: Format) -> Spans:
        """Return the text as one line."""
        blocks = self.prose(chunk, usual)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return blocks[0].spans
        if not all(isinstance(block, Paragraph | Heading) for block in blocks):
            self._drafts.miss(self.place(chunk), "what is more than a line of text was made one")
        return joined(blocks)

    def place(self, chunk: Chunk) -> Place:
        """Return where the text begins."""
        return Place(self._file, chunk.line)

    def _markdown(self, chunk: Chunk) -> Prose:
        """Return Markdown as prose: as plain text where it holds what a course cannot show."""
        text, faults = quiet(meant(chunk.text)), Faults()
        if len(text) > MOST_MARKDOWN:
            return plainly(chunk)
        blocks = read_markdown(Body(Spot(Source(self._file, text))), faults, _NoPictures(faults))
        if not len(faults):
            return blocks
        what = faults.in_order()[0].what
        self._drafts.miss(self.place(chunk), f"Markdown that is taken as plain text: {what}")
        return plainly(chunk)


def quiet(text: str) -> str:
    """Return the text so that it calls nobody in Slack."""
    return calling_nobody(text) if find_ping(text) else text


def plainly(chunk: Chunk) -> Prose:
    """Return the text without any markup; only a `\\n` breaks its lines."""
    text = quiet(meant(re.sub(r"[ \t]*\n[ \t]*", " ", chunk.text)))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    parts = re.split("\n{2,}", "\n".join(lines).strip("\n"))
    return tuple(Paragraph((Span(part),)) for part in parts if part)
