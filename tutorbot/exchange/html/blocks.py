"""What the elements of HTML say, as blocks of prose."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tutorbot.authoring.markdown.prose import MOST_COLUMNS, MOST_DEPTH, MOST_IN_HEADING, MOST_ROWS
from tutorbot.authoring.mentions import calling_nobody
from tutorbot.exchange.html.nesting import items_of, preformatted, rows_of, start_of, width_of
from tutorbot.exchange.html.spans import BREAK, joined, tidied
from tutorbot.exchange.taken import Missed, Place
from tutorbot.exchange.xml_tree import Element
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

FindPicture = Callable[[str], str | None]
"""Returns the SHA-256 (hex) of the picture that an address in the HTML means; None, if it has none."""

_STYLES: dict[str, Callable[[Span], Span]] = {
    **dict.fromkeys(("b", "strong"), lambda span: replace(span, bold=True)),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), lambda span: replace(span, italic=True)),
    **dict.fromkeys(("s", "del", "strike"), lambda span: replace(span, strike=True)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), lambda span: replace(span, code=True)),
}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "body", "caption", "center", "dd", "description", "details", "div"),
        *("dl", "fieldset", "figcaption", "figure", "footer", "form", "header", "html", "label", "legend"),
        *("main", "nav", "p", "section", "summary"),
    )
)
"""Elements whose text stands by itself, in paragraphs."""

_UNSEEN = frozenset(("head", "link", "meta", "noscript", "style", "template", "title"))
_NOT_SHOWN = {
    **dict.fromkeys(("iframe", "object", "embed", "applet"), "a page within the page"),
    "video": "a video",
    "audio": "a recording",
    "canvas": "a drawing by a script",
    "svg": "a drawing within the text",
    "script": "a script",
    **dict.fromkeys(("input", "select", "textarea", "button"), "a field to fill in"),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINKS = ("https://", "http://", "mailto:")
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]{1,30})")
_FORMULA = re.compile(r"\\\(|\\\[|\[mathjax|\$\$")
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(slots=True)
class _Page:
    """Blocks, and the running text that is no block yet."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Span] = field(default_factory=list)

    def add(self, block: Block) -> None:
        self.end_paragraph()
        self.blocks.append(block)

    def end_paragraph(self) -> None:
        spans = tidied(self.runs)
        if plain(spans).strip():  # not a space that cannot be broken, which editors leave behind
            self.blocks.append(Paragraph(spans))
        self.runs.clear()


class Writer:
    """Writes what the elements say onto pages, one within the other."""

    def __init__(self, file: str, find: FindPicture) -> None:
        self.missed: list[Missed] = []
        self._file = file
        self._find = find
        self._depth = 0
        self._lifted: list[Block] = []

    def whole(self, element: Element) -> Prose:
        page = self._page(element, Span(""))
        return (*page, *self._lifted)

    def _page(self, element: Element, style: Span) -> Prose:
        page = _Page()
        self._write_all(element, style, page)
        page.end_paragraph()
        return tuple(page.blocks)

    def _inner(self, element: Element, style: Span) -> Prose:
        """Return what stands in a list, a quote or a cell, where only some blocks can stand."""
        self._depth += 1
        blocks = self._page(element, style)
        self._depth -= 1
        return blocks

    def _write_all(self, element: Element, style: Span, page: _Page) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._write_text(child, element, style, page)
            else:
                self._write(child, style, page)

    def _write_text(self, text: str, element: Element, style: Span, page: _Page) -> None:
        if _FORMULA.search(text):
            self._miss(element, "a formula is shown as it is written; say it in words")
        page.runs.append(replace(style, text=self._safe(text.replace(BREAK, " "), element)))

    def _write(self, element: Element, style: Span, page: _Page) -> None:
        name = element.name
        if name in _STYLES:
            self._write_all(element, _STYLES[name](style), page)
        elif name in _NOT_SHOWN:
            self._miss(element, f"{_NOT_SHOWN[name]} is not taken")
        elif name in _BLOCKS:
            page.end_paragraph()
            self._write_all(element, style, page)
            page.end_paragraph()
        elif name in _HEADINGS:
            self._write_heading(element, style, page)
        elif name not in _UNSEEN:
            self._write_other(element, style, page)

    def _write_other(self, element: Element, style: Span, page: _Page) -> None:
        match element.name:
            case "br":
                page.runs.append(replace(style, text=BREAK))
            case "hr":
                page.end_paragraph() if self._depth else page.add(Rule())
            case "a":
                self._write_all(element, replace(style, link=self._link(element)), page)
            case "img":
                self._write_picture(element, page)
            case "pre":
                self._write_code(element, page)
            case "ul" | "ol" | "menu":
                self._write_list(element, style, page)
            case "blockquote":
                self._write_quote(element, style, page)
            case "table":
                self._write_table(element, style, page)
            case "sup" | "sub":
                self._write_shifted(element, style, page)
            case "dt":
                page.end_paragraph()
                self._write_all(element, replace(style, bold=True), page)
                page.end_paragraph()
            case "q":
                page.runs.append(replace(style, text="“"))
                self._write_all(element, style, page)
                page.runs.append(replace(style, text="”"))
            case "math":
                self._miss(element, "a formula is shown as it is written; say it in words")
                self._write_all(element, style, page)
            case _:
                self._write_all(element, style, page)

    def _write_heading(self, element: Element, style: Span, page: _Page) -> None:
        page.end_paragraph()
        blocks = self._inner(element, style)
        spans = joined(block for block in blocks if not isinstance(block, Picture))
        if self._depth or len(plain(spans)) > MOST_IN_HEADING:
            page.runs += (replace(span, bold=True, text=span.text.replace("\n", BREAK)) for span in spans)
            page.end_paragraph()
        elif spans:
            page.add(Heading(_HEADINGS[element.name], spans))
        self._put_lifted(page)

    def _write_picture(self, element: Element, page: _Page) -> None:
        address = element.get("src")
        digest = self._find(address)
        if digest is None:
            self._miss(element, f"the picture `{address[:100]}` is not there or of no kind that can be shown")
            return
        alt = self._safe(" ".join(element.get("alt").split()), element)
        if not alt:
            self._miss(element, "the picture has no text that tells what it shows; write it")
        picture = Picture(digest, alt or "A picture", " ".join(element.get("title").split()))
        self._stand_alone(picture, "picture", element, page)

    def _stand_alone(self, block: Block, name: str, element: Element, page: _Page) -> None:
        """Add a block that cannot stand in a list, a quote or a cell: it comes behind them."""
        if self._depth:
            self._miss(element, f"the {name} stands behind what it stood in")
            self._lifted.append(block)
        else:
            page.add(block)

    def _put_lifted(self, page: _Page) -> None:
        if not self._depth:
            for block in self._lifted:
                page.add(block)
            self._lifted.clear()

    def _write_code(self, element: Element, page: _Page) -> None:
        text = preformatted(element)
        if element.children and isinstance(element.children[0], str):
            text = text.removeprefix("\n")
        text = self._safe(text.removesuffix("\n"), element)
        named = [element.get("class"), *(code.get("class") for code in element.within("code"))]
        language = _LANGUAGE.search(" ".join(named))
        if text.strip():
            page.add(Code(text, language[1] if language else ""))

    def _write_list(self, element: Element, style: Span, page: _Page) -> None:
        if self._depth >= MOST_DEPTH:
            self._flatten(element, style, page)
            return
        page.end_paragraph()
        each = [self._inner(item, style) for item in items_of(element)]
        items = tuple(item for item in each if item)
        if items:
            page.add(Listing(element.name == "ol", items, start_of(element)))
        self._put_lifted(page)

    def _write_quote(self, element: Element, style: Span, page: _Page) -> None:
        if self._depth >= MOST_DEPTH:
            self._flatten(element, style, page)
            return
        page.end_paragraph()
        if blocks := self._inner(element, style):
            page.add(Quote(blocks))
        self._put_lifted(page)

    def _flatten(self, element: Element, style: Span, page: _Page) -> None:
        self._miss(element, f"more than {MOST_DEPTH} lists and quotes in one another were made flatter")
        for item in items_of(element) if element.name != "blockquote" else (element,):
            page.end_paragraph()
            self._write_all(item, style, page)
        page.end_paragraph()

    def _write_table(self, element: Element, style: Span, page: _Page) -> None:
        page.end_paragraph()
        for caption in (each for each in element.elements if each.name == "caption"):
            self._write(caption, style, page)
        rows = [self._row(row, style) for row in rows_of(element)]
        width = max(map(len, rows), default=0)
        if width > MOST_COLUMNS or len(rows) > MOST_ROWS:
            self._miss(element, f"a table has {len(rows)} rows and {width} columns and is not taken")
        elif any(cell for row in rows for cell in row):
            head, *body = [(*row, *((),) * (width - len(row))) for row in rows]
            self._stand_alone(Table(head, tuple(body)), "table", element, page)
        self._put_lifted(page)

    def _row(self, row: Element, style: Span) -> tuple[Spans, ...]:
        cells: list[Spans] = []
        for cell in (each for each in row.elements if each.name in ("td", "th")):
            blocks = self._inner(cell, style)
            if not all(isinstance(block, Paragraph) for block in blocks):
                self._miss(cell, "a cell of a table holds more than a line of text and was made one")
            spans = joined(blocks)
            cells.append(tidied(replace(span, text=span.text.replace("\n", " ")) for span in spans))
            cells += ((),) * (width_of(cell) - 1)
            if width_of(cell) > 1 or cell.get("rowspan", "1") != "1":
                self._miss(cell, "a cell stands over several columns or rows and was put into the first")
        return tuple(cells)

    def _write_shifted(self, element: Element, style: Span, page: _Page) -> None:
        """Write what is raised or lowered in the signs that Unicode has for it."""
        text = element.text
        signs = _RAISED if element.name == "sup" else _LOWERED
        if all(ord(char) in signs for char in text):
            page.runs.append(replace(style, text=text.translate(signs)))
            return
        way = "raised" if element.name == "sup" else "lowered"
        self._miss(element, f"“{' '.join(text.split())[:40]}” is no longer {way}")
        self._write_all(element, style, page)

    def _link(self, element: Element) -> str:
        address = "".join(element.get("href").split())
        if not address or (address.startswith(_LINKS) and address not in _LINKS):
            return address
        self._miss(element, f"the link to `{address[:100]}` leads nowhere from here; its text stays")
        return ""

    def _safe(self, text: str, element: Element) -> str:
        safe = calling_nobody(text)
        if safe != text:
            self._miss(element, "what would call people in Slack was given a space")
        return safe

    def _miss(self, element: Element, what: str) -> None:
        self.missed.append(Missed(Place(self._file, element.line), what))
