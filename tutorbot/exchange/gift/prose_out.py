"""Prose and lines as the Markdown in a GIFT file, with GIFT's own signs escaped."""

import re
from dataclasses import replace

from tutorbot.exchange.markdown.writing import line, markdown
from tutorbot.lessons.text import Block, Listing, Paragraph, Picture, Prose, Quote, Span, Spans

_SIGNS = re.compile(r"[\\#=~{}:]")
_WEIGHT_LIKE = re.compile(r"%(?=-?\d{1,3}(\.\d*)?%)")


class GiftText:
    """Writes the texts of one question; what it cannot write is in `lost`."""

    def __init__(self) -> None:
        self.lost: dict[str, None] = {}

    def prose(self, blocks: Prose) -> str:
        """Return the prose on one line."""
        return _marked(markdown(self._without_pictures(blocks), {}, width=0))

    def line(self, spans: Spans) -> str:
        """Return the spans on one line."""
        text = line(spans)
        if begins := _WEIGHT_LIKE.match(text):
            text = "&#37;" + text[begins.end() :]
        return _marked(text)

    def _without_pictures(self, blocks: Prose) -> Prose:
        return tuple(map(self._without_picture, blocks))

    def _without_picture(self, block: Block) -> Block:
        match block:
            case Picture(alt=alt):
                self.lost["a picture is not written, only what it shows"] = None
                return Paragraph((Span(alt),))
            case Quote(blocks=inner):
                return Quote(self._without_pictures(inner))
            case Listing(items=items):
                return replace(block, items=tuple(map(self._without_pictures, items)))
            case _:
                return block


def escaped(text: str) -> str:
    """Return the text on one line, with a backslash before each of GIFT's signs."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _marked(text: str) -> str:
    """Return Markdown that GIFT takes for nothing else: a link may look like a format, `[html](https://…)`."""
    is_format_like = re.match(r"\[(?:moodle|html|markdown|plain)\]", text)
    return ("[markdown]" if is_format_like else "") + escaped(text)
