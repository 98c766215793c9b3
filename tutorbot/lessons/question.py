"""What a question is made of."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tutorbot.lessons.text import Prose, Spans


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"
    MATCH = "match"
    NUMBER = "number"
    TEXT = "text"
    WRITTEN = "written"
    SCALE = "scale"
    POLL = "poll"
    COMMENT = "comment"


UNGRADED = frozenset({Kind.SCALE, Kind.POLL, Kind.COMMENT})
"""Kinds that ask what somebody thinks: there is no right answer, and none counts."""

ONE_CHOICE = frozenset({Kind.ONE, Kind.SCALE, Kind.POLL})
"""Kinds that are answered with one of the options."""

CHOICES = ONE_CHOICE | {Kind.SEVERAL}
"""Kinds that are answered with options."""


class Level(StrEnum):
    """What a question asks of the learner, after Bloom."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question; its id is unique in the question and never shown."""

    id: str
    text: Spans
    right: bool = False
    feedback: Prose = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What is put in its place of an order, or matched with the target of the id `match`."""

    id: str
    text: Spans
    match: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What items are matched with; some may fit none."""

    id: str
    text: Spans


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The right number: an answer counts when it is at most `tolerance` away."""

    value: Fraction
    tolerance: Fraction = Fraction(0)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A form of a short text that is right; unless said so, capitals and extra spaces do not count.

    A pattern is a regular expression (see lessons/patterns.py) for the whole of what is typed.
    """

    text: str
    is_pattern: bool = False
    case: bool = False
    spaces: bool = False


@dataclass(frozen=True, slots=True)
class RubricLevel:
    """How well a criterion may be met, and the points for it."""

    points: int
    text: Spans


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a written answer is marked by."""

    title: str
    levels: tuple[RubricLevel, ...]

    @property
    def most(self) -> int:
        """The points of its best level."""
        return max(level.points for level in self.levels)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; its id is unique in the course.

    `options` belong to the kinds that are answered with options, `items` (in the right order) to an
    order, `items` and `targets` to a match, `number` to a number, `accepted` to a short text, `model`
    (the model answer) and `rubric` to a written answer. `right` and `wrong` are the feedback of the
    kinds whose options have none. `situation` is shared by the questions of an exercise or of the exam
    that hang together and may be empty. `credits` is what a right answer counts on the first try, the
    second and so on, from 0 to 1; the last one holds for further tries, and without any all count whole.
    The level is None where no answer counts.
    """

    id: str
    kind: Kind
    topic: str
    level: Level | None
    prompt: Prose
    explanation: Prose
    points: int = 1
    tries: int = 2
    credits: tuple[Fraction, ...] = ()
    situation: Prose = ()
    hint: Prose = ()
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    targets: tuple[Target, ...] = ()
    shuffle: bool = True
    number: NumberKey | None = None
    accepted: tuple[Accepted, ...] = ()
    right: Prose = ()
    wrong: Prose = ()
    model: Prose = ()
    rubric: tuple[Criterion, ...] = ()

    @property
    def is_graded(self) -> bool:
        """Whether there is a right answer that counts."""
        return self.kind not in UNGRADED

    @property
    def lettered(self) -> "tuple[Option | Item | Target, ...]":
        """What is shown under letters, in the author's order."""
        return self.options or self.targets or self.items

    def credit_on(self, n: int) -> Fraction:
        """Return what a right answer counts on the n-th try, from 0 to 1; n counts from 1."""
        return self.credits[min(n, len(self.credits)) - 1] if self.credits else Fraction(1)
