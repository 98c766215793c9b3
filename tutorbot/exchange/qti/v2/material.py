"""The texts and pictures of QTI 2.1, as HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutorbot.exchange.qti.item import ItemReading
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.text import Prose, Spans

FEEDBACK = ("modalFeedback", "feedbackInline", "feedbackBlock")

_PROMPTED = ("choiceInteraction", "orderInteraction", "matchInteraction", "extendedTextInteraction")
"""What asks something of its own, in a prompt before the options or the field."""

_APART = (*FEEDBACK, "rubricBlock", "templateBlock", "templateInline", "infoControl")
"""What stands in a text and is not always shown."""


@dataclass(frozen=True, slots=True)
class Reading(ItemReading):
    """An item of QTI 2.1 while it is read."""

    def prose(self, element: Element) -> Prose:
        """Return what stands within the element."""
        return self.texts.prose(_as_html(element))

    def line(self, element: Element) -> Spans:
        """Return what stands within the element, in one line."""
        return self.texts.line(_as_html(element))


def _as_html(element: Element) -> Element:
    """Return the element with what only QTI knows made HTML, and without what is not always shown."""
    return Element(element.name, element.line, element.attributes, tuple(_html_parts(element)))


def _html_parts(element: Element) -> Iterator[Element | str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name == "textEntryInteraction":
            yield "____"
        elif child.name in _PROMPTED:
            yield from (replace(_as_html(each), name="p") for each in child.elements if each.name == "prompt")
        elif child.name == "object" and child.get("type").startswith("image/"):
            yield Element("img", child.line, {"src": child.get("data"), "alt": child.text.strip()}, ())
        elif child.name not in _APART:
            yield _as_html(child)
