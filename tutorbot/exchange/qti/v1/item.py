"""One question of QTI 1.2 while it is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutorbot.exchange.drafting import Drafts
from tutorbot.exchange.html.blocks import FindPicture
from tutorbot.exchange.html.reading import read_element, read_line
from tutorbot.exchange.qti.v1.material import material
from tutorbot.exchange.qti.v1.rules import Rules
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import Element
from tutorbot.lessons.text import Prose, Spans


@dataclass(slots=True)
class ItemReading:
    """One question while it is read."""

    item: Element
    file: str
    find: FindPicture
    drafts: Drafts
    rules: Rules

    def miss(self, what: str, at: Element | None = None) -> None:
        """Note what is not taken."""
        self.drafts.miss(Place(self.file, (at or self.item).line), what)

    def prose(self, element: Element) -> Prose:
        """Return what the HTML says."""
        blocks, missed = read_element(element, self.file, self.find)
        self.drafts.miss_all(missed)
        return blocks

    def line(self, element: Element) -> Spans:
        """Return what the HTML says, in one line."""
        spans, missed = read_line(element, self.file)
        self.drafts.miss_all(missed)
        return spans


class Said:
    """The feedback of an item, by its names."""

    def __init__(self, reading: ItemReading) -> None:
        self._reading = reading
        self._feedback = {each.get("ident"): each for each in reading.item.within("itemfeedback")}
        self._used: set[str] = set()

    def of(self, names: Iterable[str]) -> Prose:
        """Return what the feedback of these names says, each once."""
        self._used.update(names := list(dict.fromkeys(names)))
        return tuple(block for name in names if name in self._feedback for block in self._own(name))

    @property
    def solutions(self) -> Prose:
        """What solutions say."""
        return self._parts("solution")

    @property
    def hints(self) -> Prose:
        """What hints say."""
        return self._parts("hint")

    def tell_unused(self) -> None:
        """Tell of feedback that has no place."""
        for name, feedback in self._feedback.items():
            if name not in self._used and self._own(name):
                self._reading.miss("feedback to answers of one sort alone is not taken", feedback)

    def _own(self, name: str) -> Prose:
        parts = (each for each in self._feedback[name].elements if each.name not in ("solution", "hint"))
        return self._reading.prose(material(*parts))

    def _parts(self, kind: str) -> Prose:
        parts = (part for feedback in self._feedback.values() for part in feedback.within(kind))
        return tuple(block for part in parts for block in self._reading.prose(material(part)))
