"""Markdown into the tree of a lesson's prose."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tutorbot.authoring.faults import Faults, Spot, shown
from tutorbot.authoring.markdown.passages import Passage, Places
from tutorbot.authoring.mentions import find_ping, refuse_ping
from tutorbot.lessons.text import (
    Block,
    Code,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    plain,
)

MOST_IN_BLOCK = 3_000
MOST_IN_HEADING = 150
MOST_ROWS = 100
MOST_COLUMNS = 20
MOST_DEPTH = 6

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_LINKS = ("https://", "http://", "mailto:")


class Pictures(Protocol):
    """Whoever turns the path of a picture into its digest; None, with the fault noted, if it cannot."""

    def digest(self, path: str, spot: Spot, /) -> str | None:
        """Return the picture's digest."""


def read_markdown(passage: Passage, faults: Faults, pictures: Pictures) -> Prose:
    """Return the passage as a tree; what the tree cannot hold is noted as a fault, with its place."""
    return _Reader(passage, faults, pictures).prose()


class _Parser(MarkdownIt):
    """CommonMark with tables and strikethrough; where a link leads is judged by us, with its place."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": 100, "store_labels": True})
        self.enable(["table", "strikethrough"])
        self.disable("text_join")  # keeps each piece as the author typed it, so that it can be found again

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the parser's own signature
        return True


_parser = _Parser()


class _Reader:
    """Walks the parser's flat list of tokens once."""

    def __init__(self, passage: Passage, faults: Faults, pictures: Pictures) -> None:
        self._passage = passage
        self._faults = faults
        self._pictures = pictures
        self._places = Places(passage)
        self._env: dict[str, Any] = {}
        self._used_labels: set[str] = set()
        self._tokens: Iterator[Token] = iter(())
        self._depth = 0

    def prose(self) -> Prose:
        self._tokens = iter(_parser.parse(self._passage.value, self._env))
        blocks = tuple(self._blocks(until=""))
        self._check_definitions()
        return blocks

    def _blocks(self, until: str) -> Iterator[Block]:
        for token in self._tokens:
            if token.type == until:
                return
            block = self._block(token)
            if block is None:
                continue
            if self._depth and isinstance(block, Heading | Table | Picture | Rule):
                name = type(block).__name__.lower()
                self._note(token, f"a {name} inside a list or quote", "let it stand by itself")
            yield block

    def _block(self, token: Token) -> Block | None:
        match token.type:
            case "paragraph_open":
                return self._paragraph()
            case "heading_open":
                return self._heading(token)
            case "fence" | "code_block":
                return self._code(token)
            case "blockquote_open":
                return Quote(self._inner(token, "blockquote_close", "quote"))
            case "bullet_list_open" | "ordered_list_open":
                return self._listing(token)
            case "table_open":
                return self._table(token)
            case "hr":
                return Rule()
            case "html_block":
                self._refuse_html(token, token.content)
                return None
            case _:
                raise AssertionError(f"the parser was not asked for {token.type}")

    def _paragraph(self) -> Block | None:
        inline = next(self._tokens)
        next(self._tokens)
        pictures = [child for child in inline.children or () if child.type == "image"]
        if len(pictures) == 1 == len(inline.children or ()):
            return self._picture(inline, pictures[0])
        return Paragraph(self._spans(inline))

    def _heading(self, token: Token) -> Heading:
        inline = next(self._tokens)
        next(self._tokens)
        spans = self._spans(inline, most=MOST_IN_HEADING)
        if not plain(spans).strip():
            self._note(token, "a heading without words", "write them, or delete it")
        return Heading(int(token.tag[1:]), spans)

    def _code(self, token: Token) -> Code:
        text = token.content.removesuffix("\n")
        if not text.strip():
            self._note(token, "a block of code with nothing in it", "write the code, or delete the block")
        self._check_text(text, MOST_IN_BLOCK, lambda piece: self._places.of_piece(token, piece))
        return Code(text, token.info.split(maxsplit=1)[0] if token.info.strip() else "")

    def _inner(self, token: Token, until: str, name: str) -> Prose:
        self._depth += 1
        if self._depth == MOST_DEPTH + 1:
            self._note(token, f"more than {MOST_DEPTH} lists and quotes in one another", "write it flatter")
        before = len(self._faults)
        blocks = tuple(self._blocks(until))
        self._depth -= 1
        if not blocks and len(self._faults) == before:
            self._note(token, f"an empty {name}", "write something into it, or delete it")
        return blocks

    def _listing(self, token: Token) -> Listing:
        close = token.type.replace("open", "close")
        items = []
        for item in self._tokens:
            if item.type == close:
                break
            items.append(self._inner(item, "list_item_close", "item of a list"))
        return Listing(token.type.startswith("ordered"), tuple(items), int(token.attrs.get("start", 1)))

    def _table(self, token: Token) -> Table:
        rows: list[list[Spans]] = []
        for part in self._tokens:
            if part.type == "table_close":
                break
            if part.type == "tr_open":
                rows.append([])
            elif part.type == "inline":
                rows[-1].append(self._spans(part))
        if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS:
            what = f"a table of {len(rows)} rows and {len(rows[0])} columns"
            self._note(token, what, f"Slack shows at most {MOST_ROWS} rows of {MOST_COLUMNS}")
        head, *body = map(tuple, rows)
        return Table(head, tuple(body))

    def _picture(self, inline: Token, image: Token) -> Picture | None:
        self._note_label(image)
        spot = self._places.of_child(inline, 0)
        alt = "".join(_alt(child) for child in image.children or ()).strip()
        if not alt:
            self._faults.add(spot, "a picture without alt text", "write between the brackets what it shows")
        self._check_text(alt, MOST_IN_BLOCK, lambda _: spot)
        digest = self._pictures.digest(str(image.attrs["src"]), spot)
        return Picture(digest, alt, str(image.attrs.get("title", ""))) if digest else None

    def _spans(self, inline: Token, most: int = MOST_IN_BLOCK) -> Spans:
        runs: list[tuple[Span, list[str]]] = []
        styles = [Span("")]
        for index, child in enumerate(inline.children or ()):
            match child.type:
                case "text" | "text_special":
                    _append(runs, styles[-1], child.content)
                case "softbreak":
                    _append(runs, styles[-1], " ")
                case "hardbreak":
                    _append(runs, styles[-1], "\n")
                case "code_inline":
                    _append(runs, replace(styles[-1], code=True), child.content)
                case "strong_open":
                    styles.append(replace(styles[-1], bold=True))
                case "em_open":
                    styles.append(replace(styles[-1], italic=True))
                case "s_open":
                    styles.append(replace(styles[-1], strike=True))
                case "link_open":
                    styles.append(replace(styles[-1], link=self._link(inline, index, child)))
                case "strong_close" | "em_close" | "s_close" | "link_close":
                    styles.pop()
                case "html_inline":
                    spot = self._places.of_child(inline, index)
                    self._refuse_html(inline, child.content, spot)
                case "image":
                    what = "a picture in the middle of a text"
                    self._faults.add(
                        self._places.of_child(inline, index), what, "give it a paragraph of its own"
                    )
                case _:
                    raise AssertionError(f"the parser was not asked for {child.type}")
        spans = tuple(replace(style, text="".join(pieces)) for style, pieces in runs)
        self._check_text(plain(spans), most, lambda piece: self._places.of_piece(inline, piece))
        self._check_leftovers(inline)
        return spans

    def _link(self, inline: Token, index: int, token: Token) -> str:
        self._note_label(token)
        target = str(token.attrs["href"])
        if str(token.meta.get("label", "")).startswith("^"):
            return target  # a footnote, which is told where its text stands
        if not target.startswith(_LINKS) or target in _LINKS:
            spot = self._places.of_child(inline, index)
            self._faults.add(spot, f"the link leads to {shown(target)}", "a link begins with `https://`")
        elif "title" in token.attrs:
            spot = self._places.of_child(inline, index)
            self._faults.add(spot, "a link with a title, which Slack cannot show", "leave the title out")
        return target

    def _check_text(self, text: str, most: int, find: Callable[[str], Spot]) -> None:
        if len(text) > most:
            what = f"{len(text):,} characters in one piece; Slack takes {most:,}"
            self._faults.add(find(""), what, "split it")
        if ping := find_ping(text):
            refuse_ping(ping, find(ping), self._faults)

    def _check_leftovers(self, inline: Token) -> None:
        """Note what was meant as a footnote, a link or a picture and became plain text."""
        for index, child in enumerate(inline.children or ()):
            if child.type != "text":
                continue
            if note := _FOOTNOTE.search(child.content):
                self._refuse_footnote(self._places.of_piece(inline, note[0]))
            elif "](" in child.content:
                spot = self._places.of_child(inline, index)
                self._faults.add(spot, "a link or picture that is not finished", r"write `[text](https://…)`")

    def _check_definitions(self) -> None:
        references = self._env.get("references", {})
        repeated = [(each["label"], each) for each in self._env.get("duplicate_refs", ())]
        for label, reference in [*references.items(), *repeated]:
            spot = self._places.of_line(reference["map"][0])
            if label.startswith("^"):
                self._refuse_footnote(spot)
            elif label not in self._used_labels or references[label] is not reference:
                what = f"the link definition {shown(label.lower())} is not used"
                self._faults.add(spot, what, "use it, or delete it: nobody sees it")

    def _note_label(self, token: Token) -> None:
        if "label" in token.meta:
            self._used_labels.add(token.meta["label"])

    def _refuse_footnote(self, spot: Spot) -> None:
        self._faults.add(spot, "footnotes cannot be shown in Slack", "put it into the text, in parentheses")

    def _refuse_html(self, token: Token, html: str, spot: Spot | None = None) -> None:
        spot = spot or self._places.of_piece(token, html.strip().split("\n")[0])
        if ping := find_ping(html):
            refuse_ping(ping, spot, self._faults)
            return
        mend = "write it in Markdown, or between backticks to show it as code"
        self._faults.add(spot, f"raw HTML, {shown(html)}", mend)

    def _note(self, token: Token, what: str, mend: str) -> None:
        self._faults.add(self._places.of_line((token.map or [0])[0]), what, mend)


def _alt(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _append(runs: list[tuple[Span, list[str]]], style: Span, text: str) -> None:
    """Add the text, to the last run where that has the same style."""
    if runs and runs[-1][0] == style:
        runs[-1][1].append(text)
    elif text:
        runs.append((style, [text]))
