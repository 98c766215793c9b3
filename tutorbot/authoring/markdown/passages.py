"""Where each piece of a Markdown text stands in its file."""

from dataclasses import dataclass
from typing import Protocol

from markdown_it.token import Token

from tutorbot.authoring.faults import Spot


class Passage(Protocol):
    """Text in a file, which knows where each of its characters stands there."""

    @property
    def value(self) -> str:
        """The text."""

    def spot_of(self, offset: int) -> Spot:
        """Return where the character at the offset stands in the file."""


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a file, from a place to its end."""

    begin: Spot

    @property
    def value(self) -> str:
        """The text."""
        return self.begin.source.text[self.begin.offset :]

    def spot_of(self, offset: int) -> Spot:
        """Return where the character at the offset stands in the file."""
        return Spot(self.begin.source, self.begin.offset + offset)


_BEGINNINGS = {"link_open": ("[", "<"), "image": ("![",)}


class Places:
    """Finds the parser's tokens in the passage again; it keeps the lines of blocks and nothing else."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._lines = passage.value.split("\n")
        self._passed: tuple[Token | None, int, int] = (None, 0, 0)

    def of_line(self, line: int) -> Spot:
        """Return where the line's first visible character stands."""
        text = self._lines[line] if line < len(self._lines) else ""
        return self._spot(line, len(text) - len(text.lstrip()))

    def _spot(self, line: int, column: int) -> Spot:
        return self._passage.spot_of(sum(len(text) + 1 for text in self._lines[:line]) + column)

    def of_piece(self, token: Token, piece: str) -> Spot:
        """Return where the piece stands among the token's lines; where these begin if it is not found."""
        first, after = token.map or [0, 0]
        for line in range(first, after):
            if piece and (column := self._lines[line].find(piece)) >= 0:
                return self._spot(line, column)
        return self.of_line(first)

    def of_child(self, inline: Token, index: int) -> Spot:
        """Return where the child begins: the parser keeps no places, so its elders are passed one by one."""
        content, children = inline.content, inline.children or []
        among, first, cursor = self._passed
        if among is not inline or first > index:
            first, cursor = 0, 0
        for elder in children[first:index]:
            piece = elder.markup if elder.type == "text_special" else elder.content
            found = content.find(piece, cursor)
            cursor = found + len(piece) if found >= 0 else cursor
        self._passed = (inline, index, cursor)
        child = children[index]
        beginnings = _BEGINNINGS.get(child.type, (child.content,))
        found_all = [place for piece in beginnings if (place := content.find(piece, cursor)) >= 0]
        cursor = min(found_all, default=cursor)
        before = content[:cursor]
        line = before.count("\n")
        text = content.split("\n")[line]
        whole = (inline.map or [0])[0] + line
        column = self._lines[whole].find(text) if whole < len(self._lines) else 0
        return self._spot(whole, max(column, 0) + cursor - (before.rfind("\n") + 1))
