"""What an answer is, and how it is stored."""

import json
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of the chosen options, sorted and without doubles whatever the order they came in."""

    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(sorted(set(self.ids))))


@dataclass(frozen=True, slots=True)
class Ordered:
    """The ids of all items, in the order they were put in."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The ids of an item and its target, for all items, sorted."""

    pairs: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "pairs", tuple(sorted(self.pairs)))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: a number with or without its unit, a short text or a longer one."""

    text: str


Answer = Chosen | Ordered | Matched | Typed


def answer_to_json(answer: Answer) -> dict[str, object]:
    """Return the answer as plain values that can be stored."""
    match answer:
        case Chosen(ids=ids):
            return {"chosen": list(ids)}
        case Ordered(ids=ids):
            return {"ordered": list(ids)}
        case Matched(pairs=pairs):
            return {"matched": dict(pairs)}
        case Typed(text=text):
            return {"typed": text}


def answer_from_json(value: object) -> Answer:
    """Return the answer that `answer_to_json` made this of.

    Raises ValueError if it made no such thing.
    """
    match value:
        case {"chosen": [*ids]} if _are_texts(ids):
            return Chosen(tuple(ids))
        case {"ordered": [*ids]} if _are_texts(ids):
            return Ordered(tuple(ids))
        case {"matched": dict(pairs)} if _are_texts([*pairs, *pairs.values()]):
            return Matched(tuple(pairs.items()))
        case {"typed": str(text)}:
            return Typed(text)
        case _:
            raise ValueError(f"This is no stored answer: {value!r:.100}")


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def fingerprint(answer: Answer) -> str:
    """Return a short name of an answer, by which a button knows what was shown with it."""
    return sha256(json.dumps(answer_to_json(answer)).encode()).hexdigest()[:12]
