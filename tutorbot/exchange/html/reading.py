"""HTML into the tree of a lesson's prose."""

from tutorbot.exchange.html.blocks import FindPicture, Writer
from tutorbot.exchange.html.spans import joined
from tutorbot.exchange.html.tree import MOST_HTML, parse_html
from tutorbot.exchange.taken import Missed, Place
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.text import Heading, Paragraph, Prose, Spans


def no_picture(_address: str) -> None:
    """Find no picture."""


def read_html(html: str, place: Place, find: FindPicture = no_picture) -> tuple[Prose, tuple[Missed, ...]]:
    """Return the HTML as prose, and what of it cannot be shown; it begins at that place."""
    prose, missed = read_element(parse_html(html, place.line), place.file, find)
    if len(html) > MOST_HTML:
        missed = (*missed, Missed(place, f"what stands behind the first {MOST_HTML:,} characters is cut off"))
    return prose, missed


def read_element(
    element: Element, file: str, find: FindPicture = no_picture
) -> tuple[Prose, tuple[Missed, ...]]:
    """Return what stands within the element as prose, and what of it cannot be shown."""
    if (length := len(element.text)) > MOST_HTML:
        what = f"a text of {length:,} characters is not taken: {MOST_HTML:,} are read"
        return (), (Missed(Place(file, element.line), what),)
    writer = Writer(file, find)
    return writer.whole(element), tuple(dict.fromkeys(writer.missed))


def read_line(element: Element, file: str) -> tuple[Spans, tuple[Missed, ...]]:
    """Return what stands within the element as one line of text, pictures as what they are said to show."""
    prose, missed = read_element(element, file, lambda _address: "")
    if all(isinstance(block, Paragraph | Heading) for block in prose):
        return joined(prose), missed
    what = "what is more than a line of text, or a picture, was made one line of text"
    return joined(prose), (*missed, Missed(Place(file, element.line), what))
