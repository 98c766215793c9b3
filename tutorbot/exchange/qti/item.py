"""One item of QTI while it is read."""

from dataclasses import dataclass

from tutorbot.exchange.html.texts import HtmlTexts
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import Element


@dataclass(frozen=True, slots=True)
class ItemReading:
    """An item, and the texts of the file that it stands in."""

    item: Element
    texts: HtmlTexts

    @property
    def place(self) -> Place:
        """Where the item begins."""
        return self.texts.place(self.item)

    def miss(self, what: str, at: Element | None = None) -> None:
        """Note what is not taken of the item, or of an element in it."""
        self.texts.miss(at or self.item, what)
