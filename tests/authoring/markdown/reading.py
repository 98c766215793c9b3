"""Reads Markdown by itself, as the text of a lesson."""

from tutorbot.authoring.faults import Fault, Faults, Source, Spot
from tutorbot.authoring.markdown.passages import Body
from tutorbot.authoring.markdown.prose import read_markdown
from tutorbot.lessons.text import Prose


class AnyPicture:
    """Pictures that are all there, each named by its path."""

    def digest(self, path: str, _spot: Spot) -> str | None:
        return path


def read(text: str) -> tuple[Prose, list[Fault]]:
    """Return the tree, and the faults in their order."""
    faults = Faults()
    blocks = read_markdown(Body(Spot(Source("lesson.md", text))), faults, AnyPicture())
    return blocks, faults.in_order()
