"""What HTML keeps within an element: the items of a list, the rows of a table, the lines of a text."""

import re

from tutorbot.authoring.markdown.prose import MOST_COLUMNS
from tutorbot.exchange.xml_tree import Element


def preformatted(element: Element) -> str:
    """Return the text as it stands, with the line breaks that are elements."""
    return "".join(
        child if isinstance(child, str) else "\n" if child.name == "br" else preformatted(child)
        for child in element.children
    )


def items_of(listing: Element) -> list[Element]:
    """Return the items; what stands between them, against the rules, is an item too."""
    return [
        child if child.name == "li" else Element("li", child.line, {}, (child,)) for child in listing.elements
    ]


def start_of(listing: Element) -> int:
    """Return the number of the first item."""
    start = listing.get("start", "1")
    return int(start) if listing.name == "ol" and re.fullmatch(r"[0-9]{1,9}", start) else 1


def rows_of(table: Element) -> list[Element]:
    """Return the rows of the table, without those of tables within it."""
    rows = []
    for child in table.elements:
        if child.name == "tr":
            rows.append(child)
        elif child.name in ("thead", "tbody", "tfoot"):
            rows += rows_of(child)
    return rows


def width_of(cell: Element) -> int:
    """Return over how many columns the cell stands; more than a table may have are one too many."""
    width = cell.get("colspan", "1")
    return min(int(width), MOST_COLUMNS + 1) if re.fullmatch(r"[1-9][0-9]{0,3}", width) else 1
