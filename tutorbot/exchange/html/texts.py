"""The texts of one file in HTML; what of them cannot be shown is told to the drafts."""

from dataclasses import dataclass

from tutorbot.exchange.drafting import Drafts
from tutorbot.exchange.html.blocks import FindPicture
from tutorbot.exchange.html.reading import no_picture, read_element, read_html, read_line
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.text import Prose, Spans


@dataclass(frozen=True, slots=True)
class HtmlTexts:
    """Reads the texts of a file; pictures are looked for by what its addresses mean."""

    file: str
    drafts: Drafts
    find: FindPicture = no_picture

    def prose(self, element: Element) -> Prose:
        """Return what stands within the element."""
        blocks, missed = read_element(element, self.file, self.find)
        self.drafts.miss_all(missed)
        return blocks

    def line(self, element: Element) -> Spans:
        """Return what stands within the element, in one line."""
        spans, missed = read_line(element, self.file)
        self.drafts.miss_all(missed)
        return spans

    def written(self, html: str, line: int) -> Prose:
        """Return what HTML says that is written as text, from this line on."""
        blocks, missed = read_html(html, Place(self.file, line), self.find)
        self.drafts.miss_all(missed)
        return blocks

    def place(self, element: Element) -> Place:
        """Return where the element begins."""
        return Place(self.file, element.line)

    def miss(self, element: Element, what: str) -> None:
        """Note what of the element is not taken as it was."""
        self.drafts.miss(self.place(element), what)
