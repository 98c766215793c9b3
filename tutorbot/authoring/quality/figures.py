"""How much a lesson gives to read and to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutorbot.lessons.course import Lesson
from tutorbot.lessons.text import Block, Code, Listing, Picture, Prose, Quote, plain_text

WORDS_A_MINUTE = 180
MINUTES_A_SHOWN = 1
MINUTES_A_REVIEW_QUESTION = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands in a lesson; a picture on its card and in its text counts once."""

    words: int
    pictures: int
    samples: int
    questions: int

    @property
    def reading(self) -> Fraction:
        """The minutes of reading: prose at 180 words each, and one for a picture or sample of code."""
        return Fraction(self.words, WORDS_A_MINUTE) + (self.pictures + self.samples) * MINUTES_A_SHOWN

    @property
    def minutes(self) -> Fraction:
        """The minutes it takes in all, a question at 45 seconds."""
        return self.reading + self.questions * MINUTES_A_REVIEW_QUESTION


def figures(lesson: Lesson) -> Figures:
    """Count a lesson."""
    blocks = list(leaves(lesson.text))
    shown = {block.digest for block in blocks if isinstance(block, Picture)}
    return Figures(
        words=sum(_words(block) for block in blocks),
        pictures=len(shown | {lesson.picture.digest} if lesson.picture else shown),
        samples=sum(isinstance(block, Code) for block in blocks),
        questions=sum(question.is_graded for question in lesson.questions),
    )


def _words(block: Block) -> int:
    return 0 if isinstance(block, Code | Picture) else len(plain_text([block]).split())


def leaves(blocks: Prose) -> Iterator[Block]:
    """Yield the blocks, those inside quotes and lists in the place of these."""
    for block in blocks:
        match block:
            case Quote(blocks=inner):
                yield from leaves(inner)
            case Listing(items=items):
                for item in items:
                    yield from leaves(item)
            case _:
                yield block
