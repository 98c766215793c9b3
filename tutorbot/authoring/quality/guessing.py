"""What somebody gets right who knows nothing and looks at the form of the options."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from tutorbot.lessons.question import Kind, Option, Question
from tutorbot.lessons.text import plain


class Strategy(StrEnum):
    """A way to guess."""

    LONGEST = "the longest"
    SHORTEST = "the shortest"
    FIRST = "the first"
    LAST = "the last"
    HEDGED = "the most hedged"
    NOT_ABSOLUTE = "one without always or never"


_HEDGES = re.compile(
    r"\b(?:may|might|can|could|often|usually|sometimes|some|generally|typically|probably|likely|perhaps|"
    r"possibly|mostly|tends?|depends?|depending|unless|until|if|when|about|roughly)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(
    r"\b(?:always|never|all|every|everything|none|nothing|nobody|no|only|must|cannot|impossible|"
    r"completely|entirely|any)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guessed:
    """How many of the questions a strategy gets right, on average.

    `luck` is what blind choice would: its mean, and one standard deviation.
    """

    strategy: Strategy
    questions: int
    right: Fraction
    luck: Fraction
    deviation: float

    @property
    def gives_away(self) -> bool:
        """Whether it does better than luck would in about 39 of 40 courses."""
        return self.right > self.luck + Fraction(2 * self.deviation)


def guessable(questions: Iterable[Question]) -> list[Question]:
    """Return the questions with one right option among three or more."""
    return [question for question in questions if question.kind is Kind.ONE and len(question.options) >= 3]


def guess(strategy: Strategy, questions: Iterable[Question]) -> Guessed:
    """Let the strategy answer the questions that can be guessed."""
    asked = guessable(questions)
    chances = [Fraction(1, len(question.options)) for question in asked]
    return Guessed(
        strategy,
        len(asked),
        sum((_credit(strategy, question) for question in asked), Fraction(0)),
        sum(chances, Fraction(0)),
        sqrt(sum(chance * (1 - chance) for chance in chances)),
    )


def length(option: Option) -> int:
    """Return how long an option is as it is shown, in characters."""
    return len(plain(option.text))


def _credit(strategy: Strategy, question: Question) -> Fraction:
    """Return how likely the strategy is right: it cannot tell options apart that are equal in its eyes."""
    chosen = _CHOICES[strategy](question)
    return Fraction(sum(option.right for option in chosen), len(chosen))


def _utmost(rank: Callable[[Option], int]) -> Callable[[Question], list[Option]]:
    def choose(question: Question) -> list[Option]:
        most = max(map(rank, question.options))
        return [option for option in question.options if rank(option) == most]

    return choose


def _at(position: int) -> Callable[[Question], list[Option]]:
    """Choose by the position as learners see it: where options are shuffled, that is blind."""
    return lambda question: list(question.options) if question.shuffle else [question.options[position]]


def _found(pattern: re.Pattern[str]) -> Callable[[Option], int]:
    return lambda option: len(pattern.findall(plain(option.text)))


_CHOICES: dict[Strategy, Callable[[Question], list[Option]]] = {
    Strategy.LONGEST: _utmost(length),
    Strategy.SHORTEST: _utmost(lambda option: -length(option)),
    Strategy.FIRST: _at(0),
    Strategy.LAST: _at(-1),
    Strategy.HEDGED: _utmost(_found(_HEDGES)),
    Strategy.NOT_ABSOLUTE: _utmost(lambda option: -bool(_found(_ABSOLUTES)(option))),
}
